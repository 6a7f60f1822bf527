"""Mondays, Fridays and the edges of holidays: whether a pupil's days away lie there more often than days taken at random would.

The unit is a day, not a session, and chance is exact: of the days on which the pupil could attend, the days away are as likely to be any
as any other (hypergeometric). An illness of several days in a row makes a weekday's count steadier than that, so the test is on the careful
side. Everybody with enough days away is tested for each pattern, and of what is told only a given share is expected to be chance
(Benjamini and Hochberg).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from headway.definitions.absence_rules import Early
from headway.registers.slots import Days
from headway.registers.so_far import Flags, SoFar
from headway.registers.view import View
from headway.stats.discovery import q_values
from headway.stats.hypergeometric import upper_tail

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
    days = so_far.days[::2]
    possible, away = (np.any(flags.reshape(len(flags), -1, 2), axis=2) for flags in (so_far.possible, so_far.absent))
    tested = keep & (away.sum(axis=1) >= early.fewest_absent_days)
    rows = np.nonzero(tested)[0]
    found: list[Pattern] = []
    school = np.searchsorted(view.school_sessions[0], view.rows.urns).astype(np.int64)
    for kind, chosen in _kinds(view, days, early).items():
        found += _of_kind(kind, rows, possible[rows], away[rows], chosen[school[rows]], days)
    told = q_values([one.chance for one in found])
    limit = early.false_share / 100
    kept = [_with(one, q) for one, q in zip(found, told, strict=True) if q <= limit]
    return Patterns(sorted(kept, key=lambda one: (one.row, KINDS.index(one.kind))), len(found))


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


def _of_kind(kind: str, rows: NDArray[np.int64], possible: Flags, away: Flags, chosen: Flags, days: Days) -> list[Pattern]:
    total, drawn = possible.sum(axis=1), away.sum(axis=1)
    of_kind, there = (possible & chosen).sum(axis=1), (away & chosen).sum(axis=1)
    chance = upper_tail(there, total, of_kind, drawn)
    first = days[(away & chosen).argmax(axis=1)] if len(days) else np.zeros(len(rows), np.int32)
    columns = (total, drawn, of_kind, there, chance, first)
    return [
        Pattern(row, kind, int(a), int(b), int(c), int(d), float(p), 1.0, int(day))
        for row, a, b, c, d, p, day in zip(rows.tolist(), *(column.tolist() for column in columns), strict=True)
    ]


def _with(one: Pattern, q: float) -> Pattern:
    return Pattern(**{**vars(one), "q": q})
