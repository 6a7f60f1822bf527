"""Student's t: density, distribution and quantiles of whole arrays, by SciPy's special functions.

The normal is the t of infinitely many degrees of freedom: dof above NORMAL are taken for it.
"""

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]
NORMAL = 1e6


def log_gamma(x: "Floats | float") -> Floats:
    """The logarithm of the gamma function."""
    return np.asarray(special.gammaln(x), float)


def log_beta(a: "Floats | float", b: "Floats | float") -> Floats:
    return np.asarray(special.betaln(a, b), float)


def density(z: Floats, dof: "Floats | float") -> Floats:
    z, dof = np.broadcast_arrays(np.asarray(z, float), np.minimum(dof, NORMAL))
    log: Floats = -log_beta(0.5, dof / 2) - 0.5 * np.log(dof) - (dof + 1) / 2 * np.log1p(z * z / dof)
    return np.asarray(np.exp(log))


def below(z: "Floats | float", dof: "Floats | float") -> Floats:
    """The probability that a t with `dof` degrees of freedom is below each z; NaN where z or dof is."""
    return np.asarray(special.stdtr(np.minimum(dof, NORMAL), z), float)


def quantile(p: float, dof: "Floats | float") -> Floats:
    """The z that a t is below with probability p, 0 < p < 1; worked out once for each different dof."""
    each, where = np.unique(np.asarray(dof, float), return_inverse=True)
    return np.asarray(special.stdtrit(np.minimum(each, NORMAL), p)[where].reshape(np.shape(dof)), float)
