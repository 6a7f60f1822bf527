"""The days and limits of each provider in rows that say as little as they can in parts, though the same in whole pairs.

“At most twelve days” lets the relaxation help one need and a half of eight days; no round can. So: a pair that does not fit is none; days
that no needs add up to are not there; a limit on needs is no more than fit; a row that another one implies is left out; of the needs that
take more than half, or a third, of the days, no more than one, or two; of a short need and those that leave it no room, one. References:
Nemhauser and Wolsey (1988), II.2, for covers; Savelsbergh (1994), ORSA Journal on Computing 6:445–454, for tightened rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headway.stats.assignment.problem import Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Whole = NDArray[np.int64]

SHARES = (2, 3)  # halves and thirds of the days
FEW = 6


@dataclass(frozen=True, eq=False)
class Tight:
    """Of a problem's providers (I,) and pairs (P,)."""

    capacity: "Whole"  # (I,): days that needs can add up to
    most: "Whole"  # (I,): needs that fit
    by_days: "Bools"  # (I,): whether the row of days says anything that the others do not
    fits: "Bools"  # (P,)
    few: tuple[tuple["Whole", int], ...]  # pairs of which no more than so many can be

    @property
    def each_helps_few(self) -> bool:
        """Whether nobody can help many: the relaxation is then near the optimum, and its prices say much."""
        return bool((self.most[self.by_days] <= FEW).all())


def tightened(p: Problem) -> Tight:
    import numpy as np

    takes, fits = p.days[p.need], p.days[p.need] <= p.capacity[p.provider]
    order = np.lexsort((takes, p.provider))
    order = order[fits[order]]
    start = np.searchsorted(p.provider[order], np.arange(len(p.capacity) + 1))
    capacity, most, by_days = p.capacity.copy(), p.most.copy(), np.zeros(len(p.capacity), bool)
    few = list[tuple["Whole", int]]()
    for i in range(len(p.capacity)):
        mine = order[start[i] : start[i + 1]]
        days, there = takes[mine], int(p.capacity[i])  # the shortest first
        if days.sum() <= there:
            continue  # all fit at once
        capacity[i] = _reached(days.tolist(), there)
        most[i] = min(int(p.most[i]), int(np.searchsorted(np.cumsum(days), there, side="right")))
        by_days[i] = bool(most[i] > 1 and days[-int(most[i]) :].sum() > there)
        if most[i] > 1:
            few += [(mine[some], many) for some, many in _apart(days, there, int(most[i]))]
    return Tight(capacity, most, by_days, fits, tuple(few))


def _apart(days: "Whole", there: int, most: int) -> Iterator[tuple["Bools", int]]:
    """Which needs no more than so many of can be: those longer than half the days, or a third; and each short one with all that leave it no
    room."""
    for share in SHARES:
        if share <= most and (over := days * share > there).sum() >= share:
            yield over, share - 1
    for at in range(len(days)):
        over = days > max(there - days[at], there // 2)
        if days[at] * 2 <= there and over.any():
            over[at] = True
            yield over, 1


def _reached(days: list[int], most: int) -> int:
    """The largest sum of some of them that is no larger: bit n of `sums` says whether n can be reached."""
    sums, kept = 1, (1 << (most + 1)) - 1
    for one in days:
        sums |= (sums << one) & kept
    return sums.bit_length() - 1
