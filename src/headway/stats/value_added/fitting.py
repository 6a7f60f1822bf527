"""Multilevel models of value added, fitted from the sums of each school.

    y = x'β + u + e,  u ~ N(0, σ²u) of each school, e ~ N(0, σ²e / weight) of each pupil;
with areas also v ~ N(0, σ²v) of each area; with a slope each school has a line of its own, intercept and slope with a covariance.

References: Goldstein (2011), Multilevel Statistical Models; Bates et al. (2015), Journal of Statistical Software 67(1).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headway.stats.value_added.criterion import Criterion, Solution, solve
from headway.stats.value_added.nested import SchoolsInAreas
from headway.stats.value_added.newton import Optimum, Surface, least, lowest
from headway.stats.value_added.refusals import refuse, refuse_areas
from headway.stats.value_added.results import Effects, ValueAdded
from headway.stats.value_added.structures import Intercept, InterceptAndSlope, Schools
from headway.stats.value_added.sufficient import Floats, SchoolStatistics

METHODS = ("REML", "ML")
SOME = 0.1  # of the pupils' standard deviation: schools with like intercepts may still differ in slope, or lie in areas that differ


def fit(
    statistics: SchoolStatistics,
    *,
    covariates: Sequence[str] | None = None,
    slope: str | None = None,
    in_areas: bool = False,
    method: str = "REML",
) -> ValueAdded:
    """Fit a model to the sums of each school; no pupil is needed.

    covariates: which of those gathered, default all. slope: the covariate whose slope differs between schools. in_areas: each
    area has an intercept of its own, and a school's effect is its difference from its area's. method: REML for variances and
    value added, ML to compare models with unlike covariates.
    Raises ValueError, with the reason in words, for what cannot be fitted: fewer than two schools, collinear covariates,
    nothing left to vary between pupils, a slope together with areas. A variance of zero is no such reason: it comes out as 0.
    """
    if in_areas and slope is not None:
        raise ValueError("schools in areas and a slope are not fitted together; choose one")
    kept = statistics if covariates is None else statistics.keeping(covariates)
    criterion = _criterion(kept, method)
    refuse(kept, slope)
    if in_areas:
        refuse_areas(kept)
    structure, found = _settled(kept, criterion, slope, in_areas)
    return _result(kept, structure, criterion, found, slope)


def criterion_at(
    statistics: SchoolStatistics,
    school_covariance: Floats,
    residual_variance: float,
    *,
    slope: str | None = None,
    area_variance: float | None = None,
    method: str = "REML",
) -> float:
    """The criterion at variances from elsewhere, whose ratios count: to hold two fits, by whatever program, against each other."""
    structure = _structure(statistics, slope, area_variance is not None)
    to_own = np.linalg.inv(structure.back())
    own = to_own @ school_covariance @ to_own.T / residual_variance
    ratios = own[np.triu_indices(len(own))]
    if area_variance is not None:
        ratios = np.append(ratios, area_variance / residual_variance)
    return _criterion(statistics, method).value(structure.moments([ratios])[0])


def _criterion(kept: SchoolStatistics, method: str) -> Criterion:
    if method not in METHODS:
        raise ValueError(f"the method is REML or ML, not {method!r}")
    return Criterion(method == "REML", int(kept.pupils.sum()), float(kept.log_weights.sum()))


def _structure(kept: SchoolStatistics, slope: str | None, in_areas: bool) -> Schools:
    if in_areas:
        return SchoolsInAreas(kept)
    return Intercept(kept) if slope is None else InterceptAndSlope(kept, slope)


def _settled(kept: SchoolStatistics, criterion: Criterion, slope: str | None, in_areas: bool) -> tuple[Schools, Optimum]:
    """The fuller models start from a rough fit of the intercepts alone."""
    intercept = Intercept(kept)
    surface = Surface(intercept, criterion)
    rough = lowest(surface, intercept.starts())
    if slope is None and not in_areas:
        return intercept, least(surface, rough)
    structure = _structure(kept, slope, in_areas)
    surface = Surface(structure, criterion)
    return structure, least(surface, lowest(surface, structure.starts(max(SOME, float(rough[0])))))


def _result(kept: SchoolStatistics, structure: Schools, criterion: Criterion, found: Optimum, slope: str | None) -> ValueAdded:
    ratios = structure.ratios(found.theta)
    moments = structure.moments([ratios])[0]
    solved = solve(moments)
    variance = solved.residual / criterion.freedom(moments)
    plain, back = _uncentred(kept.centre), structure.back()
    coefficients = plain @ solved.coefficients
    coefficients[0] += kept.centre[-1]
    return ValueAdded(
        method="REML" if criterion.restricted else "ML",
        names=kept.names,
        slope=slope,
        pupils=criterion.pupils,
        coefficients=coefficients,
        coefficient_covariance=variance * plain @ solved.inverse @ plain.T,
        residual_variance=variance,
        school_covariance=variance * back @ structure.covariance(ratios) @ back.T,
        area_variance=variance * float(ratios[1]) if isinstance(structure, SchoolsInAreas) else None,
        criterion=found.value,
        steps=found.steps,
        schools=_school_effects(kept, structure, ratios, solved, variance),
        areas=_area_effects(kept, structure, ratios, solved, variance) if isinstance(structure, SchoolsInAreas) else None,
    )


def _uncentred(centre: Floats) -> Floats:
    """(p, p): takes coefficients of centred covariates to those of the covariates; only the intercept changes."""
    change = np.eye(len(centre) - 1)
    change[0, 1:] = -centre[1:-1]
    return change


def _school_effects(kept: SchoolStatistics, structure: Schools, ratios: Floats, solved: Solution, variance: float) -> Effects:
    rows, spread = structure.posterior(ratios)
    back = structure.back()
    return _effects(kept.schools, kept.pupils, kept.cross[:, 0], back @ rows, variance * back @ spread @ back.T, solved, variance)


def _area_effects(kept: SchoolStatistics, structure: SchoolsInAreas, ratios: Floats, solved: Solution, variance: float) -> Effects:
    rows, spread = structure.areas_posterior(ratios)
    pupils, sums = structure.by_area(kept.pupils), structure.by_area(kept.cross[:, 0])
    return _effects(structure.codes, pupils, sums, rows, variance * spread, solved, variance)


def _effects(
    codes: NDArray[Any], pupils: NDArray[np.int64], sums: Floats, rows: Floats, comparative: Floats, solved: Solution, variance: float
) -> Effects:
    """sums: (J, p + 1), 1'W[X y] of each, the first its size; rows: (J, q, p + 1), which make the effects of what is left of [X y]."""
    left = np.append(-solved.coefficients, 1.0)
    fixed = rows[:, :, :-1]
    extra = variance * fixed @ solved.inverse @ fixed.transpose(0, 2, 1)
    return Effects(codes, pupils, sums @ left / sums[:, 0], rows @ left, comparative, comparative + extra)
