"""Whether a unit lies beyond what the others lead one to expect: each is set beside the rest, never beside a mean that holds itself.

The others' common mean and their spread beyond chance (restricted maximum likelihood) give the interval within which one more unit
would lie, with Student's t for what few units leave unknown (Higgins, Thompson and Spiegelhalter (2009), Journal of the Royal Statistical
Society A 172:137–159). A funnel over all would let one unit that is far out widen its own limits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from headway.stats.intervals import student, student_beyond


@dataclass(frozen=True)
class Beside:
    """A unit beside the rest: what they lead one to expect, up to where (95%), and the chance of as high a value or a higher one."""

    expected: float
    upper: float
    chance: float
    spread: float  # of the others beyond chance, a standard deviation


def beside_others(values: Sequence[float], variances: Sequence[float]) -> list[Beside]:
    """One for each unit, in their order; `variances` are those of chance. Raises ValueError for fewer than four units."""
    if len(values) < 4:
        raise ValueError("a unit is set beside three others or more")
    return [_beside(values, variances, at) for at in range(len(values))]


def _beside(values: Sequence[float], variances: Sequence[float], at: int) -> Beside:
    import numpy as np

    from headway.stats.shrinkage import tau_squared

    others, chance = np.delete(np.asarray(values, float), at), np.delete(np.asarray(variances, float), at)
    tau2 = tau_squared(others, chance)
    weight = 1 / (chance + tau2)
    expected = float(weight @ others / weight.sum())
    error = sqrt(variances[at] + tau2 + 1 / float(weight.sum()))
    free = len(others) - 1
    upper = expected + student(0.95, free) * error
    return Beside(expected, upper, student_beyond((values[at] - expected) / error, free), sqrt(tau2))
