"""Progress 8: each pupil's Attainment 8 beside that of pupils in England who started from the same point.

The estimates are one year's and one release's; they sum progress to nothing over the country, so no improvement over time can be
read from it. Sources: the Department for Education's key stage 4 ready reckoner, and its bandings of 2019.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from headway.definitions.progress8 import Progress8
from headway.pupil_results.attainment8 import Elements
from headway.pupil_results.prior_attainment import NONE, groups

Floats = NDArray[np.float64]
Groups = NDArray[np.int64]
DIVISORS = {"progress8": 10, "english": 2, "maths": 2, "ebacc": 3, "open": 3}
Z95 = 1.96  # as the Department writes it
FAR = 0.5  # from here on a score is well above; beyond it on the other side well below


@dataclass(frozen=True)
class Scores:
    """Pupils' scores by element, shapes (n,), NaN outside the measure; `group` is 0 there. `raised`: whose score was raised to the
    least that their group may have. The elements are never raised.
    """

    group: Groups
    progress8: Floats
    english: Floats
    maths: Floats
    ebacc: Floats
    open: Floats
    raised: NDArray[np.bool_]


class Band(StrEnum):
    WELL_ABOVE = "well above average"
    ABOVE = "above average"
    AVERAGE = "average"
    BELOW = "below average"
    WELL_BELOW = "well below average"


def scores(attained: Elements, averages: Floats, tables: Progress8) -> Scores:
    """Progress 8 of n pupils and its elements. `averages` are those of key stage 2, NaN where there is no result: outside the measure."""
    table = np.array(tables.groups)
    group = groups(averages, table[:, 0])
    expected = np.where((group == NONE)[:, None], np.nan, table[np.maximum(group, 1) - 1, 1:])
    actual = (attained.total, attained.english, attained.maths, attained.ebacc, attained.open)
    found = {name: (actual[at] - expected[:, at]) / divisor for at, (name, divisor) in enumerate(DIVISORS.items())}
    lowest = _lowest(tables, group)
    raised = found["progress8"] < lowest
    found["progress8"] = np.where(raised, lowest, found["progress8"])
    return Scores(group, raised=raised, **found)


def _lowest(tables: Progress8, group: Groups) -> Floats:
    if tables.lowest is None:
        return np.full(len(group), -np.inf)
    least = np.array([-np.inf if score is None else score for score in tables.lowest])
    return np.where(group == NONE, -np.inf, least[np.maximum(group, 1) - 1])


def half_width(spread: float, pupils: int) -> float:
    """Half the 95% interval of a mean over pupils, from the national standard deviation of pupils and not the school's own."""
    return Z95 * spread / sqrt(pupils)


def band(score: float, lower: float, upper: float) -> Band:
    """In which of five bands a score with its interval stands. The edges are not symmetric: +0.5 is well above, −0.5 is below."""
    if lower > 0:
        return Band.WELL_ABOVE if score >= FAR else Band.ABOVE
    if upper < 0:
        return Band.WELL_BELOW if score < -FAR else Band.BELOW
    return Band.AVERAGE
