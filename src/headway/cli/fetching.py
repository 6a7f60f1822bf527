"""The command that downloads official files from their publishers."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from headway.definitions.loading import Library
    from headway.pipeline.fetch import Row, Wanted

from headway.cli.keeping import Form, Home
from headway.cli.output import Format, emit
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import Exit, HeadwayError

NOT_TRIED = (
    "Addresses marked “not tried” follow their publisher's documented pattern; nobody has had a file from them yet.\n"
    "When one fails, download the file by hand, and load it."
)


def register(app: typer.Typer) -> None:
    app.command()(fetch)


def fetch(
    home: Home = None,
    table: Annotated[str, typer.Option(help="Only this table of the library, as performance_tables.ks2.")] = "",
    years: Annotated[str, typer.Option(help="A year or a span, as 2018/19 or 2016/17..2018/19; default the last that ended.")] = "",
    only_list: Annotated[bool, typer.Option("--only-list", help="Show what would be fetched, and fetch nothing.")] = False,
    into: Annotated[Path | None, typer.Option(help="The folder for the files; default fetched, in the workspace.")] = None,
    load: Annotated[bool, typer.Option("--load", help="Load what came, then build and publish.")] = False,
    form: Form = Format.TABLE,
) -> None:
    """Download the official files of the area from their publishers: resumable, checked, one request at a time."""
    from headway.definitions.loading import library_for
    from headway.pipeline import fetch as fetching
    from headway.store import workspace

    space = workspace.open_workspace(workspace.home_folder(home))
    library = library_for(space.home)
    items = fetching.wanted(library, space.areas, span(years), table)
    if only_list:
        emit([item.as_dict() for item in items], form, columns=("table", "file", "released", "licence", "seen"))
        _note(form, any(item.seen is None for item in items))
        return
    rows = _fetched(items, library, (into or space.home / "fetched").resolve())
    emit([row.as_dict() for row in rows], form, columns=("table", "file", "outcome", "code", "reason", "bytes", "sha256", "seen"))
    _note(form, any(row.seen == "not tried" for row in rows))
    _next(space.home, [Path(row.path) for row in rows if row.outcome != fetching.FAILED], load, form)
    if any(row.outcome == fetching.FAILED for row in rows):
        raise typer.Exit(int(Exit.FETCH))


def _fetched(items: "list[Wanted]", library: "Library", folder: Path) -> "list[Row]":
    from headway.cli.progress import Progress
    from headway.pipeline import fetch as fetching
    from headway.sources.fetching import Fetcher

    with Progress() as progress:
        return fetching.fetch(items, library, Fetcher(folder), progress.told)


def span(text: str) -> list[AcademicYear]:
    """2018/19, or 2016/17..2018/19; nothing is the last year that has ended. Raises H-USAGE-03."""
    if not text:
        from headway.vocabulary.clock import today

        return [AcademicYear(AcademicYear.of(today()).start - 1)]
    first, _, last = text.partition("..")
    found = list(AcademicYear.parse(first).to(AcademicYear.parse(last or first)))
    if not found:
        raise HeadwayError("H-USAGE-03", f"{text!r} ends before it starts.", remedy="Write the earlier year first: 2016/17..2018/19.")
    return found


def _note(form: Format, untried: bool) -> None:
    if form is Format.TABLE and untried:
        print(f"\n{NOT_TRIED}")


def _next(home: Path, paths: list[Path], load: bool, form: Format) -> None:
    if not paths:
        return
    if load:
        from headway.cli.keeping import load as load_files

        load_files(paths, home=home, form=form)
    elif form is Format.TABLE:
        print(f"\nNext: headway load {' '.join(sorted({str(path.parent) for path in paths}))}")
