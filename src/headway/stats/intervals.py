"""Confidence intervals of proportions: Wilson's score, and Newcombe's for the difference of two."""

from math import sqrt

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
