"""Student's t: density, distribution and quantiles of whole arrays, with numpy alone.

The distribution is the regularised incomplete beta function, by its continued fraction (modified Lentz; DLMF 8.17.22, and Press et al.
(2007), Numerical Recipes, 6.4). The normal is the t of infinitely many degrees of freedom: dof above NORMAL are taken for it.
"""

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
TERMS = 200
NORMAL = 1e6
TINY = 1e-30


def log_gamma(x: "Floats | float") -> Floats:
    """The logarithm of the gamma function; of each different value once, for a model has few degrees of freedom."""
    values, where = np.unique(np.asarray(x, float), return_inverse=True)
    found = np.array([math.lgamma(one) for one in values], float)[where]
    return np.asarray(found.reshape(np.shape(x)))


def log_beta(a: "Floats | float", b: "Floats | float") -> Floats:
    return log_gamma(a) + log_gamma(b) - log_gamma(np.asarray(a, float) + b)


def density(z: Floats, dof: "Floats | float") -> Floats:
    z, dof = np.broadcast_arrays(np.asarray(z, float), np.minimum(dof, NORMAL))
    log: Floats = -log_beta(0.5, dof / 2) - 0.5 * np.log(dof) - (dof + 1) / 2 * np.log1p(z * z / dof)
    return np.asarray(np.exp(log))


def below(z: "Floats | float", dof: "Floats | float") -> Floats:
    """The probability that a t with `dof` degrees of freedom is below each z; NaN where z or dof is."""
    z, dof = np.broadcast_arrays(np.asarray(z, float), np.minimum(dof, NORMAL))
    tail = np.full(z.shape, np.nan)
    known = ~(np.isnan(z) | np.isnan(dof))
    of = dof[known]
    tail[known] = 0.5 * _incomplete_beta(of / 2, np.full(of.shape, 0.5), of / (of + z[known] ** 2))
    return np.asarray(np.where(z > 0, 1 - tail, tail))


def quantile(p: float, dof: "Floats | float") -> Floats:
    """The z that a t is below with probability p, 0 < p < 1; worked out once for each different dof.

    Newton's method from the normal's quantile, which is nearer to 0: the distribution is concave above 0, so no step goes too far.
    """
    each, where = np.unique(np.asarray(dof, float), return_inverse=True)
    sign, upper = (1.0, p) if p >= 0.5 else (-1.0, 1 - p)
    z = np.full(each.shape, NormalDist().inv_cdf(upper))
    for _ in range(100):
        move = (upper - below(z, each)) / density(z, each)
        z = z + move
        if np.abs(move).max(initial=0.0) < 1e-12:
            break
    return np.asarray((sign * z)[where].reshape(np.shape(dof)))


def _incomplete_beta(a: Floats, b: Floats, x: Floats) -> Floats:
    """I_x(a, b); from the other end where the fraction converges faster there."""
    turned = x > (a + 1) / (a + b + 2)
    first, second, at = np.where(turned, b, a), np.where(turned, a, b), np.where(turned, 1 - x, x)
    log = first * np.log(np.maximum(at, 1e-300)) + second * np.log1p(-np.minimum(at, 1 - 1e-16)) - log_beta(a, b)
    found = np.exp(log) / first * _fraction(first, second, at)
    return np.asarray(np.where(turned, 1 - found, found))


def _fraction(a: Floats, b: Floats, x: Floats) -> Floats:
    c, d = np.ones_like(x), 1 / _kept_from_zero(1 - (a + b) * x / (a + 1))
    found = d.copy()
    for m in range(1, TERMS):
        for over in (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))):
            d = 1 / _kept_from_zero(1 + over * d)
            c = _kept_from_zero(1 + over / c)
            found *= c * d
        if np.abs(c * d - 1).max(initial=0.0) < 1e-13:
            break
    return found


def _kept_from_zero(x: Floats) -> Floats:
    return np.where(np.abs(x) < TINY, TINY, x)
