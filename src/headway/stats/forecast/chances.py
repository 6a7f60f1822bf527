"""From a forecast to the probability of a promise: for the underlying rate and for the figure that will be published.

A level is England plus the gap to England. Each of England's equally likely futures gives a t; together they are a mixture. Of a gap
there is one t only, for England's movement does not touch it. A published share of n pupils comes in steps: with n = 20 a target of 66%
is met by 14 pupils. It is a beta-binomial with the forecast's mean and variance (Griffiths (1973), Biometrics 29:637–648).
"""

import math
from dataclasses import dataclass

import numpy as np

from headway.stats.forecast.student import Floats, below, log_beta


@dataclass(frozen=True)
class Promise:
    """At least (or at most) `points` plus `times` England's figure: a level has times 0, a gap 1, "within 5 per cent of" 0.95."""

    points: float
    times: float = 0.0
    at_most: bool = False


@dataclass(frozen=True, eq=False)
class Future:
    """A place's figure in one later year: equally likely futures of England (M,), the place's t in each, all in points."""

    england: Floats
    mean: Floats
    scale: Floats
    dof: float
    low: float = -math.inf
    high: float = math.inf

    def at_least(self, promise: Promise, step: float = 0.0) -> float:
        """The probability that the promise is kept; with `step` 1 that of a figure published as a whole number.

        A promise by England's figure is asked of each of its futures.
        """
        bar = promise.points + promise.times * self.england
        if step:
            bar = _edge(bar, step, promise.at_most)
        under = float(below((bar - self.mean) / self.scale, self.dof).mean())
        return under if promise.at_most else 1 - under

    def quantile(self, p: float) -> float:
        reach = 60 * float(self.scale.max()) + float(np.ptp(self.mean))
        low, high = float(self.mean.min()) - reach, float(self.mean.max()) + reach
        for _ in range(80):
            middle = (low + high) / 2
            short = float(below((middle - self.mean) / self.scale, self.dof).mean()) < p
            low, high = (middle, high) if short else (low, middle)
        return min(self.high, max(self.low, (low + high) / 2))

    @property
    def centre(self) -> float:
        return float(self.mean.mean())

    @property
    def variance(self) -> float:
        of_t = self.dof / (self.dof - 2) if self.dof > 2 else 3.0
        return float((self.scale**2).mean()) * of_t + float(self.mean.var())


def _edge(bar: Floats, step: float, at_most: bool) -> Floats:
    """The latent figure that just rounds to a kept promise."""
    if at_most:
        return np.asarray((np.floor(bar / step + 1e-9) + 0.5) * step)
    return np.asarray((np.ceil(bar / step - 1e-9) - 0.5) * step)


def pupils_needed(target: float, many: int) -> int:
    """How many of `many` pupils make a share of at least `target` per cent: with 20 a target of 66% means 14."""
    return math.ceil(target / 100 * many - 1e-9)


def published_share(mean: float, variance: float, many: int, target: float, at_most: bool = False) -> float:
    """The probability that a share of `many` pupils is at least (or at most) `target` per cent. Mean and variance are those of the
    published share, in per cent; a variance below the binomial's is taken for the binomial's.
    """
    share = min(max(mean / 100, 1e-4), 1 - 1e-4)
    binomial = share * (1 - share) / many
    alike = (variance / 10_000 / binomial - 1) / (many - 1) if many > 1 else 0.0
    alike = min(max(alike, 1e-6), 0.999)
    chances = beta_binomial(many, share * (1 / alike - 1), (1 - share) * (1 / alike - 1))
    if at_most:
        return float(chances[: math.floor(target / 100 * many + 1e-9) + 1].sum())
    return float(chances[max(0, pupils_needed(target, many)) :].sum())


def beta_binomial(many: int, a: float, b: float) -> Floats:
    """The probabilities of 0 to `many` successes."""
    k = np.arange(many + 1, dtype=float)
    ways = -log_beta(k + 1, many - k + 1) - math.log(many + 1)
    found: Floats = np.exp(ways + log_beta(k + a, many - k + b) - log_beta(a, b))
    return np.asarray(found / found.sum())
