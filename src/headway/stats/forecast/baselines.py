"""What a forecast must beat: the last value, and the mean of three years, each with the errors it has made so far.

A baseline is a normal distribution whose variance is the mean square of its own earlier errors at the same horizon. Without a
variance it would be a bare point, over which anything wins (Gneiting & Raftery 2007).
"""

import warnings
from dataclasses import dataclass, field

import numpy as np

from headway.stats.forecast.student import Floats

LAST, THREE = "last", "three"
NAMES = (LAST, THREE)
WITHIN = 3  # years


def guess(name: str, gaps: Floats, years: Floats) -> Floats:
    """From gaps (K, Y) to the last of the years: what the baseline says of any later year, shape (K,). NaN without a last value."""
    last: Floats = gaps[:, -1]
    if name == LAST:
        return last
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a place with none of the years has a mean of nothing: NaN, as wanted
        found: Floats = np.nanmean(gaps[:, years > years[-1] - WITHIN], axis=1)
    return np.where(np.isnan(last), np.nan, found)


@dataclass
class Memory:
    """The errors of the baselines by horizon, each with the year in which it became known."""

    errors: dict[tuple[str, int], list[tuple[float, Floats]]] = field(default_factory=dict)

    def learn(self, name: str, horizon: int, known: float, error: Floats) -> None:
        self.errors.setdefault((name, horizon), []).append((known, error[~np.isnan(error)]))

    def sd(self, name: str, horizon: int, by: float) -> float | None:
        """The root mean square of the errors known by that year; None before there are any."""
        known = [error for when, error in self.errors.get((name, horizon), []) if when <= by and len(error)]
        return float(np.sqrt(np.mean(np.concatenate(known) ** 2))) if known else None
