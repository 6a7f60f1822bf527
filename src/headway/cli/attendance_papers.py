"""Commands that write what goes out: digest, tidy. Whoever runs them reads registers, and is written down."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from headway.cli.asking import day_of
from headway.cli.attendance_group import audited
from headway.cli.attendance_reading import reader
from headway.cli.keeping import Form, Home, Out
from headway.cli.output import Format, emit, say
from headway.cli.pupils import Reading, open_for

if TYPE_CHECKING:
    from headway.papers.tidy_files import Place

Until = Annotated[str, typer.Option("--to", help="As of this day; default today.")]


def register(group: typer.Typer) -> None:
    for command in (digest, tidy):
        group.command()(command)


def digest(
    public: Annotated[bool, typer.Option("--public", help="For anybody: to date, rounded, no small number.")] = False,
    until: Until = "",
    viewer: Reading = "",
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """The week in a text that can be sent as it stands. No pupil is named in it."""
    from headway.language.weekly import digest as words
    from headway.language.weekly import public_digest
    from headway.readings.attendance.week import public_week, week

    door, person = open_for(home), reader(viewer)
    rows: list[dict[str, Any]]
    if public:
        found = public_week(door, person, day_of(until))
        rows, lines = [one.as_dict() for one in found.figures], public_digest(found, place_of(door).name)
    else:
        told = week(door, person, day_of(until))
        rows, lines = [{"line": line} for line in words(told) if line], words(told)
    audited(door.home, "read", "digest", public=public)
    if form is Format.TABLE:
        say("\n".join(lines), out)
    else:
        emit(rows, form, out=out)


def tidy(
    folder: Annotated[Path, typer.Argument(help="Where the two files are written.")],
    until: Until = "",
    viewer: Reading = "",
    home: Home = None,
) -> None:
    """Attendance to date as Explore Education Statistics takes it in: a csv and what its columns are. Rounded, no small number."""
    from headway.papers.tidy_files import pair
    from headway.readings.attendance.public import public_figures

    door, person = open_for(home), reader(viewer)
    found = public_figures(door, person, day_of(until))
    figures, meta = pair(found, place_of(door), laestabs(door))
    folder.mkdir(parents=True, exist_ok=True)
    name = f"pupil_attendance_{found.year.start}{(found.year.start + 1) % 100:02d}"
    for path, text in ((folder / f"{name}.csv", figures), (folder / f"{name}.meta.csv", meta)):
        path.write_text(text, encoding="utf-8")
        print(path)
    audited(door.home, "read", "tidy files", rows=len(found.figures))


def place_of(door: Any) -> "Place":
    """The area's first authority, as files name it."""
    from headway.papers.tidy_files import Place
    from headway.store.workspace import open_workspace

    code = next(iter(open_workspace(door.home).areas), "")
    rows = door.lookup.rows("SELECT code, ons, name, region, region_name FROM authority WHERE code = ?", [code])
    return Place(*(str(value or "") for value in rows[0])) if rows else Place(code, "", code, "", "")


def laestabs(door: Any) -> dict[int, str]:
    return {int(urn): str(code or "") for urn, code in door.lookup.rows("SELECT urn, laestab FROM establishment")}
