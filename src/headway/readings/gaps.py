"""How far a group of pupils here is behind another group nationally, and here; and in which schools an area's gap lies."""

from dataclasses import dataclass

from headway.readings.answers import Establishment, MeasureFacts, Trend
from headway.readings.door import Door, measure_facts
from headway.readings.margins import countable
from headway.readings.pooling import three_years
from headway.readings.schools import establishments
from headway.readings.trend import trend
from headway.stats.intervals import newcombe, wilson
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.place import ENGLAND, Level
from headway.vocabulary.reading import Reading
from headway.vocabulary.viewer import Viewer

Limits = tuple[float, float]


@dataclass(frozen=True)
class GapYear:
    """One year's gap: positive where the group is behind, in the measure's unit. `pooled` counts the years put together.

    National figures are taken as fixed, so the margin is the group's own; both groups here have Newcombe's.
    """

    year: AcademicYear
    group: Reading
    national: Reading | None
    here: Reading | None
    behind_national: float | None
    national_limits: Limits | None
    behind_here: float | None
    here_limits: Limits | None
    pooled: int = 1

    def as_dict(self) -> dict[str, object]:
        low, high = self.national_limits or (None, None)
        here_low, here_high = self.here_limits or (None, None)
        return {
            "year": str(self.year), "years_pooled": self.pooled, "value": self.group.value, "denominator": self.group.denominator,
            "national": self.national.value if self.national else None, "here": self.here.value if self.here else None,
            "behind_national": self.behind_national, "lower": low, "upper": high, "behind_here": self.behind_here,
            "here_lower": here_low, "here_upper": here_high, "release": str(self.group.release),
        }  # fmt: skip


@dataclass(frozen=True)
class Gap:
    """One group on one measure at one place, oldest year first; `newest` is pooled over three years where the cohort is small."""

    kind: str
    group: str  # cut
    other: str
    measure: MeasureFacts
    level: Level
    place: str
    years: tuple[GapYear, ...]
    newest: GapYear | None
    small: bool  # the newest cohort is under the measure's floor

    @property
    def before(self) -> GapYear | None:
        """The newest earlier year with a gap to the national group."""
        earlier = [one for one in self.years[:-1] if one.behind_national is not None]
        return earlier[-1] if earlier else None


@dataclass(frozen=True)
class Share:
    """A school's part of an area's gap to England: how many more pupils it would take there."""

    establishment: Establishment
    reading: Reading
    pupils: float


@dataclass(frozen=True)
class Concentration:
    """Where an area's gap to England lies. `enough` schools, the largest parts first, would close it were they at England's figure."""

    measure: MeasureFacts
    year: AcademicYear
    area: float  # of its schools together, in per cent
    england: float
    pupils: float  # more pupils that England's figure would take; 0 or less where there is no gap
    shares: tuple[Share, ...]
    enough: int
    without: int  # schools whose figure or number of pupils is not known


def gaps(door: Door, viewer: Viewer, *, measure: str, level: Level, place: str, kinds: tuple[str, ...] = ()) -> list[Gap]:
    """Every gap of the library that the files allow for a place, or those named. Raises H-USAGE-05."""
    definition = door.measure(measure)
    found = []
    for kind, pair in (door.library.lists.get("gaps") or {}).items():
        if kinds and kind not in kinds:
            continue
        own = trend(door, measure=measure, level=level, place=place, cut=pair["group"], viewer=viewer)
        if not any(reading.value is not None for reading in own.readings):
            continue
        here = trend(door, measure=measure, level=level, place=place, cut=pair["other"], viewer=viewer)
        national = trend(door, measure=measure, level=Level.ENGLAND, place=ENGLAND, cut=pair["other"], viewer=viewer)
        years = tuple(_year(one, national, here, definition.better) for one in own.readings if one.value is not None)
        small = 0 < (years[-1].group.denominator or definition.floor) < definition.floor
        newest = _pooled(own, national, here, definition.better) if small else years[-1]
        found.append(Gap(kind, pair["group"], pair["other"], measure_facts(definition), level, place, years, newest, small))
    return found


