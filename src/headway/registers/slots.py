"""Which session each byte of a pupil's row stands for: week by week, so that weeks, weekdays and terms are strides and masks.

A year of registers runs from 1 August to 31 July: every school year begins and ends in the summer holiday between. Only weeks in
which some school of the area has a mark or a calendar are held, five days of each, or seven where a school opens at a weekend; so 53
weeks, 400 sessions and Sundays are as exact as the usual year, and the usual year is not larger for them.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from headway.vocabulary.academic_year import AcademicYear

Days = NDArray[np.int32]  # days as `date.toordinal` counts them
Bytes = NDArray[np.uint8]
AM, PM = 0, 1
SESSIONS = ("AM", "PM")
SHORT, LONG = 5, 7  # days of a week
BEGINS = 8  # August


def year_of(day: date) -> AcademicYear:
    """The year of registers that a day belongs to."""
    return AcademicYear(day.year if day.month >= BEGINS else day.year - 1)


def first_day(year: AcademicYear) -> int:
    return date(year.start, BEGINS, 1).toordinal()


def monday(days: Days) -> Days:
    """The Monday of each day's week; day 1 was one."""
    found: Days = days - (days - 1) % 7
    return found


@dataclass(frozen=True)
class Slots:
    """The weeks of a year that are held, by their Mondays in order, and how many days of each."""

    year: AcademicYear
    weeks: tuple[int, ...] = ()
    days: int = SHORT

    @property
    def per_week(self) -> int:
        return 2 * self.days

    @property
    def width(self) -> int:
        return len(self.weeks) * self.per_week

    @cached_property
    def ordinals(self) -> Days:
        """The day of each slot, shape (width,)."""
        week = np.repeat(np.array(self.weeks, np.int32), self.per_week)
        return week + np.tile(np.repeat(np.arange(self.days, dtype=np.int32), 2), len(self.weeks))

    def holding(self, days: Days) -> "Slots":
        """The same with the weeks of these days in it, and weekends where one of them is at one."""
        if not len(days):
            return self
        weeks = np.union1d(np.array(self.weeks, np.int32), monday(days)).tolist()
        return Slots(self.year, tuple(weeks), LONG if ((days - 1) % 7 >= SHORT).any() else self.days)

    def at(self, days: Days, sessions: NDArray[np.integer]) -> NDArray[np.int64]:
        """The slot of each session, −1 where it is not held."""
        week = np.searchsorted(np.array(self.weeks, np.int32), monday(days))
        known = np.isin(monday(days), self.weeks) & ((days - 1) % 7 < self.days)
        return np.where(known, week * self.per_week + (days - 1) % 7 * 2 + sessions, -1)

    def carried(self, rows: NDArray[np.generic], into: "Slots") -> NDArray[np.generic]:
        """Rows (n, width) as rows of other slots, which hold all of these; what is new is nought."""
        if into == self:
            return rows
        found = np.zeros((len(rows), into.width), rows.dtype)
        if self.width:
            found[:, into.at(self.ordinals, np.tile([AM, PM], self.width // 2))] = rows
        return found

    def session(self, slot: int) -> tuple[date, str]:
        return date.fromordinal(int(self.ordinals[slot])), SESSIONS[slot % 2]
