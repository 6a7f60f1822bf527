"""Funnel limits for proportions: plain ones, and ones widened for units that differ for more reasons than chance.

References: Spiegelhalter (2005), Statistics in Medicine 24:1185–1202; the public health agency's worked files, which
the tests reproduce.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, pi, sin, sqrt
from statistics import NormalDist
from typing import Literal

Z95, Z998 = NormalDist().inv_cdf(0.975), NormalDist().inv_cdf(0.999)
FEWEST = 20  # units; with fewer the spread between them cannot be told from chance
WINSORISED = 0.1


@dataclass(frozen=True)
class Spread:
    """How far units lie apart beyond chance. `tau2` is on the scale of asin(√p); `phi` is the mean square of the winsorised z."""

    target: float  # the share of all units together
    tau2: float
    phi: float
    units: int


def limits(target: float, n: float, z: float = Z95) -> tuple[float, float]:
    """Between which shares a unit of size n lies by chance alone: exactly those whose Wilson interval holds the target."""
    half = z * sqrt(target * (1 - target) / n)
    return max(0.0, target - half), min(1.0, target + half)


def spread(successes: Sequence[float], sizes: Sequence[float]) -> Spread:
    """The spread of units beyond chance; none (tau2 = 0) where there are fewer than FEWEST.

    Raises ValueError for no units, or sizes that are not positive.
    """
    if not sizes or min(sizes) <= 0:
        raise ValueError("a funnel needs units, each of a size above 0")
    target = sum(successes) / sum(sizes)
    scores = [(_scale(x / n) - _scale(target)) * 2 * sqrt(n) for x, n in zip(successes, sizes, strict=True)]
    k = len(scores)
    phi = sum(z * z for z in winsorised(scores)) / k
    if k < FEWEST or k * phi < k - 1:
        return Spread(target, 0.0, phi, k)
    weights = [4 * n for n in sizes]
    tau2 = (k * phi - (k - 1)) / (sum(weights) - sum(w * w for w in weights) / sum(weights))
    return Spread(target, tau2, phi, k)


def adjusted(found: Spread, n: float, z: float = Z95) -> tuple[float, float]:
    """The limits widened by the spread. The argument of the sine stays within a quarter turn: else a limit near 0 turns back up."""
    middle, half = _scale(found.target), z * sqrt(1 / (4 * n) + found.tau2)
    return sin(max(0.0, middle - half)) ** 2, sin(min(pi / 2, middle + half)) ** 2


def side(value: float, between: tuple[float, float]) -> Literal["high", "low", ""]:
    """On which side of its limits a value lies; empty within or upon them."""
    low, high = between
    return "low" if value < low else "high" if value > high else ""


def winsorised(values: Sequence[float], share: float = WINSORISED) -> list[float]:
    """The values with the lowest and the highest `share` of them drawn in to the nearest that stays."""
    ordered = sorted(values)
    cut = int(len(ordered) * share)
    low, high = ordered[cut], ordered[len(ordered) - 1 - cut]
    return [min(max(value, low), high) for value in values]


def _scale(share: float) -> float:
    return asin(sqrt(share))
