"""Days and weeks in which schools are open, and what is counted in them: school days after a day, school weeks, ends of terms."""

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

FRIDAY = 4


@dataclass(frozen=True)
class HalfTerm:
    """An unbroken stretch of school: the first and the last day of one of the six parts of a year. `term` is autumn, spring or summer."""

    term: str
    first: date
    last: date


@dataclass(frozen=True)
class OpenYear:
    """A school year. It opens on the day after the year before it ended: what is done in the summer holidays is done for it."""

    name: str  # 2026/27
    opens: date
    parts: tuple[HalfTerm, ...]

    @property
    def first(self) -> date:
        return self.parts[0].first

    @property
    def last(self) -> date:
        return self.parts[-1].last

    def holds(self, day: date) -> bool:
        return self.opens <= day <= self.last

    def term_ends(self, term: str = "") -> tuple[date, ...]:
        """The last day of each term, or of one."""
        ends = {part.term: part.last for part in self.parts}
        return tuple(last for name, last in ends.items() if term in ("", name))


@dataclass(frozen=True)
class SchoolDays:
    """School years without gaps between them. After the last, and before the first, every day from Monday to Friday counts as open."""

    years: tuple[OpenYear, ...]
    closed: frozenset[date] = frozenset()  # bank holidays in term

    @cached_property
    def days(self) -> tuple[date, ...]:
        spans = ((part.first, part.last) for year in self.years for part in year.parts)
        return tuple(day for first, last in spans for day in _weekdays(first, last) if day not in self.closed)

    @cached_property
    def _weeks(self) -> tuple[list[date], list[date]]:
        """(Mondays, last open days) of the weeks with an open day."""
        last: dict[date, date] = {_monday(day): day for day in self.days}
        return list(last), list(last.values())

    def year(self, day: date) -> OpenYear | None:
        return next((year for year in self.years if year.holds(day)), None)

    def after(self, day: date, count: int) -> date:
        """The open day that lies so many open days after another; the day itself is not counted."""
        at, many = self._count(day) + count - 1, len(self.days)
        if 0 <= at < many:
            return self.days[at]
        ends_within = 0 < many <= at and day < self.days[-1]  # the years end on the way
        last = self.days[-1] if ends_within else day
        for _ in range(at - many + 1 if ends_within else count):
            last += timedelta(1 if last.weekday() < FRIDAY else 7 - last.weekday())
        return last

    def between(self, first: date, last: date) -> int:
        """Open days after `first` up to and with `last`; 0 where `last` is not later."""
        return max(0, self._count(last) - self._count(first))

    def _count(self, day: date) -> int:
        """Open days up to and with a day, of those that the years hold; before and after them every weekday."""
        if not self.days:
            return _weekdays_to(day)
        beyond = _weekdays_to(max(day, self.days[-1])) - _weekdays_to(self.days[-1])
        return bisect_right(self.days, day) + beyond + min(0, _weekdays_to(day) - _weekdays_to(self.days[0] - timedelta(1)))

    def week_after(self, day: date, count: int) -> date:
        """The last open day of the week that lies so many school weeks after the week of a day."""
        return self._end_of_week(_monday(day), bisect_right(self._weeks[0], _monday(day)) + count - 1)

    def week(self, day: date, number: int) -> date:
        """The last open day of week `number`, where week 1 is that of a day, or the first school week after it."""
        return self._end_of_week(_monday(day), bisect_left(self._weeks[0], _monday(day)) + number - 1)

    def _end_of_week(self, monday: date, at: int) -> date:
        mondays, ends = self._weeks
        if at < len(ends):
            return ends[max(at, 0)]
        start = max(monday, mondays[-1]) if mondays else monday
        return start + timedelta(7 * (at - len(ends) + 1) + FRIDAY)


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


def _weekdays_to(day: date) -> int:
    """Days from Monday to Friday since the first of the calendar, which was a Monday."""
    weeks, rest = divmod(day.toordinal(), 7)
    return weeks * 5 + min(rest, 5)


def _weekdays(first: date, last: date) -> Iterable[date]:
    return (day for ahead in range((last - first).days + 1) if (day := first + timedelta(ahead)).weekday() <= FRIDAY)


def half_terms(terms: Iterable[tuple[str, date, date]], breaks: Iterable[tuple[date, date]]) -> tuple[HalfTerm, ...]:
    """The parts of a year: each term, cut where a half-term holiday lies in it. The name of a term begins with its season."""
    away = sorted(breaks)
    found = []
    for name, first, last in terms:
        start, season = first, name.split()[0].lower()
        for begins, ends in away:
            if start < begins <= last:
                found.append(HalfTerm(season, start, _open_before(begins)))
                start = _open_after(ends)
        found.append(HalfTerm(season, start, last))
    return tuple(found)


def _open_before(day: date, closed: Container[int] = (5, 6)) -> date:
    day -= timedelta(1)
    return day if day.weekday() not in closed else _open_before(day, closed)


def _open_after(day: date, closed: Container[int] = (5, 6)) -> date:
    day += timedelta(1)
    return day if day.weekday() not in closed else _open_after(day, closed)
