"""The 95% margin of a reading: the published limits, else Wilson's of a share of persons, Byar's of a rate of events, or those that the
national spread of pupils' scores gives a mean."""

from typing import Literal

from headway.definitions.schemas import counts_persons
from headway.readings.answers import MeasureFacts
from headway.stats.intervals import Z95, byar, share_variance, wilson
from headway.vocabulary.place import Level
from headway.vocabulary.reading import Reading

Against = Literal["better", "behind", "level", "unknown"]
Source = Literal["published", "wilson", "byar", "national_spread", ""]


def of_persons(measure: MeasureFacts) -> bool:
    """Whether the measure is a share of a cohort of persons, so that chance can be reckoned from its size."""
    return counts_persons(measure.unit, measure.cohort)


def countable(reading: Reading, measure: MeasureFacts) -> bool:
    """Whether Wilson's limits can be had for this reading: a share of a known number of persons."""
    inside = reading.value is not None and 0 <= reading.value <= 100
    return inside and bool(reading.denominator) and of_persons(measure)


def source(reading: Reading, measure: MeasureFacts) -> Source:
    """How the margin of a reading is had; empty where it cannot be."""
    if reading.value is None:
        return ""
    if reading.lower is not None and reading.upper is not None:
        return "published"
    if not reading.denominator:
        return ""
    if countable(reading, measure):
        return "wilson"
    if measure.once_each and reading.numerator is not None:
        return "byar"
    return "national_spread" if _spread(reading, measure) else ""


def margin(reading: Reading, measure: MeasureFacts) -> tuple[float, float] | None:
    """The 95% limits in the measure's unit; None where none can be had."""
    value, size = reading.value or 0.0, reading.denominator or 0.0
    match source(reading, measure):
        case "published":
            return reading.lower or 0.0, reading.upper or 0.0
        case "wilson":
            return _of_hundred(wilson(value / 100 * size, size))
        case "byar":
            low, high = byar(reading.numerator or 0.0)
            return _of_hundred((low / size, high / size))
        case "national_spread":
            half = Z95 * (_spread(reading, measure) or 0.0) / size**0.5
            return value - half, value + half
        case _:
            return None


def variance(reading: Reading, measure: MeasureFacts) -> float | None:
    """The variance of a value in squared units of the measure: from its limits, or from the number of pupils."""
    if source(reading, measure) == "wilson":
        return 10_000 * share_variance((reading.value or 0.0) / 100, reading.denominator or 0.0)
    limits = margin(reading, measure)
    if limits is None or limits[1] <= limits[0]:
        return None
    return ((limits[1] - limits[0]) / 2 / Z95) ** 2


def as_plain(reading: Reading, measure: MeasureFacts) -> dict[str, float | str | None]:
    """The margin as columns of a table, beside those of the reading, whose `lower` and `upper` are the source's own. A national figure
    is taken as fixed and has none.
    """
    limits = None if reading.level is Level.ENGLAND else margin(reading, measure)
    return {
        "margin_low": limits[0] if limits else None,
        "margin_high": limits[1] if limits else None,
        "margin_from": source(reading, measure) if limits else "",
    }


def against(reading: Reading, measure: MeasureFacts, other: float) -> Against:
    """Where a figure stands beside a fixed one: better or behind beyond its own margin, level within it, unknown without a margin."""
    limits = margin(reading, measure)
    if limits is None or measure.better == "neither":
        return "unknown"
    low, high = limits
    if low <= other <= high:
        return "level"
    return "better" if (low > other) == (measure.better == "higher") else "behind"


def _spread(reading: Reading, measure: MeasureFacts) -> float | None:
    """The national spread of the reading's year. It is that of all pupils: those of a group are taken to lie as far apart."""
    return dict(measure.spread).get(reading.year)


def _of_hundred(shares: tuple[float, float]) -> tuple[float, float]:
    return shares[0] * 100, shares[1] * 100
