"""The 95% margin of a reading: the published limits, else Wilson's from the size of a cohort of persons."""

from typing import Literal

from headway.definitions.schemas import counts_persons
from headway.readings.answers import MeasureFacts
from headway.stats.intervals import Z95, share_variance, wilson
from headway.vocabulary.reading import Reading

Against = Literal["better", "behind", "level", "unknown"]


def of_persons(measure: MeasureFacts) -> bool:
    """Whether the measure is a share of a cohort of persons, so that chance can be reckoned from its size."""
    return counts_persons(measure.unit, measure.cohort)


def countable(reading: Reading, measure: MeasureFacts) -> bool:
    """Whether Wilson's limits can be had for this reading: a share of a known number of persons."""
    inside = reading.value is not None and 0 <= reading.value <= 100
    return inside and bool(reading.denominator) and of_persons(measure)


def margin(reading: Reading, measure: MeasureFacts) -> tuple[float, float] | None:
    """The 95% limits in the measure's unit; None where none can be had."""
    if reading.value is None:
        return None
    if reading.lower is not None and reading.upper is not None:
        return reading.lower, reading.upper
    if not countable(reading, measure):
        return None
    size = reading.denominator or 0.0
    lower, upper = wilson(reading.value / 100 * size, size)
    return lower * 100, upper * 100


def variance(reading: Reading, measure: MeasureFacts) -> float | None:
    """The variance of a value in squared units of the measure: from published limits, else from the number of pupils."""
    if reading.value is None:
        return None
    if reading.lower is not None and reading.upper is not None and reading.upper > reading.lower:
        return ((reading.upper - reading.lower) / 2 / Z95) ** 2
    if not countable(reading, measure):
        return None
    return 10_000 * share_variance(reading.value / 100, reading.denominator or 0.0)


def against(reading: Reading, measure: MeasureFacts, other: float) -> Against:
    """Where a figure stands beside a fixed one: better or behind beyond its own margin, level within it, unknown without a margin."""
    limits = margin(reading, measure)
    if limits is None or measure.better == "neither":
        return "unknown"
    low, high = limits
    if low <= other <= high:
        return "level"
    return "better" if (low > other) == (measure.better == "higher") else "behind"
