"""How gaps to England move from year to year: all places together, each with its own restlessness.

    gap(place, year) = common + level + walk + swing + noise

`level` stays (the places' own means differ), `walk` is a random walk, `swing` dies away (it halves in a year or so), `noise` is of one
year: the luck of a cohort, and rounding. How large these are beside each other is the same for all; how large all of them are is each
place's own: its variance is drawn from an inverse gamma, so that the forecast of a place is a t whose width is its own jumps, drawn
towards everybody's (partial pooling of variances, in closed form). A small authority jumps further, and gets a wider fan.

Nobody picks the sizes: forecasts average over a grid of them by likelihood. Years without a figure are elapsed time: only the
distance between years enters. Tried and left out: variances by size of cohort (0.1% better, for places' own jumps tell it already), a
trend of each place (no better at one year, worse at three). References: Rasmussen & Williams (2006), Gaussian Processes for Machine
Learning, 2.2; Shah, Wilson & Ghahramani (2014), AISTATS 33, for the t; Smyth (2004), SAGMB 3:3, for moderated variances.
"""

import itertools
from dataclasses import dataclass

import numpy as np

from headway.stats.forecast.local_level import local_level
from headway.stats.forecast.student import Floats, log_gamma

LEVELS = (1.5, 4.0, 10.0)  # standard deviations, in those of the noise
WALKS = (0.0, 0.05, 0.15, 0.5, 1.5, 6.0, 30.0)  # variance a year
SWINGS = ((0.0, 0.0), (0.3, 0.4), (0.8, 0.4), (2.0, 0.4), (0.3, 0.75), (0.8, 0.75), (2.0, 0.75))  # variance, what is left after a year
FREEDOMS = (4.0, 8.0, 20.0)  # the fewer, the more places differ in restlessness
COMMON = (0.0, 0.1, 0.5, 2.0, 10.0)  # how far the common gap walks a year, in variances of its noise
ROUNDS = 25
SLIGHT = 1e-3  # weights below this share are not worth their time
FEWEST = 10  # places


@dataclass(frozen=True, eq=False)
class Ahead:
    """The forecast of each place's gap, shape (K,): a t. NaN for a place that never had a figure.

    `scale` is of the published figure, `rate_scale` of the underlying rate, which has no noise of a single year.
    """

    mean: Floats
    scale: Floats
    rate_scale: Floats
    dof: Floats


@dataclass(frozen=True)
class Common:
    """The gap that places have on the whole, after the last year."""

    mean: float
    variance: float
    drift: float  # a year
    noise: float

    def walked(self, steps: int) -> float:
        return self.variance + self.drift * steps


@dataclass(frozen=True, eq=False)
class Movement:
    """Gaps (K, Y), their years (Y,), and the grid with its weights."""

    gaps: Floats
    years: Floats
    common: "Common"
    rules: Floats  # (C, 4): level, walk, swing, left of it
    weight: Floats  # (C, F)
    unit: Floats  # (C, F): the variance of a usual place's noise
    patterns: tuple["Pattern", ...]

    def ahead(self, steps: int) -> Ahead:
        """The gaps `steps` years after the last."""
        found = Ahead(*(np.full(len(self.gaps), np.nan) for _ in range(4)))
        for pattern in self.patterns:
            self._fill(found, pattern, steps)
        return found

    def _fill(self, found: Ahead, pattern: "Pattern", steps: int) -> None:
        """Mixtures over the grid, each as the t with its mean, its variance and its usual degrees of freedom."""
        mean, rate = pattern.conditional(self.rules, np.array([self.years[-1] + steps]), self.years[0])
        kept = np.argwhere(self.weight > SLIGHT)
        rule, free = kept[:, 0], np.array(FREEDOMS)[kept[:, 1], None]
        weight = self.weight[tuple(kept.T)]
        weight = weight / weight.sum()
        dof = free + len(pattern.at)
        own = (free * self.unit[tuple(kept.T)][:, None] + pattern.squares[rule]) / (dof - 2)  # the posterior mean of a place's variance
        middle = weight @ mean[rule]
        apart = weight @ (mean[rule] - middle) ** 2
        usual = 1 / (weight @ (1 / dof))
        shrunk = (usual - 2) / usual
        rates = weight @ (own * rate[rule, None]) + apart
        rates = rates + self.common.walked(steps)
        published = rates + weight @ own + self.common.noise
        at = pattern.places
        found.mean[at], found.dof[at] = self.common.mean + middle, usual
        found.scale[at], found.rate_scale[at] = np.sqrt(published * shrunk), np.sqrt(rates * shrunk)


@dataclass(frozen=True, eq=False)
class Pattern:
    """The places that have figures in the same years: what they share is worked out once for all of them."""

    places: "np.ndarray[tuple[int], np.dtype[np.intp]]"
    at: Floats  # the years, shape (n,)
    off: Floats  # (places, n): gaps less the common gap of the year
    inverse: Floats  # (C, n, n)
    log_size: Floats  # (C,)
    squares: Floats  # (C, places)

    def conditional(self, rules: Floats, year: Floats, origin: float) -> tuple[Floats, Floats]:
        """Mean (C, places) and variance (C,) of what lasts, at the year, in units of the noise's variance."""
        across = covariance(rules, self.at, year, origin)
        pull = np.einsum("cab,cbo->ca", self.inverse, across)
        prior = covariance(rules, year, year, origin)[:, 0, 0]
        return pull @ self.off.T, np.maximum(prior - np.einsum("ca,cao->c", pull, across), 1e-12)


