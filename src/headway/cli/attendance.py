"""Commands for registers: load. What is read is in attendance_reading.py."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from headway.cli.keeping import Form, Home, Out
from headway.cli.output import Format, emit, say
from headway.vocabulary.errors import Exit, HeadwayError

if TYPE_CHECKING:
    from headway.registers.landing import Outcome

MOST_TOLD = 30  # faults of a file listed in a terminal; --format json and csv list all
Urn = Annotated[int, typer.Option("--urn", help="The school of files that do not name it.")]


group = typer.Typer(help="Registers: session marks of pupils, a protected source, kept apart from all else.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    group.command()(load)
    app.add_typer(group, name="attendance")


def load(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders of files: marks, lists of pupils, calendars, figures to date.")],
    urn: Urn = 0,
    year: Annotated[str, typer.Option(help="Academic year of lists of pupils, as 2025/26; default that of the marks beside them.")] = "",
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
    outcomes = landing.load(space, paths, urn=urn, year=when, received=day(received) if received else None)
    if form is Format.TABLE:
        say("\n".join(line for outcome in outcomes for line in _words(outcome)), out)
    elif form is Format.JSON:
        emit([_facts(outcome) for outcome in outcomes], form, out=out)
    else:
        emit([{"file": one.file, **fault._asdict()} for one in outcomes for fault in one.faults], form, out=out)
    _audited(space.home, outcomes)
    if any(outcome.state == "refused" for outcome in outcomes):
        raise typer.Exit(int(Exit.DATA))


def day(text: str) -> date:
    """A day as it is typed. Raises H-USAGE-90."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise HeadwayError("H-USAGE-90", f"{text!r} is not a day.", remedy="Write it as 2025-09-19.") from None


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


def _audited(home: Path, outcomes: "list[Outcome]") -> None:
    """An event beside the line in the access log; the person's name is sealed in it."""
    import os

    from headway.protected.access import operating_system_user
    from headway.site.running import note

    person = (f"operating-system-user:{os.getuid()}", operating_system_user())
    states = [outcome.state for outcome in outcomes]
    facts: dict[str, object] = {state: states.count(state) for state in sorted(set(states))}
    said = note(home, by="command:attendance", verb="loaded", target="registers", target_id="files", after=facts, reader=person)
    if said:
        print(said, file=sys.stderr)
