"""A run with fixed charges in two: a relaxation whose prices rule most pairs out, and a small exact run over those that are left.

The dual of the relaxation gives a bound that holds whatever tolerance it was solved to, and for each column how much dearer every round is
that does not follow it. A column that is dearer by more than the best round lies above the bound is in no best round: it is left out, and
the optimum of the rest is the optimum of all. How far the best round lies above the bound is guessed low first, which mostly finds the best
round at once; the run is made again with what that has shown, which proves it. References: Nemhauser and Wolsey, Integer and Combinatorial
Optimization (1988), II.5.2; Neumaier and Shcherbina (2004), Mathematical Programming 99:283-296, for the bound.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headway.stats.assignment.running import Found, Rows, run

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

GUESS = 1e-3  # of the bound: how far above it, or above the total before an edit by hand, the best round is looked for first
WIDER, TIMES = 4.0, 4
SLACK = 1e-9  # of the largest cost: the rounding of the arithmetic itself


@dataclass(frozen=True, eq=False)
class Prices:
    """No round costs less than `bound`; one with a column against `reduced` costs so much more at least. In units of the costs."""

    bound: float
    reduced: "Floats"


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
            return found
        most = max(above, most)
    return run(rows, costs, lower, upper, seconds, free)


def narrowed(reduced: "Floats", most: float, lower: "Floats", upper: "Floats") -> tuple["Floats", "Floats"]:
    """The bounds with every column fixed that no round within `most` of the bound goes against."""
    import numpy as np

    return np.where(reduced < -most, upper, lower), np.where(reduced > most, lower, upper)


def prices_of(rows: Rows, costs: "Floats", lower: "Floats", upper: "Floats") -> Prices | None:
    """None where the relaxation has no answer."""
    import numpy as np
    from scipy.optimize import linprog

    scale = float(abs(costs).max()) if len(costs) else 0.0
    if scale == 0.0:
        return None
    matrix, equal = rows.matrix(len(costs)), rows.lower == rows.upper
    over, same, c = matrix[~equal], matrix[equal], costs / scale
    found = linprog(
        c, A_ub=over, b_ub=rows.upper[~equal], A_eq=same, b_eq=rows.upper[equal], bounds=np.column_stack([lower, upper]), method="highs-ds"
    )
    if found.status != 0:
        return None
    dual, free = np.minimum(found.ineqlin.marginals, 0.0), found.eqlin.marginals
    reduced = c - over.T @ dual - same.T @ free
    bound = dual @ rows.upper[~equal] + free @ rows.upper[equal] + np.where(reduced < 0, reduced * upper, reduced * lower).sum()
    return Prices(float(bound * scale), reduced * scale)
