"""What became of a school that was helped, or that helped, on one measure, beside matched schools that were neither.

Matched are schools of its family, alike in intake, that stood nearest before the help began, in level and in how they moved. Before is the
newest year that ended before the help began; after, the newest since. A school is chosen for help in a bad year, and bad years
are followed by better ones everywhere: that is why level and movement are matched, and why the change alone is never shown.
"""

from dataclasses import dataclass
from datetime import date
from statistics import pstdev

from headway.readings.answers import MeasureFacts
from headway.readings.door import Door, measure_facts
from headway.readings.families import family
from headway.readings.partners import by_school
from headway.readings.trend import breaks, comparable
from headway.stats.impact import Effect, effect_of_one, nothing
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.reading import Reading
from headway.vocabulary.viewer import PUBLIC

MATCHED, LATEST = 20, 2

Values = dict[int, dict[int, Reading]]


@dataclass(frozen=True)
class Since:
    """A school's change since help began, beside matched schools; `effect.reason` says why there is none."""

    urn: int
    measure: MeasureFacts
    before: Reading | None
    after: Reading | None
    effect: Effect
    matched: tuple[tuple[int, float], ...]  # (URN, its change)


def since(door: Door, urn: int, measure: str, starts: date, helped: frozenset[int]) -> Since:
    """`helped`: schools that gave or had help in those years, which are nobody's comparison. Raises H-USAGE-05 for an unknown measure."""
    facts = measure_facts(door.measure(measure))
    try:
        near = [one.establishment.urn for one in family(door, urn, PUBLIC).members]
    except HeadwayError:
        near = []
    values = by_school(door, [urn, *near], measure, PUBLIC)
    years = _years(door, measure, values.get(urn, {}), AcademicYear.of(starts).start)
    if years is None:
        return Since(urn, facts, None, None, nothing("there are no comparable figures from before and after it began", 1), ())
    before, after = years
    own = values[urn]
    change = _value(own[after]) - _value(own[before])
    matched = _matched(values, urn, near, before, after, helped)
    return Since(urn, facts, own[before], own[after], effect_of_one(change, [moved for _, moved in matched]), tuple(matched))


def _years(door: Door, measure: str, own: dict[int, Reading], first: int) -> tuple[int, int] | None:
    """The newest year with a figure before the help began, and the newest since, no break between."""
    with_value = [year for year, reading in own.items() if reading.value is not None]
    earlier = [year for year in with_value if year < first]
    later = [year for year in with_value if first <= year <= first + LATEST]
    if not earlier or not later:
        return None
    before, after = max(earlier), max(later)
    marks = tuple(breaks(door.measure(measure), [AcademicYear(before), AcademicYear(after)]))
    return (before, after) if comparable(marks, AcademicYear(before), AcademicYear(after)) else None


def _matched(
    values: Values, urn: int, near: list[int], before: int, after: int, helped: frozenset[int]
) -> list[tuple[int, float]]:  # fmt: skip
    there = [one for one in near if one not in helped and _has(values, one, before) and _has(values, one, after)]
    levels = {one: _value(values[one][before]) for one in (urn, *there)}
    trends = {one: levels[one] - _value(values[one][before - 1]) for one in (urn, *there) if _has(values, one, before - 1)}
    wide, steep = pstdev(levels.values()) or 1.0, (pstdev(trends.values()) if len(trends) > 1 else 0.0) or 1.0

    def apart(one: int) -> tuple[float, int]:
        moving = abs(trends[one] - trends[urn]) / steep if one in trends and urn in trends else 1.0
        return abs(levels[one] - levels[urn]) / wide + moving, one

    nearest = sorted(there, key=apart)[:MATCHED]
    return [(one, _value(values[one][after]) - levels[one]) for one in nearest]


def _has(values: Values, urn: int, year: int) -> bool:
    return year in values.get(urn, {}) and values[urn][year].value is not None


def _value(reading: Reading) -> float:
    return reading.value or 0.0
