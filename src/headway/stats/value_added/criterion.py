"""What a fit makes small: −2 times the log-likelihood, restricted (REML) or full (ML), as a function of variance ratios.

The ratios are the variances between schools over the variance between pupils, which itself and the coefficients are
profiled out (Bates et al. 2015, Journal of Statistical Software 67(1), section 3; all constants kept, so that the value
is the one that lme4 prints). Slopes and curvatures are exact: a fit takes some eight Newton steps and not hundreds of trials.
"""

from dataclasses import dataclass
from math import inf, log, pi

import numpy as np

from headway.stats.value_added.sufficient import Floats


@dataclass(frozen=True, eq=False)
class Moments:
    """All pupils together under given ratios. V is the covariance of the outcomes over the pupils' variance.

    cross: (p + 1, p + 1), [X y]'V⁻¹[X y]. log_det: log|V|, without the weights' part.
    """

    cross: Floats
    log_det: float


@dataclass(frozen=True, eq=False)
class Curved(Moments):
    """With first and second derivatives by the k ratios.

    slopes and curves, of cross: (k, p + 1, p + 1) and (k, k, p + 1, p + 1); log_slopes and log_curves: (k,) and (k, k).
    """

    slopes: Floats
    curves: Floats
    log_slopes: Floats
    log_curves: Floats


@dataclass(frozen=True, eq=False)
class Solution:
    """Coefficients for given ratios: (p,) in centred columns; inverse: (p, p), (X'V⁻¹X)⁻¹; residual: y'V⁻¹y left over."""

    coefficients: Floats
    inverse: Floats
    residual: float
    log_det: float


@dataclass(frozen=True)
class Criterion:
    """Which likelihood, over how many pupils; log_weights is the sum of the pupils' log weights."""

    restricted: bool
    pupils: int
    log_weights: float

    def freedom(self, moments: Moments) -> int:
        return self.pupils - (len(moments.cross) - 1 if self.restricted else 0)

    def value(self, moments: Moments) -> float:
        """Infinite where the ratios are so extreme that nothing can be solved."""
        try:
            root = np.linalg.cholesky(moments.cross)
        except np.linalg.LinAlgError:
            return inf
        return self._value(moments, 2 * log(root[-1, -1]), 2 * float(np.log(np.diag(root)[:-1]).sum()))

    def _value(self, moments: Moments, log_residual: float, log_det: float) -> float:
        freedom = self.freedom(moments)
        own = log_det if self.restricted else 0.0
        return freedom * (1 + log(2 * pi / freedom) + log_residual) + moments.log_det + own - self.log_weights

    def derivatives(self, moments: Curved) -> tuple[float, Floats, Floats]:
        """Value, slope (k,) and curvature (k, k) by the ratios."""
        solved = solve(moments)
        left = np.append(-solved.coefficients, 1.0)
        pulled = moments.slopes @ left
        slope_r = pulled @ left
        curve_r = (moments.curves @ left) @ left - 2 * pulled[:, :-1] @ solved.inverse @ pulled[:, :-1].T
        relative = slope_r / solved.residual
        freedom = self.freedom(moments)
        slope = freedom * relative + moments.log_slopes
        curve = freedom * (curve_r / solved.residual - np.outer(relative, relative)) + moments.log_curves
        if self.restricted:
            scaled = solved.inverse @ moments.slopes[:, :-1, :-1]
            slope = slope + np.trace(scaled, axis1=1, axis2=2)
            curve = curve + np.einsum("ab,klba->kl", solved.inverse, moments.curves[:, :, :-1, :-1])
            curve = curve - np.einsum("kab,lba->kl", scaled, scaled)
        return self._value(moments, log(solved.residual), solved.log_det), slope, curve


def solve(moments: Moments) -> Solution:
    """Least squares under the given ratios. Raises LinAlgError where nothing can be solved."""
    root = np.linalg.cholesky(moments.cross)
    unit = np.linalg.inv(root[:-1, :-1])
    inverse = unit.T @ unit
    return Solution(unit.T @ root[-1, :-1], inverse, float(root[-1, -1] ** 2), 2 * float(np.log(np.diag(root)[:-1]).sum()))
