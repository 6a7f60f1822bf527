"""True changes of many units between two years: level and change fitted together, each year's error known.

    first  = level + e1              e1 ~ N(0, v1),  e2 ~ N(0, v2), known
    second = level + change + e2
    level ~ N(a, s²);  change given level ~ N(m + b (level − a), tau²)

A change alone would mistake luck in the first year for a change since: e1 enters it with the sign turned. So units are drawn
towards the common movement of units of their level, not towards no change. (m, b, tau) are not taken as known: answers average
over a grid of b and tau weighted by restricted likelihood, with m and a normal given those. References: Blomqvist (1977),
Journal of the American Statistical Association 72:746–749, for change on true level; Gelman (2006) for the flat prior on tau;
Laird & Louis (1989) for ranks from joint draws.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from headway.stats.shrinkage import normalised, normals, parts, shares, tau_squared

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Draws = NDArray[np.float32]
    Floats = NDArray[np.float64]

STEPS = 15  # of each of b and tau
ROUNDS = 3  # in which the grid closes in on where the weight lies


@dataclass(frozen=True, eq=False)
class Cell:
    """One pair (b, tau) with what follows from it: shapes (K,), the common mean (2,) and its covariance (2, 2)."""

    weight: float
    rule: tuple[float, float]
    common: "Floats"
    uncertain: "Floats"
    pull: "Floats"  # (K, 2): how far the change goes with the two observed deviations
    spread: "Floats"  # variance of the change given everything
    mean: "Floats"


@dataclass(frozen=True, eq=False)
class Changes:
    """The true changes: posterior mean and standard deviation (K,), and the cells they are averaged over."""

    observed: "Floats"
    mean: "Floats"
    sd: "Floats"
    common: float  # the common movement
    cells: tuple[Cell, ...]
    deviation: "Floats"  # (K, 2): first value and change as observed

    @property
    def tau(self) -> float:
        return sum(cell.weight * cell.rule[1] for cell in self.cells)

    def p_above(self, size: float) -> "Floats":
        """The probability that each true change is above `size`."""
        import numpy as np

        found = np.zeros(len(self.mean))
        for cell in self.cells:
            centre_variance = _centre_variance(cell)
            found += cell.weight * normal_above((cell.mean - size) / np.sqrt(cell.spread + centre_variance))
        return found

    def draws(self, many: int, seed: int = 0) -> Iterator["Draws"]:
        """`many` joint draws of all the true changes, in parts of shape (some, K)."""
        import numpy as np

        chance = np.random.default_rng(seed)
        for cell, count in zip(self.cells, shares(np.array([cell.weight for cell in self.cells]), many), strict=True):
            sd, pull = np.sqrt(cell.spread), _centre_pull(cell).T
            for size in parts(int(count), len(sd)):
                common = chance.multivariate_normal(np.zeros(2), cell.uncertain, size=size, method="cholesky")
                yield normals(chance, cell.mean, sd, (common @ pull).astype(np.float32))


def changes(first: "Floats", second: "Floats", first_variance: "Floats", second_variance: "Floats") -> Changes:
    """Raises ValueError for fewer than five units, or a variance that is not positive."""
    import numpy as np

    first, second = np.asarray(first, float), np.asarray(second, float)
    v1, v2 = np.asarray(first_variance, float), np.asarray(second_variance, float)
    if len(first) < 5 or min(v1.min(), v2.min()) <= 0:
        raise ValueError("changes need five units or more, each with a variance above 0 in both years")
    seen = np.column_stack([first, second - first])
    error = np.stack([np.stack([v1, -v1], -1), np.stack([-v1, v1 + v2], -1)], -2)
    level = max(tau_squared(first, v1), 1e-9)
    cells = _cells(seen, error, level)
    weight = np.array([cell.weight for cell in cells])
    means = np.array([cell.mean for cell in cells])
    mean = weight @ means
    variance = weight @ (np.array([cell.spread + _centre_variance(cell) for cell in cells]) + (means - mean) ** 2)
    common = sum(cell.weight * float(cell.common[1]) for cell in cells)
    return Changes(seen[:, 1], mean, np.sqrt(variance), common, tuple(cells), seen)


def _cells(seen: "Floats", error: "Floats", level: float) -> list[Cell]:
    """The grid, closed in on in rounds, as cells with their weights."""
    import numpy as np

    highest = 3 * float(np.sqrt(np.var(seen[:, 1], ddof=1))) or 1e-6
    span: tuple[tuple[float, float], ...] = ((-1.0, 1.0), (0.0, highest))
    for last in (number == ROUNDS - 1 for number in range(ROUNDS)):
        rules = list(_grid(*span))
        logs = np.array([_likelihood(seen, error, level, rule)[0] for rule in rules])
        weight = normalised(logs)
        if not last:
            span = _closer(rules, weight, span)
    kept = weight > 1e-5
    weight = weight / weight[kept].sum()
    return [_cell(seen, error, level, rule, float(share)) for rule, share, keep in zip(rules, weight, kept, strict=True) if keep]


def _grid(slopes: tuple[float, float], taus: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """Midpoints of equal steps of both. Tau is never 0 itself: changes all alike would leave every rank a tie."""
    for i in range(STEPS):
        for j in range(STEPS):
            yield tuple(low + (high - low) * (at + 0.5) / STEPS for at, (low, high) in ((i, slopes), (j, taus)))  # type: ignore[misc]


def _closer(rules: list[tuple[float, float]], weight: "Floats", span: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
    """Four standard deviations and a step on either side of the mean of each, within the span so far."""
    import numpy as np

    found = []
    for at, (low, high) in enumerate(span):
        values = np.array([rule[at] for rule in rules])
        mean = float(weight @ values)
        reach = 4 * float(np.sqrt(weight @ (values - mean) ** 2)) + (high - low) / STEPS
        found.append((max(low, mean - reach), min(high, mean + reach)))
    return tuple(found)


def _prior(level: float, rule: tuple[float, float]) -> "Floats":
    import numpy as np

    slope, tau = rule
    return np.array([[level, slope * level], [slope * level, slope**2 * level + tau**2]])


def _likelihood(seen: "Floats", error: "Floats", level: float, rule: tuple[float, float]) -> tuple[float, "Floats", "Floats", "Floats"]:
    """The restricted log-likelihood, the precisions (K, 3: of level, of both, of change), the common mean and its covariance.

    Written out for two by two: it is asked some seven hundred times for each table of ranks.
    """
    import numpy as np

    prior = _prior(level, rule)
    a, b, d = error[:, 0, 0] + prior[0, 0], error[:, 0, 1] + prior[0, 1], error[:, 1, 1] + prior[1, 1]
    size = a * d - b * b
    precision = np.stack([d, -b, a], axis=-1) / size[:, None]
    p, q, r = precision.sum(axis=0)
    uncertain = np.array([[r, -q], [-q, p]]) / (p * r - q * q)
    x, y = seen[:, 0], seen[:, 1]
    common = uncertain @ np.array([precision[:, 0] @ x + precision[:, 1] @ y, precision[:, 1] @ x + precision[:, 2] @ y])
    x, y = x - common[0], y - common[1]
    squares = precision[:, 0] @ (x * x) + 2 * (precision[:, 1] @ (x * y)) + precision[:, 2] @ (y * y)
    log = -0.5 * (float(np.log(size).sum()) + float(np.log(p * r - q * q)) + float(squares))
    return log, precision, common, uncertain


def _cell(seen: "Floats", error: "Floats", level: float, rule: tuple[float, float], weight: float) -> Cell:
    import numpy as np

    _, precision, common, uncertain = _likelihood(seen, error, level, rule)
    prior = _prior(level, rule)
    pull = precision[:, :2] * prior[1, 0] + precision[:, 1:] * prior[1, 1]
    spread = np.maximum(prior[1, 1] - pull @ prior[1], 1e-12)
    mean = common[1] + ((seen - common) * pull).sum(axis=1)
    return Cell(weight, rule, common, uncertain, pull, spread, mean)


def _centre_pull(cell: Cell) -> "Floats":
    """How far each mean goes with the common means: shape (K, 2)."""
    import numpy as np

    return np.array([0.0, 1.0]) - cell.pull


def _centre_variance(cell: Cell) -> "Floats":

    pull = _centre_pull(cell)
    found: Floats = ((pull @ cell.uncertain) * pull).sum(axis=1)
    return found


def normal_above(z: "Floats | float") -> "Floats":
    """The probability that a standard normal is below each z, which is that of lying above −z."""
    import math

    import numpy as np

    found: Floats = 0.5 * (1 + np.vectorize(math.erf, otypes=[float])(np.asarray(z) / math.sqrt(2)))
    return found
