"""Commands for results of pupils, which are kept apart: pupils template, pupils load."""

from pathlib import Path
from typing import Annotated

import typer

from headway.cli.keeping import Form, Home, Out
from headway.cli.output import Format, emit, say
from headway.pupil_results.landing import Landed
from headway.pupil_results.template import Stage
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import Exit

MOST_TOLD = 50  # faults listed in a terminal; --format json and csv list all
group = typer.Typer(help="Results of pupils: a protected source, kept apart from all else.", no_args_is_help=True)
Year = Annotated[str, typer.Option(help="Academic year, as 2023/24.")]


def register(app: typer.Typer) -> None:
    for command in (template, load):
        group.command()(command)
    app.add_typer(group, name="pupils")


def template(stage: Annotated[Stage, typer.Argument(help="ks2 or ks4.")], out: Out = None) -> None:
    """The header line of a template; docs/how-to/pupil-results.md says what each column holds."""
    from headway.pupil_results.template import header

    say(header(stage), out)


def load(
    path: Annotated[Path, typer.Argument(help="A csv file in one of the templates.")],
    year: Year = "",
    stage: Annotated[Stage | None, typer.Option(help="Which template; default the one it is in.")] = None,
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Check a file of pupils and store it whole, or tell every fault by row and column and store nothing."""
    from headway.pupil_results import landing
    from headway.store import workspace

    space = workspace.open_workspace(workspace.home_folder(home))
    done = landing.load(space, path, year=AcademicYear.parse(year) if year else None, stage=stage)
    if form is Format.TABLE:
        say(_words(done), out)
    elif form is Format.JSON:
        emit([_facts(done)], form, out=out)
    else:
        emit([fault._asdict() for fault in done.faults], form, out=out)
    if not done.stored:
        raise typer.Exit(int(Exit.DATA))


def _facts(done: Landed) -> dict[str, object]:
    return {
        "stored": done.stored, "stage": done.stage.value, "year": str(done.year or ""), "pupils": done.pupils, "schools": done.schools,
        "without_prior_attainment": done.without_start, "columns_left_out": list(done.columns_left_out), "replaced": done.replaced,
        "problems": done.counted(), "faults": [fault._asdict() for fault in done.faults],
    }  # fmt: skip


def _words(done: Landed) -> str:
    lines = [f"{done.stage} {done.year or ''}: {done.pupils:,} pupils of {done.schools:,} schools."]
    if done.without_start:
        lines.append(f"{done.without_start:,} have no key stage 2 result: outside Progress 8, inside the other measures.")
    if done.columns_left_out:
        lines.append(f"Left out, for the template does not have them: columns {', '.join(map(str, done.columns_left_out))}.")
    if done.stored:
        lines.append("Stored in place of the file before." if done.replaced else "Stored.")
        return "\n".join([*lines, "Early, unvalidated, not for publication. Next: headway pupils measures"])
    lines.append(f"Nothing was stored: {len(done.faults):,} faults.")
    lines += [f"  {count:,} × {problem}" for problem, count in done.counted().items()]
    lines += [f"  row {fault.row} under the header, {fault.column or 'the row'}: {fault.problem}" for fault in done.faults[:MOST_TOLD]]
    if len(done.faults) > MOST_TOLD:
        lines.append(f"  … and {len(done.faults) - MOST_TOLD:,} more: --format csv lists all.")
    return "\n".join(lines)
