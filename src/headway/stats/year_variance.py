"""How much a series jumps from year to year and back again: the part of its variance that no lasting change explains.

Where a source gives no cohort sizes, this stands in for the error of a year's value; where it does, it is what cohorts differ
by beyond the luck of the draw. From the series themselves: half the mean squared difference between two years, the common
movement taken out, grows with the time between them; continued back to no time at all it leaves the error of a single year
(the nugget of a variogram; Matheron (1963), Economic Geology 58:1246–1266).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FURTHEST = 5  # years apart; further, levels return to the common one and the line bends
FEWEST = 20  # units
INDEPENDENT = 1 / 1.5  # neighbouring changes share a year, so that this part of their squares is news
MOST_PRIOR = 100.0
SPIKE = 8.0
ROUNDED = 1 / 12  # the variance that whole numbers add


@dataclass(frozen=True)
class YearVariance:
    """In squared units of the measure."""

    error: float  # of one year's value, rounding and cohorts included
    drift: float  # by which the variance of a true change grows a year
    pairs: int
    years: int


def year_variance(values: "Floats", years: "Floats") -> YearVariance | None:
    """From values of shape (units, years), NaN where missing, and the years they are of.

    Pairs of years with fewer than FEWEST units are left out. None when all pairs left are equally far apart: error and drift cannot then
    be told apart.
    """
    import numpy as np

    apart, halves, weights = [], [], []
    for later in range(len(years)):
        for earlier in range(later):
            change = values[:, later] - values[:, earlier]
            change = change[~np.isnan(change)]
            gap = float(years[later] - years[earlier])
            if len(change) >= FEWEST and gap <= FURTHEST:
                apart.append(gap)
                halves.append(float(np.var(change, ddof=1)) / 2)
                weights.append(len(change))
    if len(set(apart)) < 2:
        return None
    error, slope = _line(np.array(apart), np.array(halves), np.array(weights, float))
    return YearVariance(error, 2 * slope, int(sum(weights)), len(years))


def of_each(values: "Floats", years: "Floats", found: YearVariance) -> "Floats":
    """The error of each unit's years, shape (units,): its own jumps, drawn towards everybody's by as much as luck alone scatters them.

    A small authority jumps further than a large one, and nobody may take its luck for a rise. The moderated variance of Smyth (2004),
    Statistical Applications in Genetics and Molecular Biology 3:3, with the prior's degrees of freedom from the spread of the jumps.
    """
    import numpy as np

    total = np.zeros(len(values))
    pairs = np.zeros(len(values))
    for now in range(1, len(years)):
        change = values[:, now] - values[:, now - 1]
        known = ~np.isnan(change)
        if known.sum() >= FEWEST:
            expected = 2 * found.error + found.drift * (years[now] - years[now - 1])
            total[known] += (change[known] - change[known].mean()) ** 2 / max(expected, 1e-12)
            pairs[known] += 1
    free = pairs * INDEPENDENT
    own = np.divide(total, pairs, out=np.ones_like(total), where=pairs > 0)
    full = free > 0
    excess = float(np.var(own[full])) - float(np.mean(2 / free[full])) if full.any() else 0.0
    prior = min(MOST_PRIOR, 4 + 2 / excess) if excess > 0 else MOST_PRIOR
    return found.error * (prior + free * own) / (prior + free)


def spikes(values: "Floats") -> "NDArray[np.bool_]":
    """Which of the values, shape (units, years), stand far from both their neighbours the same way: a slip of the pen, not a change.

    Far is more than SPIKE times the usual year-on-year change (its median absolute deviation, as a standard deviation). The first and the
    last value of a unit have one neighbour only, so a lasting change is never taken for a slip.
    """
    import numpy as np

    found = np.zeros(values.shape, bool)
    change = np.diff(values, axis=1)
    change = change - np.nanmedian(change, axis=0) if change.size else change
    usual = 1.4826 * float(np.nanmedian(np.abs(change))) if np.isfinite(change).any() else 0.0
    if usual:
        up, down = change[:, :-1] > SPIKE * usual, change[:, :-1] < -SPIKE * usual
        back, on = change[:, 1:] < -SPIKE * usual, change[:, 1:] > SPIKE * usual
        found[:, 1:-1] = (up & back) | (down & on)
    return found


def _line(x: "Floats", y: "Floats", weight: "Floats") -> tuple[float, float]:
    """Intercept and slope of the weighted line, neither below 0."""
    middle_x, middle_y = (weight @ x) / weight.sum(), (weight @ y) / weight.sum()
    slope = float((weight * (x - middle_x)) @ (y - middle_y) / ((weight * (x - middle_x)) @ (x - middle_x)))
    intercept = float(middle_y - slope * middle_x)
    if slope < 0:
        return float(middle_y), 0.0
    if intercept < 0:
        return 0.0, float(weight @ (x * y) / (weight @ (x * x)))
    return intercept, slope
