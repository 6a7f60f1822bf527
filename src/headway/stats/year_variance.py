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
