"""The past played again: at each year forecast what came one, two and three years later, knowing only what was known then.

Rolling origin (Tashman (2000), International Journal of Forecasting 16:437–450). An origin needs three years, and each baseline an earlier
error at that horizon; years without a figure are elapsed time, so that 2018/19 to 2021/22 is a horizon of three.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from headway.stats.forecast.baselines import NAMES, Memory, guess
from headway.stats.forecast.movement import Ahead, movement
from headway.stats.forecast.scoring import crps_normal, crps_student, randomised_pit
from headway.stats.forecast.student import Floats, below, quantile

HORIZONS = (1, 2, 3)
FEWEST_YEARS = 3
FEWEST = 10  # places with a forecast and a figure
SHARES = (0.5, 0.8, 0.95)
PITS = 10
CERTAIN = 0.01  # a probability is never told nearer to 0 or 1: the past is too short to bear it out
CHANCES = 24  # steps of the logit of a probability, from CERTAIN to its counterpart


@dataclass(frozen=True)
class Trial:
    """One origin and horizon of one series: mean scores in the gap's units, and counts that can be added up."""

    origin: int
    horizon: int
    places: int
    model: float
    last: float
    three: float
    inside: tuple[int, ...]  # how many figures within the intervals of SHARES
    inside_by_size: tuple[tuple[int, int], ...]  # (within 80%, places) of small, middling and large places; empty without sizes
    width: float  # the mean width of the 80% interval
    pit: tuple[int, ...]  # figures in each tenth of their forecast
    asked: tuple[int, ...]  # by step of CHANCES: how many times that probability was told …
    hit: tuple[int, ...]  # … and how many times it came true

    @property
    def target(self) -> int:
        return self.origin + self.horizon


def trials(gaps: Floats, years: Floats, sizes: Floats | None = None, stretch: Floats | None = None, step: float = 0.0) -> list[Trial]:
    """Gaps (K, Y), NaN where missing, in the order of their years. `sizes` (K,) only sort places into thirds.

    `stretch` (Y,) is how wide gaps are each year for being of a higher or lower rate: a gap of a point means less at 50% than at 2%.
    Gaps are forecast in its units and told in points of the origin's year. `step` is 1 where figures are published as whole numbers.
    """
    gaps, years = np.asarray(gaps, float), np.asarray(years, float)
    stretch = np.ones(len(years)) if stretch is None else np.asarray(stretch, float)
    memory, found = Memory(), []
    for at in range(len(years)):
        targets = [(horizon, where[0]) for horizon in HORIZONS if len(where := np.flatnonzero(years == years[at] + horizon))]
        found += list(_at(gaps, years, at, targets, memory, sizes, stretch, step))
        for horizon, where in targets:
            for name in NAMES:
                memory.learn(name, horizon, years[where], gaps[:, where] - guess(name, gaps[:, : at + 1], years[: at + 1]))
    return found


def _at(
    gaps: Floats, years: Floats, at: int, targets: list[tuple[int, int]], memory: Memory, sizes: Floats | None, stretch: Floats, step: float
) -> Iterator[Trial]:  # fmt: skip
    """The trials of one origin, of the horizons at which the baselines have erred before."""
    if at + 1 < FEWEST_YEARS:
        return
    fitted = None
    for horizon, where in targets:
        sds = [memory.sd(name, horizon, years[at]) for name in NAMES]
        guesses = [guess(name, gaps[:, : at + 1], years[: at + 1]) for name in NAMES]
        figures = gaps[:, where]
        fit = ~(np.isnan(figures) | np.isnan(guesses[0]))
        if fit.sum() < FEWEST or not all(sds):
            continue
        fitted = fitted or movement(gaps[:, : at + 1] / stretch[: at + 1] * stretch[at], years[: at + 1])
        ahead = unrounded(_of(fitted.ahead(horizon), fit), step)
        plain = [float(crps_normal(figures[fit], one[fit], sd or 0.0).mean()) for one, sd in zip(guesses, sds, strict=True)]
        yield _trial(int(years[at]), horizon, ahead, figures[fit], guesses[0][fit], plain, sizes[fit] if sizes is not None else None, step)