def _year(one: Reading, national: Trend, here: Trend, better: str, pooled: int = 1) -> GapYear:
    theirs, ours = (
        next((other for other in of.readings if other.year == one.year and other.value is not None), None) for of in (national, here)
    )
    return GapYear(
        one.year, one, theirs, ours, _behind(one, theirs, better), _fixed_limits(one, theirs, better, here.measure),
        _behind(one, ours, better), _both_limits(one, ours, better, here.measure), pooled,
    )  # fmt: skip


def _pooled(own: Trend, national: Trend, here: Trend, better: str) -> GapYear | None:
    """Three years of the group together, beside the others' mean of the same years: None where that cannot be had."""
    group = three_years(own)
    if group is None:
        return None
    theirs, ours = (three_years(of) or _at(of, group.year) for of in (national, here))
    return GapYear(
        group.year, group, theirs, ours, _behind(group, theirs, better), _fixed_limits(group, theirs, better, own.measure),
        _behind(group, ours, better), _both_limits(group, ours, better, own.measure), 3,
    )  # fmt: skip


def _at(of: Trend, year: AcademicYear) -> Reading | None:
    return next((one for one in of.readings if one.year == year and one.value is not None), None)


def _behind(one: Reading, other: Reading | None, better: str) -> float | None:
    if other is None or one.value is None or other.value is None:
        return None
    return one.value - other.value if better == "lower" else other.value - one.value


def _fixed_limits(one: Reading, other: Reading | None, better: str, measure: MeasureFacts) -> Limits | None:
    if other is None or other.value is None or not countable(one, measure):
        return None
    size = one.denominator or 0.0
    low, high = (100 * limit for limit in wilson((one.value or 0.0) / 100 * size, size))
    return (low - other.value, high - other.value) if better == "lower" else (other.value - high, other.value - low)


def _both_limits(one: Reading, other: Reading | None, better: str, measure: MeasureFacts) -> Limits | None:
    if other is None or other.level is not one.level or not countable(one, measure) or not countable(other, measure):
        return None
    pair = [((item.value or 0.0) / 100 * (item.denominator or 0.0), item.denominator or 0.0) for item in (other, one)]
    low, high = newcombe(*pair[0], *pair[1])
    return (-100 * high, -100 * low) if better == "lower" else (100 * low, 100 * high)


def concentration(
    door: Door, viewer: Viewer, *, measure: str, authority: str, year: AcademicYear, cut: str = "all"
) -> Concentration | None:
    """None for what is no share of pupils, or where England or no school has a figure."""
    definition = door.measure(measure)
    england = trend(door, measure=measure, level=Level.ENGLAND, place=ENGLAND, cut=cut, viewer=viewer)
    there = _at(england, year)
    rows = door.lookup.of_authority(
        early=viewer.sees_early, authority=authority, where="measure = ? AND cut = ? AND year = ?", values=[measure, cut, year.start]
    )
    facts = measure_facts(definition)
    schools = {str(school.urn): school for school in establishments(door, authority)}
    seen = [one for one in door.see(rows, viewer) if one.place in schools]
    known = [one for one in seen if countable(one, facts)]
    if there is None or not known:
        return None
    target = there.value or 0.0
    sign = -1.0 if definition.better == "lower" else 1.0
    shares = sorted(
        (Share(schools[one.place], one, sign * (target - (one.value or 0.0)) / 100 * (one.denominator or 0.0)) for one in known),
        key=lambda share: -share.pupils,
    )
    pupils = sum(one.denominator or 0.0 for one in known)
    lacking = sum(share.pupils for share in shares)
    area = sum((one.value or 0.0) * (one.denominator or 0.0) for one in known) / pupils
    return Concentration(facts, year, area, target, lacking, tuple(shares), _enough(shares, lacking), len(seen) - len(known))


def _enough(shares: list[Share], lacking: float) -> int:
    if lacking <= 0:
        return 0
    closed = 0.0
    for many, share in enumerate(shares, 1):
        closed += share.pupils
        if closed >= lacking:
            return many
    return len(shares)
