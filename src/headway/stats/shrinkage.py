"""Levels of many units, each drawn towards the common mean by as much as its own margin makes it uncertain.

value = truth + error, the error's variance known; truth ~ N(mean, tau²). `tau` is not taken as known: every answer is an
average over a grid of it, weighted by its restricted likelihood under a flat prior, for with few units the data cannot tell
a small tau from none. References: Efron & Morris (1977), Scientific American 236:119–127; Gelman (2006), Bayesian Analysis
1:515–534; restricted maximum likelihood as in Viechtbauer (2005), Journal of Educational and Behavioral Statistics 30:261–293.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Draws = NDArray[np.float32]
    Floats = NDArray[np.float64]

CELLS = 80
PART = 4_000_000  # numbers drawn at a time


@dataclass(frozen=True, eq=False)
class Shrunken:
    """Posterior of each unit's truth (shape (K,)), and the grid of tau (shape (C,)) that it is averaged over."""

    values: "Floats"
    variances: "Floats"
    mean: "Floats"  # posterior means
    sd: "Floats"
    centre: float  # the common mean
    tau: "Floats"
    weight: "Floats"  # of each tau; they sum to 1

    @property
    def typical_tau(self) -> float:
        return float(self.tau @ self.weight)

    def draws(self, many: int, seed: int = 0) -> Iterator["Draws"]:
        """`many` joint draws of all the truths, in parts of shape (some, K)."""
        import numpy as np

        chance = np.random.default_rng(seed)
        for tau, count in zip(self.tau, shares(self.weight, many), strict=True):
            precision = 1 / (self.variances + tau**2)
            kept = tau**2 * precision
            slack = 1 / np.sqrt(precision.sum())
            middle = (1 - kept) * (precision @ self.values / precision.sum()) + kept * self.values
            for size in parts(int(count), len(self.values)):
                off = (slack * chance.standard_normal((size, 1))).astype(np.float32)
                yield normals(chance, middle, np.sqrt(kept * self.variances), off * (1 - kept).astype(np.float32))


def shrink(values: "Floats", variances: "Floats") -> Shrunken:
    """Raises ValueError for fewer than three units, or a variance that is not positive."""
    import numpy as np

    values, variances = np.asarray(values, float), np.asarray(variances, float)
    if len(values) < 3 or variances.min() <= 0:
        raise ValueError("shrinkage needs three units or more, each with a variance above 0")
    tau = _grid(values, variances)
    total = variances + tau[:, None] ** 2
    precision = 1 / total
    held = precision.sum(axis=1)
    centre = precision @ values / held
    squares = (precision * (values - centre[:, None]) ** 2).sum(axis=1)
    weight = normalised(-0.5 * (np.log(total).sum(axis=1) + np.log(held) + squares))
    kept = tau[:, None] ** 2 * precision
    means = (1 - kept) * centre[:, None] + kept * values
    mean = weight @ means
    within = kept * variances + (1 - kept) ** 2 / held[:, None]
    variance = weight @ (within + (means - mean) ** 2)
    return Shrunken(values, variances, mean, np.sqrt(variance), float(weight @ centre), tau, weight)


def tau_squared(values: "Floats", variances: "Floats", steps: int = 100) -> float:
    """The restricted-maximum-likelihood estimate of tau², by Fisher scoring; 0 where the units differ by no more than chance."""
    import numpy as np

    values, variances = np.asarray(values, float), np.asarray(variances, float)
    found = max(0.0, float(np.var(values, ddof=1) - variances.mean()))
    for _ in range(steps):
        weight = 1 / (variances + found)
        centre = weight @ values / weight.sum()
        off = weight**2 @ ((values - centre) ** 2 - variances) / (weight**2).sum() + 1 / weight.sum()
        if abs(off - found) < 1e-12:
            break
        found = max(0.0, float(off))
    return found


def normalised(log_weight: "Floats") -> "Floats":
    """Logarithms of weights as weights that sum to 1."""
    import numpy as np

    weight = np.exp(log_weight - log_weight.max())
    found: Floats = weight / weight.sum()
    return found


def shares(weight: "Floats", many: int) -> "NDArray[np.int64]":
    """`many` split by the weights into whole numbers, none further than 1 from its share, that add up to `many`."""
    import numpy as np

    ends = np.rint(np.cumsum(weight) * many).astype(np.int64)
    ends[-1] = many
    return np.diff(ends, prepend=0)


def parts(many: int, units: int) -> Iterator[int]:
    """`many` draws in parts, so that memory stays bounded for a country's schools."""
    most = max(1, PART // units)
    while many > 0:
        yield min(many, most)
        many -= most


def normals(chance: "np.random.Generator", mean: "Floats", sd: "Floats", off: "Draws") -> "Draws":
    """Draws around `mean`, shape (K,), with standard deviations `sd`, each moved by `off`, shape (some, K).

    In single precision: ranks need no more.
    """
    import numpy as np

    found = chance.standard_normal(off.shape, dtype=np.float32)
    found *= sd.astype(np.float32)
    found += off
    found += mean.astype(np.float32)
    return found


def _grid(values: "Floats", variances: "Floats") -> "Floats":
    """Midpoints of equal steps from 0 to far beyond what is likely. Never 0 itself: truths all alike would leave every rank a tie."""
    import numpy as np

    highest = 3 * float(np.sqrt(np.var(values, ddof=1))) or float(np.sqrt(variances.mean()))
    return (np.arange(CELLS) + 0.5) * highest / CELLS
