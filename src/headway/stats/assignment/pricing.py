"""A run with fixed charges in two: a relaxation whose prices rule most pairs out, and a small exact run over those that are left.

The dual of the relaxation gives a bound that holds whatever tolerance it was solved to, and for each column how much dearer every round is
that does not follow it. A column that is dearer by more than the best round lies above the bound is in no best round: it is left out, and
the optimum of the rest is the optimum of all. How far the best round lies above the bound is guessed low first, which mostly finds the best
round at once; the run is made again with what that has shown, which proves it. References: Nemhauser and Wolsey, Integer and Combinatorial
Optimization (1988), II.5.2; Neumaier and Shcherbina (2004), Mathematical Programming 99:283-296, for the bound.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from headway.stats.assignment.running import Found, Rows, run

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]

GUESS = 1e-3  # of the bound: how far above it, or above the total before an edit by hand, the best round is looked for first
WIDER, TIMES = 4.0, 4
SLACK = 1e-9  # of the largest cost: the rounding of the arithmetic itself


@dataclass(frozen=True, eq=False)
class Prices:
    """No round costs less than `bound`; one with a column against `reduced` costs so much more at least. In units of the costs; `dual` is
    what each row is priced at."""

    bound: float
    reduced: "Floats"
    dual: "Floats"


def priced(
    rows: Rows, costs: "Floats", lower: "Floats", upper: "Floats", seconds: float, free: int = 0, before: float | None = None
) -> Found:
    """As `run`, and the same answer; far sooner where the relaxation is tight. `before`: what the best round cost before an edit."""
    prices = prices_of(rows, costs, lower, upper)
    if prices is None:
        return run(rows, costs, lower, upper, seconds)
    above = 0.0 if before is None else max(0.0, before - prices.bound)
    most, slack = above + GUESS * abs(prices.bound), SLACK * float(abs(costs).max())
    for _ in range(TIMES):
        low, high = narrowed(prices.reduced, most, lower, upper)
        found = run(rows, costs, low, high, seconds, free)
        if found.columns is None and not found.infeasible:
            break  # time ran out
        above = WIDER * most if found.columns is None else float(costs @ found.columns) - prices.bound + slack
        if found.columns is not None and above <= most:
            return replace(found, above=above)
        most = max(above, most)
    return run(rows, costs, lower, upper, seconds, free)


def narrowed(reduced: "Floats", most: float, lower: "Floats", upper: "Floats") -> tuple["Floats", "Floats"]:
    """The bounds with every column fixed that no round within `most` of the bound goes against."""
    import numpy as np

    return np.where(reduced < -most, upper, lower), np.where(reduced > most, lower, upper)


def prices_of(rows: Rows, costs: "Floats", lower: "Floats", upper: "Floats") -> Prices | None:
    """None where the relaxation has no answer. Columns that are fixed are left out of it and priced too."""
    import numpy as np
    from scipy.optimize import linprog

    scale = float(abs(costs).max()) if len(costs) else 0.0
    if scale == 0.0:
        return None
    matrix, c = rows.matrix(len(costs)), costs / scale
    some, rest = np.flatnonzero(lower < upper), np.where(lower < upper, 0.0, lower)
    there = matrix @ rest  # what the columns that are fixed take of each row
    equal = rows.lower == rows.upper
    below, above = np.flatnonzero(~equal & np.isfinite(rows.upper)), np.flatnonzero(~equal & np.isfinite(rows.lower))
    over = _signed(matrix[:, some], below, above)
    found = linprog(
        c[some], A_ub=over, b_ub=np.concatenate([(rows.upper - there)[below], (there - rows.lower)[above]]), A_eq=matrix[:, some][equal],
        b_eq=(rows.upper - there)[equal], bounds=np.column_stack([lower[some], upper[some]]), method="highs-ds",
    )  # fmt: skip
    if found.status != 0:
        return None
    dual, told = np.zeros(len(rows.lower)), np.minimum(found.ineqlin.marginals, 0.0)
    dual[equal] = found.eqlin.marginals
    np.add.at(dual, below, told[: len(below)])
    np.add.at(dual, above, -told[len(below) :])
    return _prices(rows, matrix, c, dual, (lower, upper), scale)


def _signed(matrix: Any, below: "Places", above: "Places") -> Any:
    """Rows that are at most something, then those that are at least something, turned about."""
    from scipy.sparse import vstack

    return vstack([matrix[below], -matrix[above]]).tocsr()


def _prices(rows: Rows, matrix: Any, c: "Floats", dual: "Floats", bounds: tuple["Floats", "Floats"], scale: float) -> Prices:
    """What rows priced so give: a row at most something has a price of 0 or less, one at least something of 0 or more."""
    import numpy as np

    reduced = c - matrix.T @ dual
    limit = np.where(dual < 0, np.where(np.isfinite(rows.upper), rows.upper, 0.0), np.where(np.isfinite(rows.lower), rows.lower, 0.0))
    bound = dual @ limit + np.where(reduced < 0, reduced * bounds[1], reduced * bounds[0]).sum()
    return Prices(float(bound * scale), reduced * scale, dual * scale)
