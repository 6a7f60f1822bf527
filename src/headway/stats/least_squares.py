"""A weighted linear regression whose errors hold when units of a cluster, such as schools of an authority, share what moves them.

Reference: Liang and Zeger (1986), Biometrika 73:13–22, with the usual correction for few clusters (Cameron and Miller (2015), Journal of
Human Resources 50:317–372) and Student's t with one less degree of freedom than clusters.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headway.stats.intervals import student

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FEWEST_CLUSTERS = 10


@dataclass(frozen=True)
class Slope:
    """Of the first input, the others held: `lower` and `upper` are 95% limits. `explained` is the share of what is left of the outcome's
    variance that it accounts for.
    """

    value: float
    lower: float
    upper: float
    explained: float
    units: int
    clusters: int


def slope(outcome: "Floats", inputs: "Floats", weights: "Floats", clusters: "NDArray[np.str_]") -> Slope:
    """Shapes (n,), (n, k), (n,), (n,); an intercept is added. Inputs that say nothing new are left to the others.

    Raises ValueError for fewer than ten clusters, fewer units than inputs, or a first input that does not vary of itself.
    """
    import numpy as np

    many, k = inputs.shape
    groups, of = np.unique(clusters, return_inverse=True)
    if len(groups) < FEWEST_CLUSTERS or many <= k + 1:
        raise ValueError("a regression needs ten clusters and more units than inputs")
    root = np.sqrt(weights)
    others = np.column_stack([np.ones(many), inputs[:, 1:]]) * root[:, None]
    # what of the outcome and of the first input the others do not account for (Frisch, Waugh and Lovell)
    left, own = (_left(column * root, others) for column in (outcome, inputs[:, 0]))
    square = float(own @ own)
    if square <= 1e-9 * float((inputs[:, 0] * root) @ (inputs[:, 0] * root)) or square == 0:
        raise ValueError("the first input does not vary of itself")
    value = float(own @ left) / square
    residual = left - value * own
    sums = np.bincount(of, weights=own * residual, minlength=len(groups))
    few = len(groups) / (len(groups) - 1) * (many - 1) / (many - k - 1)
    error = float(np.sqrt(few * (sums @ sums))) / square
    half = student(0.95, len(groups) - 1) * error
    return Slope(value, value - half, value + half, 1 - float(residual @ residual) / float(left @ left), many, len(groups))


def _left(column: "Floats", others: "Floats") -> "Floats":
    import numpy as np

    found: Floats = column - others @ np.linalg.lstsq(others, column, rcond=None)[0]
    return found
