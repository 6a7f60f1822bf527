"""Where an authority stands: its key measures beside the four comparators, and the schools that moved most."""

import math
from dataclasses import replace
from statistics import NormalDist

from headway.definitions.schemas import Measure
from headway.readings import comparators
from headway.readings.answers import Area, Establishment, MeasureLine, Moved
from headway.readings.door import Door, measure_facts
from headway.readings.schools import establishments
from headway.readings.trend import breaks, comparable
from headway.vocabulary.reading import Reading
from headway.vocabulary.viewer import Viewer

KEY_MEASURES = (
    "attendance.overall_absence", "attendance.persistent_absence", "attendance.severe_absence", "eyfs.gld", "phonics.year1",
    "ks2.rwm_expected", "ks2.rwm_higher", "ks4.attainment8", "ks4.progress8", "ks4.basics_95", "ks5.alevel_points_per_entry",
    "destinations.ks4_sustained", "post16.neet_or_not_known", "exclusions.suspension_rate", "exclusions.permanent_rate",
    "inspection.good_or_outstanding_schools",
)  # fmt: skip
MOVING = ("ks2.rwm_expected", "ks4.attainment8", "attendance.overall_absence")
MOST_MOVED = 5  # each way
CHANCE = 1.96  # standard errors, for one change looked at: 95%
GROUPS = ("disadvantage=yes", "disadvantage=no")
APART = ("special", "alternative")  # their figures are not read beside those of mainstream schools


def area(door: Door, code: str, viewer: Viewer) -> Area:
    """An authority's page. An authority that no file holds has no lines and no schools."""
    listed = [school for school in establishments(door, code) if school.status == "open"]
    region = next((school.region for school in listed if school.region), "") or region_of(door, code)
    found = comparators.comparators(door, code, region, viewer)
    lines = tuple(_line(found, measure) for measure in KEY_MEASURES if (measure, "all") in found["authority"])
    pupils = [school.pupils for school in listed if school.pupils is not None]
    name = door.names.get(("authority", code), code)
    cuts = tuple(
        _line(found, measure, cut) for measure in KEY_MEASURES for cut in GROUPS if all((measure, g) in found["authority"] for g in GROUPS)
    )
    movers, compared = moved(door, code, viewer)
    return Area(code, name, len(listed), sum(pupils) if pupils else None, lines, movers, door.published, cuts, compared)


def region_of(door: Door, code: str) -> str:
    if "authority" not in door.lookup.tables:
        return ""
    rows = door.lookup.rows("SELECT region FROM authority WHERE code = ?", [code])
    return str(rows[0][0] or "") if rows else ""


def _line(found: dict[str, comparators.Series], measure: str, cut: str = "all") -> MeasureLine:
    trends, cuts = comparators.beside(found, measure, cut, "")
    return MeasureLine(found["authority"][(measure, cut)], {name: trend for name, trend in trends.items() if name != "authority"}, cuts)


def moved(door: Door, code: str, viewer: Viewer) -> tuple[tuple[Moved, ...], tuple[int, int]]:
    """The open mainstream schools whose newest year moved most, each way; and (schools, measures) that were looked at.

    A change is in units of the area's own spread of changes, so that measures can share one list. Small
    cohorts are left out: theirs is mostly chance. So are special schools and alternative provision.
    """
    key = ("moved", code, viewer.sees_early, viewer.urns)
    if key not in door.kept:
        by_measure = _changes(door, code, viewer)
        found = sorted((item for items in by_measure for item in items), key=lambda pair: -pair[0])
        most = {
            item.establishment.urn: item for _, item in reversed(found) if item.change
        }  # a school is named once, for its largest change
        ways = [[item for _, item in found if most.get(item.establishment.urn) is item and is_better(item) is way] for way in (True, False)]
        looked = len({item.establishment.urn for _, item in found}), sum(bool(items) for items in by_measure)
        door.kept[key] = (*ways[0][:MOST_MOVED], *ways[1][:MOST_MOVED]), looked
    kept: tuple[tuple[Moved, ...], tuple[int, int]] = door.kept[key]
    return kept


