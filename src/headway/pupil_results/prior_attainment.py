"""Where a pupil started: the average of reading and maths at key stage 2, and which of 34 groups it falls in.

Source: the Department for Education's key stage 4 ready reckoner.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Groups = NDArray[np.int64]
LOWEST, HIGHEST = 59.0, 120.0  # below 80 stand scores that outcomes without a scaled score count as
NONE = 0  # the group of a pupil without a key stage 2 result


def average(reading: Floats, maths: Floats) -> Floats:
    """The mean of both scores; the one there is where the other is NaN; NaN where there is neither. Shapes (n,)."""
    both = np.stack([reading, maths])
    there = ~np.isnan(both)
    count = there.sum(axis=0)
    total = np.where(there, both, 0.0).sum(axis=0)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def groups(averages: Floats, upper_bounds: Floats) -> Groups:
    """The number from 1 of the first group whose upper bound is not below the average, 0 for NaN. Shapes (n,) and (34,).

    Raises ValueError for an average that no group holds.
    """
    known = ~np.isnan(averages)
    if ((averages[known] < LOWEST) | (averages[known] > upper_bounds[-1])).any():
        raise ValueError("a key stage 2 average outside the groups")
    found = np.searchsorted(upper_bounds, np.where(known, averages, LOWEST), side="left") + 1
    return np.where(known, found, NONE).astype(np.int64)


def bands(averages: Floats) -> Groups:
    """1 low (below 100), 2 middle (100 to below 110), 3 high (110 and above), 0 for NaN."""
    found = 1 + (averages >= 100).astype(np.int64) + (averages >= 110)
    return np.where(np.isnan(averages), NONE, found)
