"""Schools in areas: each school has an intercept of its own within the intercept of its authority, or of its trust.

The schools' part is done first, as if there were no areas. What it leaves of each area's pupils is then one more effect,
taken out by the same identity: with T = Σ 1'V⁻¹[X y] and Q = Σ 1'V⁻¹1 over an area's schools and η its variance
over the pupils', [X y]'V⁻¹[X y] loses T'dT with d = η / (1 + ηQ), and log|V| gains log(1 + ηQ).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headway.stats.value_added.criterion import Curved, Moments
from headway.stats.value_added.structures import Schools
from headway.stats.value_added.sufficient import Floats, SchoolStatistics


@dataclass(frozen=True, eq=False)
class _Sums:
    """Over each area's schools, with their first and second derivatives by the schools' ratio: T (A, p + 1) and Q (A,)."""

    t: Floats
    t1: Floats
    t2: Floats
    q: Floats
    q1: Floats
    q2: Floats


class SchoolsInAreas(Schools):
    """theta: the standard deviations of schools within areas and of areas, over the pupils'."""

    bends = np.array([[[2.0, 0], [0, 0]], [[0, 0], [0, 2.0]]])

    def __init__(self, statistics: SchoolStatistics) -> None:
        super().__init__(statistics, [0])
        self.codes, self.area = np.unique(np.asarray(statistics.areas), return_inverse=True)
        self.order = np.argsort(self.area, kind="stable")
        self.first = np.searchsorted(self.area[self.order], np.arange(len(self.codes)))
        self.pull, self.size = self.pulls[:, 0], self.sizes[0, 0]

    def starts(self, intercept: float = 1.0) -> list[Floats]:
        return [intercept * np.array([own, area]) for own in (0.3, 1.0) for area in (0.03, 0.1, 0.3, 1.0)]

    def ratios(self, theta: Floats) -> Floats:
        return theta**2

    def jacobian(self, theta: Floats) -> Floats:
        return np.diag(2 * theta)

    def simpler(self, theta: Floats) -> list[Floats]:
        return [np.zeros(2), theta * [1, 0], theta * [0, 1]]

    def covariance(self, ratios: Floats) -> Floats:
        return ratios[:1, None]

    def moments(self, ratios: Sequence[Floats]) -> list[Moments]:
        return [self._without_areas(own, one) for own, one in zip(super().moments(ratios), ratios, strict=True)]

    def _without_areas(self, own: Moments, ratios: Floats) -> Moments:
        t, q, d = self._areas(ratios)
        return Moments(own.cross - t.T @ (d[:, None] * t), own.log_det + float(np.log1p(ratios[1] * q).sum()))

    def curved(self, ratios: Floats) -> Curved:
        own, sums = super().curved(ratios), self._sums(ratios[0])
        eta = ratios[1]
        h = 1 / (1 + eta * sums.q)
        taken, slopes, curves = _taken(sums, eta * h, h)
        curves[0, 0] -= own.curves[0, 0]
        slopes[0] -= own.slopes[0]
        log_slopes = np.array([own.log_slopes[0] + (eta * sums.q1 * h).sum(), (sums.q * h).sum()])
        both = (sums.q1 * h * h).sum()
        first = own.log_curves[0, 0] + (eta * sums.q2 * h - (eta * sums.q1 * h) ** 2).sum()
        log_curves = np.array([[first, both], [both, -((sums.q * h) ** 2).sum()]])
        log_det = own.log_det - float(np.log(h).sum())
        return Curved(own.cross - taken, log_det, -slopes, -curves, log_slopes, log_curves)

    def posterior(self, ratios: Floats) -> tuple[Floats, Floats]:
        """Of the schools within their areas; that an area's own intercept is not known for certain counts as well."""
        t, _, d = self._areas(ratios)
        c = self.weights(ratios)[0][0, 0]
        rows = c[:, None] * (self.pull - (self.size * d[self.area])[:, None] * t[self.area])
        return rows[:, None, :], (c + (c * self.size) ** 2 * d[self.area])[:, None, None]

    def areas_posterior(self, ratios: Floats) -> tuple[Floats, Floats]:
        """Of the areas: (A, 1, p + 1) and (A, 1, 1), as for the schools."""
        t, _, d = self._areas(ratios)
        return (d[:, None] * t)[:, None, :], d[:, None, None]

    def by_area(self, values: NDArray[Any]) -> NDArray[Any]:
        """Sums over the schools of each area; (J, …) to (A, …)."""
        summed: NDArray[Any] = np.add.reduceat(values[self.order], self.first, axis=0)
        return summed

    def _areas(self, ratios: Floats) -> tuple[Floats, Floats, Floats]:
        """T, Q and d."""
        k = 1 / (1 + ratios[0] * self.size)
        t, q = self.by_area(k[:, None] * self.pull), self.by_area(k * self.size)
        return t, q, ratios[1] / (1 + ratios[1] * q)

    def _sums(self, ratio: float) -> _Sums:
        m, k = self.size, 1 / (1 + ratio * self.size)
        weights = (k, -k * k * m, 2 * k**3 * m * m)
        t = [self.by_area(weight[:, None] * self.pull) for weight in weights]
        return _Sums(*t, *(self.by_area(weight * m) for weight in weights))


def _taken(sums: _Sums, d: Floats, h: Floats) -> tuple[Floats, Floats, Floats]:
    """T'dT over all areas, and its derivatives by the schools' ratio (0) and the areas' (1): slopes (2, …), curves (2, 2, …)."""
    t, t1, t2, q, q1, q2 = sums.t, sums.t1, sums.t2, sums.q, sums.q1, sums.q2
    slopes = np.array([_product(t, -d * d * q1) + _product(t, d, t1), _product(t, h * h)])
    own = _product(t, 2 * d**3 * q1**2 - d * d * q2) + _product(t, -2 * d * d * q1, t1) + _product(t, d, t2) + 2 * _product(t1, d)
    cross = _product(t, -2 * d * h * h * q1) + _product(t, h * h, t1)
    return _product(t, d), slopes, np.array([[own, cross], [cross, _product(t, -2 * q * h**3)]])


def _product(a: Floats, weight: Floats, b: Floats | None = None) -> Floats:
    """The sum over areas of weight × a'a, or of weight × (a'b + b'a) where b is given."""
    found: Floats = a.T @ (weight[:, None] * (a if b is None else b))
    return found if b is None else found + found.T
