"""The local rank gap: how far one group of pupils stands below the rest when an area's own pupils are put in order.

It has the form of the Department's disadvantage gap index, and is not that index: the index ranks all pupils of England, this one
those given, and the two must not be set side by side. Source of the form: SFR 40/2014, Department for Education; the equality with the
area under the curve is Mann and Whitney's (1947).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
SCALE = 20.0  # complete separation gives half of it


@dataclass(frozen=True)
class RankGap:
    """`gap` runs from −10 to 10; above 0 the group stands lower. `chance` is that a random other pupil stands above a random one of the
    group, ties counted half.
    """

    gap: float
    chance: float
    group: int
    other: int


def rank_gap(values: Floats, in_group: Flags) -> RankGap:
    """The gap between the group and the rest, rank 1 lowest and ties averaged. Shapes (n,); O(n log n).

    Raises ValueError for a value that is no number, or when either side is empty.
    """
    group, other = int(in_group.sum()), int((~in_group).sum())
    if not group or not other:
        raise ValueError("a gap needs pupils on both sides")
    if np.isnan(values).any():
        raise ValueError("a pupil without a value has no rank")
    ranks = averaged_ranks(values)
    gap = SCALE * (float(ranks[~in_group].mean()) - float(ranks[in_group].mean())) / len(values)
    return RankGap(gap, (gap / (SCALE / 2) + 1) / 2, group, other)


def averaged_ranks(values: Floats) -> Floats:
    """Ranks from 1 for the lowest; those tied share the mean of their ranks."""
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    upper = np.cumsum(count)
    ranks: Floats = (upper - (count - 1) / 2)[place]
    return ranks
