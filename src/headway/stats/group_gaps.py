"""Whether a way to pick units errs more in one group than among all others: shares missed and shares flagged, with the limits between.

A group is set beside all others of its kind together, not beside the group that is served best: the best of several was picked for
being best, so that limits around the difference to it would be too narrow, and the others together are the largest set there is. Limits are
Newcombe's, of two shares that are independent of each other. Picks may be parts of one (a tie at the edge of a capacity).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headway.stats.intervals import newcombe

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

UNITS, EVENTS = 50, 10  # of a group, and of the others: below these nothing is said
WIDE = 0.10  # a difference beyond it, if it is beyond chance too, has to be answered for


@dataclass(frozen=True)
class Difference:
    """A share in the group, that of all others, and 95% limits of the first less the second. Shares are between 0 and 1."""

    own: float
    others: float
    low: float
    high: float

    @property
    def size(self) -> float:
        return self.own - self.others

    @property
    def wide(self) -> bool:
        """Over ten points, whichever way, and beyond chance."""
        return abs(self.size) > WIDE and (self.low > 0 or self.high < 0)


@dataclass(frozen=True)
class Beside:
    """One group beside all others: of those that fell the share missed, of those that held the share flagged; None on too little."""

    group: str
    units: int
    fell: int
    missed: Difference | None
    flagged: Difference | None

    @property
    def known(self) -> bool:
        return self.missed is not None or self.flagged is not None

    @property
    def wide(self) -> bool:
        return any(one is not None and one.wide for one in (self.missed, self.flagged))


def beside_others(groups: "NDArray[np.object_]", picked: "Floats", fell: "Flags") -> tuple[Beside, ...]:
    """Each group by name. Units without a group (empty text) are in none and among no others. `picked`: between 0 and 1."""
    named = groups != ""
    return tuple(_beside(group, groups == group, named & (groups != group), picked, fell) for group in sorted(set(groups.tolist()) - {""}))


def _beside(group: str, own: "Flags", others: "Flags", picked: "Floats", fell: "Flags") -> Beside:
    units, events = int(own.sum()), int(fell[own].sum())
    enough = all(int(one.sum()) >= UNITS and int(fell[one].sum()) >= EVENTS for one in (own, others))
    missed = _difference(1 - picked, own & fell, others & fell) if enough else None
    flagged = _difference(picked, own & ~fell, others & ~fell) if enough else None
    return Beside(group, units, events, missed, flagged)


def _difference(picked: "Floats", own: "Flags", others: "Flags") -> Difference | None:
    """None where fewer than EVENTS of either could have been picked: where nearly all fell, hardly any can be flagged for nothing."""
    many, rest = int(own.sum()), int(others.sum())
    if min(many, rest) < EVENTS:
        return None
    mine, theirs = min(float(picked[own].sum()), many), min(float(picked[others].sum()), rest)
    low, high = newcombe(mine, many, theirs, rest)
    return Difference(mine / many, theirs / rest, low, high)
