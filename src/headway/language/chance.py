"""Whether a difference is more than chance gives: from published limits, else from the size of the cohort."""

from math import sqrt

from headway.readings.answers import MeasureFacts
from headway.readings.margins import countable, margin
from headway.stats.intervals import newcombe
from headway.vocabulary.reading import Reading


def beyond(reading: Reading, other: Reading, measure: MeasureFacts) -> bool | None:
    """Whether two values of one measure differ by more than chance gives; None where that cannot be said.

    Where the other is of a whole nation or carries no margin, it is taken as fixed.
    """
    if reading.value is None or other.value is None:
        return None
    if countable(reading, measure) and countable(other, measure) and reading.lower is None and other.lower is None:
        return _newcombe(reading, other)
    mine, theirs = margin(reading, measure), margin(other, measure)
    if mine is None:
        return None
    down, up = reading.value - mine[0], mine[1] - reading.value
    difference = reading.value - other.value
    if difference > 0:
        near, far = down, theirs[1] - other.value if theirs else 0.0
    else:
        near, far = up, other.value - theirs[0] if theirs else 0.0
    return abs(difference) > sqrt(near * near + far * far)


def _newcombe(reading: Reading, other: Reading) -> bool:
    sizes = reading.denominator or 0.0, other.denominator or 0.0
    counts = (reading.value or 0.0) / 100 * sizes[0], (other.value or 0.0) / 100 * sizes[1]
    lower, upper = newcombe(counts[0], sizes[0], counts[1], sizes[1])
    return lower > 0 or upper < 0


def chance_words(verdict: bool | None) -> str:
    return "" if verdict is None else ", beyond chance" if verdict else ", within chance"
