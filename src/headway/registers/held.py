"""One year of registers in memory: the enrolments of every school of the area, a byte for each session of each."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headway.registers.slots import Bytes, Days, Slots

KEY = 16  # bytes of a pupil's key
TEXTS = (
    "year_group", "sex", "fsm", "disadvantaged", "sen", "eal", "looked_after", "social_worker", "birth_month", "boarder", "dual",
)  # fmt: skip
LIMITED = ("siblings", "ethnicity", "parents")  # kept in a file of their own, for the few questions that need them
EVER = 10_000_000  # a day that never comes
OPEN, CLOSED, INSET, STRIKE, HOLIDAY = 1, 2, 3, 4, 5  # of a session in a calendar; 0 is not told


@dataclass
class Enrolments:
    """One row for each pupil at each school. An enrolment that no list of pupils told of has `listed` false and no attributes."""

    urns: NDArray[np.int32]  # (n,) rising
    pupils: Bytes  # (n, KEY) keyed hashes
    persons: Bytes  # (n, KEY): the same for one child at every school
    listed: NDArray[np.bool_]  # (n,)
    spells: Days  # (n, 2k): first and last day on roll, in pairs; a pair that ends before it begins is none
    marks: Bytes  # (n, width)
    texts: dict[str, NDArray[np.str_]]  # each of TEXTS, (n,); empty is not known
    limited: dict[str, NDArray[np.str_]] = field(default_factory=dict)  # each of LIMITED; empty: not read
    coded: dict[str, tuple[NDArray[np.str_], Any]] = field(default_factory=dict)  # texts as a file had them, with its Arrow columns

    @property
    def ids(self) -> Bytes:
        """The school's number and the pupil's key as one, shape (n, 4 + KEY): what a row is found by."""
        return ids(self.urns, self.pupils)

    def __len__(self) -> int:
        return len(self.urns)


@dataclass
class Calendars:
    """What is said of each school's sessions, and by which load each was first marked (0: not yet)."""

    urns: NDArray[np.int32]  # (s,) rising
    state: Bytes  # (s, width)
    received: NDArray[np.int32]  # (s, width)


@dataclass
class Changes:
    """Marks that came later than their session's first, or took the place of another: what was known before, and by which load."""

    urn: NDArray[np.int32]
    pupil: Bytes  # (m, KEY)
    day: Days
    session: Bytes
    before: Bytes
    after: Bytes
    load: NDArray[np.int32]


@dataclass
class Held:
    """One year. `changed` says what a commit must write; `touched` are slots of which only marks changed."""

    slots: Slots
    enrolments: Enrolments
    calendars: Calendars
    changes: Changes
    changed: set[str] = field(default_factory=set)
    touched: set[int] = field(default_factory=set)


def ids(urns: NDArray[np.int32], pupils: Bytes) -> Bytes:
    """School and pupil as one key that sorts by school, shape (n, 4 + KEY)."""
    first = np.ascontiguousarray(urns.astype(">i4")).view(np.uint8).reshape(-1, 4)
    return np.concatenate([first, pupils.reshape(-1, KEY)], axis=1)


def empty(slots: Slots) -> Held:
    none, keys = np.empty(0, np.int32), np.empty((0, KEY), np.uint8)
    texts = {name: np.empty(0, np.str_) for name in TEXTS}
    rows = Enrolments(
        none, keys, keys.copy(), np.empty(0, np.bool_), np.empty((0, 2), np.int32), np.empty((0, slots.width), np.uint8), texts
    )
    rows.limited = {name: np.empty(0, np.str_) for name in LIMITED}
    calendars = Calendars(none.copy(), np.empty((0, slots.width), np.uint8), np.empty((0, slots.width), np.int32))
    small = np.empty(0, np.uint8)
    changes = Changes(none.copy(), keys.copy(), none.copy(), small, small.copy(), small.copy(), none.copy())
    return Held(slots, rows, calendars, changes)


GROUPS = ("N1", "N2", "R", *(str(year) for year in range(1, 15)))


def moved_groups(groups: NDArray[np.str_], years: int) -> NDArray[np.str_]:
    """Year groups so many years later; empty where there is none."""
    moved = {group: GROUPS[at + years] if 0 <= at + years < len(GROUPS) else "" for at, group in enumerate(GROUPS)}
    values, at = np.unique(groups, return_inverse=True)
    return np.array([moved.get(str(value), "") for value in values], np.str_)[at] if len(values) else groups
