"""Which year of a line can be set beside others: the newest that both have, never two different years."""

from headway.readings.answers import MeasureLine
from headway.vocabulary.reading import Reading


def newest_shared(line: MeasureLine) -> Reading | None:
    """The line's newest value of a year in which the most widely published comparator has one too.

    England is asked first, then whichever comparator the line has. None where the place and its comparators
    share no year. Early results are the usual case: the school's are there months before anybody else's.
    """
    for name in ("england", *(kind for kind in line.comparators if kind != "england")):
        series = line.comparators.get(name)
        years = {reading.year for reading in series.readings if reading.value is not None} if series else set()
        shared = [reading for reading in line.own.readings if reading.value is not None and reading.year in years]
        if shared:
            return max(shared, key=lambda reading: reading.year)
    return None
