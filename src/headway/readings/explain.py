"""How a number came about: definition, source, row, arithmetic, comparators, release, suppression.

The same object feeds `headway explain` and "How this was worked out" on every page.
"""

from datetime import date
from typing import Literal

from headway.definitions.schemas import Measure
from headway.readings import family_means, groups, neighbours
from headway.readings.answers import Explanation, Step
from headway.readings.arithmetic import arithmetic
from headway.readings.asking import check_known
from headway.readings.door import WITHHELD, Door, measure_facts
from headway.store.landed import LandedFile
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.number import shown
from headway.vocabulary.place import Level
from headway.vocabulary.reading import Reading
from headway.vocabulary.status import Status
from headway.vocabulary.viewer import Viewer

UNITS = {
    "percent": "per cent", "points": "points", "progress": "points of progress", "score": "points", "rate_per_100": "per 100 pupils",
    "count": "a count", "pounds": "pounds", "ratio": "a ratio", "grade": "a grade",
}  # fmt: skip
FINANCIAL: tuple[Literal["maintained"], Literal["academy"]] = ("maintained", "academy")
DIRECTION = {"higher": "higher is better", "lower": "lower is better", "neither": "neither high nor low is better"}


def explain(
    door: Door, viewer: Viewer, *, place: str, level: Level | str, measure: str, year: AcademicYear, cut: str = "all"
) -> Explanation:
    """The whole chain behind one number. Raises H-USAGE-05, H-USAGE-06 or H-VALIDITY-02; a cell nobody has explains that."""
    definition = door.measure(measure)
    door.library.period(measure, year)
    cut = door.library.check_cut(cut)
    if place.startswith(family_means.OF):
        return family_means.family_explained(door, place, measure, year)
    if place.startswith(groups.OF):
        return groups.group_explained(door, place, measure, year)
    if place.startswith(neighbours.OF):
        return neighbours.neighbours_explained(door, viewer, place, measure, year, cut)
    at = Level(level)
    if place.isdigit():
        check_known(door, [int(place)] if at is Level.SCHOOL else (), place if at is Level.AUTHORITY else "")
    rows = door.lookup.readings(
        early=viewer.sees_early,
        level=at.value,
        where="place = ? AND measure = ? AND year = ? AND cut = ?",
        values=[place, measure, year.start, cut],
    )
    found = door.see(rows, viewer)
    vintages = tuple(door.see(door.lookup.vintages(at.value, place, measure, year.start, cut), viewer))
    if not found:
        return Explanation(
            None, measure_facts(definition), (_defined(door, definition, year, cut), _absent(door, at, place, year, cut)), vintages
        )
    reading = found[0]
    file = next((item for item in door.files.values() if item.source_name == reading.source_file and item.table == reading.source), None)
    steps = [_defined(door, definition, year, cut), _sourced(door, reading, file), _worked(door, definition, reading, file)]
    steps += [_compared(reading), _released(reading, vintages), _withheld(definition, reading)]
    return Explanation(reading, measure_facts(definition), tuple(step for step in steps if step.lines), vintages)


def _defined(door: Door, definition: Measure, year: AcademicYear, cut: str) -> Step:
    period = definition.period(year)
    if period is None:
        return Step("What it is", ())
    until = "on" if period.until == "open" else f"to {period.until}"
    lines = [
        f"{definition.title} ({definition.id}): {UNITS[definition.unit]}; {DIRECTION[definition.better]}.",
        f"Counts {door.library.cohort_words(definition)}. In this form from {period.from_} {until}.",
        f"Defined in library/{door.library.files[definition.id]}.",
        f"After {period.reference.title} ({period.reference.href}), {period.reference.read_words}.",
    ]
    lines += [line for part in cut.split("&") if (line := _group(door, part))]
    if definition.id.startswith("finance.") and door.library.calendar:
        schools, academies = (door.library.calendar.financial_year(kind, year) for kind in FINANCIAL)
        lines.append(f"Of the financial year {_months(schools)}; for academies {_months(academies)}.")
    if period.note:
        lines.append(" ".join(period.note.split()))
    if period.break_:
        lines.append(f"A break at {period.from_} ({period.break_.kind.replace('_', ' ')}): {' '.join(period.break_.note.split())}")
    return Step("What it is", tuple(lines))


def _months(span: tuple[date, date]) -> str:
    return f"{span[0]:%B %Y} to {span[1]:%B %Y}"


def _group(door: Door, part: str) -> str:
    """Which group a part of a cut keeps, and what the characteristic means; empty for the whole cohort."""
    name, _, value = part.partition("=")
    known = door.library.cuts.get(name)
    if known is None or value not in known.values:
        return ""
    changes = "".join(f" From {change.from_}: {change.note}" for change in known.changes)
    return f"Only {known.values[value].words}. {known.title}: {known.means}{changes}"


def _absent(door: Door, level: Level, place: str, year: AcademicYear, cut: str) -> Step:
    name = door.name(level, place) or place
    return Step(
        "Where it came from",
        (f"No file that was loaded holds it for {name} in {year}{'' if cut == 'all' else f', {door.library.cut_words(cut)}'}.",),
    )


def _sourced(door: Door, reading: Reading, file: LandedFile | None) -> Step:
    table = door.library.tables.get(reading.source)
    if table is None:
        from_what = "the figures of its schools; no source publishes it" if reading.source_file == "worked" else reading.source_file
        return Step("Where it came from", (f"Headway worked it out from {from_what}.",))
    lines = [f"{table.title}, {table.publisher} ({table.licence}).", f"File {reading.source_file}, recognised as {reading.source}."]
    if file:
        lines.append(f"Landed on {file.landed_at[:10]} as {file.id}, layout {file.layout}, {file.rows:,} rows, {len(file.checks)} checks.")
    if reading.source_row is not None:
        lines.append(f"Row {reading.source_row:,} under the header.")
    return Step("Where it came from", tuple(lines))


def _worked(door: Door, definition: Measure, reading: Reading, file: LandedFile | None) -> Step:
    if reading.status in WITHHELD:
        return Step("How it was worked out", ())
    return Step("How it was worked out", tuple(arithmetic(door, definition, reading, file)))


def _compared(reading: Reading) -> Step:
    if reading.position is None or not reading.position_of:
        return Step("Where it stands", ())
    share = f"{reading.position * 100:.0f} in 100"
    return Step(
        "Where it stands", (f"Above {share} of the {reading.position_of:,} schools of its phase in England with a value, ties halved.",)
    )


def _released(reading: Reading, vintages: tuple[Reading, ...]) -> Step:
    lines = [f"Release: {reading.release.words}. Snapshot {reading.snapshot}."]
    others = [item for item in vintages if (item.source_file, item.value) != (reading.source_file, reading.value)]
    lines += [f"{item.release.words.capitalize()} release, {item.source_file}: {shown(item.value, item.unit)}." for item in others]
    return Step("Release", tuple(lines))


def _withheld(definition: Measure, reading: Reading) -> Step:
    if reading.status in WITHHELD:
        return Step(
            "What is withheld",
            (f"{reading.status.words.capitalize()}: the source gives no figure, and nothing from which one could be worked out is shown.",),
        )
    if reading.denominator is not None and reading.denominator < definition.floor:
        return Step("Care", (f"{reading.denominator:g} pupils are fewer than {definition.floor}: too few to judge one year by.",))
    if reading.status is not Status.PUBLISHED:
        return Step("What is withheld", (f"{reading.status.words.capitalize()}.",))
    return Step("What is withheld", ("Nothing.",))
