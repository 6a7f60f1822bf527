"""Confidence intervals: of proportions, Wilson's score, and Newcombe's for the difference of two; of counts, Byar's."""

from math import sqrt
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

N = TypeVar("N", float, "NDArray[np.float64]")
Z95 = 1.959963984540054  # the standard normal's 97.5% point


def wilson(successes: float, n: float, z: float = Z95) -> tuple[float, float]:
    """The limits of a proportion, as shares between 0 and 1. `successes` need not be whole.

    Raises ValueError unless 0 ≤ successes ≤ n and n > 0.
    """
    if n <= 0 or not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is not a proportion")
    share, square = successes / n, z * z
    middle = share + square / (2 * n)
    half = z * sqrt(share * (1 - share) / n + square / (4 * n * n))
    width = 1 + square / n
    return max(0.0, (middle - half) / width), min(1.0, (middle + half) / width)


def newcombe(successes: float, n: float, other_successes: float, other_n: float, z: float = Z95) -> tuple[float, float]:
    """The limits of the first share minus the other (hybrid score, Newcombe's method 10), between −1 and 1."""
    lower, upper = wilson(successes, n, z)
    other_lower, other_upper = wilson(other_successes, other_n, z)
    first, other = successes / n, other_successes / other_n
    down = sqrt((first - lower) ** 2 + (other_upper - other) ** 2)
    up = sqrt((upper - first) ** 2 + (other - other_lower) ** 2)
    return first - other - down, first - other + up


def byar(count: float, z: float = Z95) -> tuple[float, float]:
    """The limits of what a count came from (Byar's approximation, used at every size so that small counts do not jump to another rule).

    Reference: Breslow & Day (1987), Statistical Methods in Cancer Research II, p. 69. Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError(f"{count} is not a count")
    more = count + 1
    lower = count * (1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3 if count else 0.0
    return max(0.0, lower), more * (1 - 1 / (9 * more) + z / (3 * sqrt(more))) ** 3


def share_variance(share: N, n: N) -> N:
    """The variance of a share of n. Ours of 0 or 1 are not certain either, so one success and one failure are added."""
    drawn_in = (share * n + 1) / (n + 2)
    return drawn_in * (1 - drawn_in) / n
