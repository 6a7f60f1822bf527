"""Commands that ask the one door: readings, explain, show, search, compare, measures, reconcile, status."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from headway.cli.keeping import Form, Home, Out
from headway.cli.output import Format, emit, say
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.place import Level
from headway.vocabulary.status import Release
from headway.vocabulary.viewer import Viewer

SHOWN = ("place", "place_name", "year", "cut", "value", "margin_low", "margin_high", "denominator", "status", "release", "source_file")
Early = Annotated[bool, typer.Option("--early", help="Show early, unvalidated results too: not for publication.")]


def register(app: typer.Typer) -> None:
    for command in (readings, explain, show, search, compare, measures, reconcile, status):
        app.command()(command)


def _door(home: Path | None) -> Any:
    from headway.readings.door import open_door
    from headway.store import workspace

    return open_door(workspace.open_workspace(workspace.home_folder(home)).home)


def viewer(early: bool = False) -> Viewer:
    """The person at the keyboard, as the operating system knows them. Whoever can read the workspace's files may ask."""
    import getpass

    return Viewer(getpass.getuser(), at_keyboard=True, sees_early=early)


def readings(
    measure: Annotated[str, typer.Option("--measure", help="Measure id, as ks2.rwm_expected.")],
    urn: Annotated[list[str] | None, typer.Option("--urn", help="A school; repeat for more.")] = None,
    authority: Annotated[list[str] | None, typer.Option("--authority", help="Authority code, as 330; repeat for more.")] = None,
    england: Annotated[bool, typer.Option("--england", help="England.")] = False,
    level: Annotated[
        Level | None, typer.Option(help="With --authority and level school: each of its schools. Without a place: everything there.")
    ] = None,
    year: Annotated[str, typer.Option(help="One academic year, as 2018/19.")] = "",
    first: Annotated[str, typer.Option("--from", help="From this academic year on.")] = "",
    last: Annotated[str, typer.Option("--to", help="Up to this academic year.")] = "",
    cut: Annotated[str, typer.Option(help="all, disadvantage=yes, sex=girls, … or * for every cut.")] = "all",
    release: Annotated[Release | None, typer.Option(help="As this release had it; default the newest of each.")] = None,
    early: Early = False,
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Readings of one measure, by place and year."""
    from headway.readings.asking import Asked, each
    from headway.readings.asking import readings as ask
    from headway.readings.door import measure_facts
    from headway.readings.margins import as_plain

    if year and (first or last):
        raise HeadwayError("H-USAGE-07", "--year cannot stand beside --from or --to.", remedy="Give one year, or a span.")
    span = [AcademicYear.parse(text) if text else None for text in ((year, year) if year else (first, last))]
    whole = Asked(measure, first=span[0], last=span[1], cut=None if cut == "*" else cut, release=release)
    wanted = each(whole, urns=urn or (), authorities=authority or (), england=england, level=level)
    door, who = _door(home), viewer(early or release is Release.EARLY)
    facts = measure_facts(door.measure(measure))
    found = [reading for asked in wanted for reading in ask(door, asked, who)]
    emit(
        [reading.as_dict() | as_plain(reading, facts) | _cut_in_words(door, reading.cut, form) for reading in found],
        form,
        columns=SHOWN,
        out=out,
        empty="No readings. headway status shows which years are loaded.",
    )


def _cut_in_words(door: Any, cut: str, form: Format) -> dict[str, str]:
    """In a table people read the cut's heading; the other forms keep what can be asked for again."""
    return {"cut": door.library.cut_words(cut, heading=True) or "all"} if form is Format.TABLE else {}


def explain(
    place: Annotated[str, typer.Argument(help="A URN, family:URN, group:URN+URN+URN, an authority code, a region code, or england.")],
    measure: Annotated[str, typer.Argument(help="Measure id.")],
    year: Annotated[str, typer.Argument(help="Academic year, as 2018/19.")],
    cut: Annotated[str, typer.Option(help="all, or a cut such as disadvantage=yes.")] = "all",
    early: Early = False,
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """How one number came about: definition, file, row, arithmetic, release, what is withheld."""
    from dataclasses import asdict

    from headway.readings.explain import explain as ask

    level, code = place_of(place)
    door = _door(home)
    answer = ask(door, viewer(early), place=code, level=level, measure=measure, year=AcademicYear.parse(year), cut=cut)
    if form is not Format.TABLE:
        vintages = [item.as_dict() for item in answer.vintages]
        told = {"reading": answer.reading.as_dict() if answer.reading else None, "measure": asdict(answer.measure), "vintages": vintages}
        emit([{**told, "steps": [asdict(step) for step in answer.steps]}], form, out=out)
        return
    from headway.cli.showing import explanation_text

    say(explanation_text(answer, door.name(level, code) or code, str(AcademicYear.parse(year)), door.library.cut_words(cut)), out)


def place_of(text: str) -> tuple[Level, str]:
    """A place as a person writes it: a URN, an authority code, a region code, england. Raises H-USAGE-08."""
    from headway.vocabulary.place import ENGLAND

    cleaned = text.strip()
    if cleaned.lower() in ("england", ENGLAND.lower()):
        return Level.ENGLAND, ENGLAND
    if cleaned.lower().startswith(("family:", "group:")):
        return Level.SCHOOL, cleaned.lower()
    if cleaned.isdigit() and len(cleaned) == 6:
        return Level.SCHOOL, cleaned
    if cleaned.isdigit() and len(cleaned) == 3:
        return Level.AUTHORITY, cleaned
    if cleaned.upper().startswith("E1"):
        return Level.REGION, cleaned.upper()
    raise HeadwayError(
        "H-USAGE-08", f"{text!r} is not a place.", remedy="Give a URN (six digits), an authority code (three), a region code, or england."
    )


def show(
    urn: Annotated[str, typer.Argument(help="The school's URN.")],
    early: Early = False,
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """One school: who it is, and its newest figures beside its authority and England."""
    from headway.cli.showing import profile_rows, profile_text
    from headway.readings.profile import profile

    door = _door(home)
    answer = profile(door, urn, viewer(early))
    if form is Format.TABLE:
        say(profile_text(answer, door.library.scale_titles), out)
    else:
        emit(profile_rows(answer), form, out=out)


def search(
    text: Annotated[list[str], typer.Argument(help="Part of a name, a URN or a postcode.")],
    most: Annotated[int, typer.Option(min=1, help="How many schools at most.")] = 20,
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Find schools by name, URN or postcode."""
    from dataclasses import asdict

    from headway.readings.search import search as ask

    hits = ask(_door(home), " ".join(text), viewer(), limit=most + 1)
    rows = [asdict(hit.establishment) | {"matched": hit.matched} for hit in hits[:most]]
    emit(rows, form, columns=("urn", "name", "authority_name", "phase", "type", "status", "postcode"), out=out, empty="No school fits.")
    if len(hits) > most and form is Format.TABLE:
        typer.echo(f"\nMore than {most} schools fit: say more of the name, or ask for more with --most.", err=True)


def compare(
    measure: Annotated[str, typer.Option("--measure", help="Measure id.")],
    place: Annotated[list[str], typer.Argument(help="URNs, family:URN, group:URN+URN+URN, authority codes, region codes, england.")],
    year: Annotated[str, typer.Option(help="Academic year; default the newest that all have.")] = "",
    cut: Annotated[str, typer.Option(help="all, or a cut such as disadvantage=yes.")] = "all",
    across_breaks: Annotated[bool, typer.Option("--across-breaks", help="Allow a change that crosses a series break.")] = False,
    early: Early = False,
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Places side by side on one measure in one year, with the change since each one's year before."""
    from headway.readings.compare import compare as ask

    places = [place_of(text) for text in place]
    rows = ask(
        _door(home),
        viewer(early),
        measure=measure,
        places=places,
        year=AcademicYear.parse(year) if year else None,
        cut=cut,
        across_breaks=across_breaks,
    )
    emit(
        rows,
        form,
        columns=("place_name", "year", "value", "margin_low", "margin_high", "denominator", "before", "change", "status", "note"),
        out=out,
    )


def measures(home: Home = None, form: Form = Format.TABLE, out: Out = None) -> None:
    """Every measure: what it is, its unit, its years and breaks."""
    from headway.definitions.loading import library_for
    from headway.store import workspace

    folder = workspace.home_folder(home)
    library = library_for(folder if folder.is_dir() else None)
    rows = [
        {
            "measure": name, "title": item.title, "unit": item.unit, "better": item.better, "cohort": item.cohort, "floor": item.floor,
            "cuts": list(item.cuts),
            "years": "; ".join(f"{period.from_} to {period.until}" for period in item.periods),
            "breaks": [f"{period.from_}: {' '.join(period.break_.note.split())}" for period in item.periods if period.break_],
            "references": sorted({period.reference.href for period in item.periods}), "review_by": str(item.review_by),
        }
        for name, item in sorted(library.measures.items())
    ]  # fmt: skip
    emit(rows, form, columns=("measure", "title", "unit", "better", "years"), out=out)


def reconcile(
    measure: Annotated[str, typer.Option("--measure", help="Only this measure.")] = "",
    authority: Annotated[str, typer.Option("--authority", help="Only this authority and England.")] = "",
    home: Home = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Schools added up by us beside the published authority and England figures, with the reason for each difference."""
    from headway.cli.showing import reconciliation_rows
    from headway.readings.files import reconciliation

    found = reconciliation(_door(home), authority=authority, measure=measure)
    whole = form is Format.TABLE and not (authority or measure)
    columns = () if whole else ("measure", "place", "year", "cut", "published", "worked", "difference", "within", "schools", "reason")
    emit(reconciliation_rows(found) if whole else found, form, columns=columns, out=out, empty="No published total has schools to add up.")
    if whole and found:
        typer.echo(
            "\nEach figure, with its reason: headway reconcile --measure MEASURE or --authority CODE, or --format csv for all.", err=True
        )


def status(home: Home = None, form: Form = Format.TABLE, out: Out = None) -> None:
    """What is loaded: sources, releases, freshness, and coverage by measure and year."""
    from headway.cli.showing import status_rows, status_text

    door = _door(home)
    if form is Format.TABLE:
        say(status_text(door, viewer(early=True)), out)
    else:
        emit(status_rows(door, viewer(early=True)), form, out=out)


def day_of(text: str) -> date | None:
    """A day as it is typed; None for nothing. Raises H-USAGE-63."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise HeadwayError("H-USAGE-63", f"{text!r} is not a day.", remedy="Write it as 2017-12-31.") from None
