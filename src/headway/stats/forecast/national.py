"""How far England itself may move: a random walk as wide as its past moves, and never narrower than they would have needed.

England has one series of a few years, and its moves are the sum of tests, marking and the times: no method foretells them better than
the last value. So the forecast is the last value, on the scale of the logit for percentages and of the logarithm for rates, with the
mean square of its moves a year as variance and as many degrees of freedom as moves. Each move is then left out and asked of the others:
where under four in five fall within the 80% interval, the walk is widened until they do.
"""

import math
from dataclasses import dataclass

import numpy as np

from headway.stats.forecast.student import Floats, quantile

FEWEST = 3  # moves
COVERED = 0.8


@dataclass(frozen=True)
class Scale:
    """Where a national figure moves evenly: `logit` of a percentage, `log` of a rate, or as it is (`plain`)."""

    kind: str

    def there(self, value: "Floats | float") -> Floats:
        value = np.asarray(value, float)
        if self.kind == "logit":
            share = np.clip(value, 0.05, 99.95) / 100
            return np.asarray(np.log(share / (1 - share)))
        return np.asarray(np.log(np.maximum(value, 1e-6))) if self.kind == "log" else value

    def back(self, value: "Floats | float") -> Floats:
        value = np.asarray(value, float)
        if self.kind == "logit":
            return np.asarray(100 / (1 + np.exp(-value)))
        return np.asarray(np.exp(value)) if self.kind == "log" else value

    def stretch(self, value: "Floats | float") -> Floats:
        """How many points one unit of the scale is at a value: gaps between places are as much wider there."""
        value = np.asarray(value, float)
        if self.kind == "logit":
            share = np.clip(value, 0.05, 99.95) / 100
            return np.asarray(100 * share * (1 - share))
        return np.maximum(value, 1e-6) if self.kind == "log" else np.ones_like(value)


@dataclass(frozen=True)
class Walk:
    """England from its last value on: a t on the scale, `yearly` the variance a year."""

    scale: Scale
    last: float
    yearly: float
    dof: float
    widened: float  # by how much the standard deviation is more than the moves' own
    covered: float  # the share of past moves within the 80% interval of the others, widening included …
    covered_plain: float  # … and without it

    def spread(self, steps: int) -> float:
        return self.widened * math.sqrt(self.yearly * steps)

    def values(self, steps: int, many: int = 41) -> Floats:
        """`many` values equally likely after so many years, rising."""
        at = np.array([float(quantile((number + 0.5) / many, self.dof)) for number in range(many)])
        return self.scale.back(self.scale.there(self.last) + self.spread(steps) * at)


def walk(values: Floats, years: Floats, scale: Scale) -> Walk | None:
    """From England's figures in the order of their years, none missing. None with fewer than three moves."""
    values, years = np.asarray(values, float), np.asarray(years, float)
    passed = np.diff(years)
    if len(passed) < FEWEST:
        return None
    moves = np.diff(scale.there(values)) / np.sqrt(passed)
    needed = np.sort(_needed(moves))
    widened = max(1.0, float(needed[math.ceil(COVERED * len(needed)) - 1]))
    covered = float(np.mean(needed <= widened + 1e-12))
    plain = float(np.mean(needed <= 1))
    return Walk(scale, float(values[-1]), max(float(np.mean(moves**2)), 1e-12), float(len(moves)), widened, covered, plain)


def _needed(moves: Floats) -> Floats:
    """For each move: how many times wider the 80% interval of the others would have to be to hold it."""
    many = len(moves)
    others = np.maximum((np.sum(moves**2) - moves**2) / (many - 1), 1e-12)
    limit = quantile((1 + COVERED) / 2, float(many - 1))
    found: Floats = np.abs(moves) / (limit * np.sqrt(others))
    return found
