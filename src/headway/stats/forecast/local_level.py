"""The local level: y = level + noise, the level a random walk. Years without a figure are time that passes, not points that are missing.

    y_t = level_t + e_t,  e_t ~ N(0, noise);   level_{t+d} = level_t + w,  w ~ N(0, d × drift)

Nothing is assumed of the first level: the likelihood is that of the changes only (exact diffuse initialisation; Durbin & Koopman (2012),
Time Series Analysis by State Space Methods, 2.9, and Koopman (1997)). The constant of the first observation is left out, as in KFAS.
"""

import math
from dataclasses import dataclass

from headway.stats.forecast.student import Floats


@dataclass(frozen=True)
class Level:
    """What is known of the level after the last observation, and the likelihood of all of them."""

    mean: float
    variance: float
    log_likelihood: float
    squares: float  # of the surprises, each over its variance


def local_level(values: Floats, times: Floats, noise: float, drift: float) -> Level:
    """Values in the order of their times, none missing. Raises ValueError for no values or times that do not rise."""
    if len(values) == 0 or len(values) != len(times):
        raise ValueError("a local level needs values, each with its time")
    mean, variance, log, squares = float(values[0]), noise, 0.0, 0.0
    for at in range(1, len(values)):
        passed = float(times[at] - times[at - 1])
        if passed <= 0:
            raise ValueError("times must rise")
        variance += passed * drift
        off, spread = float(values[at]) - mean, variance + noise
        squares += off * off / spread
        log -= 0.5 * math.log(2 * math.pi * spread)
        mean += variance / spread * off
        variance *= noise / spread
    return Level(mean, variance, log - squares / 2, squares)
