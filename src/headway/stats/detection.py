"""How well a score picks out those that later fell: precision and recall at a capacity, over all thresholds, and against chance.

Units with the same score cannot be told apart by it. At a capacity that cuts through such a tie each of the tied is picked with the
same chance, and what is reported is the expectation over it: no luck of an ordering counts for or against a score. Average precision
over ties is the expectation as well, by the mean over the tied block (Davis and Goadrich (2006), ICML, on why points on a
precision-recall curve must not be joined by straight lines).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from headway.stats.intervals import wilson

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Picked:
    """What the `flagged` highest scores catch; counts are expectations over ties. `precision` is None where nobody is flagged."""

    flagged: float
    caught: float
    fell: int
    units: int

    @property
    def precision(self) -> float | None:
        return self.caught / self.flagged if self.flagged else None

    @property
    def recall(self) -> float | None:
        return self.caught / self.fell if self.fell else None

    @property
    def false_alarms(self) -> float:
        return self.flagged - self.caught

    @property
    def recall_interval(self) -> tuple[float, float] | None:
        return wilson(self.caught, self.fell) if self.fell else None

    @property
    def precision_interval(self) -> tuple[float, float] | None:
        return wilson(self.caught, self.flagged) if self.flagged else None


def at_capacity(scores: "Floats", fell: "Flags", capacity: float) -> Picked:
    """The `capacity` highest scores."""
    capacity = min(float(capacity), float(len(scores)))
    taken = caught = 0.0
    for _, size, hits in blocks(scores, fell):
        part = min(1.0, (capacity - taken) / size)
        if part <= 0:
            break
        taken, caught = taken + part * size, caught + part * hits
    return Picked(taken, caught, int(fell.sum()), len(scores))


def chance_of_pick(scores: "Floats", capacity: float) -> "Floats":
    """For each unit how likely it is among the `capacity` highest scores: 1 above the tie at the edge, 0 below, between in it."""
    import numpy as np

    found, taken = np.zeros(len(scores)), 0.0
    for score, size, _ in blocks(scores, np.zeros(len(scores), bool)):
        part = min(1.0, max(0.0, (capacity - taken) / size))
        found[scores == score] = part
        taken += part * size
    return found


def at_least(scores: "Floats", fell: "Flags", threshold: float) -> Picked:
    """All with that score or a higher one."""
    above = scores >= threshold
    return Picked(float(above.sum()), float((above & fell).sum()), int(fell.sum()), len(scores))


def blocks(scores: "Floats", fell: "Flags") -> list[tuple[float, int, int]]:
    """(score, how many have it, how many of them fell), the highest first."""
    import numpy as np

    values, place = np.unique(scores, return_inverse=True)
    size = np.bincount(place, minlength=len(values))
    hits = np.bincount(place, weights=fell.astype(float), minlength=len(values))
    return [(float(values[at]), int(size[at]), round(hits[at])) for at in range(len(values) - 1, -1, -1)]


def average_precision(scores: "Floats", fell: "Flags") -> float | None:
    """The mean, over those that fell, of the precision at which each is reached; its expectation where scores are tied."""
    total = int(fell.sum())
    if not total:
        return None
    before = caught = 0
    found = 0.0
    for _, size, hits in blocks(scores, fell):
        if hits:
            found += hits * _mean_precision(before, caught, size, hits)
        before, caught = before + size, caught + hits
    return found / total


def _mean_precision(before: int, caught: int, size: int, hits: int) -> float:
    """Of a hit at a random place k (1 to size) of a tied block: E[(caught + 1 + others before it)/(before + k)]."""
    others = (hits - 1) / (size - 1) if size > 1 else 0.0
    return sum((caught + 1 + (k - 1) * others) / (before + k) for k in range(1, size + 1)) / size


def area_under(scores: "Floats", fell: "Flags") -> float | None:
    """The chance that one that fell scores higher than one that did not, ties halved; None without both."""
    fallen, held, above = int(fell.sum()), int((~fell).sum()), 0.0
    if not fallen or not held:
        return None
    seen = 0
    for _, size, hits in blocks(scores, fell):
        others = size - hits
        above += hits * (held - seen - others) + hits * others / 2
        seen += others
    return above / (fallen * held)
