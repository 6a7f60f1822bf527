"""A round after an edit by hand, from the one before it: that and the prices of the relaxation tell where to look first.

The best round mostly lies near: among columns that are hardly dearer than the relaxation asks, and those of the round before. The best of
those is found first. Any better one then has at least one column from outside, and costs less: with both said as rows, the relaxation with
its cuts mostly shows at once that there is none. Where there is one, the best of them is the best of all, so that nothing rests on luck.
References: Fischetti and Lodi (2003), Mathematical Programming 98:23–47, for a row that parts near from far; Gamrath, Hiller and Witzig
(2015), Lecture Notes in Computer Science 9125:181–192, for keeping from one solve to the next.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from headway.stats.assignment.pricing import SLACK, Prices, narrowed, priced, prices_of
from headway.stats.assignment.running import Found, Rows, run

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bools = NDArray[np.bool_]
    Floats = NDArray[np.float64]

NEAR = 0.15  # times as much as the round before lay above its relaxation: columns so little dearer than the relaxation asks are near
LARGEST = 1_000.0  # coefficient of the row that says “cheaper”: in a unit in which the solver's tolerance is far below a cost


@dataclass(frozen=True, eq=False)
class Before:
    """The columns of the round before an edit, which may be beyond the bounds now, and how far it lay above its relaxation."""

    columns: "Floats"
    above: float


def edited(rows: Rows, costs: "Floats", lower: "Floats", upper: "Floats", seconds: float, free: int, before: Before) -> Found:
    """As `priced`, and the same answer, sooner."""
    import numpy as np

    prices = prices_of(rows, costs, lower, upper)
    if prices is None:
        return run(rows, costs, lower, upper, seconds, free)
    low, high = narrowed(prices.reduced, NEAR * before.above, lower, upper)
    old = np.clip(before.columns, lower, upper)
    low, high = np.minimum(low, old), np.maximum(high, old)
    near = run(rows, costs, low, high, seconds, free)
    if near.columns is None or not near.proven:
        return priced(rows, costs, lower, upper, seconds, free, float(costs @ before.columns))
    best = float(costs @ near.columns)
    far = _beyond(rows, costs, (low, high), (lower, upper), prices, best, seconds, free)
    found = far if far is not None and far.columns is not None and float(costs @ far.columns) < best else near
    bound = near.bound if far is None else min(near.bound, far.bound)  # of all is near or beyond it
    return replace(found, bound=bound, above=best - prices.bound)


def _beyond(
    rows: Rows, costs: "Floats", near: tuple["Floats", "Floats"], bounds: tuple["Floats", "Floats"], prices: Prices, best: float,
    seconds: float, free: int,
) -> Found | None:  # fmt: skip
    """The best round that is not near and costs less than `best`; None where there is none."""
    import numpy as np

    slack = SLACK * float(abs(costs).max())
    low, high = narrowed(prices.reduced, best - prices.bound + slack, *bounds)
    outside = (low < high) & (near[0] == near[1])
    if not outside.any():
        return None
    some = np.flatnonzero(outside)
    way = np.where(near[0][some] == bounds[0][some], 1.0, -1.0)  # from where each is fixed among the near
    rows = rows.and_row(some, way, float(way @ near[0][some]) + 1.0, np.inf)
    again = prices_of(rows, costs, low, high)
    if again is not None:
        low, high = narrowed(again.reduced, best - again.bound + slack, low, high)
    found = run(_cheaper(rows, costs, low, high, prices, best + slack), costs, low, high, seconds, free)
    if found.columns is None and not found.infeasible:
        return priced(rows, costs, *bounds, seconds, free)
    return None if found.infeasible else found


def _cheaper(rows: Rows, costs: "Floats", low: "Floats", high: "Floats", prices: Prices, most: float) -> Rows:
    """And the whole costs no more than `most`; said less the prices of equalities, which is the same in small numbers."""
    import numpy as np

    equal = rows.lower == rows.upper
    dual = np.zeros(len(rows.lower))
    dual[: len(prices.dual)] = prices.dual
    dual = np.where(equal, dual, 0.0)
    less = costs - rows.matrix(len(costs)).T @ dual
    fixed = low == high
    left = most - float(dual[equal] @ rows.upper[equal]) - float(less[fixed] @ low[fixed])
    some = np.flatnonzero(~fixed)
    unit = max(1e-9, float(abs(less[some]).max(initial=0.0)) / LARGEST)
    return rows.and_row(some, less[some] / unit, -np.inf, left / unit)
