"""What would be expected of a unit with such attributes: a plain regression with each attribute's part told apart.

Ordinary least squares on attributes that are centred and scaled, so that the intercept is the mean and each part is in the outcome's own
unit. It describes what goes together; it says nothing of causes.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Fit:
    """`slopes` are of attributes as they come; `spread` is the standard deviation of what is left, `explained` the share that is not."""

    mean: float
    centres: Floats
    slopes: Floats
    spread: float
    explained: float
    units: int

    def parts(self, attributes: Floats) -> Floats:
        """How much each attribute moves the expectation from the mean, shape (k,); with the mean they add up to it."""
        found: Floats = self.slopes * (attributes - self.centres)
        return found

    def expected(self, attributes: Floats) -> float:
        return self.mean + float(self.parts(attributes).sum())


def fit(outcome: Floats, attributes: Floats) -> Fit:
    """`outcome` (n,) and `attributes` (n, k) without gaps. An attribute that is the same everywhere has no part.

    Raises ValueError for fewer than two units more than attributes.
    """
    count, width = attributes.shape
    if count < width + 2:
        raise ValueError("too few units for so many attributes")
    centres, scales = attributes.mean(axis=0), attributes.std(axis=0)
    moving = scales > 0
    scaled = np.where(moving, (attributes - centres) / np.where(moving, scales, 1.0), 0.0)
    mean = float(outcome.mean())
    found, *_ = np.linalg.lstsq(scaled, outcome - mean, rcond=None)
    left = outcome - mean - scaled @ found
    total = float(((outcome - mean) ** 2).sum())
    slopes = np.where(moving, found / np.where(moving, scales, 1.0), 0.0)
    spread = float(np.sqrt((left**2).sum() / (count - width - 1)))
    return Fit(mean, centres, slopes, spread, 1 - float((left**2).sum()) / total if total else 0.0, count)
