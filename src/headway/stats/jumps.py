"""How far chance moves a mean of n pupils, where nobody published it: from how far many units jump between neighbouring years.

    s² = median of (Δ − median Δ)² / (1/n₁ + 1/n₂), over the median of chi-square with one degree of freedom

A change that lasts counts as chance as well, so that the margin is too wide rather than too narrow; the median keeps the few that
truly changed from widening it for all. Reference: Rousseeuw and Croux (1993), Journal of the American Statistical Association
88:1273–1283, on medians of squares as robust scales.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MIDDLE = 0.454936423119573  # the median of chi-square with one degree of freedom
FEWEST = 50  # jumps


def pupil_variance(values: "Floats", n: "Floats") -> float | None:
    """The variance that one pupil's result seems to have, in squared units; the mean of n pupils has it over n.

    `values` and `n` are of shape (years, units), neighbouring rows neighbouring years, NaN where missing. None with too few jumps.
    """
    import numpy as np

    squares = []
    for later, earlier in zip(range(len(values)), range(1, len(values)), strict=False):
        change, least = values[later] - values[earlier], np.minimum(n[later], n[earlier])
        known = np.isfinite(change) & (least > 0)
        size = np.divide(1, n[later], out=np.zeros_like(least), where=known) + np.divide(
            1, n[earlier], out=np.zeros_like(least), where=known
        )
        if known.sum() >= FEWEST:
            squares.append((change[known] - np.median(change[known])) ** 2 / size[known])
    if not squares:
        return None
    return float(np.median(np.concatenate(squares)) / MIDDLE)
