"""What is wrong with a file, row by row: by row and column, in fixed words, and never by what stands in the cell."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

EMPTY = "nothing stands here"
TOO_WIDE = "the row has not as many cells as the header"
NOT_A_URN = "not a URN, which has six digits"
UNKNOWN_URN = "no list of schools that was loaded holds this URN"
OTHER_SCHOOL = "another school than the one asked for"
NOT_A_NUMBER = "not a pupil's number: letters, digits, - _ . / with no space and at least one digit"
NOT_A_DATE = "not a date, as 2025-09-01 or 01/09/2025"
NOT_A_SESSION = "not AM or PM"
UNKNOWN_CODE = "not a register code"
NOT_IN_FORCE = "a code that was not in force on that day"
OUTSIDE = "a mark outside the days on which the pupil was on roll"
TWO_MARKS = "two different marks for one session"
NOT_LISTED = "the pupil is not in the school's list of pupils"
WEEKEND = "a Saturday or Sunday that no calendar says is open"
CLOSED = "the calendar says that the school is closed then"
IMPOSSIBLE = "not one of the column's codes"
TWICE = "stands in the file more than once"
OVERLAP = "two spells of one pupil at one school overlap"
BACKWARDS = "left before admitted"
NO_CALENDAR = "no calendar of the school says which sessions the marks are of"
TOO_MANY = "more marks than the calendar has sessions"
MARKED = "pupils have marks that count in a session that is said to be closed"
NOT_A_COUNT = "not a whole number from nought"
NOT_ADDING_UP = "more absence than possible sessions"


class Fault(NamedTuple):
    """One fault: the row, from 1 under the header; the column as the template names it; fixed words."""

    row: int
    column: str
    problem: str


def at_rows(wrong: NDArray[np.bool_], column: str, problem: str) -> list[Fault]:
    """A fault for each row that is wrong; `wrong` has one flag for each row of the file, from the first under the header."""
    return [Fault(row, column, problem) for row in (np.nonzero(wrong)[0] + 1).tolist()]


def counted(faults: Iterable[Fault]) -> dict[str, int]:
    """How many rows have each problem, the most frequent first."""
    return dict(Counter(fault.problem for fault in faults).most_common())
