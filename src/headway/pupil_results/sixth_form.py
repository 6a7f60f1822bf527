"""Value added of students of 16 to 18 at level 3, as the Department's ready reckoner has it: points beside those of students who left
school with the same grades, on the line of one qualification and subject.

A line has 22 nodes, whose x is the average point score at key stage 4 and whose y is points; small subjects repeat nodes. The lines and
spreads are the Department's, year by year: they are an input, and none are held here. Reference: 16–18 ready reckoner, Department for
Education, 2025; https://github.com/dfe-analytical-services/16-18-ready-reckoners
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
NODES = 22
GRADE = 10  # points of a whole A level that make a grade
Z95 = 1.96  # as the Department writes it


@dataclass(frozen=True)
class Line:
    """What students of each start scored in one qualification and subject: nodes x (not falling) and y, both of shape (NODES,).

    `size` is in A levels; `spread` the national standard deviation of value added in grades; `in_grades` is False for technical
    certificates, whose value added stays in points.
    """

    x: Floats
    y: Floats
    size: float
    spread: float
    in_grades: bool = True

    def __post_init__(self) -> None:
        if self.x.shape != (NODES,) or self.y.shape != (NODES,) or (np.diff(self.x) < 0).any():
            raise ValueError(f"a line has {NODES} nodes, whose x never falls")


@dataclass(frozen=True)
class SubjectValueAdded:
    """A subject's value added in grades with its standard error, and how many students it rests on."""

    grades: float
    error: float
    students: int

    @property
    def limits(self) -> tuple[float, float]:
        return self.grades - Z95 * self.error, self.grades + Z95 * self.error


def estimates(line: Line, starts: Floats) -> Floats:
    """The points that students of each start scored, on straight lines between nodes; of nodes with one x the last counts.

    NaN for a start outside the nodes: nobody there was measured.
    """
    lower = np.clip(np.searchsorted(line.x, starts, side="right") - 1, 0, NODES - 2)
    last = starts == line.x[-1]
    lower = np.where(last, NODES - 2, lower)
    low, high = line.x[lower], line.x[lower + 1]
    width = high - low
    share = np.divide(starts - low, width, out=np.ones_like(starts), where=width > 0)
    found: Floats = line.y[lower] + share * (line.y[lower + 1] - line.y[lower])
    return np.where((starts < line.x[0]) | (starts > line.x[-1]), np.nan, found)


def value_added(line: Line, starts: Floats, points: Floats) -> SubjectValueAdded | None:
    """Of the students of one subject, shapes (n,); None where none has a start on the line."""
    beyond = points - estimates(line, starts)
    there = beyond[~np.isnan(beyond)]
    if not len(there):
        return None
    grades = float(there.mean()) / line.size / (GRADE if line.in_grades else 1)
    return SubjectValueAdded(grades, line.spread / sqrt(len(there)), len(there))


def pooled(subjects: Sequence[SubjectValueAdded], sizes: Sequence[float]) -> SubjectValueAdded:
    """Subjects together, each weighing by its students times its size. Raises ValueError for none."""
    if not subjects:
        raise ValueError("there are no subjects to put together")
    weights = [one.students * size for one, size in zip(subjects, sizes, strict=True)]
    whole = sum(weights)
    grades = sum(one.grades * weight for one, weight in zip(subjects, weights, strict=True)) / whole
    error = sqrt(sum((one.error * weight / whole) ** 2 for one, weight in zip(subjects, weights, strict=True)))
    return SubjectValueAdded(grades, error, sum(one.students for one in subjects))
