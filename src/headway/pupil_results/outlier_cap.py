"""How far below others of the same start a pupil's Progress 8 may count: only the 1% furthest below are raised, nobody is lowered.

This is how the Department finds each group's least score from all pupils of England. An area's pupils are too few to find it from;
it belongs in the library's tables as `lowest`. Source: KS4 outliers.sql in the repository of the Department's ready reckoner.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Groups = NDArray[np.int64]
SHARE = 0.01


@dataclass(frozen=True)
class Cap:
    """`cut` is the z below which a score is raised; `groups`, `mean` and `spread` are of the groups that have pupils, in order."""

    cut: float
    groups: Groups
    mean: Floats
    spread: Floats

    @property
    def lowest(self) -> Floats:
        """What a raised pupil of each group counts as. The group's mean is not added back: nationally it is nought."""
        return self.spread * self.cut


def find(progress: Floats, group: Groups, share: float = SHARE) -> Cap:
    """The cap of a whole country's pupils, shapes (n,). Raises ValueError for a group with fewer than two pupils, or under half a pupil."""
    names, place, count = np.unique(group, return_inverse=True, return_counts=True)
    if not len(progress) or count.min() < 2:
        raise ValueError("every group needs two pupils or more")
    mean = np.bincount(place, progress) / count
    spread: Floats = np.round(np.sqrt(np.bincount(place, (progress - mean[place]) ** 2) / (count - 1)), 6).astype(np.float64)
    z = np.sort((progress - mean[place]) / spread[place])
    pupils = int(share * len(z) + 0.5)
    if pupils < 1:
        raise ValueError("too few pupils for a share of them to be one")
    return Cap(round(float(z[pupils - 1]), 10), names.astype(np.int64), mean, spread)


def raised(progress: Floats, group: Groups, cap: Cap) -> Floats:
    """Scores with those below the cut raised to their group's least."""
    place = np.searchsorted(cap.groups, group)
    z = (progress - cap.mean[place]) / cap.spread[place]
    return np.where(z < cap.cut, cap.lowest[place], progress)
