"""Many comparisons at once: which may be shown so that of those shown only a given share is expected to be false.

Reference: Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57:289–300.
"""

from collections.abc import Sequence
from math import erfc, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def q_values(p: Sequence[float]) -> list[float]:
    """Each comparison's smallest false discovery rate at which it would be shown, in the order given.

    Raises ValueError for what is no probability.
    """
    if any(not 0 <= one <= 1 for one in p):
        raise ValueError("a probability lies between 0 and 1")
    ordered = sorted(range(len(p)), key=lambda place: p[place], reverse=True)
    found, least = [0.0] * len(p), 1.0
    for passed, place in enumerate(ordered):
        least = min(least, p[place] * len(p) / (len(p) - passed))
        found[place] = least
    return found


def rates(p: "Floats") -> "Floats":
    """The same of a whole array, for hundreds of thousands of comparisons. Raises ValueError for what is no probability."""
    import numpy as np

    if not ((p >= 0) & (p <= 1)).all():
        raise ValueError("a probability lies between 0 and 1")
    order = np.argsort(-p, kind="stable")
    found = np.empty(len(p))
    found[order] = np.minimum.accumulate(np.minimum(p[order] * len(p) / np.arange(len(p), 0, -1), 1.0))
    return found


def one_sided(difference: float, error: float) -> float:
    """The probability of a difference this high or higher when there is none, from its standard error (normal).

    Raises ValueError unless the error is positive.
    """
    if not error > 0:
        raise ValueError("a standard error is above 0")
    return 0.5 * erfc(difference / error / sqrt(2))


def two_shares(share: float, n: float, other: float, other_n: float) -> float:
    """The probability of two shares this far apart, either way, when both are of one: the score test, its variance from both together.

    With each one's own variance, shares of twenty persons would be called apart too often. Reference: Newcombe (1998), Statistics in
    Medicine 17:873–890. Raises ValueError unless shares lie between 0 and 1 and both numbers are above 0.
    """
    if not (0 <= share <= 1 and 0 <= other <= 1 and n > 0 and other_n > 0):
        raise ValueError("shares lie between 0 and 1, of numbers above 0")
    together = (share * n + other * other_n) / (n + other_n)
    error = sqrt(together * (1 - together) * (1 / n + 1 / other_n))
    return 2 * one_sided(abs(share - other), error) if error > 0 else 1.0
