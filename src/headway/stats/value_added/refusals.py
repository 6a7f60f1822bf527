"""What no model can be fitted to, said in words before anything is fitted."""

import numpy as np

from headway.stats.value_added.sufficient import INTERCEPT, Floats, SchoolStatistics

NEGLIGIBLE = 1e-10  # share of a column's sum of squares that counts as nothing left


def refuse(statistics: SchoolStatistics, slope: str | None) -> None:
    """Raises ValueError, with the reason, for statistics from which the variances cannot be told."""
    schools, pupils = len(statistics.schools), int(statistics.pupils.sum())
    if schools < 2:
        raise ValueError(f"there is {schools} school; differences between schools need two or more")
    if slope is not None and (slope == INTERCEPT or slope not in statistics.names):
        raise ValueError(f"the slope must be on one of the covariates of the model, and {slope!r} is not")
    if pupils <= len(statistics.names):
        raise ValueError(f"{pupils} pupils are too few for {len(statistics.names)} coefficients")
    total = statistics.cross.sum(axis=0)
    _refuse_constant(statistics, total)
    _refuse_collinear(statistics.names, total)
    _refuse_nothing_within(statistics, total, slope)


def refuse_areas(statistics: SchoolStatistics) -> None:
    """Raises ValueError unless some area has several schools, and there are several areas."""
    if statistics.areas is None:
        raise ValueError("no school has an area; give areas when gathering, or use placed_in")
    areas = len(np.unique(statistics.areas))
    if areas < 2:
        raise ValueError(f"there is {areas} area; differences between areas need two or more")
    if areas == len(statistics.schools):
        raise ValueError("each area has one school, so that the two cannot be told apart")


def _refuse_constant(statistics: SchoolStatistics, total: Floats) -> None:
    size = statistics.cross[:, 0, 0].sum()
    rounding = (NEGLIGIBLE * np.abs(statistics.centre)) ** 2 * size
    same = np.flatnonzero(np.diag(total) <= rounding)
    for at in same:
        name = (*statistics.names, "the outcome")[at]
        raise ValueError(f"{name} is the same for every pupil")


def _refuse_collinear(names: tuple[str, ...], total: Floats) -> None:
    """Cholesky's rows one by one: a covariate of which the earlier ones leave nothing is a combination of them."""
    scale = np.sqrt(np.diag(total)[:-1])
    cosines = total[:-1, :-1] / np.outer(scale, scale)
    for at in range(1, len(names)):
        shares = np.linalg.solve(cosines[:at, :at], cosines[:at, at])
        if 1 - shares @ cosines[:at, at] <= NEGLIGIBLE:
            others = [name for name, share in zip(names, shares, strict=False) if abs(share) > 1e-6]
            raise ValueError(f"{names[at]} is a combination of {', '.join(others)}; leave one of them out")


def _refuse_nothing_within(statistics: SchoolStatistics, total: Floats, slope: str | None) -> None:
    """Where schools and covariates leave nothing of the outcome, no variance between pupils can be told from one between schools."""
    intercept = statistics.cross[:, 0]
    sizes = intercept[:, 0]
    left = total - (intercept.T / sizes) @ intercept
    if slope is not None:
        at = statistics.position(slope)
        own = statistics.cross[:, at] - (intercept[:, at] / sizes)[:, None] * intercept
        varies = own[:, at] > NEGLIGIBLE * statistics.cross[:, at, at]
        left = left - (own[varies].T / own[varies, at]) @ own[varies]
    scale = np.sqrt(np.diag(total))
    left = left / np.outer(scale, scale)
    explained = left[-1, :-1] @ np.linalg.pinv(left[:-1, :-1], rcond=NEGLIGIBLE, hermitian=True) @ left[:-1, -1]
    if left[-1, -1] - explained <= NEGLIGIBLE:
        what = "an intercept" if slope is None else "an intercept and a slope"
        raise ValueError(
            f"{what} for each school and the covariates leave nothing of the outcome, "
            "so that pupils and schools cannot be told apart; most schools may have too few pupils"
        )
