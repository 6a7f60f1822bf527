"""Commands for registers: load. What is read is in attendance_reading.py."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from headway.cli import attendance_early, attendance_explain, attendance_matching, attendance_papers, attendance_reading, attendance_results
from headway.cli.asking import day_of
from headway.cli.attendance_group import audited, group
from headway.cli.keeping import Form, Home, Out
from headway.cli.output import Format, emit, say
from headway.vocabulary.errors import Exit, HeadwayError

if TYPE_CHECKING:
    from headway.registers.landing import Outcome
    from headway.store.workspace import Workspace

MOST_TOLD = 30  # faults of a file listed in a terminal; --format json and csv list all
Urn = Annotated[int, typer.Option("--urn", help="The school of files that do not name it.")]


def register(app: typer.Typer) -> None:
    attendance_reading.register(group)
    attendance_early.register(group)
    attendance_papers.register(group)
    attendance_explain.register(group)
    attendance_results.register(group)
    group.command()(load)
    attendance_matching.register(group)
    group.command()(example)
    app.add_typer(group, name="attendance")


def load(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders of files: marks, lists of pupils, calendars, figures to date.")],
    urn: Urn = 0,
    year: Annotated[str, typer.Option(help="Academic year of lists of pupils, as 2025/26; default that of the marks beside them.")] = "",
    match: Annotated[
        list[str] | None,
        typer.Option("--match", help="Which heading is which column of ours, as 'Auth abs=authorised'; repeat. Kept for later files."),
    ] = None,
    shape: Annotated[
        str, typer.Option(help="The shape that --match is of, as school_totals; default what its columns are enough for.")
    ] = "",
    received: Annotated[str, typer.Option(help="The day on which the files came, as 2025-09-19; default today.")] = "",
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Take registers in: each file whole, or refused with every fault told by row and column. The same file again changes nothing."""
    from headway.registers import landing
    from headway.store import workspace
    from headway.vocabulary.academic_year import AcademicYear

    space = workspace.open_workspace(workspace.home_folder(home))
    when = AcademicYear.parse(year) if year else None
    if match:
        attendance_matching.kept(space, paths, match, shape, urn_given=bool(urn))
    outcomes = landing.load(space, paths, urn=urn, year=when, received=day_of(received))
    if form is Format.TABLE:
        say("\n".join(line for outcome in outcomes for line in _words(outcome)), out)
    elif form is Format.JSON:
        emit([_facts(outcome) for outcome in outcomes], form, out=out)
    else:
        emit([{"file": one.file, **fault._asdict()} for one in outcomes for fault in one.faults], form, out=out)
    states = [outcome.state for outcome in outcomes]
    if "landed" in states:
        prepared(space)
    audited(space.home, "loaded", "files", **{state: states.count(state) for state in sorted(set(states))})
    if any(outcome.state == "refused" for outcome in outcomes):
        raise typer.Exit(int(Exit.DATA))


def prepared(space: "Workspace") -> None:
    """Work out at once what pages will ask for. Before the first publication, and while nothing is held, there is nothing to work out."""
    from headway.readings.attendance.morning import prepare_after_load

    try:
        prepare_after_load(space.home)
    except HeadwayError as fault:
        print(f"The page of attendance is worked out when it is asked for: {fault.what}", file=sys.stderr)


def example(folder: Annotated[Path, typer.Argument(help="Where the files are written.")], home: Home = None) -> None:
    """Write made-up registers of some of the made-up area's schools, to try the other commands on."""
    from headway.store import workspace

    space = workspace.open_workspace(workspace.home_folder(home))
    if not space.example:
        why = "This workspace is of a real one."
        raise HeadwayError("H-ACCESS-44", "Pupils are made up for the made-up area only.", why, "Make it: headway demo")
    for path in examples(space, folder):
        print(f"{path}: made up. Next: headway attendance load {folder}")


def examples(space: "Workspace", folder: Path) -> list[Path]:
    """Files of made-up registers of schools of the made-up area, two years up to yesterday."""
    from headway.definitions.loading import library_for
    from headway.example.registers import MadeSchool, write
    from headway.readings.door import open_door
    from headway.readings.schools import establishments
    from headway.vocabulary.clock import today

    calendar = library_for(space.home).calendar
    schools = [school for code in space.areas for school in establishments(open_door(space.home), code) if school.status == "open"]
    made = [
        MadeSchool(school.urn, phase == "primary", pupils)
        for phase, count, pupils in (("primary", 8, 60), ("secondary", 4, 100))
        for school in sorted((one for one in schools if one.phase == phase), key=lambda one: one.urn)[:count]
    ]
    return write(folder, made, calendar, today()) if calendar else []


def _facts(outcome: "Outcome") -> dict[str, Any]:
    from headway.registers.faults import counted

    facts = {name: value for name, value in vars(outcome).items() if name not in ("faults", "error")}
    faults = [fault._asdict() for fault in outcome.faults]
    return facts | {
        "error": outcome.error.as_dict() if outcome.error else None, "problems": counted(outcome.faults), "faults": faults,
        "code": outcome.error.code if outcome.error else "H-DATA-72" if outcome.faults else None,
    }  # fmt: skip


def _words(outcome: "Outcome") -> list[str]:
    from headway.registers.faults import counted

    if outcome.state == "same":
        return [f"{outcome.file}: was taken in before; nothing changes."]
    if outcome.error:
        return [f"{outcome.file}: refused. {outcome.error}"]
    said = f"{outcome.file}: {outcome.shape}, {outcome.rows:,} rows of {outcome.schools:,} schools"
    beside = f"; {outcome.columns_left_out} columns left out" if outcome.columns_left_out else ""
    if outcome.state == "landed":
        return [f"{said}{beside}: {outcome.changed:,} taken in or altered."]
    lines = [f"{said}: H-DATA-72, refused, nothing of it is stored: {len(outcome.faults):,} faults."]
    lines += [f"  {count:,} × {problem}" for problem, count in counted(outcome.faults).items()]
    lines += [f"  row {fault.row} under the header, {fault.column or 'the row'}: {fault.problem}" for fault in outcome.faults[:MOST_TOLD]]
    if len(outcome.faults) > MOST_TOLD:
        lines.append(f"  … and {len(outcome.faults) - MOST_TOLD:,} more: --format csv lists all.")
    return lines
