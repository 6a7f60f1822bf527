"""How much was missed: by school, attribute, week, weekday or half term; to date, over a span, or over the last weeks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product

import numpy as np
from numpy.typing import NDArray

from headway.definitions.absence_rules import AbsenceRule, in_force
from headway.protected.untold import untold
from headway.readings.attendance.answers import Line, Summary
from headway.readings.attendance.opening import Registers, data_to, day_or_today, in_patch, open_registers, written_down
from headway.readings.door import Door
from headway.registers.counts import Counts
from headway.registers.held import TEXTS
from headway.registers.slots import monday
from headway.registers.terms import HalfTerm, half_term_of, half_terms, same_day
from headway.registers.view import SCHOOL, Cells, View
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import Viewer

Flags = NDArray[np.bool_]
TIMES = ("week", "weekday", "half_term")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
BY = (SCHOOL, *TEXTS, *TIMES)
Period = tuple[dict[str, str], Flags]


@dataclass(frozen=True)
class Asked:
    """What is asked. `by` are of BY; `where` keeps enrolments by attribute; `weeks` are the last so many school weeks."""

    year: AcademicYear | None = None
    by: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    weeks: int = 0
    urns: tuple[int, ...] = ()
    where: Mapping[str, str] = field(default_factory=dict)
    reasons: bool = False
    last_year: bool = False
    across_regimes: bool = False


def summary(door: Door, viewer: Viewer | None, asked: Asked) -> Summary:
    """Raises H-ACCESS-40, 41 and 47, H-DATA-73, H-USAGE-98 for what nobody can be told by, H-VALIDITY-51 across a change of codes."""
    registers, person = open_registers(door, viewer)
    _check(asked)
    found = untold(lambda: _Summing(registers, person, asked).summed())
    written_down(registers, person, "summary", by=",".join(asked.by), lines=len(found.lines))
    return found


def summed(registers: Registers, viewer: Viewer, asked: Asked) -> Summary:
    """The same of registers that are open already; nothing is written down."""
    _check(asked)
    return _Summing(registers, viewer, asked).summed()


def _check(asked: Asked) -> None:
    unknown = [name for name in (*asked.by, *asked.where) if name not in BY]
    if unknown:
        words = f"Attendance cannot be told by {unknown[0]!r}."
        raise HeadwayError("H-USAGE-98", words, remedy=f"It can by: {', '.join(BY)}.")


class _Summing:
    def __init__(self, registers: Registers, viewer: Viewer, asked: Asked) -> None:
        self.registers, self.asked, self.viewer = registers, asked, viewer
        self.until = day_or_today(asked.last)
        self.year = asked.year or registers.newest(self.until)
        self.view = registers.view(self.year)
        self.calendar = registers.library.calendar
        self.data_to = data_to(self.view, self.until)
        self.notes: list[str] = []

    def summed(self) -> Summary:
        if self.data_to is None:
            return Summary([], None, ("No mark is held up to that day.",))
        chosen = self._span(self.view, self.asked.first, self.until)
        self._one_regime([self.view], [chosen])
        lines = [line for period in self._periods(self.view, chosen) for line in self._lines(period)]
        return Summary(lines, self.data_to, tuple(self.notes))

    def _span(self, view: View, first: date | None, last: date) -> Flags:
        chosen = view.between(first.toordinal() if first else 0, last.toordinal())
        if self.asked.weeks:
            there = np.unique(monday(view.slots.ordinals[chosen & view.in_session]))[-self.asked.weeks :]
            chosen &= np.isin(monday(view.slots.ordinals), there)
        return chosen

    def _one_regime(self, views: Sequence[View], spans: Sequence[Flags]) -> bool:
        """Whether all is of one regime of codes. Raises H-VALIDITY-51 where it is not and nobody said that it may be."""
        days = {int(day) for view, span in zip(views, spans, strict=True) for day in view.slots.ordinals[span & view.marked]}
        regimes = {regime.id for day in days if (regime := self.registers.book.regime(date.fromordinal(day)))}
        if len(regimes) < 2:
            return True
        if not self.asked.across_regimes:
            raise HeadwayError(
                "H-VALIDITY-51",
                "The span lies on both sides of a change of the register codes.",
                f"{' and '.join(sorted(regimes))} do not count the same sessions.",
                "Ask for days on one side, or say --across-regimes.",
            )
        self.notes.append("Codes changed within this span: what counts as possible and as authorised is not the same before and after.")
        return False

    def _periods(self, view: View, chosen: Flags) -> Iterator[Period]:
        """Every combination of the times asked for that has a mark in it."""
        halves = half_terms(self.calendar, view.slots.year)
        parts = [self._parts(view, name, halves) for name in TIMES if name in self.asked.by]
        marked = view.marked
        for combination in product(*parts):
            inside = chosen.copy()
            for _, flags in combination:
                inside &= flags
            if (inside & marked).any() or not parts:
                yield {name: value for labels, _ in combination for name, value in labels.items()}, inside

    def _parts(self, view: View, name: str, halves: list[HalfTerm]) -> list[Period]:
        ordinals = view.slots.ordinals
        if name == "week":
            return [({"week": date.fromordinal(week).isoformat()}, monday(ordinals) == week) for week in view.slots.weeks]
        if name == "weekday":
            return [({"weekday": WEEKDAYS[day]}, (ordinals - 1) % 7 == day) for day in range(view.slots.days)]
        number = half_term_of(view.slots, halves)
        return [({"half_term": half.name}, number == half.number) for half in halves]

    def _cells(self, view: View) -> Cells:
        keep = in_patch(view, self.viewer)
        if self.asked.urns:
            keep &= np.isin(view.rows.urns, self.asked.urns)
        for name, value in self.asked.where.items():
            keep &= view.rows.texts[name] == value if name in TEXTS else view.rows.urns.astype(np.str_) == value
        return view.cells([name for name in self.asked.by if name not in TIMES], keep)

    def _rule(self, view: View) -> AbsenceRule:
        return in_force(self.registers.library.attendance.absence_rules, date.fromordinal(int(view.slots.ordinals[-1])))

    def _counted(self, view: View, inside: Flags) -> dict[tuple[str, ...], Counts]:
        cells = self._cells(view)
        halves = half_terms(self.calendar, view.slots.year)
        return dict(zip(cells.labels, view.add_up(inside, cells, self._rule(view), halves), strict=True))

    def _lines(self, period: Period) -> Iterator[Line]:
        labels, inside = period
        cells = self._cells(self.view)
        counted, tallies = self._counted(self.view, inside), self.view.tally(inside, cells)
        before = self._before(inside) if self.asked.last_year else None
        days = self.view.slots.ordinals[inside & self.view.marked]
        if not len(days):
            return
        first, last = date.fromordinal(int(days[0])), date.fromordinal(int(days[-1]))
        for at, cell in enumerate(cells.labels):
            if not counted[cell].possible:
                continue
            named = dict(zip(cells.names, cell, strict=True))
            yield Line(
                {name: (named | labels)[name] for name in self.asked.by}, first, last, counted[cell],
                self._sum(tallies[at], late="before"), self._sum(tallies[at], late="after"), self._reasons(tallies[at]),
                self._settled(last), (before or {}).get(cell) if before is not None else None,
            )  # fmt: skip

    def _sum(self, tally: NDArray[np.int64], *, late: str) -> int:
        return int(tally[self.registers.book.bytes_where(late=late)].sum())

    def _reasons(self, tally: NDArray[np.int64]) -> dict[str, int]:
        if not self.asked.reasons:
            return {}
        return {reason: count for reason, codes in self.registers.book.reasons.items() if (count := int(tally[codes].sum()))}

    def _settled(self, last: date) -> bool:
        """Whether so many school days have followed that reasons are established."""
        settles = in_force(self.registers.library.attendance.penalty_notices, max(last, self.until)).settles
        after = self.view.between(last.toordinal() + 1, self.until.toordinal()) & self.view.in_session
        return len(np.unique(self.view.slots.ordinals[after])) >= settles.school_days

    def _before(self, inside: Flags) -> dict[tuple[str, ...], Counts] | None:
        """The same weeks of term of the year before, by cell; None where they are not held or the calendar cannot say which they are."""
        earlier = self.year + -1
        if earlier not in self.registers.years:
            self._note(f"No registers of {earlier} are held to set beside these.")
            return None
        view = self.registers.view(earlier)
        days = {same_day(int(day), self.calendar, earlier) for day in np.unique(self.view.slots.ordinals[inside])}
        chosen = np.isin(view.slots.ordinals, sorted(day for day in days if day))
        try:
            if not self._one_regime([self.view, view], [inside, chosen]):
                self._note("The year before had other codes.")
        except HeadwayError:
            self._note(f"{earlier} had other register codes, and is not set beside {self.year} unasked: --across-regimes.")
            return None
        return self._counted(view, chosen)

    def _note(self, words: str) -> None:
        if words not in self.notes:
            self.notes.append(words)


def week_span(day: date) -> tuple[date, date]:
    """Monday to Sunday of a day's week."""
    first = day - timedelta(day.weekday())
    return first, first + timedelta(6)
