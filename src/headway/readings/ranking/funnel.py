"""Which schools of an area lie outside what their size and the usual spread of schools give, on a share of pupils."""

from dataclasses import dataclass
from math import asin, sqrt
from statistics import NormalDist
from typing import Literal

from headway.readings.answers import Distribution, Establishment, MeasureFacts
from headway.readings.door import Door
from headway.readings.margins import countable, of_persons
from headway.readings.ranking.improved import APART
from headway.stats.discovery import q_values
from headway.stats.funnels import Spread, adjusted, side, spread
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.reading import Reading

OUTER, INNER = 0.002, 0.05  # two-sided chances outside the limits at 99.8% and at 95%
RATE = 0.1  # of false finds among those that stand out, at most


@dataclass(frozen=True)
class Point:
    """A school in the funnel. `side` is high or low where it lies outside the 95% limits, else empty."""

    establishment: Establishment
    reading: Reading
    side: Literal["high", "low", ""]
    outer: bool  # outside the 99.8% limits too
    stands_out: bool  # still so when as many schools were looked at


@dataclass(frozen=True)
class Funnel:
    """`spread` is that of all mainstream schools of England with the same measure, year and phase."""

    measure: MeasureFacts
    year: AcademicYear
    phase: str
    spread: Spread
    points: tuple[Point, ...]
    by_chance: float  # how many of the points would lie outside the 95% limits by chance alone

    @property
    def outside(self) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point.side)


def funnel(door: Door, of: Distribution, phase: str = "") -> Funnel | None:
    """The schools of one phase: that asked for, or the one that most of them are of.

    None for what is no share of pupils counted one by one, or comes without their number.
    """
    fit = [(school, reading) for school, reading in of.rows if countable(reading, of.measure) and school.phase not in APART]
    own = [(school, reading) for school, reading in fit if (reading.denominator or 0) >= of.measure.floor]
    phases = [school.phase for school, _ in own]
    phase = phase or max(sorted(set(phases)), key=phases.count, default="")
    own = [(school, reading) for school, reading in own if school.phase == phase]
    found = national(door, of.measure.id, of.year, phase) if own and of_persons(of.measure) else None
    if len(own) < 2 or found is None:
        return None
    chances = [outside(found, (reading.value or 0.0) / 100, reading.denominator or 0.0) for _, reading in own]
    rates = q_values(chances)
    points = tuple(_point(found, school, reading, rate <= RATE) for (school, reading), rate in zip(own, rates, strict=True))
    return Funnel(of.measure, of.year, phase, found, points, INNER * len(points))


def _point(found: Spread, school: Establishment, reading: Reading, stands_out: bool) -> Point:
    """Outside and within are told by the limits that are drawn."""
    value, size = reading.value or 0.0, reading.denominator or 0.0
    inner, outer = (side(value, limits(found, size, outer=far)) for far in (False, True))
    return Point(school, reading, inner, outer != "", stands_out and inner != "")


def outside(found: Spread, share: float, size: float) -> float:
    """The two-sided chance of lying as far out as this, on the scale of asin(√p), given the size and the usual spread."""
    z = (asin(sqrt(min(max(share, 0.0), 1.0))) - asin(sqrt(found.target))) / sqrt(1 / (4 * size) + found.tau2)
    return 2 * (1 - NormalDist().cdf(abs(z)))


def limits(found: Spread, size: float, outer: bool = False) -> tuple[float, float]:
    """In per cent."""
    z = NormalDist().inv_cdf(1 - (OUTER if outer else INNER) / 2)
    low, high = adjusted(found, size, z)
    return 100 * low, 100 * high


def national(door: Door, measure: str, year: AcademicYear, phase: str) -> Spread | None:
    """The spread of all schools of the phase in England. Early figures of one area would bend it, so it takes none."""
    key = ("spread", measure, year, phase)
    if key not in door.kept:
        sql = (
            "SELECT value / 100 * denominator, denominator FROM reading JOIN establishment ON place = establishment.urn::VARCHAR"
            " WHERE level = 'school' AND measure = ? AND cut = 'all' AND year = ? AND phase = ?"
            " AND value BETWEEN 0 AND 100 AND denominator > 0"
        )
        rows = door.lookup.rows(sql, [measure, year.start, phase]) if "establishment" in door.lookup.tables else []
        door.kept[key] = spread([row[0] for row in rows], [row[1] for row in rows]) if rows else None
    kept: Spread | None = door.kept[key]
    return kept
