"""How schools differ: by an intercept of their own, or by an intercept and a slope. Woodbury's identity, school by school.

With Z the columns that vary between schools (the intercept, or the intercept and one covariate), M = Z'WZ and B = Z'W[X y]
of a school, and G the covariance of its effects over the pupils' variance:
[X y]'V⁻¹[X y] = S − B'CB with C = G K, K = (I + MG)⁻¹, and log|V| = log|I + MG|. No matrix larger than 2 × 2 is inverted,
and all schools are inverted at once. Sizes below: J schools, q effects of each (1 or 2), p covariates.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from headway.stats.value_added.criterion import Curved, Moments
from headway.stats.value_added.sufficient import Floats, SchoolStatistics


class Schools(ABC):
    """A model of the differences between schools. theta: (k,) its parameters, for which 0 is no difference.

    What is small stands with the schools last in memory, so that NumPy runs along them.
    """

    bends: Floats  # (k, k, k): the ratios' curvatures by theta, which are constant

    def __init__(self, statistics: SchoolStatistics, columns: list[int], scale: float = 1.0) -> None:
        """columns: those of Z among the covariates, the intercept (0) first; scale: by which the second is divided."""
        scales = np.array([1.0, scale])[: len(columns)]
        taken = statistics.cross[:, columns, :] / scales[:, None]
        self.effects = len(columns)
        self.pulls = taken  # B: (J, q, p + 1)
        self.sizes = np.ascontiguousarray((taken[:, :, columns] / scales).transpose(1, 2, 0))  # M: (q, q, J)
        self.total = statistics.cross.sum(axis=0)
        self.width = len(self.total)
        self.pairs = [(a, b) for a in range(self.effects) for b in range(a, self.effects)]
        self.units = np.array([_symmetric(self.effects, a, b) for a, b in self.pairs])  # (k, q, q)
        self.upper = np.triu_indices(self.width)  # the matrices are symmetric: half of each is enough
        self.outer = _outer(taken, self.pairs)  # (upper, pairs · J)

    @abstractmethod
    def starts(self, intercept: float = 1.0) -> list[Floats]:
        """Thetas of which the lowest is a place to start from, given about how far the schools' intercepts lie apart."""

    @abstractmethod
    def ratios(self, theta: Floats) -> Floats:
        """The k ratios: squares and products of theta, so that no ratio can leave its range."""

    @abstractmethod
    def jacobian(self, theta: Floats) -> Floats:
        """(k, k): the ratios' slopes by theta."""

    @abstractmethod
    def simpler(self, theta: Floats) -> list[Floats]:
        """Thetas on the boundary that theta may stand for, the simplest first."""

    def back(self) -> Floats:
        """(q, q): takes the effects to the units of the covariates."""
        return np.eye(self.effects)

    def covariance(self, ratios: Floats) -> Floats:
        """G: (q, q)."""
        found: Floats = np.tensordot(ratios, self.units, axes=1)
        return found

    def weights(self, ratios: Floats) -> tuple[Floats, Floats, float]:
        """C (q, q, J), K (q, q, J), and log|I + MG| of all schools."""
        g = self.covariance(ratios)
        inner = np.einsum("abj,bc->acj", self.sizes, g) + np.eye(self.effects)[:, :, None]
        k, log_det = _inverted(inner)
        return np.einsum("ab,bcj->acj", g, k), k, log_det

    def posterior(self, ratios: Floats) -> tuple[Floats, Floats]:
        """(J, q, p + 1): by which [X y] without the fixed part becomes each school's effects; (J, q, q): C, their covariance."""
        c = np.ascontiguousarray(self.weights(ratios)[0].transpose(2, 0, 1))
        return c @ self.pulls, c

    def moments(self, ratios: Sequence[Floats]) -> list[Moments]:
        """For each of several sets of ratios, in one go over the schools."""
        found = [self.weights(one) for one in ratios]
        spread = self._spread(np.array([c for c, _, _ in found]))
        return [Moments(self.total - part, log_det) for part, (_, _, log_det) in zip(spread, found, strict=True)]

    def curved(self, ratios: Floats) -> Curved:
        c, k, log_det = self.weights(ratios)
        n = np.einsum("abj,bcj->acj", k, self.sizes)
        ek = np.einsum("kab,bcj->kacj", self.units, k)
        en = np.einsum("kab,bcj->kacj", self.units, n)
        nek = np.einsum("abj,kbcj->kacj", n, ek)
        slopes = np.einsum("baj,kbcj->kacj", k, ek)
        half = np.einsum("lbaj,kbcj->lkacj", ek, nek)
        count = len(self.units)
        above = np.triu_indices(count)
        curves = -(half[above] + half.transpose(1, 0, 2, 3, 4)[above])
        spread = self._spread(np.concatenate([c[None], slopes, curves]))
        return Curved(
            self.total - spread[0],
            log_det,
            -spread[1 : count + 1],
            -_whole(spread[count + 1 :], above, count),
            np.einsum("kaaj->k", en),
            -np.einsum("kabj,lbaj->kl", en, en),
        )

    def _spread(self, weights: Floats) -> Floats:
        """The sum over schools of B'CB for each of m C's, (m, q, q, J): (m, p + 1, p + 1)."""
        flat = np.concatenate([weights[:, a, b] for a, b in self.pairs], axis=1)
        return _whole(self.outer @ flat.T, self.upper, self.width).transpose(2, 0, 1)