def unrounded(ahead: Ahead, step: float) -> Ahead:
    """The figure before it is rounded: what years are seen to differ by holds the rounding, which counts once only."""
    rounding = step**2 / 12
    scale = np.sqrt(np.maximum(ahead.scale**2 - rounding, ahead.rate_scale**2))
    return Ahead(ahead.mean, scale, ahead.rate_scale, ahead.dof)


def _of(ahead: Ahead, fit: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> Ahead:
    return Ahead(ahead.mean[fit], ahead.scale[fit], ahead.rate_scale[fit], ahead.dof[fit])


def _trial(
    origin: int, horizon: int, ahead: Ahead, figures: Floats, last: Floats, plain: list[float], sizes: Floats | None, step: float
) -> Trial:
    model = float(crps_student(figures, ahead.mean, ahead.scale, ahead.dof).mean())
    pit = _pit(ahead, figures, step, origin)
    within = np.array([np.abs(pit - 0.5) <= share / 2 for share in SHARES])
    width = float((2 * quantile(0.9, ahead.dof) * ahead.scale).mean())
    spread = tuple(np.bincount(np.minimum((pit * PITS).astype(int), PITS - 1), minlength=PITS).tolist())
    thirds = _thirds(within[1], sizes) if sizes is not None else ()
    counts = tuple(within.sum(axis=1).tolist())
    asked, hit = _told(ahead, figures, last, step)
    return Trial(origin, horizon, len(figures), model, plain[0], plain[1], counts, thirds, width, spread, asked, hit)


def _pit(ahead: Ahead, figures: Floats, step: float, origin: int) -> Floats:
    through = below((figures + step / 2 - ahead.mean) / ahead.scale, ahead.dof)
    before = below((figures - step / 2 - ahead.mean) / ahead.scale, ahead.dof)
    return randomised_pit(before, through, np.random.default_rng(origin))


def _thirds(within: "np.ndarray[tuple[int], np.dtype[np.bool_]]", sizes: Floats) -> tuple[tuple[int, int], ...]:
    order = np.argsort(sizes, kind="stable")
    return tuple((int(within[part].sum()), len(part)) for part in np.array_split(order, 3))


def _told(ahead: Ahead, figures: Floats, last: Floats, step: float) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Promises such as areas make: stay as near to England as now, halve the distance, be level with England; and fall no further.

    Each place is asked all four; what is counted is the probability told that the gap be at or above the promise, and whether it was.
    """
    asked, hit = np.zeros(CHANCES, int), np.zeros(CHANCES, int)
    for promise in (last, last / 2, np.zeros_like(last), 1.5 * last):
        bar = np.ceil(promise - 1e-9) - 0.5 if step else promise  # half a point is met by the next whole one
        told = 1 - below((bar - ahead.mean) / ahead.scale, ahead.dof)
        where = step_of(told)
        asked += np.bincount(where, minlength=CHANCES)
        hit += np.bincount(where, weights=figures >= promise - 1e-9, minlength=CHANCES).astype(int)
    return tuple(asked.tolist()), tuple(hit.tolist())


def step_of(chance: Floats) -> "np.ndarray[tuple[int], np.dtype[np.intp]]":
    """Which of the CHANCES steps of the logit a probability is in."""
    kept = np.clip(chance, CERTAIN, 1 - CERTAIN)
    widest = np.log((1 - CERTAIN) / CERTAIN)
    step = ((np.log(kept / (1 - kept)) + widest) / (2 * widest) * CHANCES).astype(np.intp)
    return np.asarray(np.minimum(step, CHANCES - 1))


def middle_of(step: int) -> float:
    """The logit in the middle of a step."""
    widest = float(np.log((1 - CERTAIN) / CERTAIN))
    return (step + 0.5) / CHANCES * 2 * widest - widest
