"""Confidence intervals: Wilson's of proportions, and Newcombe's of the difference of two; Byar's of counts; Student's of means."""

from collections.abc import Sequence
from math import atan, cos, fsum, pi, sin, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

N = TypeVar("N", float, "NDArray[np.float64]")
Z95 = 1.959963984540054  # the standard normal's 97.5% point
MANY = 300  # degrees of freedom from which a short series is as good as the sum


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


def mean_limits(values: Sequence[float], level: float = 0.95) -> tuple[float, float] | None:
    """Student's limits of the mean that the values came from, by their own spread; None for fewer than two values."""
    if len(values) < 2:
        return None
    mean = fsum(values) / len(values)
    spread = sqrt(fsum((value - mean) ** 2 for value in values) / (len(values) - 1))
    half = student(level, len(values) - 1) * spread / sqrt(len(values))
    return mean - half, mean + half


def student(level: float, free: int) -> float:
    """The t within which that share of Student's distribution lies, both sides together, with `free` degrees of freedom.

    Reference: Abramowitz and Stegun (1964), 26.7.3 to 26.7.5. Raises ValueError unless 0 < level < 1 and free ≥ 1.
    """
    if not 0 < level < 1 or free < 1:
        raise ValueError("a share lies between 0 and 1, and there is at least one degree of freedom")
    if free > MANY:
        z = NormalDist().inv_cdf((1 + level) / 2)
        return z + (z**3 + z) / (4 * free) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * free**2)
    low, high = 0.0, pi / 2  # of the angle whose tangent is t / √free
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _inside(middle, free) < level else (low, middle)
    return sin(low) / cos(low) * sqrt(free)


def student_beyond(t: float, free: int) -> float:
    """The probability of Student's t at `free` degrees of freedom being that high or higher. Raises ValueError unless free ≥ 1."""
    if free < 1:
        raise ValueError("there is at least one degree of freedom")
    within = _inside(atan(abs(t) / sqrt(free)), free)
    return (1 - within) / 2 if t >= 0 else (1 + within) / 2


def students_beyond(t: Sequence[float], free: Sequence[int]) -> list[float]:
    """`student_beyond` of thousands, to the last digit: the sums of all go on together."""
    import numpy as np

    if any(one < 1 for one in free):
        raise ValueError("there is at least one degree of freedom")
    freedom = np.array(free, np.int64)
    angle = [atan(abs(one) / sqrt(of)) for one, of in zip(t, free, strict=True)]
    cosine, sine, odd = np.array([cos(one) for one in angle]), np.array([sin(one) for one in angle]), freedom % 2 == 1
    square = np.array([cos(one) ** 2 for one in angle])
    total = np.where(odd, cosine, 1.0)
    for first in (3, 2):
        going = np.nonzero((odd if first == 3 else ~odd) & (freedom - 1 > first))[0]
        term, step = total[going], first
        while len(going):
            term = term * (square[going] * (step - 1) / step)
            total[going] += term
            step += 2
            more = freedom[going] - 1 > step
            going, term = going[more], term[more]
    of_odd = 2 / pi * (np.array(angle) + np.where(freedom > 1, sine * total, 0.0))
    within = np.where(odd, of_odd, sine * total)
    found: list[float] = np.where(np.array(t) >= 0, (1 - within) / 2, (1 + within) / 2).tolist()
    return found


def _inside(angle: float, free: int) -> float:
    """The share of Student's distribution inside t = √free · tan(angle)."""
    odd, square = free % 2, cos(angle) ** 2
    term = total = cos(angle) if odd else 1.0
    for step in range(3 if odd else 2, free - 1, 2):
        term *= square * (step - 1) / step
        total += term
    if not odd:
        return sin(angle) * total
    return 2 / pi * (angle + (sin(angle) * total if free > 1 else 0.0))


def share_variance(share: N, n: N) -> N:
    """The variance of a share of n. Ours of 0 or 1 are not certain either, so one success and one failure are added."""
    drawn_in = (share * n + 1) / (n + 2)
    return drawn_in * (1 - drawn_in) / n
