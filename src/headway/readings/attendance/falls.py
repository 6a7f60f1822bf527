"""Groups whose attendance fell sharply in the last school days: by more than the season explains and more than chance.

Each pupil's last school days are set beside the same pupil's year before them. The mean of these changes in a year group is tested
against the area's own mean change in the same days, with the pupils' own spread as the error, so that one pupil who stopped coming is
no fall of a group. Over all groups that are looked at one in ten at most of those shown is expected to be there by chance
(Benjamini and Hochberg 1995).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from headway.definitions.absence_rules import AbsenceRule
from headway.readings.attendance.morning_answers import GroupFall
from headway.readings.attendance.opening import Registers
from headway.readings.door import Door
from headway.registers.code_book import AUTHORISED, UNAUTHORISED
from headway.registers.view import SCHOOL, View
from headway.stats.discovery import q_values
from headway.stats.intervals import students_beyond
from headway.vocabulary.place import Level

FEWEST = 6  # pupils of a group
SHOWN = 0.10  # expected share of false ones among those shown
LEAST = 3.0  # points: less is nobody's Monday
WEEKDAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
ITS_SHARE = 1.75  # times what a weekday's sessions would have of the absences


@dataclass(frozen=True)
class Falls:
    """`season` is everybody's change in points; `looked_at` how many groups were tested."""

    found: tuple[GroupFall, ...]
    looked_at: int
    season: float


def falls(door: Door, registers: Registers, view: View, sessions: NDArray[np.int64], recent: NDArray[np.int64], rule: AbsenceRule,
          days: NDArray[np.int32]) -> Falls:  # fmt: skip
    """`sessions` and `recent` are possible, authorised and unauthorised sessions of each enrolment, shape (3, n): to date, and recent."""
    before = sessions - recent
    enough = (recent[0] >= rule.watch.fewest_recent) & (before[0] >= rule.fewest_possible)
    if not enough.any():
        return Falls((), 0, 0.0)
    change = np.where(enough, _rate(recent) - _rate(before), np.nan)
    season = float(np.nanmean(change))
    cells = view.cells((SCHOOL, "year_group"), enough)
    order = np.argsort(cells.of, kind="stable")
    groups = np.split(order, np.searchsorted(cells.of[order], np.arange(len(cells.labels))))[1:]  # before the first are those in none
    tested = [(at, rows) for at, rows in enumerate(groups) if len(rows) >= FEWEST]
    q = q_values(_chances(change, cells.of, [at for at, _ in tested], season))
    found = [
        _fall(door, registers, view, cells.labels[at], rows, before, recent, days, one)
        for (at, rows), one in zip(tested, q, strict=True)
        if one <= SHOWN and float(np.mean(change[rows])) - season <= -LEAST
    ]
    return Falls(tuple(sorted(found, key=lambda one: (one.recent_rate - one.before_rate, one.urn))), len(tested), season)


def _rate(sessions: NDArray[np.int64]) -> NDArray[np.float64]:
    possible = np.maximum(sessions[0], 1)
    found: NDArray[np.float64] = 100 * (possible - sessions[1] - sessions[2]) / possible
    return found


def _chances(change: NDArray[np.float64], of: NDArray[np.int32], cells: list[int], season: float) -> list[float]:
    """For each of these cells the one-sided probability of a mean change as low or lower when there is none (Student)."""
    inside = np.nonzero(of >= 0)[0]
    off, cell = change[inside] - season, of[inside]
    pupils = np.bincount(cell)
    mean = np.bincount(cell, off) / np.maximum(pupils, 1)
    spread = np.sqrt(np.bincount(cell, (off - mean[cell]) ** 2) / np.maximum(pupils - 1, 1))
    fell, spreads, many = (column[cells].tolist() for column in (mean, spread, pupils))
    told = [at for at, one in enumerate(spreads) if one]
    t = [-fell[at] / (spreads[at] / many[at] ** 0.5) for at in told]
    found = [0.0 if one < 0 else 1.0 for one in fell]
    for at, chance in zip(told, students_beyond(t, [many[at] - 1 for at in told]), strict=True):
        found[at] = chance
    return found


def _fall(door: Door, registers: Registers, view: View, labels: tuple[str, ...], rows: NDArray[np.int64], before: NDArray[np.int64],
          recent: NDArray[np.int64], days: NDArray[np.int32], q: float) -> GroupFall:  # fmt: skip
    urn, group = int(labels[0]), labels[1]
    slots = np.nonzero(np.isin(view.slots.ordinals, days))[0]
    marks = view.marks[np.ix_(rows, slots)]
    absent = np.isin(view.book.classes[marks], (AUTHORISED, UNAUTHORISED))
    reasons = {name: int(np.isin(marks, codes).sum()) for name, codes in view.book.reasons.items() if _absence(view, codes)}
    common = sorted(((many, name) for name, many in reasons.items() if many), reverse=True)[:2]
    summed, was = recent[:, rows].sum(axis=1, keepdims=True), before[:, rows].sum(axis=1, keepdims=True)
    return GroupFall(
        urn, door.name(Level.SCHOOL, str(urn)), group, len(rows), float(_rate(was)[0]), float(_rate(summed)[0]), q,
        tuple((name, many) for many, name in common), _weekday(absent, view.slots.ordinals[slots]),
    )  # fmt: skip


def _absence(view: View, codes: list[int]) -> bool:
    return bool(np.isin(view.book.classes[codes], (AUTHORISED, UNAUTHORISED)).all())


def _weekday(absent: NDArray[np.bool_], ordinals: NDArray[np.int32]) -> str:
    """The weekday that has much more than its share of the absences."""
    by_slot, weekday = absent.sum(axis=0), (ordinals - 1) % 7
    total = int(by_slot.sum())
    for day in range(5):
        inside = weekday == day
        if total and inside.any() and by_slot[inside].sum() / total >= ITS_SHARE * inside.mean():
            return WEEKDAYS[day]
    return ""
