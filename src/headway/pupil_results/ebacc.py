"""The English Baccalaureate: who entered all five subjects, and the average over six slots, empty ones at nought.

Both English exams are needed to enter; sciences are the double award or three of the four single ones. In the average the better
English counts, and sciences fill two slots. Source: English Baccalaureate guidance, Department for Education.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
SIX = 6
SINGLE_SCIENCES = 3  # of biology, chemistry, physics and computer science


@dataclass(frozen=True)
class Subjects:
    """Points of n pupils, NaN where a subject was not taken."""

    language: Floats  # (n,) English language
    literature: Floats  # (n,)
    maths: Floats  # (n,)
    double_science: Floats  # (n,) the mean of the two grades
    sciences: Floats  # (n, 4)
    humanities: Floats  # (n, 2) history and geography
    languages: Floats  # (n, k)


def entered(taken: Subjects) -> NDArray[np.bool_]:
    """Which pupils were entered in all five subjects."""
    exams = np.stack([taken.language, taken.literature, taken.maths])
    science = np.isfinite(taken.double_science) | (np.isfinite(taken.sciences).sum(axis=1) >= SINGLE_SCIENCES)
    found = np.isfinite(exams).all(axis=0) & science & _any(taken.humanities) & _any(taken.languages)
    return np.asarray(found, dtype=np.bool_)


def average_points(taken: Subjects) -> Floats:
    """The points of the six slots divided by six, whether filled or not."""
    singles = -np.sort(-np.nan_to_num(taken.sciences), axis=1)[:, :2].sum(axis=1)
    science = np.maximum(2 * np.nan_to_num(taken.double_science), singles)
    english = np.nan_to_num(np.fmax(taken.language, taken.literature))
    rest = np.nan_to_num(taken.maths) + _best(taken.humanities) + _best(taken.languages)
    total: Floats = (english + science + rest) / SIX
    return total


def _any(points: Floats) -> NDArray[np.bool_]:
    return np.asarray(np.isfinite(points).any(axis=1), dtype=np.bool_)


def _best(points: Floats) -> Floats:
    best: Floats = np.nan_to_num(points).max(axis=1)
    return best
