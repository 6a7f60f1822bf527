"""A logistic regression with a small ridge, by Newton's method: few inputs, a few thousand units, the same answer every time.

Each input is standardised; the ridge keeps an input that separates the outcomes from running away (le Cessie and van Houwelingen (1992),
Applied Statistics 41:191–201). The intercept is not held back, so that the mean of the fitted chances is the share that fell.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

RIDGE = 1.0  # one unit's worth of evidence that an input says nothing
STEPS, ENOUGH = 60, 1e-10
FEWEST = 50  # of either outcome; with fewer there is "not enough evidence" for a slope of calibration


@dataclass(frozen=True, eq=False)
class Fit:
    """`weights` are of standardised inputs. An input that does not vary has the weight 0."""

    intercept: float
    weights: "Floats"
    mean: "Floats"
    sd: "Floats"

    def logits(self, inputs: "Floats") -> "Floats":
        found: Floats = self.intercept + self.parts(inputs).sum(axis=1)
        return found

    def parts(self, inputs: "Floats") -> "Floats":
        """What each input adds to each unit's logit, beside a unit at the mean of all inputs: its reasons."""
        found: Floats = _standard(inputs, self.mean, self.sd) * self.weights
        return found

    def chances(self, inputs: "Floats") -> "Floats":
        return _chance(self.logits(inputs))


@dataclass(frozen=True)
class Calibration:
    """Slope and intercept of the outcome on the predicted logit: 1 and 0 if chances are what they say. `fell` against `expected`."""

    slope: float
    intercept: float
    fell: int
    expected: float
    units: int

    @property
    def good(self) -> bool:
        return 0.8 <= self.slope <= 1.2 and abs(self.intercept) <= 0.2


def fit(inputs: "Floats", fell: "NDArray[np.bool_]", ridge: float = RIDGE) -> Fit:
    """Raises ValueError unless both outcomes occur."""
    import numpy as np

    if fell.all() or not fell.any():
        raise ValueError("a regression needs units that fell and units that did not")
    mean, sd = inputs.mean(axis=0), inputs.std(axis=0)
    design = np.column_stack([np.ones(len(inputs)), _standard(inputs, mean, sd)])
    held = np.diag([0.0, *np.full(inputs.shape[1], ridge)])
    found = _newton(design, fell.astype(float), held)
    return Fit(float(found[0]), found[1:], mean, sd)


def calibration(logits: "Floats", fell: "NDArray[np.bool_]") -> Calibration | None:
    """None with fewer than FEWEST of either outcome. The intercept is with the slope held at 1."""
    import numpy as np

    if fell.sum() < FEWEST or (~fell).sum() < FEWEST:
        return None
    outcome = fell.astype(float)
    slope = _newton(np.column_stack([np.ones(len(logits)), logits]), outcome, np.zeros((2, 2)))[1]
    intercept = _newton(np.ones((len(logits), 1)), outcome, np.zeros((1, 1)), offset=logits)[0]
    return Calibration(float(slope), float(intercept), int(fell.sum()), float(_chance(logits).sum()), len(logits))


def _newton(design: "Floats", outcome: "Floats", held: "Floats", offset: "Floats | None" = None) -> "Floats":
    """The maximum of the penalised likelihood; each step is halved until it climbs."""
    import numpy as np

    start = np.zeros(design.shape[1])
    shift = np.zeros(len(design)) if offset is None else offset

    def climbed(weights: "Floats") -> float:
        logit = design @ weights + shift
        return float(outcome @ logit - np.logaddexp(0, logit).sum() - weights @ held @ weights / 2)

    for _ in range(STEPS):
        chance = _chance(design @ start + shift)
        slope = design.T @ (outcome - chance) - held @ start
        curve = (design * (chance * (1 - chance))[:, None]).T @ design + held
        step = np.linalg.lstsq(curve, slope, rcond=None)[0]
        while climbed(start + step) < climbed(start) - 1e-12 and np.abs(step).max() > ENOUGH:
            step = step / 2
        start = start + step
        if np.abs(step).max() < ENOUGH:
            break
    return start


def _chance(logit: "Floats") -> "Floats":
    import numpy as np

    found: Floats = 1 / (1 + np.exp(-np.clip(logit, -500, 500)))
    return found


def _standard(inputs: "Floats", mean: "Floats", sd: "Floats") -> "Floats":
    import numpy as np

    found: Floats = np.divide(inputs - mean, sd, out=np.zeros_like(inputs), where=sd > 0)
    return found
