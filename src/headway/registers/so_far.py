"""A year up to a day, pupil by pupil in the order of time: which sessions were possible, which were missed."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from headway.registers import counting
from headway.registers.slots import Bytes, Days
from headway.registers.view import View

Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]
NONE = -1


@dataclass(frozen=True)
class SoFar:
    """Flags of n pupils at w slots, shape (n, w); `days` are the ordinals of the slots."""

    days: Days
    possible: Flags
    absent: Flags
    unauthorised: Flags

    @cached_property
    def sessions(self) -> Ints:
        """Possible sessions of each pupil."""
        return _totals(self.possible)

    @cached_property
    def missed(self) -> Ints:
        return _totals(self.absent)

    @property
    def from_end(self) -> NDArray[np.int16]:
        """At each possible session how many are possible from it on, itself counted: 1 at the last."""
        return _from_end(self.possible)

    def last(self, many: int) -> Flags:
        """The last so many possible sessions of each, shape (n, w)."""
        found: Flags = self.possible & (self.from_end <= many)
        return found

    def missed_after(self, row: int, day: date) -> int:
        """Sessions that a pupil missed on later days."""
        return int(self.absent[row, self.days > day.toordinal()].sum())

    def first_missed(self, inside: Flags) -> Days:
        """The day of each pupil's first missed session among those inside; 0 where there is none."""
        hit = self.absent & inside
        return np.where(hit.any(axis=1), self.days[hit.argmax(axis=1)], 0).astype(np.int32)

    def first_missed_of_last(self, rows: Ints, many: Ints) -> Days:
        """The same of some pupils, each with as many of their last possible sessions as is said."""
        hit = self.absent[rows] & (_from_end(self.possible[rows]) <= many[:, None])
        return np.where(hit.any(axis=1), self.days[hit.argmax(axis=1)], 0).astype(np.int32)

    def stretched(self, short: int, long: int) -> NDArray[np.int32]:
        """What the last sessions say, beside all stretches of their length before: shape (6, n), as `twins.stretched` has it."""
        found = np.zeros((6, len(self.possible)), np.int32)
        possible, absent, kernels = bytes_of(self.possible), bytes_of(self.absent), counting.fitting(len(self.possible))
        counting.over(len(possible), lambda first, last: kernels.stretched(possible, absent, short, long, found, first, last))
        return found


def _from_end(possible: Flags) -> NDArray[np.int16]:
    found: NDArray[np.int16] = possible[:, ::-1].cumsum(axis=1, dtype=np.int16)[:, ::-1]
    return found


def bytes_of(flags: Flags) -> Bytes:
    """The same memory, as a kernel counts it."""
    return np.ascontiguousarray(flags).view(np.uint8)


def _totals(flags: Flags) -> Ints:
    found, whole, kernels = np.zeros(len(flags), np.int64), bytes_of(flags), counting.fitting(len(flags))
    counting.over(len(flags), lambda first, last: kernels.totals(whole, found, first, last))
    return found


def so_far(view: View, until: date, since: date | None = None) -> SoFar:
    """The sessions of a year up to a day, that day included, and from a day on where one is given."""
    ordinals = view.slots.ordinals
    start = int(np.searchsorted(ordinals, since.toordinal())) if since else 0
    end = int(np.searchsorted(ordinals, until.toordinal(), side="right"))
    marks, classes = view.marks, view.book.classes
    flags = [np.empty((len(marks), max(end - start, 0)), np.bool_) for _ in range(3)]
    kernels, parts = counting.fitting(len(marks)), [one.view(np.uint8) for one in flags]
    counting.over(len(marks), lambda first, last: kernels.flagged(marks, classes, start, *parts, first, last))
    return SoFar(ordinals[start:end], *flags)


def spells(told: SoFar, inside: Flags) -> Ints:
    """In how many spells each pupil's missed sessions inside lie: runs of possible sessions that were all missed."""
    found = np.zeros(len(inside), np.int64)
    away_before = np.zeros(len(inside), np.bool_)
    for at in range(inside.shape[1]):
        here = inside[:, at]
        away = here & told.absent[:, at]
        found += away & ~away_before
        away_before = np.where(here, away, away_before)
    return found
