"""A problem as rows and columns for HiGHS, and the runs that a round is made of."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headway.stats.assignment.editing import Before, edited
from headway.stats.assignment.pricing import priced
from headway.stats.assignment.problem import LOTS, Problem
from headway.stats.assignment.running import Rows, run
from headway.stats.assignment.tightening import Tight, tightened

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]


@dataclass(frozen=True)
class Answer:
    """What a run found: the pairs, its total, and what no other can undercut; both whole. `above`: how far the whole lies above its
    relaxation, in the solver's unit, where that was asked."""

    chosen: tuple[int, ...]
    total: int
    bound: int
    above: float | None = None


class Model:
    """The rows of a problem, made once. Columns: one for each pair, what each need leaves unmet, whether a provider is called on.

    Who can help but one need is called on by that very pair, and who costs nothing to call on always is: they have no such column.
    """

    def __init__(self, problem: Problem, lower: "Floats") -> None:
        import numpy as np

        self.problem = problem
        self.lower = lower  # 1 for a pair that is held by hand
        self.tight = tightened(problem)
        self.rows = _rows(problem, self.tight)
        once = _once(problem)
        self.called = np.flatnonzero((problem.opening > 0) & ~once)
        self.pair_cost = problem.cost + np.where(once, problem.opening, 0)[problem.provider]
        # needs, providers and their trusts are then a network: with whole numbers of all else a corner of it has whole pairs
        self.free = len(problem.cost) if len(self.called) and bool((problem.days == 1).all()) else 0
        self.with_opening = _opened(problem, self.tight, self.rows, self.called) if len(self.called) else self.rows

    def least_unmet(self, upper: "Floats", seconds: float) -> Answer:
        """The least that can be left unmet, by the weights."""
        return self._asked(self.rows, self._costs(weight=True), upper, seconds) or Answer((), 0, 0)

    def feasible(self, upper: "Floats", unmet: int, seconds: float) -> bool | None:
        """Whether no more than `unmet` is left with these pairs; None when time ran out."""
        rows = self.rows.and_most(*self._weights(), unmet)
        found = run(rows, self._costs(), *self._bounds(upper, False), seconds)
        return None if found.columns is None and not found.infeasible else not found.infeasible

    def cheapest(self, upper: "Floats", unmet: int, seconds: float, before: Answer | None = None) -> Answer | None:
        """The round that costs least, and of those the one with the least sum of lots: asked in one run, a unit of cost outweighing the
        lots of every pair there can be. None where no round leaves as little unmet. `before`: the round before an edit by hand.

        Where nobody helps many the relaxation is tight and its prices do most of the work; where they do, HiGHS alone is sooner done.
        """
        import numpy as np

        outweighs = max(1, LOTS * int(self.problem.wanted.sum()))
        costs = self._costs(cost=True) * outweighs
        costs[: len(self.problem.lot)] += self.problem.lot
        rows = self.with_opening.and_most(*self._weights(), unmet)
        found = self._asked(rows, costs, upper, seconds, opening=True, before=before)
        if found is None:
            return None
        total = found.total // outweighs
        return Answer(found.chosen, total, min(total, int(np.floor(found.bound / outweighs))), found.above)

    def _costs(self, *, weight: bool = False, cost: bool = False) -> "Floats":
        import numpy as np

        p, none = self.problem, np.zeros
        pairs = self.pair_cost if cost else none(len(p.cost))
        opening = p.opening[self.called] if cost else none(0)
        return np.concatenate([pairs, p.weight if weight else none(len(p.weight)), opening]).astype(float)

    def _weights(self) -> tuple["Places", "Floats"]:
        import numpy as np

        return len(self.problem.cost) + np.arange(len(self.problem.days)), self.problem.weight.astype(float)

    def _bounds(self, upper: "Floats", opening: bool) -> tuple["Floats", "Floats"]:
        import numpy as np

        unmet, called = self.problem.wanted.astype(float), np.ones(len(self.called) if opening else 0)
        return (
            np.concatenate([self.lower, np.zeros(len(unmet) + len(called))]),
            np.concatenate([np.maximum(np.where(self.tight.fits, upper, 0.0), self.lower), unmet, called]),
        )

    def _asked(
        self, rows: Rows, costs: "Floats", upper: "Floats", seconds: float, opening: bool = False, before: Answer | None = None
    ) -> Answer | None:
        import numpy as np

        told = rows, costs, *self._bounds(upper, opening), seconds, self.free if opening else 0
        if not opening or not self.tight.each_helps_few:
            found = run(*told)
        elif before is not None and before.above is not None:
            found = edited(*told, Before(self._columns(before.chosen), before.above))
        else:
            found = priced(*told)
        if found.infeasible:
            return None
        if found.columns is None:  # time ran out before any round was found: what is held stands, and is not called proven
            return Answer(tuple(np.flatnonzero(self.lower > 0).tolist()), int(costs.sum()), 0)
        total = int(np.rint(costs @ found.columns))
        chosen = tuple(np.flatnonzero(found.columns[: len(self.problem.cost)] > 0.5).tolist())
        return Answer(chosen, total, min(found.bound, total), found.above)

    def _columns(self, chosen: tuple[int, ...]) -> "Floats":
        """A round as columns: its pairs, what each need leaves unmet, whom it calls on."""
        import numpy as np

        p, pairs = self.problem, np.zeros(len(self.problem.cost))
        pairs[list(chosen)] = 1.0
        left = p.wanted - np.bincount(p.need, pairs, len(p.wanted))
        calls = np.bincount(p.provider, pairs, len(p.capacity)) > 0
        return np.concatenate([pairs, left, calls[self.called]]).astype(float)