class Intercept(Schools):
    """Each school has an intercept of its own; theta is its standard deviation over the pupils'."""

    bends = np.full((1, 1, 1), 2.0)

    def __init__(self, statistics: SchoolStatistics) -> None:
        super().__init__(statistics, [0])

    def starts(self, intercept: float = 1.0) -> list[Floats]:
        return list(intercept * np.geomspace(0.01, 30, 11)[:, None])

    def ratios(self, theta: Floats) -> Floats:
        return theta**2

    def jacobian(self, theta: Floats) -> Floats:
        return np.diag(2 * theta)

    def simpler(self, theta: Floats) -> list[Floats]:
        return [np.zeros(1)]


class InterceptAndSlope(Schools):
    """Each school has an intercept and a slope on one covariate, which may go together. theta: Cholesky's t11, t21, t22.

    Within, the covariate is in units of its standard deviation from its mean, so that one start suits every covariate.
    """

    bends = np.array([[[2.0, 0, 0], [0, 0, 0], [0, 0, 0]], [[0, 1.0, 0], [1, 0, 0], [0, 0, 0]], [[0, 0, 0], [0, 2.0, 0], [0, 0, 2.0]]])

    def __init__(self, statistics: SchoolStatistics, slope: str) -> None:
        at = statistics.position(slope)
        variance = statistics.cross[:, at, at].sum() / statistics.cross[:, 0, 0].sum()
        self.scale = float(np.sqrt(variance))
        self.middle = float(statistics.centre[at])
        super().__init__(statistics, [0, at], self.scale)

    def starts(self, intercept: float = 1.0) -> list[Floats]:
        return [intercept * np.array([first, 0.0, second]) for first in (0.3, 1.0) for second in (0.03, 0.1, 0.3, 1.0)]

    def ratios(self, theta: Floats) -> Floats:
        first, cross, second = theta
        return np.array([first * first, first * cross, cross * cross + second * second])

    def back(self) -> Floats:
        return np.array([[1.0, -self.middle / self.scale], [0.0, 1 / self.scale]])

    def jacobian(self, theta: Floats) -> Floats:
        first, cross, second = theta
        return np.array([[2 * first, 0, 0], [cross, first, 0], [0, 2 * cross, 2 * second]])

    def simpler(self, theta: Floats) -> list[Floats]:
        first, cross, second = theta
        return [np.zeros(3), np.array([first, 0, 0]), np.array([0, 0, np.hypot(cross, second)]), np.array([first, cross, 0])]


def _symmetric(size: int, a: int, b: int) -> Floats:
    unit = np.zeros((size, size))
    unit[a, b] = unit[b, a] = 1.0
    return unit


def _outer(pulls: Floats, pairs: list[tuple[int, int]]) -> Floats:
    """For each pair (a, b) of effects the upper half, row by row, of B_a'B_b + B_b'B_a of every school, or of B_a'B_a."""
    schools, _, width = pulls.shape
    along = np.ascontiguousarray(pulls.transpose(1, 2, 0))
    found = np.empty((width * (width + 1) // 2, len(pairs), schools))
    for pair, (a, b) in enumerate(pairs):
        first, second, at = along[a], along[b], 0
        for row in range(width):
            part = found[at : at + width - row, pair]
            np.multiply(first[row], second[row:], out=part)
            if a != b:
                part += second[row] * first[row:]
            at += width - row
    return found.reshape(-1, len(pairs) * schools)


def _whole(parts: Floats, upper: tuple[NDArray[np.intp], NDArray[np.intp]], size: int) -> Floats:
    """Symmetric in the first two axes, (size, size, …), from the upper half, (upper, …)."""
    found = np.empty((size, size, *parts.shape[1:]))
    found[upper] = parts
    found[upper[::-1]] = parts
    return found


def _inverted(matrices: Floats) -> tuple[Floats, float]:
    """The inverses of J matrices (q, q, J), q 1 or 2, and the sum of their log determinants."""
    if len(matrices) == 1:
        return 1 / matrices, float(np.log(matrices).sum())
    (a, b), (c, d) = matrices
    det = a * d - b * c
    return np.array([[d, -b], [-c, a]]) / det, float(np.log(det).sum())