def beyond_chance(door: Door, code: str, viewer: Viewer) -> tuple[Moved, ...]:
    """The same schools on the same measures, each that changed since the year before by more than chance, the largest change first.

    So many are looked at that one in twenty would pass a limit meant for one: the limit is for all of them together (Bonferroni), so that
    in nineteen years of twenty nobody is told of a change that is chance alone. Small cohorts are left out, as in `moved`.
    """
    key = ("beyond chance", code, viewer.sees_early, viewer.urns)
    if key not in door.kept:
        found = sorted((item for items in _changes(door, code, viewer) for item in items), key=lambda pair: -pair[0])
        limit = NormalDist().inv_cdf(1 - 0.05 / (2 * len(found))) if found else CHANCE
        door.kept[key] = tuple(
            replace(item, beyond_chance=True) for _, item in found if _beyond(item.before, item.after, item.change, limit) is True
        )
    kept: tuple[Moved, ...] = door.kept[key]
    return kept


def _changes(door: Door, code: str, viewer: Viewer) -> list[list[tuple[float, Moved]]]:
    """For each measure, each school's change with its size in units of the area's own spread of changes."""
    schools = {str(school.urn): school for school in establishments(door, code) if school.status == "open" and school.phase not in APART}
    return [_moved_by(door, code, viewer, measure, schools) for measure in MOVING if measure in door.library.measures]


def is_better(item: Moved) -> bool:
    """Whether a school moved in the direction that is good for its measure."""
    return (item.change > 0) == (item.measure.better == "higher")


def _moved_by(door: Door, code: str, viewer: Viewer, measure: str, schools: dict[str, Establishment]) -> list[tuple[float, Moved]]:
    definition = door.library.measures[measure]
    rows = door.lookup.of_authority(early=viewer.sees_early, authority=code, where="measure = ? AND cut = 'all'", values=[measure])
    by_year: dict[int, dict[str, Reading]] = {}
    for reading in door.see(rows, viewer):
        if reading.value is not None and reading.place in schools and not (reading.denominator or definition.floor) < definition.floor:
            by_year.setdefault(reading.year.start, {})[reading.place] = reading
    years = sorted(by_year)
    if len(years) < 2 or years[-1] - years[-2] != 1:
        return []
    before, after = by_year[years[-2]], by_year[years[-1]]
    pairs = [(before[place], after[place]) for place in after if place in before]
    if len(pairs) < 10 or not comparable_years(definition, pairs[0]):
        return []
    changes = [(later.value or 0) - (earlier.value or 0) for earlier, later in pairs]
    mean = sum(changes) / len(changes)
    spread = (sum((change - mean) ** 2 for change in changes) / (len(changes) - 1)) ** 0.5 or 1.0
    facts = measure_facts(definition)
    return [
        (abs(change) / spread, Moved(schools[later.place], facts, earlier, later, change, _beyond(earlier, later, change)))
        for (earlier, later), change in zip(pairs, changes, strict=True)
    ]


def comparable_years(definition: Measure, pair: tuple[Reading, Reading]) -> bool:
    """Whether no series break forbids setting the later of two readings beside the earlier."""
    return comparable(tuple(breaks(definition, [reading.year for reading in pair])), pair[0].year, pair[1].year)


def _beyond(earlier: Reading, later: Reading, change: float, limit: float = CHANCE) -> bool | None:
    """Whether a change is beyond chance, of so many standard errors: for a percentage from its cohorts, else from published limits."""
    if earlier.unit == "percent" and earlier.denominator and later.denominator:
        variance = sum(p * (100 - p) / n for p, n in ((earlier.value or 0, earlier.denominator), (later.value or 0, later.denominator)))
        return abs(change) > limit * math.sqrt(variance) if variance else None
    limits = [(reading.lower, reading.upper) for reading in (earlier, later)]
    if all(low is not None and high is not None for low, high in limits):
        half = [((high or 0) - (low or 0)) / 2 for low, high in limits]
        return abs(change) > limit / CHANCE * math.hypot(*half)
    return None