def movement(gaps: Floats, years: Floats) -> Movement:
    """Gaps of shape (K, Y), NaN where missing, in the order of their years. Raises ValueError for fewer than ten places or two years."""
    gaps, years = np.asarray(gaps, float), np.asarray(years, float)
    if len(gaps) < FEWEST or len(years) < 2 or np.isnan(gaps).all(axis=0).any():
        raise ValueError("a movement needs ten places and two years, each year with figures")
    middles = np.nanmean(gaps, axis=0)
    rules = grid()
    patterns = _patterns(gaps - middles, years, rules)
    weight, unit = _weighed(patterns)
    return Movement(gaps, years, _common(middles, years), rules, weight, unit, patterns)


def grid() -> Floats:
    """The rules that are averaged over, shape (C, 4)."""
    return np.array([(level, walk, *swing) for level, walk, swing in itertools.product(LEVELS, WALKS, SWINGS)])


def covariance(rules: Floats, times: Floats, others: Floats, origin: float) -> Floats:
    """Of what lasts at `times` and at `others`, for each rule, in units of the noise's variance: shape (C, n, m)."""
    level, walk, swing, left = (part[:, None, None] for part in rules.T)
    first, second = times[None, :, None], others[None, None, :]
    together = np.minimum(first, second) - origin
    found: Floats = level**2 + walk * together + swing * left ** np.abs(first - second)
    return found


def _common(middles: Floats, years: Floats) -> Common:
    """A local level, averaged over how far it walks: mostly England's rounding moves it, at times who is counted, for good."""
    found = [local_level(middles, years, 1.0, walk) for walk in COMMON]
    moves = len(middles) - 1
    units = np.array([max(one.squares / moves, 1e-9) for one in found])
    logs = np.array([one.log_likelihood + one.squares / 2 for one in found]) - moves / 2 * np.log(units)
    weight = np.exp(logs - logs.max())
    weight /= weight.sum()
    means = np.array([one.mean for one in found])
    mean = float(weight @ means)
    known = np.array([one.variance for one in found]) * units
    uncertain = float(weight @ (known + (means - mean) ** 2))
    return Common(mean, uncertain, float(weight @ (units * COMMON)), float(weight @ units))


def _patterns(off: Floats, years: Floats, rules: Floats) -> tuple[Pattern, ...]:
    there = ~np.isnan(off)
    kinds, of_kind = np.unique(there, axis=0, return_inverse=True)
    found = []
    for number, kind in enumerate(kinds):
        if kind.any():
            places = np.flatnonzero(of_kind.reshape(-1) == number)
            found.append(_pattern(places, years[kind], off[np.ix_(places, kind)], rules, years[0]))
    return tuple(found)


def _pattern(places: "np.ndarray[tuple[int], np.dtype[np.intp]]", at: Floats, off: Floats, rules: Floats, origin: float) -> Pattern:
    whole = covariance(rules, at, at, origin) + np.eye(len(at))
    inverse = np.linalg.inv(whole)
    log_size = np.asarray(np.linalg.slogdet(whole)[1], float)
    return Pattern(places, at, off, np.asarray(inverse, float), log_size, np.einsum("ia,cab,ib->ci", off, inverse, off, optimize=True))


def _weighed(patterns: tuple[Pattern, ...]) -> tuple[Floats, Floats]:
    """Weight and unit of each rule and freedom, both (C, F): the unit by maximum likelihood, the weight by the likelihood there."""
    squares = np.concatenate([pattern.squares for pattern in patterns], axis=1)
    many = np.concatenate([np.full(len(pattern.places), float(len(pattern.at))) for pattern in patterns])
    size = sum((len(pattern.places) * pattern.log_size for pattern in patterns), np.zeros(len(squares)))
    found = [_likeliest(squares, many, size, free) for free in FREEDOMS]
    logs = np.stack([log for log, _ in found], axis=1)
    weight = np.exp(logs - logs.max())
    return weight / weight.sum(), np.stack([unit for _, unit in found], axis=1)


def _likeliest(squares: Floats, many: Floats, size: Floats, free: float) -> tuple[Floats, Floats]:
    """The log-likelihood of each rule at its best unit, and that unit: the fixed point of the t's own weights."""
    unit = np.maximum(squares.sum(axis=1) / many.sum(), 1e-12)
    for _ in range(ROUNDS):
        pull = (free + many) / (free + squares / unit[:, None])
        before, unit = unit, np.maximum(np.einsum("ck,ck->c", pull, squares) / many.sum(), 1e-12)
        if np.abs(unit / before - 1).max() < 1e-4:
            break
    constant = (log_gamma((free + many) / 2) - log_gamma(free / 2) - many / 2 * np.log(free * np.pi)).sum()
    off = ((free + many) / 2 * np.log1p(squares / unit[:, None] / free)).sum(axis=1)
    return constant - many.sum() / 2 * np.log(unit) - size / 2 - off, unit
