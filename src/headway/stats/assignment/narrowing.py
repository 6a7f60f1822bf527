"""The cheapest round of a large plain problem, among the few pairs that can be in it.

Prices of needs give a lower bound that is far nearer the optimum than that of the relaxation, and for each pair how much dearer a round
becomes with it (`knapsacks`). Only pairs with which a round may cost so much more than the bound are kept, and the best round of them is
looked for by HiGHS. When it costs no more than that, no round with any other pair can cost less: it is the best of all, and that is its
proof. Otherwise more pairs are kept. Posta, Ferland and Michelon (2012), Computational Optimization and Applications 52:629–644.

Of equally cheap rounds the one that HiGHS meets first is taken, the same each time: the lots of a problem are not asked.
"""

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headway.stats.assignment.model import Answer
from headway.stats.assignment.problem import Problem
from headway.stats.assignment.running import Rows, run

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]

LARGE = 2_000  # pairs; below, HiGHS alone is as quick and asks the lots as well
UNIT = 256  # parts of one of cost, in which prices are
STEPS, FIRST, WIDER = 400, 12, 2.5
MOST = 1 << 12  # quarter days of one provider that the knapsacks are worked out for


@dataclass(frozen=True, eq=False)
class Priced:
    """The lower bound, and how much dearer at least a round is with each pair; both in parts of UNIT."""

    low: int
    dearer: "Whole"  # (P,)

    @property
    def bound(self) -> int:
        return -(-self.low // UNIT)

    def within(self, more: float) -> "NDArray[np.bool_]":
        """The pairs that a round of at most so much more than the bound can have."""
        found: NDArray[np.bool_] = self.dearer <= more * UNIT
        return found


def plain(problem: Problem, allowed: "NDArray[np.bool_]") -> bool:
    """Whether a problem has nothing but days and costs, is large, and has somebody for every need."""
    import numpy as np

    only_days = not problem.opening.any() and (problem.team < 0).all() and (problem.wanted == 1).all()
    every = len(np.unique(problem.need[allowed])) == len(problem.days)
    most = np.bincount(problem.provider[allowed], minlength=len(problem.capacity))
    small = problem.capacity.max(initial=0) // max(1, np.gcd.reduce(problem.days)) <= MOST
    return bool(only_days and every and allowed.sum() >= LARGE and (problem.most >= most).all() and small and (problem.days > 0).all())


def cheapest(problem: Problem, allowed: "NDArray[np.bool_]", seconds: float) -> Answer | None:
    """The cheapest round in which nothing is left unmet, with what none can undercut; None where none was found in the time."""
    ends = time.monotonic() + seconds
    priced = price(problem, allowed)
    if priced is None:
        return None
    best, more = None, float(FIRST)
    while (left := ends - time.monotonic()) > 0:
        found = _among(problem, priced.within(more) & allowed, left)
        if found is not None and (best is None or found.total < best.total):
            best = Answer(found.chosen, found.total, priced.bound)
        if found is not None and found.total == found.bound and found.total * UNIT <= priced.low + more * UNIT:
            return Answer(found.chosen, found.total, found.total)
        if more * UNIT > priced.dearer[allowed].max():
            break
        needed = float("inf") if best is None else max(best.total - priced.low / UNIT, more * 1.01)
        more = min(more * WIDER, needed)  # not at once all that the proof needs: a better round on the way makes that less
    return best


def price(problem: Problem, allowed: "NDArray[np.bool_]") -> Priced | None:
    """From the prices of the relaxation on; None where even that cannot place everybody."""
    import numpy as np

    from headway.stats.assignment import knapsacks

    prices = _relaxed(problem, allowed)
    if prices is None:
        return None
    kept = np.flatnonzero(allowed)
    kept = kept[np.argsort(problem.provider[kept], kind="stable")]
    need, part = problem.need[kept], int(np.gcd.reduce(problem.days))
    start = np.searchsorted(problem.provider[kept], np.arange(len(problem.capacity) + 1))
    days = problem.days // part
    told = (start, need, problem.cost[kept] * UNIT, days, np.minimum(problem.capacity // part, days.sum()))
    asked = np.rint(prices * UNIT).astype(np.int64)
    low = int(knapsacks.climb(asked, *told, STEPS, UNIT))
    within, without = np.zeros(len(kept), np.int64), np.zeros(len(kept), np.int64)
    size = (int(np.diff(start).max()) + 1, int(told[4].max()) + 1)
    knapsacks.losses(asked, *told, within, without, np.zeros(size, np.int64), np.zeros(size, np.int64))
    dearer = np.full(len(problem.cost), knapsacks.NEVER, np.int64)
    dropped = np.zeros(len(problem.days), np.int64)
    np.add.at(dropped, need, without)  # with a pair chosen, all others of its need are not
    dearer[kept] = within + dropped[need] - without
    return Priced(low, dearer)


def _relaxed(problem: Problem, allowed: "NDArray[np.bool_]") -> "Floats | None":
    """What each need costs in the relaxation, where pairs may be chosen in parts."""
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import csr_array

    kept = np.flatnonzero(allowed)
    need, provider, each = problem.need[kept], problem.provider[kept], np.arange(len(kept))
    once = csr_array((np.ones(len(kept)), (need, each)), shape=(len(problem.days), len(kept)))
    days = csr_array((problem.days[need].astype(float), (provider, each)), shape=(len(problem.capacity), len(kept)))
    found = linprog(
        problem.cost[kept].astype(float), A_ub=days, b_ub=problem.capacity, A_eq=once, b_eq=np.ones(len(problem.days)), bounds=(0, 1),
        method="highs",
    )  # fmt: skip
    return np.asarray(found.eqlin.marginals) if found.success else None


def _among(problem: Problem, kept: "NDArray[np.bool_]", seconds: float) -> Answer | None:
    """The best round of some pairs that leaves nothing unmet."""
    import numpy as np

    pairs = np.flatnonzero(kept)
    need, provider, each = problem.need[pairs], problem.provider[pairs], np.arange(len(pairs))
    needs, providers = len(problem.days), len(problem.capacity)
    rows = Rows(
        np.concatenate([need, needs + provider]), np.concatenate([each, each]),
        np.concatenate([np.ones(len(pairs)), problem.days[need]]),
        np.concatenate([np.ones(needs), np.full(providers, -np.inf)]), np.concatenate([np.ones(needs), problem.capacity]).astype(float),
    )  # fmt: skip
    found = run(rows, problem.cost[pairs].astype(float), np.zeros(len(pairs)), np.ones(len(pairs)), seconds)
    if found.columns is None:
        return None
    chosen = pairs[found.columns > 0.5]
    total = int(problem.cost[chosen].sum())
    return Answer(tuple(chosen.tolist()), total, min(found.bound, total))
