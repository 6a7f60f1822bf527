"""Mondays, Fridays and the edges of holidays: whether a pupil's days away lie there more often than days taken at random would.

The unit is a day, not a session, and chance is exact: of the days on which the pupil could attend, the days away are as likely to be any
as any other (hypergeometric). An illness of several days in a row makes a weekday's count steadier than that, so the test is on the careful
side. Everybody with enough days away is tested for each pattern, and of what is told only a given share is expected to be chance
(Benjamini and Hochberg).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from headway.definitions.absence_rules import Early
from headway.registers import counting
from headway.registers.slots import Days
from headway.registers.so_far import Flags, Ints, SoFar, bytes_of
from headway.registers.view import View
from headway.stats.discovery import rates
from headway.stats.hypergeometric import upper_tail

Floats = NDArray[np.float64]
MONDAY, FRIDAY, BEFORE, AFTER = "monday", "friday", "before_holiday", "after_holiday"
KINDS = (MONDAY, FRIDAY, BEFORE, AFTER)


@dataclass(frozen=True)
class Pattern:
    """A pupil, by row, whose days away lie on days of a kind. `away` of `days` possible; `there` of the `of_kind` possible are away."""

    row: int
    kind: str
    days: int
    away: int
    of_kind: int
    there: int
    chance: float
    q: float
    since: int  # ordinal of the first such day away


@dataclass(frozen=True)
class Patterns:
    """What was found, and among how many comparisons."""

    found: list[Pattern]
    compared: int


def edges(open_days: Days, holiday_days: int) -> tuple[Days, Days]:
    """(last days before a holiday, first days after one) of a school's open days in order. The first day of a year comes after one;
    whether the last that is known comes before one cannot be told.
    """
    if not len(open_days):
        return open_days, open_days
    long = np.diff(open_days) >= holiday_days
    return open_days[:-1][long], open_days[np.concatenate([[True], long])]


def patterns(view: View, so_far: SoFar, keep: Flags, early: Early) -> Patterns:
    """Among the pupils kept. The slots of a day are two, so days are every other slot."""
    days, counts = so_far.days[::2], _counts(view, so_far, early)
    rows = np.nonzero(keep & (counts[1] >= early.fewest_absent_days))[0]
    total, away = counts[:2, rows]
    by_kind = counts[2:, rows].reshape(len(KINDS), 3, len(rows))
    chances = np.concatenate([upper_tail(there, total, of_kind, away) for of_kind, there, _ in by_kind])
    q = rates(chances)
    found = [
        _pattern(int(place), rows, (total, away, *by_kind[place // len(rows), :2]), days[by_kind[place // len(rows), 2]], chances, q)
        for place in np.nonzero(q <= early.false_share / 100)[0]
    ]
    return Patterns(sorted(found, key=lambda one: (one.row, KINDS.index(one.kind))), len(chances))


def _counts(view: View, so_far: SoFar, early: Early) -> NDArray[np.int64]:
    """Of each pupil, as `twins.by_kind` has it: shape (14, n)."""
    bits = sum(chosen.astype(np.uint8) << at for at, chosen in enumerate(_kinds(view, so_far.days[::2], early).values()))
    school = np.searchsorted(view.school_sessions[0], view.rows.urns).astype(np.int64)
    possible, absent, kernels = bytes_of(so_far.possible), bytes_of(so_far.absent), counting.fitting(len(school))
    found = np.zeros((2 + 3 * len(KINDS), len(school)), np.int32)
    counting.over(len(school), lambda first, last: kernels.by_kind(possible, absent, bits, school, found, first, last))
    return found.astype(np.int64)


def _pattern(place: int, rows: Ints, counts: Sequence[Ints], first: Days, chances: Floats, q: Floats) -> Pattern:
    kind, at = divmod(place, len(rows))
    total, away, of_kind, there = (int(column[at]) for column in counts)
    return Pattern(int(rows[at]), KINDS[kind], total, away, of_kind, there, float(chances[place]), float(q[place]), int(first[at]))


def _kinds(view: View, days: Days, early: Early) -> dict[str, Flags]:
    """For each kind which days are of it, by school: shape (schools, days)."""
    schools, open_ = view.school_sessions
    shape = (len(schools), len(days))
    found = {
        MONDAY: np.broadcast_to((days - 1) % 7 == 0, shape), FRIDAY: np.broadcast_to((days - 1) % 7 == 4, shape),
        BEFORE: np.zeros(shape, np.bool_), AFTER: np.zeros(shape, np.bool_),
    }  # fmt: skip
    for at in range(len(schools)):
        last, first = edges(np.unique(view.slots.ordinals[open_[at]]), early.holiday_days)
        found[BEFORE][at], found[AFTER][at] = np.isin(days, last), np.isin(days, first)
    return found
