"""One run of HiGHS over rows and columns of whole numbers, through SciPy, which is here already.

HiGHS's own package could start from an earlier round, which saved a third of the last step when it was tried, and no step of an edit
became short enough by it to be worth another dependency.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]

OPTIMAL, INFEASIBLE = 0, 2  # what SciPy's milp says


@dataclass(frozen=True, eq=False)
class Rows:
    """Entries of the matrix, and the limits of each row."""

    row: "Places"
    column: "Places"
    value: "Floats"
    lower: "Floats"
    upper: "Floats"

    def matrix(self, columns: int) -> Any:
        """Sparse, rows by columns; SciPy's own types do not say more."""
        from scipy.sparse import csr_array

        return csr_array((self.value, (self.row, self.column)), shape=(len(self.lower), columns))

    def and_most(self, column: "Places", value: "Floats", most: int) -> "Rows":
        """One row more: a sum that may not be above `most`."""
        import numpy as np

        return self.and_row(column, value, -np.inf, float(most))

    def and_row(self, column: "Places", value: "Floats", least: float, most: float) -> "Rows":
        """One row more, between two limits."""
        import numpy as np

        row = np.full(len(column), len(self.lower))
        return Rows(
            np.concatenate([self.row, row]), np.concatenate([self.column, column]), np.concatenate([self.value, value]),
            np.append(self.lower, least), np.append(self.upper, most),
        )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Found:
    """The columns of the best that was found, None for none; and the least whole number that the objective is proven to reach. `proven`:
    that none is better. `above`: how far it lies above the relaxation, where that was asked."""

    columns: "Floats | None"
    bound: int = 0
    infeasible: bool = False
    proven: bool = False
    above: float | None = None


WHOLE = 1e-5  # how near to a whole number is one


def run(rows: Rows, costs: "Floats", lower: "Floats", upper: "Floats", seconds: float, free: int = 0) -> Found:
    """Whole numbers all through, costs too. `free`: so many columns, the first, come out whole of themselves once the others are; the
    solver need not see to it. Where they do not, it is asked again."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    if not len(costs):
        return Found(np.zeros(0), proven=True)
    found = milp(
        costs, integrality=np.arange(len(costs)) >= free, bounds=Bounds(lower, upper),
        constraints=LinearConstraint(rows.matrix(len(costs)), rows.lower, rows.upper),
        options={"mip_rel_gap": 0.0, "time_limit": float(seconds)},
    )  # fmt: skip
    if found.status == INFEASIBLE:
        return Found(None, infeasible=True)
    if found.x is None:
        return Found(None)
    if free and abs(found.x - np.rint(found.x)).max() > WHOLE:
        return run(rows, costs, lower, upper, seconds)
    low = found.fun if found.status == OPTIMAL else found.mip_dual_bound
    return Found(np.rint(found.x), int(np.ceil(low - 1e-3)) if low is not None and np.isfinite(low) else 0, proven=found.status == OPTIMAL)
