"""Three years put together, where one year's cohort is too small to be judged alone."""

from headway.readings.answers import Trend
from headway.readings.trend import comparable
from headway.vocabulary.reading import Reading

YEARS = 3


def three_years(trend: Trend) -> Reading | None:
    """The newest value pooled with the two years before it, weighted by cohort.

    None when a year's cohort is unknown, or a series break that forbids it lies between, or only one year has
    a value. The counts are the three years' sums; the year is the newest.
    """
    newest = trend.latest
    if newest is None or newest.value is None:
        return None
    within = [
        reading
        for reading in trend.readings
        if reading.value is not None and newest.year - reading.year < YEARS and comparable(trend.breaks, reading.year, newest.year)
    ]
    if len(within) < 2 or any(not reading.denominator for reading in within):
        return None
    total = sum(reading.denominator or 0 for reading in within)
    value = sum((reading.value or 0) * (reading.denominator or 0) for reading in within) / total
    return newest._replace(
        value=value, denominator=total, numerator=None, lower=None, upper=None, position=None, position_of=None, source_row=None
    )
