"""The judgement of the trials: may a forecast be shown, how much better is it, do its intervals and probabilities hold.

A measure's forecast is shown at a horizon when it beat the better baseline on the trials known by then and its intervals were not far too
narrow on them; what is reported are later trials than those it was chosen on. Skill has an interval from resampling whole years, for all
places share a year's surprise (Künsch (1989), Annals of Statistics 17:1217–1241; blocks of one year). Reliability: logistic regression of
what happened on the logit of what was told (Cox (1958), Biometrika 45:562–565): slope 1 and intercept 0 are perfect, a slope under 1 is
overconfident.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from headway.stats.forecast.baselines import LAST, THREE
from headway.stats.forecast.student import Floats
from headway.stats.forecast.trials import CHANCES, SHARES, Trial, middle_of
from headway.stats.intervals import wilson

NARROWEST = 0.70  # of its figures that an interval of four in five must have held: one that held fewer says more than it knows
BETTER_BY = 0.02  # a forecast that is hardly better than the last value is not worth its explanation
FOUR_IN_FIVE = SHARES.index(0.8)
ORIGINS = 2  # trials that a forecast must have behind it
FEWEST = 50  # hits, and misses
DRAWS = 2_000
Series = TypeVar("Series")  # whatever names one


@dataclass(frozen=True)
class Gate:
    """Whether a forecast may be shown at a horizon, and why not: `untested`, `too_few_trials`, `not_better` or `too_narrow`."""

    shown: bool
    reason: str
    origins: int
    ratio: float | None  # mean score over the better baseline's
    better: str  # the better baseline
    held: float | None = None  # the share of figures that its interval of four in five held


@dataclass(frozen=True)
class Coverage:
    """Which share of figures fell within an interval, with its own 95% limits."""

    share: float
    low: float
    high: float
    figures: int


@dataclass(frozen=True)
class Skill:
    """Mean over series of score over the better baseline's, with its 90% limits from whole years drawn again."""

    ratio: float
    low: float
    high: float
    series: int
    years: int


@dataclass(frozen=True)
class Reliability:
    slope: float
    intercept: float
    slope_se: float
    hits: int
    misses: int


def gate(trials: Iterable[Trial], horizon: int, by: int | None = None) -> Gate:
    """From the trials of one series whose figures were known in the year `by`; without it from all."""
    known = [one for one in trials if one.horizon == horizon and (by is None or one.target <= by)]
    if not known:
        return Gate(False, "untested", 0, None, LAST)
    better = better_of(known)
    ratio = sum(one.model for one in known) / max(sum(score(one, better) for one in known), 1e-12)
    if len(known) < ORIGINS:
        return Gate(False, "too_few_trials", len(known), ratio, better)
    held = sum(one.inside[FOUR_IN_FIVE] for one in known) / max(1, sum(one.places for one in known))
    reason = "not_better" if ratio > 1 - BETTER_BY else "too_narrow" if held < NARROWEST else ""
    return Gate(not reason, reason, len(known), ratio, better, held)


def better_of(trials: Sequence[Trial]) -> str:
    return LAST if sum(one.last for one in trials) <= sum(one.three for one in trials) else THREE


def score(trial: Trial, baseline: str) -> float:
    return trial.last if baseline == LAST else trial.three


@dataclass(frozen=True)
class Shown:
    """A trial whose forecast would have been shown then, and the baseline that was the better until then."""

    trial: Trial
    baseline: str

    @property
    def beaten(self) -> float:
        return score(self.trial, self.baseline)


def shown(trials: Sequence[Trial], horizon: int) -> list[Shown]:
    """The trials of one series that were shown, each judged by earlier ones only."""
    found = []
    for one in trials:
        if one.horizon == horizon:
            known = gate(trials, horizon, by=one.origin)
            if known.shown:
                found.append(Shown(one, known.better))
    return found


def skill(by_series: Mapping[Series, Sequence[Shown]], seed: int = 0) -> Skill | None:
    """Each series weighs the same, whatever its unit. None when nothing was shown."""
    series = [list(of) for of in by_series.values() if of]
    years = sorted({one.trial.target for of in series for one in of})
    if not series:
        return None
    model, beaten = np.zeros((len(series), len(years))), np.zeros((len(series), len(years)))
    for line, of in enumerate(series):
        for one in of:
            model[line, years.index(one.trial.target)] += one.trial.model
            beaten[line, years.index(one.trial.target)] += one.beaten
    draws = np.random.default_rng(seed).multinomial(len(years), np.full(len(years), 1 / len(years)), size=DRAWS)
    low, high = np.quantile(_ratios(model, beaten, draws), [0.05, 0.95])
    whole = float(_ratios(model, beaten, np.ones((1, len(years))))[0])
    return Skill(whole, float(low), float(high), len(series), len(years))


def _ratios(model: Floats, beaten: Floats, draws: "np.ndarray[tuple[int, int], np.dtype[np.int64]] | Floats") -> Floats:
    """Mean ratio over the series that have any of the years drawn, for each draw."""
    over = draws @ beaten.T
    ratio = np.divide(draws @ model.T, over, out=np.full(over.shape, np.nan), where=over > 0)
    found: Floats = np.nanmean(ratio, axis=1)
    return found


def coverage(inside: int, figures: int) -> Coverage | None:
    if not figures:
        return None
    low, high = wilson(inside, figures)
    return Coverage(inside / figures, low, high, figures)


def reliability(trials: Iterable[Trial]) -> Reliability | None:
    """None with fewer than fifty hits or fifty misses: then there is not enough evidence."""
    asked, hit = np.zeros(CHANCES), np.zeros(CHANCES)
    for one in trials:
        asked += one.asked
        hit += one.hit
    hits, misses = int(hit.sum()), int((asked - hit).sum())
    if min(hits, misses) < FEWEST:
        return None
    told = np.array([middle_of(step) for step in range(CHANCES)])
    intercept, slope, se = _logistic(told, asked, hit)
    return Reliability(slope, intercept, se, hits, misses)


def _logistic(x: Floats, asked: Floats, hit: Floats) -> tuple[float, float, float]:
    """Intercept, slope and the slope's standard error, by Newton's method."""
    design = np.column_stack([np.ones_like(x), x])
    found = np.array([0.0, 1.0])
    information = np.eye(2)
    for _ in range(50):
        chance = 1 / (1 + np.exp(-design @ found))
        information = design.T @ (design * (asked * chance * (1 - chance))[:, None]) + 1e-9 * np.eye(2)
        move = np.linalg.solve(information, design.T @ (hit - asked * chance))
        found = found + np.clip(move, -2, 2)
        if np.abs(move).max() < 1e-10:
            break
    return float(found[0]), float(found[1]), float(np.sqrt(np.linalg.inv(information)[1, 1]))
