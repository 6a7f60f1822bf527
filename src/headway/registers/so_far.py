"""A year up to a day, pupil by pupil in the order of time: which sessions were possible, which were missed."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from headway.registers.code_book import AUTHORISED, NOT_COUNTED, UNAUTHORISED
from headway.registers.slots import Days
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
    def from_end(self) -> NDArray[np.int16]:
        """At each possible session how many are possible from it on, itself counted: 1 at the last."""
        found: NDArray[np.int16] = self.possible[:, ::-1].cumsum(axis=1, dtype=np.int16)[:, ::-1]
        return found

    @cached_property
    def sessions(self) -> Ints:
        """Possible sessions of each pupil."""
        found: Ints = self.possible.sum(axis=1, dtype=np.int64)
        return found

    @cached_property
    def missed(self) -> Ints:
        found: Ints = self.absent.sum(axis=1, dtype=np.int64)
        return found

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


def so_far(view: View, until: date, since: date | None = None) -> SoFar:
    """The sessions of a year up to a day, that day included, and from a day on where one is given."""
    inside = np.nonzero(view.between(since.toordinal() if since else 0, until.toordinal()))[0]
    kinds = view.book.classes[view.marks[:, inside]]
    away = (kinds == AUTHORISED) | (kinds == UNAUTHORISED)
    return SoFar(view.slots.ordinals[inside], kinds != NOT_COUNTED, away, kinds == UNAUTHORISED)


def stretches(told: SoFar, length: int) -> NDArray[np.int16]:
    """Missed sessions of each pupil's last stretch of so many possible ones, of the one before, and so on; shape (n, s).

    NONE where a pupil has no such whole stretch: what is left over at the start of the year is in none.
    """
    many = int(told.sessions.max(initial=0)) // length
    found = np.full((len(told.possible), many), NONE, np.int16)
    for at in range(many):
        inside = told.possible & (told.from_end > at * length) & (told.from_end <= (at + 1) * length)
        whole = told.sessions >= (at + 1) * length
        found[:, at] = np.where(whole, (inside & told.absent).sum(axis=1), NONE)
    return found


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
