"""How good a forecast distribution was, once the figure is known.

The continuous ranked probability score is in the units of the figure, and lower is better; of a bare point it is the absolute error.
Closed forms: of the normal, Gneiting & Raftery (2007), Journal of the American Statistical Association 102:359–378; of Student's t,
Jordan, Krüger & Lerch (2019), Journal of Statistical Software 90(12). The randomised PIT of counts: Smith (1985), Journal of
Forecasting 4:283–291; Czado, Gneiting & Held (2009), Biometrics 65:1254–1261.
"""

import math

import numpy as np

from headway.stats.forecast.student import NORMAL, Floats, below, density, log_beta

ROOT_PI = math.sqrt(math.pi)


def crps_normal(y: "Floats | float", mean: "Floats | float", sd: "Floats | float") -> Floats:
    z = (np.asarray(y, float) - mean) / sd
    erf = np.vectorize(math.erf, otypes=[float])(z / math.sqrt(2))
    found: Floats = sd * (z * erf + 2 * np.exp(-z * z / 2) / math.sqrt(2 * math.pi) - 1 / ROOT_PI)
    return found


def crps_student(y: "Floats | float", mean: "Floats | float", scale: "Floats | float", dof: "Floats | float") -> Floats:
    """Of mean + scale × t. Needs more than one degree of freedom: with fewer the t has no mean and the score no value."""
    z, dof = np.broadcast_arrays((np.asarray(y, float) - mean) / scale, np.minimum(np.asarray(dof, float), NORMAL))
    if np.nanmin(dof) <= 1:
        raise ValueError("the score of a t needs more than one degree of freedom")
    ratio = np.exp(log_beta(0.5, dof - 0.5) - 2 * log_beta(0.5, dof / 2))
    found: Floats = scale * (
        z * (2 * below(z, dof) - 1) + 2 * density(z, dof) * (dof + z * z) / (dof - 1) - 2 * np.sqrt(dof) / (dof - 1) * ratio
    )
    return found


def crps_sample(y: float, draws: Floats) -> float:
    """Of a distribution that is known by draws only: E|X − y| − E|X − X′| / 2, the second over all pairs by sorting."""
    ordered = np.sort(np.asarray(draws, float))
    many = len(ordered)
    pairs = 2 * float((2 * np.arange(1, many + 1) - many - 1) @ ordered) / many**2
    return float(np.abs(ordered - y).mean()) - pairs / 2


def randomised_pit(before: "Floats | float", through: "Floats | float", chance: np.random.Generator) -> Floats:
    """PIT of a figure that comes in steps: a uniform draw between the probability below the step and that through it.

    Flat when the forecast is right; the probability through the step alone would lean to the right.
    """
    before, through = np.broadcast_arrays(np.asarray(before, float), np.asarray(through, float))
    return before + chance.random(before.shape) * (through - before)


def brier(probability: Floats, happened: Floats) -> float:
    return float(np.mean((np.asarray(probability, float) - np.asarray(happened, float)) ** 2))
