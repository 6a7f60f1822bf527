"""What a fit gives: coefficients, variances, and each school's value added with how sure one can be of it."""

from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headway.stats.value_added.sufficient import Floats


@dataclass(frozen=True, eq=False)
class Effects:
    """Of J schools (or areas), each with q effects: an intercept, and a slope where the model has one.

    codes: (J,). pupils: (J,). raw: (J,) the pupils' mean residual, unshrunken. effects: (J, q), shrunken towards 0 (BLUPs).
    comparative: (J, q, q), the covariance of the true effects given the data, coefficients and variances taken as
    known: it is what lme4 calls condVar, and what ranks and "different from average" are judged by (Goldstein).
    with_coefficients: (J, q, q), the same with the coefficients' own uncertainty; larger, and shared between schools, so that
    it must not be used to compare two of them.
    """

    codes: NDArray[Any]
    pupils: NDArray[np.int64]
    raw: Floats
    effects: Floats
    comparative: Floats
    with_coefficients: Floats

    @property
    def shrunken(self) -> Floats:
        """(J,): the shrunken intercept."""
        return self.effects[:, 0]

    @property
    def standard_error(self) -> Floats:
        """(J,): comparative standard error of the intercept."""
        return np.sqrt(self.comparative[:, 0, 0])

    def at(self, value: float) -> tuple[Floats, Floats]:
        """Each one's intercept and its standard error for pupils whose covariate of the slope has this value."""
        row = np.array([1.0, value])[: self.effects.shape[1]]
        return self.effects @ row, np.sqrt(np.einsum("a,jab,b->j", row, self.comparative, row))


@dataclass(frozen=True, eq=False)
class ValueAdded:
    """A fitted model, in the units of the outcome and of the covariates.

    names, coefficients, standard_errors: (p,); coefficient_covariance: (p, p). residual_variance: between pupils (of weight 1).
    school_covariance: (1, 1), or (2, 2) with a slope. area_variance: none without areas. criterion: −2 log-likelihood, restricted
    under REML; two REML fits with unlike covariates must not be compared by it. steps: of Newton's method.
    """

    method: str
    names: tuple[str, ...]
    slope: str | None
    pupils: int
    coefficients: Floats
    coefficient_covariance: Floats
    residual_variance: float
    school_covariance: Floats
    area_variance: float | None
    criterion: float
    steps: int
    schools: Effects
    areas: Effects | None

    @property
    def standard_errors(self) -> Floats:
        return np.sqrt(np.diag(self.coefficient_covariance))

    @property
    def school_variance(self) -> float:
        """Between schools; with a slope, where its covariate is 0."""
        return float(self.school_covariance[0, 0])

    @property
    def correlation(self) -> float | None:
        """Of intercept and slope; none without a slope, or where one of them does not vary."""
        if len(self.school_covariance) == 1:
            return None
        (intercept, both), (_, slope) = self.school_covariance
        return float(both / sqrt(intercept * slope)) if intercept * slope > 0 else None

    @property
    def on_boundary(self) -> bool:
        """Whether a variance is 0, or intercept and slope go together exactly: then tests of variances need care."""
        flat = np.linalg.det(self.school_covariance) <= 1e-12 * float(np.prod(np.diag(self.school_covariance)))
        return bool(flat) or self.area_variance == 0

    def vpc(self, at: float = 0.0) -> float:
        """The share of the variance that lies between schools (with areas: within an area); `at` is the slope's covariate."""
        row = np.array([1.0, at])[: len(self.school_covariance)]
        between = float(row @ self.school_covariance @ row)
        return between / (between + (self.area_variance or 0.0) + self.residual_variance)
