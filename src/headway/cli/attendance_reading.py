"""Commands that read registers: summary, thresholds, watch, sending, weeks, archive. Each needs a named viewer and is written down."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from headway.cli.asking import day_of
from headway.cli.attendance_group import audited
from headway.cli.keeping import Form, Home, Out
from headway.cli.output import Format, emit
from headway.cli.pupils import Reading, open_for
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import Viewer

COUNTS = (
    "enrolments",
    "possible",
    "attendance_rate",
    "absence_rate",
    "authorised_rate",
    "unauthorised_rate",
    "persistent_rate",
    "severe_rate",
)
BEFORE = ("before_attendance_rate", "before_persistent_rate", "before_unauthorised_rate")
Urns = Annotated[list[int] | None, typer.Option("--urn", help="Only this school; repeat for more.")]
By = Annotated[list[str] | None, typer.Option("--by", help="school, year_group, sex, …, week, weekday, half_term; several with commas.")]
DIFFERS = "Figures differ from the department's tool and statistics: docs/explanation/attendance.md says why."
MET = "Met is a duty to consider a penalty notice, not to issue one."


def register(group: typer.Typer) -> None:
    for command in (summary, thresholds, watch, sending, weeks, archive):
        group.command()(command)


def reader(named: str) -> Viewer | None:
    """The person at the keyboard who says that they read; nobody can read in another's name. Raises H-ACCESS-47 for another name."""
    from dataclasses import replace

    from headway.cli.asking import viewer
    from headway.readings.attendance.opening import allowed

    me = replace(viewer(early=True), sees_pupils=True)
    return me if named in ("me", me.name) else allowed(None)


