"""Commands for results of pupils, which are kept apart: template, example, load, measures, value-added."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from headway.cli.keeping import Form, Home, Out
from headway.cli.output import Format, emit, say
from headway.pupil_results.template import Stage
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import Exit, HeadwayError
from headway.vocabulary.place import Level
from headway.vocabulary.status import Release
from headway.vocabulary.viewer import Viewer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from headway.pupil_results.landing import Landed
    from headway.readings.door import Door
    from headway.store.workspace import Workspace

SHOWN = ("place", "place_name", "title", "cut", "value", "lower", "upper", "band", "denominator", "status")
ADDED = ("urn", "name", "pupils", "raw", "raw_error", "contextual", "contextual_error", "status")
LIMITS = tuple(f"{name}{part}" for name in ("raw", "contextual") for part in ("", "_lower", "_upper", "_pair_lower", "_pair_upper"))
EXAMPLE_YEAR = AcademicYear(2023)  # the last with Progress 8
MOST_TOLD = 50  # faults listed in a terminal; --format json and csv list all
group = typer.Typer(help="Results of pupils: a protected source, kept apart from all else.", no_args_is_help=True)
Year = Annotated[str, typer.Option(help="Academic year, as 2023/24.")]

Reading = Annotated[str, typer.Option("--viewer", help="Who reads: me, the user that the operating system knows. It is written down.")]


def register(app: typer.Typer) -> None:
    for command in (template, example, load, measures, value_added):
        group.command()(command)
    app.add_typer(group, name="pupils")


def template(stage: Annotated[Stage, typer.Argument(help="ks2 or ks4.")], out: Out = None) -> None:
    """The header line of a template; docs/how-to/pupil-results.md says what each column holds."""
    from headway.pupil_results.template import header

    say(header(stage), out)


def example(folder: Annotated[Path, typer.Argument(help="Where the two files are written.")], home: Home = None) -> None:
    """Write made-up pupils of a handful of the made-up area's schools, to try the other commands on."""
    from headway.store import workspace

    space = workspace.open_workspace(workspace.home_folder(home))
    if not space.example:
        raise HeadwayError(
            "H-ACCESS-44", "Pupils are made up for the made-up area only.", "This workspace is of a real one.", "Make it: headway demo"
        )
    folder.mkdir(parents=True, exist_ok=True)
    for path, many, schools in examples(space, folder):
        print(f"{path}: {many:,} made-up pupils of {schools} schools. Next: headway pupils load {path}")


def examples(space: "Workspace", folder: Path) -> "Iterator[tuple[Path, int, int]]":
    """(file, pupils, schools) of made-up pupils, a file a stage, for schools of the made-up area."""
    from headway.example import pupils
    from headway.readings.door import open_door
    from headway.readings.schools import establishments

    door = open_door(space.home)
    schools = [school for code in space.areas for school in establishments(door, code) if school.status == "open"]
    for stage, phase, count in ((Stage.KS4, "secondary", 12), (Stage.KS2, "primary", 10)):
        urns = sorted(school.urn for school in schools if school.phase == phase and (school.age_high or 0) >= 11)[:count]
        path = folder / f"{stage}.csv"
        yield path, pupils.write(path, stage, urns, EXAMPLE_YEAR, pupils=120 if stage is Stage.KS4 else 40), len(urns)


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
    _audited(space.home, "loaded" if done.stored else "was refused", f"{done.stage} {done.year or ''}".strip(), rows=done.pupils)
    if form is Format.TABLE:
        say(_words(done), out)
    elif form is Format.JSON:
        emit([_facts(done)], form, out=out)
    else:
        emit([fault._asdict() for fault in done.faults], form, out=out)
    if not done.stored:
        raise typer.Exit(int(Exit.DATA))


