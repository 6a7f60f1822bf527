"""A problem as rows and columns for HiGHS, and the runs that a round is made of.

Through SciPy, which is here already. HiGHS's own package could start from an earlier round, which saved a third of the last step when it
was tried, and no step of an edit became short enough by it to be worth another dependency.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headway.stats.assignment.problem import LOTS, Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]

OPTIMAL, INFEASIBLE = 0, 2  # what SciPy's milp says


@dataclass(frozen=True)
class Answer:
    """What a run found: the pairs, its total, and what no other can undercut; both whole."""

    chosen: tuple[int, ...]
    total: int
    bound: int


@dataclass(frozen=True, eq=False)
class Rows:
    """Entries of the matrix, and the limits of each row."""

    row: "Places"
    column: "Places"
    value: "Floats"
    lower: "Floats"
    upper: "Floats"


class Model:
    """The rows of a problem, made once. Columns: one for each pair, what each need leaves unmet, whether a provider is called on."""

    def __init__(self, problem: Problem, lower: "Floats") -> None:
        self.problem = problem
        self.lower = lower  # 1 for a pair that is held by hand
        self.rows = _rows(problem)
        self.opening = bool(problem.opening.any())
        self.with_opening = _opened(problem, self.rows) if self.opening else self.rows

    def least_unmet(self, upper: "Floats", seconds: float) -> Answer:
        """The least that can be left unmet, by the weights."""
        return self._asked(self.rows, self._costs(weight=True), upper, seconds) or Answer((), 0, 0)

    def feasible(self, upper: "Floats", unmet: int, seconds: float) -> bool | None:
        """Whether no more than `unmet` is left with these pairs; None when time ran out."""
        rows = _and(self.rows, *self._weights(), unmet)
        found = run(rows, self._costs(), *self._bounds(upper, False), seconds)
        return None if found.columns is None and not found.infeasible else not found.infeasible

    def cheapest(self, upper: "Floats", unmet: int, seconds: float) -> Answer | None:
        """The round that costs least, and of those the one with the least sum of lots: asked in one run, a unit of cost outweighing the
        lots of every pair there can be. None where no round leaves as little unmet."""
        import numpy as np

        outweighs = max(1, LOTS * int(self.problem.wanted.sum()))
        costs = self._costs(cost=True) * outweighs
        costs[: len(self.problem.lot)] += self.problem.lot
        rows = _and(self.with_opening, *self._weights(), unmet)
        found = self._asked(rows, costs, upper, seconds, self.opening)
        if found is None:
            return None
        total = found.total // outweighs
        return Answer(found.chosen, total, min(total, int(np.floor(found.bound / outweighs))))

    def _costs(self, *, weight: bool = False, cost: bool = False) -> "Floats":
        import numpy as np

        p, none = self.problem, np.zeros
        pairs = p.cost if cost else none(len(p.cost))
        opening = p.opening if self.opening and cost else none(0)
        return np.concatenate([pairs, p.weight if weight else none(len(p.weight)), opening]).astype(float)

    def _weights(self) -> tuple["Places", "Floats"]:
        import numpy as np

        return len(self.problem.cost) + np.arange(len(self.problem.days)), self.problem.weight.astype(float)

    def _bounds(self, upper: "Floats", opening: bool) -> tuple["Floats", "Floats"]:
        import numpy as np

        unmet, called = self.problem.wanted.astype(float), np.ones(len(self.problem.capacity) if opening else 0)
        return (
            np.concatenate([self.lower, np.zeros(len(unmet) + len(called))]),
            np.concatenate([np.maximum(upper, self.lower), unmet, called]),
        )

    def _asked(self, rows: Rows, costs: "Floats", upper: "Floats", seconds: float, opening: bool = False) -> Answer | None:
        import numpy as np

        found = run(rows, costs, *self._bounds(upper, opening), seconds)
        if found.infeasible:
            return None
        if found.columns is None:  # time ran out before any round was found: what is held stands, and is not called proven
            return Answer(tuple(np.flatnonzero(self.lower > 0).tolist()), int(costs.sum()), 0)
        total = int(np.rint(costs @ np.rint(found.columns)))
        return Answer(tuple(np.flatnonzero(found.columns[: len(self.problem.cost)] > 0.5).tolist()), total, min(found.bound, total))


def _rows(p: Problem) -> Rows:
    """Each need is met or left unmet; each provider has its days and its most; each team its most."""
    import numpy as np

    pairs, needs, providers = np.arange(len(p.cost)), len(p.days), len(p.capacity)
    teamed = p.team[p.provider] >= 0
    limited = p.most[p.provider] < np.bincount(p.provider, minlength=providers)[p.provider]
    parts = [
        (p.need, pairs, np.ones(len(pairs))),
        (np.arange(needs), len(pairs) + np.arange(needs), np.ones(needs)),
        (needs + p.provider, pairs, p.days[p.need].astype(float)),
        (needs + providers + p.provider[limited], pairs[limited], np.ones(limited.sum())),
        (needs + 2 * providers + p.team[p.provider[teamed]], pairs[teamed], np.ones(teamed.sum())),
    ]
    row, column, value = (np.concatenate([part[at] for part in parts]) for at in range(3))
    wanted, below = p.wanted.astype(float), np.full(2 * providers + len(p.team_most), -np.inf)
    upper = np.concatenate([wanted, p.capacity, p.most, p.team_most]).astype(float)
    return Rows(row, column, value, np.concatenate([wanted, below]), upper)


def _opened(p: Problem, rows: Rows) -> Rows:
    """And a provider helps only when it is called on: said for each pair, for a sum over its pairs would leave halves in the relaxation."""
    import numpy as np

    pairs, first = np.arange(len(p.cost)), len(rows.lower)
    called = len(p.cost) + len(p.days) + p.provider
    return Rows(
        np.concatenate([rows.row, first + pairs, first + pairs]), np.concatenate([rows.column, pairs, called]),
        np.concatenate([rows.value, np.ones(len(pairs)), -np.ones(len(pairs))]),
        np.concatenate([rows.lower, np.full(len(pairs), -np.inf)]), np.concatenate([rows.upper, np.zeros(len(pairs))]),
    )  # fmt: skip


def _and(rows: Rows, column: "Places", value: "Floats", most: int) -> Rows:
    """One row more: a sum that may not be above `most`."""
    import numpy as np

    row = np.full(len(column), len(rows.lower))
    return Rows(
        np.concatenate([rows.row, row]), np.concatenate([rows.column, column]), np.concatenate([rows.value, value]),
        np.append(rows.lower, -np.inf), np.append(rows.upper, float(most)),
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Found:
    """The columns of the best that was found, None for none; and the least whole number that the objective is proven to reach."""

    columns: "Floats | None"
    bound: int = 0
    infeasible: bool = False


def run(rows: Rows, costs: "Floats", lower: "Floats", upper: "Floats", seconds: float) -> Found:
    """Whole numbers all through, costs too."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    if not len(costs):
        return Found(np.zeros(0))
    matrix = csr_array((rows.value, (rows.row, rows.column)), shape=(len(rows.lower), len(costs)))
    found = milp(
        costs, integrality=np.ones(len(costs)), bounds=Bounds(lower, upper), constraints=LinearConstraint(matrix, rows.lower, rows.upper),
        options={"mip_rel_gap": 0.0, "time_limit": float(seconds)},
    )  # fmt: skip
    if found.status == INFEASIBLE:
        return Found(None, infeasible=True)
    if found.x is None:
        return Found(None)
    low = found.fun if found.status == OPTIMAL else found.mip_dual_bound
    return Found(np.asarray(found.x), int(np.ceil(low - 1e-3)) if low is not None and np.isfinite(low) else 0)