def _rows(p: Problem, tight: Tight) -> Rows:
    """Each need is met or left unmet; each provider has its days and its most; each team its most; and what `tight` says beside."""
    import numpy as np

    pairs, needs, providers = np.arange(len(p.cost)), len(p.days), len(p.capacity)
    teamed, long = p.team[p.provider] >= 0, tight.by_days[p.provider]
    limited = tight.most[p.provider] < np.bincount(p.provider, minlength=providers)[p.provider]
    first = needs + 2 * providers + len(p.team_most)
    parts = [
        (p.need, pairs, np.ones(len(pairs))),
        (np.arange(needs), len(pairs) + np.arange(needs), np.ones(needs)),
        (needs + p.provider[long], pairs[long], p.days[p.need[long]].astype(float)),
        (needs + providers + p.provider[limited], pairs[limited], np.ones(limited.sum())),
        (needs + 2 * providers + p.team[p.provider[teamed]], pairs[teamed], np.ones(teamed.sum())),
        *((np.full(len(some), first + at), some, np.ones(len(some))) for at, (some, _) in enumerate(tight.few)),
    ]
    row, column, value = (np.concatenate([part[at] for part in parts]) for at in range(3))
    wanted, below = p.wanted.astype(float), np.full(first - needs + len(tight.few), -np.inf)
    upper = np.concatenate([wanted, tight.capacity, tight.most, p.team_most, [most for _, most in tight.few]]).astype(float)
    return Rows(row, column, value, np.concatenate([wanted, below]), upper)


def _once(p: Problem) -> "Bools":
    """(I,): whether a provider can help one need at most, by its load limit or because no two it may help fit into its days."""
    import numpy as np

    providers, days = len(p.capacity), p.days[p.need]
    order = np.lexsort((days, p.provider))
    who, take = p.provider[order], days[order]
    second = np.flatnonzero((who[1:] == who[:-1]) & (np.append(-1, who)[:-2] != who[1:])) + 1  # each provider's second shortest
    two = np.full(providers, np.iinfo(np.int64).max)
    two[who[second]] = take[second] + take[second - 1]
    return (p.most <= 1) | (two > p.capacity)


def _opened(p: Problem, tight: Tight, rows: Rows, called: "Places") -> Rows:
    """And a provider helps only when it is called on: said for each pair, and for its days and its most, which has as few halves in the
    relaxation as can be."""
    import numpy as np

    needs, providers, first = len(p.days), len(p.capacity), len(rows.lower)
    at = np.full(providers, -1)
    at[called] = len(p.cost) + needs + np.arange(len(called))
    pairs = np.flatnonzero(at[p.provider] >= 0)
    column, link = at[p.provider[pairs]], first + np.arange(len(pairs))
    many, asked = (np.bincount(p.provider, weights, providers) for weights in (None, p.days[p.need]))
    capacity, most = np.minimum(tight.capacity, asked)[called], np.minimum(tight.most, many)[called]
    upper = rows.upper.copy()
    upper[needs + called] = upper[needs + providers + called] = 0.0
    parts = [
        (rows.row, rows.column, rows.value), (link, pairs, np.ones(len(pairs))), (link, column, -np.ones(len(pairs))),
        (needs + called, at[called], -capacity), (needs + providers + called, at[called], -most),
    ]  # fmt: skip
    row, place, value = (np.concatenate([part[one] for part in parts]) for one in range(3))
    return Rows(
        row, place, value.astype(float), np.append(rows.lower, np.full(len(pairs), -np.inf)), np.append(upper, np.zeros(len(pairs)))
    )
