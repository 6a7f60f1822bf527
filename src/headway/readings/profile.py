"""Everything a school's page says, from point look-ups in the current snapshot."""

from headway.definitions.schemas import Measure
from headway.readings import comparators, pooling
from headway.readings.answers import Establishment, MeasureLine, Profile
from headway.readings.door import Door
from headway.readings.establishment import chain, establishment, links
from headway.readings.inspection import inspections
from headway.readings.trend import as_trend
from headway.store.lookups import Row
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.place import Level
from headway.vocabulary.reading import Reading
from headway.vocabulary.viewer import Viewer

PAGE_PHASES = {
    "nursery": "nursery",
    "primary": "primary",
    "middle": "primary",
    "secondary": "secondary",
    "all_through": "secondary",
    "special": "special",
}
SECTIONS = ("context", "workforce", "finance")
ORDER = ("ks2", "ks4", "ks5", "attendance", "eyfs", "phonics", "ks1", "destinations", "exclusions", "post16", "looked_after", "inspection")


def profile(door: Door, urn: str | int, viewer: Viewer) -> Profile:
    """Raises H-USAGE-01 or H-USAGE-06 when there is no such school; H-STORE-08 before the first publication."""
    school = establishment(door, urn)
    own, inherited = own_readings(door, school.urn, viewer)
    found = comparators.comparators(door, school.authority, school.region, viewer)
    lines = [_line(door, key, own[key], inherited, found, school) for key in _ordered(door, own)]
    return Profile(
        establishment=school,
        links=links(door, school.urn),
        lines=tuple(line for line in lines if line.own.cut == "all" and _section(line) == "key"),
        context=tuple(line for line in lines if line.own.cut == "all" and _section(line) == "context"),
        workforce=tuple(line for line in lines if line.own.cut == "all" and _section(line) == "workforce"),
        finance=tuple(line for line in lines if line.own.cut == "all" and _section(line) == "finance"),
        inspections=inspections(door, school.urn),
        snapshot=door.published,
        cuts=tuple(line for line in lines if line.own.cut != "all"),
    )


Own = dict[tuple[str, str], list[Reading]]


def own_readings(door: Door, urn: int, viewer: Viewer) -> tuple[Own, set[tuple[str, str, AcademicYear]]]:
    """The school's readings by (measure, cut), its predecessors' among them where it has none of its own.

    The second answer names the cells that are a predecessor's.
    """
    past = chain(door, urn)
    places = [str(urn), *(str(of) for of, _, _ in past)]
    spans = {str(of): (first, last) for of, first, last in past}
    readings = door.see([row for place in sorted(places) for row in _rows(door, place, viewer)], viewer)
    own: Own = {}
    inherited: set[tuple[str, str, AcademicYear]] = set()
    have = {(reading.measure, reading.cut, reading.year) for reading in readings if reading.place == str(urn)}
    for reading in readings:
        cell = (reading.measure, reading.cut, reading.year)
        if reading.place != str(urn):
            first, last = spans[reading.place]
            if cell in have or not first <= reading.year.start <= last:
                continue
            have.add(cell)
            inherited.add(cell)
        own.setdefault((reading.measure, reading.cut), []).append(reading)
    return own, inherited


def _rows(door: Door, place: str, viewer: Viewer) -> list[Row]:
    """One place at a time: the store finds the rows of one place by its sorting, those of a list far more slowly."""
    return door.lookup.readings(early=viewer.sees_early, level=Level.SCHOOL.value, where="place = ?", values=[place])


def _ordered(door: Door, own: Own) -> list[tuple[str, str]]:
    def place(key: tuple[str, str]) -> tuple[int, str, str]:
        noun = key[0].split(".")[0]
        return (ORDER.index(noun) if noun in ORDER else len(ORDER), key[0], key[1])

    return sorted(own, key=place)


def _line(
    door: Door,
    key: tuple[str, str],
    readings: list[Reading],
    inherited: set[tuple[str, str, AcademicYear]],
    found: dict[str, comparators.Series],
    school: Establishment,
) -> MeasureLine:
    definition: Measure = door.library.measures[key[0]]
    own = as_trend(definition, key[1], readings)
    trends, cuts = comparators.beside(found, key[0], key[1], PAGE_PHASES.get(school.phase, ""))
    newest = own.latest
    small = bool(newest and newest.denominator is not None and newest.denominator < definition.floor)
    return MeasureLine(
        own=own,
        comparators=trends,
        comparator_cuts=cuts,
        small_cohort=small,
        predecessor_years=tuple(reading.year for reading in own.readings if (*key, reading.year) in inherited),
        pooled=pooling.three_years(own) if small else None,
    )


def _section(line: MeasureLine) -> str:
    noun = line.own.measure.id.split(".")[0]
    return noun if noun in SECTIONS else "key"
