"""Everything a school's page says, from point look-ups in the current snapshot."""

from headway.definitions.schemas import Measure
from headway.readings import comparators, pooling
from headway.readings.answers import Establishment, MeasureLine, Profile, Trend
from headway.readings.door import Door
from headway.readings.establishment import chain, establishment, links
from headway.readings.family_means import family_means
from headway.readings.inspection import inspections
from headway.readings.trend import as_trend, in_order
from headway.store.lookups import Packed
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
    past = chain(door, school.urn)
    found = door.lookup.of_places(Level.SCHOOL, [str(school.urn), *(str(of) for of, _, _ in past)], early=viewer.sees_early)
    own, inherited = own_readings(door, past, found, viewer)
    family = family_means(door, school)
    lines = [_line(door, key, own[key], inherited, school, viewer, family) for key in _ordered(door, own)]
    return Profile(
        establishment=school,
        links=links(door, school.urn),
        lines=tuple(line for line in lines if line.own.cut == "all" and _section(line) == "key"),
        context=tuple(line for line in lines if line.own.cut == "all" and _section(line) == "context"),
        workforce=tuple(line for line in lines if line.own.cut == "all" and _section(line) == "workforce"),
        finance=tuple(line for line in lines if line.own.cut == "all" and _section(line) == "finance"),
        inspections=inspections(school.urn, found),
        snapshot=door.published,
        cuts=tuple(line for line in lines if line.own.cut != "all"),
    )


Own = dict[tuple[str, str], list[Reading]]


def own_readings(door: Door, past: list[tuple[int, int, int]], found: list[Packed], viewer: Viewer) -> tuple[Own, Own]:
    """The school's readings by (measure, cut), its predecessors' among them where it has none of its own; and those alone.

    `found` is the school's rows and then those of each predecessor in `past`.
    """
    readings = door.see(found[0].readings, viewer)
    inherited = _inherited(door, past, found[1:], {_cell(reading) for reading in readings}, viewer) if past else []
    return _by_measure(readings + inherited), _by_measure(inherited)


def _by_measure(readings: list[Reading]) -> Own:
    found: Own = {}
    for reading in readings:
        key = (reading.measure, reading.cut)
        if key in found:
            found[key].append(reading)
        else:
            found[key] = [reading]
    return found


def _cell(reading: Reading) -> tuple[str, str, int]:
    return reading.measure, reading.cut, reading.year.start


def _inherited(
    door: Door, past: list[tuple[int, int, int]], before: list[Packed], have: set[tuple[str, str, int]], viewer: Viewer
) -> list[Reading]:
    """What predecessors had in their years, where neither the school itself nor a nearer predecessor has it."""
    found = []
    for (_, first, last), one in zip(past, before, strict=True):
        wanted = [row for row in one.readings if first <= row[3] <= last and (row[2], row[4], row[3]) not in have]
        seen = door.see(wanted, viewer)
        have.update(map(_cell, seen))
        found.extend(seen)
    return found


def _ordered(door: Door, own: Own) -> list[tuple[str, str]]:
    def place(key: tuple[str, str]) -> tuple[int, str, str]:
        noun = key[0].split(".")[0]
        return (ORDER.index(noun) if noun in ORDER else len(ORDER), key[0], key[1])

    shown = (key for key in own if door.library.measures[key[0]].phases)  # single judgements stand among the inspections
    return sorted(shown, key=place)


def _line(
    door: Door,
    key: tuple[str, str],
    readings: list[Reading],
    inherited: Own,
    school: Establishment,
    viewer: Viewer,
    family: dict[str, Trend],
) -> MeasureLine:
    definition: Measure = door.library.measures[key[0]]
    own = as_trend(definition, key[1], readings)
    trends, cuts = comparators.kept_beside(door, school.authority, school.region, viewer, key[0], key[1], PAGE_PHASES.get(school.phase, ""))
    if key[1] == "all" and key[0] in family:
        trends, cuts = {"family": family[key[0]], **trends}, {"family": "all", **cuts}
    newest = own.latest
    small = bool(newest and newest.denominator is not None and newest.denominator < definition.floor)
    return MeasureLine(
        own=own,
        comparators=trends,
        comparator_cuts=cuts,
        small_cohort=small,
        predecessor_years=tuple(reading.year for reading in sorted(inherited.get(key, ()), key=in_order)),
        pooled=pooling.three_years(own) if small else None,
    )


def _section(line: MeasureLine) -> str:
    noun = line.own.measure.id.split(".")[0]
    return noun if noun in SECTIONS else "key"
