"""The 95% margin of a reading: the published limits, else Wilson's from the size of a cohort of persons."""

from headway.readings.answers import MeasureFacts
from headway.stats.intervals import wilson
from headway.vocabulary.reading import Reading

# Cohorts whose percentages are of persons counted one by one; sessions, money and schools are not.
PERSONS = ("eyfs", "phonics", "ks1", "ks2", "ks4", "ks5", "pupils_5_to_15", "looked_after", "enrolments")
NOT_PERSONS = ("sessions",)


def of_persons(measure: MeasureFacts) -> bool:
    """Whether the measure is a share of a cohort of persons, so that chance can be reckoned from its size."""
    counted = measure.cohort.startswith(PERSONS) and not measure.cohort.endswith(NOT_PERSONS)
    return measure.unit == "percent" and counted


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