def measures(
    stage: Annotated[Stage, typer.Option(help="ks2 or ks4.")] = Stage.KS4,
    year: Year = "",
    level: Annotated[Level, typer.Option(help="school or authority.")] = Level.SCHOOL,
    cut: Annotated[str, typer.Option(help="all, disadvantage=yes, sen=support, sex=girls, eal=yes, … or * for every cut.")] = "all",
    measure: Annotated[str, typer.Option("--measure", help="Only this one, as ks4.progress8.")] = "",
    tables: Annotated[Release | None, typer.Option(help="Which release of the Progress 8 tables; default the firmest there is.")] = None,
    viewer: Reading = "",
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Measures of schools or of the area, worked out from pupils. Small groups are withheld. Not for publication."""
    from headway.readings import pupil_results

    door = open_for(home)
    when = AcademicYear.parse(year) if year else None
    chosen = None if cut == "*" else door.library.check_cut(cut)
    person = reader(viewer)
    found = pupil_results.measures(door, person, stage=stage, year=when, level=level, cut=chosen, measure=measure, tables=tables)
    rows = [row.as_dict() for row in found]
    _audited(door.home, "read", f"{stage} {when or 'newest'}", level=level, cut=cut, measure=measure or "every", rows=len(rows))
    if form is Format.TABLE:
        rows = [row | {"cut": door.library.cut_words(str(row["cut"]), heading=True) or "all"} for row in rows]
    emit(rows, form, columns=SHOWN, out=out, empty="No such place is among the pupils stored.")
    for line in ("Early, unvalidated, not for publication.", *pupil_results.notes(door, person, stage, when, tables)):
        print(line, file=sys.stderr)


def value_added(
    year: Year = "",
    caterpillar: Annotated[bool, typer.Option("--caterpillar", help="In order of raw, with the limits for one and for pairs.")] = False,
    viewer: Reading = "",
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Value added of each school at key stage 4, without and with context side by side, among the schools of the file."""
    from headway.readings.pupil_value_added import value_added as ask

    door = open_for(home)
    found = ask(door, reader(viewer), year=AcademicYear.parse(year) if year else None)
    _audited(door.home, "read", f"ks4 {year or 'newest'}", measure="value added", rows=len(found.schools))
    schools = sorted(found.schools, key=lambda one: (one.raw is None, -(one.raw or 0.0))) if caterpillar else found.schools
    columns = ("name", *LIMITS, "status") if caterpillar else ADDED
    emit([one.as_dict() for one in schools], form, columns=columns, out=out, empty="No school of yours is among the pupils stored.")
    beside = f"The contextual model has: {', '.join(found.covariates)}."
    for line in ("Early, unvalidated, not for publication.", *found.notes, beside):
        print(line, file=sys.stderr)


def _audited(home: Path, verb: str, what: str, **facts: object) -> None:
    """An event beside the line in the access log, written before anything is shown; the person's name is sealed in it."""
    import os

    from headway.protected.access import operating_system_user
    from headway.site.running import note

    person = (f"operating-system-user:{os.getuid()}", operating_system_user())
    said = note(home, by="command:pupils", verb=verb, target="results of pupils", target_id=what, after=facts, reader=person)
    if said:
        print(said, file=sys.stderr)


def reader(named: str) -> Viewer | None:
    """The person at the keyboard who says that they read; nobody can read in another's name. Raises H-ACCESS-42 for another name."""
    from headway.cli.asking import viewer
    from headway.readings.pupil_results import allowed

    me = viewer(early=True)
    return me if named in ("me", me.name) else allowed(None)


def open_for(home: Path | None) -> "Door":
    from headway.readings.door import open_door
    from headway.store import workspace

    return open_door(workspace.open_workspace(workspace.home_folder(home)).home)


def _facts(done: "Landed") -> dict[str, object]:
    return {
        "stored": done.stored, "stage": done.stage.value, "year": str(done.year or ""), "pupils": done.pupils, "schools": done.schools,
        "without_prior_attainment": done.without_start, "columns_left_out": list(done.columns_left_out), "replaced": done.replaced,
        "problems": done.counted(), "faults": [fault._asdict() for fault in done.faults],
    }  # fmt: skip


def _words(done: "Landed") -> str:
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