def summary(
    by: By = None,
    year: Annotated[str, typer.Option(help="Year of registers, as 2025/26; default the newest.")] = "",
    first: Annotated[str, typer.Option("--from", help="From this day on, as 2025-09-01; default the start of the year.")] = "",
    last: Annotated[str, typer.Option("--to", help="Up to this day; default today.")] = "",
    weeks: Annotated[int, typer.Option("--weeks", help="Only the last so many school weeks.")] = 0,
    urn: Urns = None,
    where: Annotated[list[str] | None, typer.Option("--where", help="Only such pupils, as sen=ehcp; repeat for more.")] = None,
    reasons: Annotated[bool, typer.Option("--reasons", help="Sessions of each reason too.")] = False,
    last_year: Annotated[bool, typer.Option("--last-year", help="Beside the same weeks of term of the year before.")] = False,
    across_regimes: Annotated[bool, typer.Option("--across-regimes", help="Allow a span in which the register codes changed.")] = False,
    viewer: Reading = "",
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:  # fmt: skip
    """How much was missed: attendance, absence, persistent and severe absence, late arrivals; sums over sums, never means of rates."""
    from headway.readings.attendance.summary import Asked
    from headway.readings.attendance.summary import summary as ask
    from headway.vocabulary.place import Level

    asked = Asked(
        AcademicYear.parse(year) if year else None, tuple(name.strip() for text in by or () for name in text.split(",") if name.strip()),
        day_of(first), day_of(last), weeks, tuple(urn or ()), _pairs(where or []), reasons, last_year,
        across_regimes,
    )  # fmt: skip
    door = open_for(home)
    found = ask(door, reader(viewer), asked)
    audited(door.home, "read", "summary", by=",".join(asked.by), rows=len(found.lines))
    rows = [line.as_dict() for line in found.lines]
    if "school" in asked.by:
        rows = [{"school": row["school"], "name": door.name(Level.SCHOOL, str(row["school"])), **row} for row in rows]
    named = tuple(part for name in asked.by for part in ((name, "name") if name == "school" else (name,)))
    emit(rows, form, columns=(*named, *COUNTS, *(BEFORE if last_year else ())), out=out, empty="No session is held that this asks about.")
    beside = (f"Data to {found.data_to:%A %d %B %Y}." if found.data_to else "", *found.notes, DIFFERS)
    for line in filter(None, beside):
        print(line, file=sys.stderr)


def _pairs(texts: list[str]) -> dict[str, str]:
    """Raises H-USAGE-106."""
    wrong = [text for text in texts if "=" not in text]
    if wrong:
        raise HeadwayError("H-USAGE-106", f"{wrong[0]!r} says of no attribute what it is.", remedy="Write it as sen=ehcp.")
    return {name.strip(): value.strip() for name, _, value in (text.partition("=") for text in texts)}


def thresholds(
    since: Annotated[str, typer.Option(help="Only those first met from this day on, as 2025-09-15.")] = "",
    until: Annotated[str, typer.Option("--to", help="Sessions up to this day; default today.")] = "",
    known_on: Annotated[str, typer.Option("--known-on", help="As it was known at the end of this day.")] = "",
    withdrawn: Annotated[bool, typer.Option("--withdrawn", help="Those met as known once and no longer.")] = False,
    urn: Urns = None,
    viewer: Reading = "",
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Who met the national penalty-notice threshold: ten unauthorised sessions in ten school weeks, and the very sessions counted."""
    from headway.readings.attendance import thresholds as asking

    door, person = open_for(home), reader(viewer)
    rows: list[dict[str, Any]]
    if withdrawn:
        rows = [one.as_dict() for one in asking.withdrawn(door, person, urns=urn or ())]
        columns: tuple[str, ...] = ("urn", "school", "pupil", "first_met", "known_from", "withdrawn_on")
    else:
        days = {name: day_of(text) for name, text in (("until", until), ("since", since), ("known_on", known_on))}
        rows = [one.as_dict() for one in asking.thresholds(door, person, urns=urn or (), **days)]
        columns = ("urn", "school", "pupil", "first_met", "provisional", "age_known", "notices", "counted")
    audited(door.home, "read", "thresholds", rows=len(rows))
    if form is Format.TABLE and not withdrawn:
        rows = [
            row | {"counted": " ".join(f"{one['date']:%d %b} {one['session']} {one['code']}" for one in row["sessions"])} for row in rows
        ]
    emit(rows, form, columns=columns, out=out, empty="Nobody met the threshold.")
    print(MET, file=sys.stderr)


def watch(
    kind: Annotated[list[str] | None, typer.Option("--kind", help="severe, drop, persistent; default all.")] = None,
    until: Annotated[str, typer.Option("--to", help="As of this day; default today.")] = "",
    urn: Urns = None,
    viewer: Reading = "",
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Who needs somebody to look: severely absent, sharply down in the last ten school days, persistently absent."""
    from headway.readings.attendance.watch import KINDS
    from headway.readings.attendance.watch import watch as ask

    unknown = [name for name in kind or () if name not in KINDS]
    if unknown:
        raise HeadwayError("H-USAGE-98", f"Nobody is watched for {unknown[0]!r}.", remedy=f"There are: {', '.join(KINDS)}.")
    door = open_for(home)
    found = ask(door, reader(viewer), until=day_of(until), kinds=tuple(kind or KINDS), urns=urn or ())
    audited(door.home, "read", "watch", rows=len(found))
    columns = ("kind", "school", "pupil", "year_group", "attendance_rate", "recent_rate", "before_rate", "possible", "unauthorised")
    emit([one.as_dict() for one in found], form, columns=columns, out=out, empty="Nobody is below the thresholds or has dropped.")


def sending(
    until: Annotated[str, typer.Option("--to", help="As of this day; default today.")] = "",
    viewer: Reading = "",
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Which schools send marks and to when, those furthest behind first."""
    from headway.readings.attendance.watch import sending as ask

    door = open_for(home)
    found = ask(door, reader(viewer), until=day_of(until))
    audited(door.home, "read", "sending", rows=len(found))
    emit([one.as_dict() for one in found], form, columns=("urn", "school", "last", "behind"), out=out, empty="No school is open here.")


def weeks(
    path: Annotated[Path, typer.Argument(help="The Parquet file to write.")],
    year: Annotated[str, typer.Option(help="Year of registers, as 2025/26; default the newest.")] = "",
    viewer: Reading = "",
    home: Home = None,
) -> None:
    """Write weekly counts of each enrolment, for an archive on another engine. No pupil's key is in it, but a row is still a child."""
    from headway.readings.attendance.archive import write_weeks

    door = open_for(home)
    rows = write_weeks(door, reader(viewer), path, AcademicYear.parse(year) if year else None)
    audited(door.home, "read", "weekly counts", rows=rows)
    print(f"{path}: {rows:,} rows. Next: headway attendance archive {path} --viewer me")


def archive(
    path: Annotated[str, typer.Argument(help="Weekly counts: a Parquet file or a folder of them that the engine reaches.")],
    by: Annotated[str, typer.Option("--by", help="urn, year_group, fsm; several with commas.")] = "urn",
    viewer: Reading = "",
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Attendance of an archive of weekly counts, on the engine that HEADWAY_ENGINE names: ours, or spark://HOST:PORT."""
    from headway.readings.attendance.archive import archive as ask

    door = open_for(home)
    rows = ask(door, reader(viewer), path, tuple(name.strip() for name in by.split(",") if name.strip()))
    audited(door.home, "read", "archive", by=by, rows=len(rows))
    emit(rows, form, out=out, empty="The archive holds nothing.")
