"""Whether a unit lies beyond what the others lead one to expect: each is set beside the rest, never beside a mean that holds itself.

The others' common mean and their spread beyond chance (restricted maximum likelihood) give the interval within which one more unit
would lie, with Student's t for what few units leave unknown (Higgins, Thompson and Spiegelhalter (2009), Journal of the Royal Statistical
Society A 172:137–159). A funnel over all would let one unit that is far out widen its own limits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from headway.stats.intervals import student, student_beyond

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

STEPS, CLOSE = 100, 1e-12  # as `shrinkage.tau_squared` goes
FAR = 20  # steps ahead of which the bend of two is still believed


@dataclass(frozen=True)
class Beside:
    """A unit beside the rest: what they lead one to expect, up to where (95%), and the chance of as high a value or a higher one."""

    expected: float
    upper: float
    chance: float
    spread: float  # of the others beyond chance, a standard deviation


def beside_others(values: Sequence[float], variances: Sequence[float]) -> list[Beside]:
    """One for each unit, in their order; `variances` are those of chance. Raises ValueError for fewer than four units."""
    import numpy as np

    if len(values) < 4:
        raise ValueError("a unit is set beside three others or more")
    value, variance = np.asarray(values, float), np.asarray(variances, float)
    tau2 = others_spread(value, variance)
    weight = _of_others(variance, tau2)
    held = weight.sum(axis=1)
    expected, error = np.einsum("ij,j", weight, value) / held, np.sqrt(variance + tau2 + 1 / held)
    free = len(values) - 2
    factor = student(0.95, free)
    return [
        Beside(middle, middle + factor * one, student_beyond((own - middle) / one, free), sqrt(spread))
        for own, middle, one, spread in zip(value.tolist(), expected.tolist(), error.tolist(), tau2.tolist(), strict=True)
    ]


def others_spread(values: "Floats", variances: "Floats") -> "Floats":
    """For each unit the tau² of all the others, shape (n,): `shrinkage.tau_squared` of each such rest, all of them step by step.

    Two steps of scoring tell where the steps are going (Aitken), which is a few rounds where scoring alone takes fifty.
    """
    import numpy as np

    many, off_mean = len(values), values - values.mean()
    apart = np.maximum(0.0, off_mean @ off_mean - off_mean**2 * many / (many - 1))  # squares about the mean of the rest
    found = np.maximum(0.0, apart / (many - 2) - (variances.sum() - variances) / (many - 1))
    going = np.arange(many)
    for _ in range(STEPS):
        once = np.maximum(0.0, _scored(off_mean, variances, found[going], going))
        there = np.abs(once - found[going]) < CLOSE
        going, once = going[~there], once[~there]
        if not len(going):
            break
        twice = np.maximum(0.0, _scored(off_mean, variances, once, going))
        bend = twice - 2 * once + found[going]
        ahead = found[going] - (once - found[going]) ** 2 / np.where(bend, bend, 1.0)
        found[going] = np.where((bend != 0) & (ahead > 0) & (np.abs(ahead - twice) < np.abs(once - found[going]) * FAR), ahead, twice)
    tau2: Floats = found
    return tau2


def _scored(values: "Floats", variances: "Floats", tau2: "Floats", units: "NDArray[np.int64]") -> "Floats":
    """One step of Fisher scoring from the tau² of the others of some units."""
    import numpy as np

    weight = _of_others(variances, tau2, units)
    held = weight.sum(axis=1)
    middle = np.einsum("ij,j", weight, values) / held
    np.square(weight, out=weight)
    square, linear, squares, chance = weight.sum(axis=1), *(np.einsum("ij,j", weight, one) for one in (values, values**2, variances))
    found: Floats = (squares - 2 * middle * linear + middle**2 * square - chance) / square + 1 / held
    return found


def _of_others(variances: "Floats", tau2: "Floats", units: "NDArray[np.int64] | None" = None) -> "Floats":
    """The weight of each unit in the mean of the others of some units (all of them), nought for themselves: shape (units, n)."""
    import numpy as np

    weight: Floats = 1 / (variances + tau2[:, None])
    weight[np.arange(len(tau2)), np.arange(len(tau2)) if units is None else units] = 0.0
    return weight
