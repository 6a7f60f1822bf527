"""Multilevel models of value added, fitted from the sums of each school.

    y = x'β + u + e,  u ~ N(0, σ²u) of each school, e ~ N(0, σ²e / weight) of each pupil;
with areas also v ~ N(0, σ²v) of each area; with a slope each school has a line of its own, level and slope with a covariance.

References: Goldstein (2011), Multilevel Statistical Models; Bates et al. (2015), Journal of Statistical Software 67(1).
"""

from collections.abc import Sequence

import numpy as np

from headway.stats.value_added.criterion import Criterion, Solution, solve
from headway.stats.value_added.newton import Optimum, Surface, least
from headway.stats.value_added.refusals import refuse
from headway.stats.value_added.results import Effects, ValueAdded
from headway.stats.value_added.structures import Level, LevelAndSlope, Schools
from headway.stats.value_added.sufficient import Floats, SchoolStatistics

METHODS = ("REML", "ML")


def fit(
    statistics: SchoolStatistics, *, covariates: Sequence[str] | None = None, slope: str | None = None, method: str = "REML"
) -> ValueAdded:
    """Fit a model to the sums of each school; no pupil is needed.

    covariates: which of those gathered, default all. slope: the covariate whose slope differs between schools. method: REML
    for variances and value added, ML to compare models with unlike covariates.
    Raises ValueError, with the reason in words, for what cannot be fitted: fewer than two schools, collinear covariates,
    nothing left to vary between pupils. A variance of zero is no such reason: it comes out as exactly 0.
    """
    if method not in METHODS:
        raise ValueError(f"the method is REML or ML, not {method!r}")
    kept = statistics if covariates is None else statistics.keeping(covariates)
    refuse(kept, slope)
    criterion = Criterion(method == "REML", int(kept.pupils.sum()), float(kept.log_weights.sum()))
    structure: Schools = Level(kept)
    found = least(Surface(structure, criterion), np.zeros(0))
    if slope is not None:
        structure = LevelAndSlope(kept, slope)
        found = least(Surface(structure, criterion), found.theta)
    return _result(kept, structure, criterion, found, slope)


def _result(kept: SchoolStatistics, structure: Schools, criterion: Criterion, found: Optimum, slope: str | None) -> ValueAdded:
    ratios = structure.ratios(found.theta)
    moments = structure.moments(ratios)
    solved = solve(moments)
    variance = solved.residual / criterion.freedom(moments)
    plain = _uncentred(kept.centre)
    back = structure.back()
    return ValueAdded(
        "REML" if criterion.restricted else "ML",
        kept.names,
        slope,
        criterion.pupils,
        plain @ solved.coefficients + np.append(kept.centre[-1], np.zeros(len(plain) - 1)),
        variance * plain @ solved.inverse @ plain.T,
        variance,
        variance * back @ structure.covariance(ratios) @ back.T,
        None,
        found.value,
        found.steps,
        _school_effects(kept, structure, ratios, solved, variance),
        None,
    )


def _uncentred(centre: Floats) -> Floats:
    """(p, p): takes coefficients of centred covariates to those of the covariates; only the intercept changes."""
    change = np.eye(len(centre) - 1)
    change[0, 1:] = -centre[1:-1]
    return change


def _school_effects(kept: SchoolStatistics, structure: Schools, ratios: Floats, solved: Solution, variance: float) -> Effects:
    left = np.append(-solved.coefficients, 1.0)
    rows, spread = structure.posterior(ratios)
    rows, back = structure.back() @ rows, structure.back()
    comparative = variance * back @ spread @ back.T
    extra = variance * rows[:, :, :-1] @ solved.inverse @ rows[:, :, :-1].transpose(0, 2, 1)
    raw = kept.cross[:, 0] @ left / kept.cross[:, 0, 0]
    return Effects(kept.schools, kept.pupils, raw, rows @ left, comparative, comparative + extra)
