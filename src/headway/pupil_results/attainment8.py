"""Attainment 8 of each pupil from the points of eight slots: English and maths double, three EBacc, three open.

What may stand in a slot is decided before: first entries and discounting are the exam boards' and the Department's, not ours.
Source: secondary accountability measures guide, Department for Education.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
SLOTS = 3  # in the EBacc element, and in the open one
ELEMENTS = ("english", "maths", "ebacc", "open")


@dataclass(frozen=True)
class Points:
    """Points of n pupils, NaN where a subject was not taken. A double award stands in two columns."""

    language: Floats  # (n,) English language
    literature: Floats  # (n,)
    maths: Floats  # (n,)
    ebacc: Floats  # (n, k): sciences, computer science, history, geography, languages
    other: Floats  # (n, m): what may stand in the open element alone


@dataclass(frozen=True)
class Elements:
    """What each element adds, shapes (n,); an empty slot adds nothing and nothing is divided by slots filled."""

    english: Floats
    maths: Floats
    ebacc: Floats
    open: Floats

    @property
    def total(self) -> Floats:
        """Attainment 8."""
        return self.english + self.maths + self.ebacc + self.open


def elements(points: Points) -> Elements:
    """The best allocation: the better English doubled where both were taken, the other one free for the open element."""
    language, literature = _nought(points.language), _nought(points.literature)
    both = ~np.isnan(points.language) & ~np.isnan(points.literature)
    english = np.maximum(language, literature) * np.where(both, 2, 1)
    spare = np.where(both, np.minimum(language, literature), 0.0)
    ebacc = _falling(points.ebacc)
    rest = np.concatenate([ebacc[:, SLOTS:], spare[:, None], _nought(points.other)], axis=1)
    return Elements(english, 2 * _nought(points.maths), ebacc[:, :SLOTS].sum(axis=1), _falling(rest)[:, :SLOTS].sum(axis=1))


def _nought(points: Floats) -> Floats:
    return np.nan_to_num(points, nan=0.0)


def _falling(points: Floats) -> Floats:
    return -np.sort(-_nought(points), axis=1)
