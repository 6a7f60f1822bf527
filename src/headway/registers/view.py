"""One year as it is counted: planes mapped, marks at hand, and cells by which pupils are added up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from headway.definitions.absence_rules import AbsenceRule
from headway.registers import counting, planes
from headway.registers.ages import possibly_compulsory
from headway.registers.code_book import NO_MARK, CodeBook
from headway.registers.counts import COLUMNS, Counts
from headway.registers.generations import read_marks
from headway.registers.held import EVER, OPEN, Calendars, Enrolments
from headway.registers.slots import Slots, first_day
from headway.registers.terms import HalfTerm, half_term_of

Flags = NDArray[np.bool_]
SCHOOL = "school"
SUMMER_2 = 6  # the last half term


@dataclass(frozen=True)
class Cells:
    """For each of n enrolments the cell that it counts in, −1 for none; `labels` are each cell's values, one for each name."""

    names: tuple[str, ...]
    labels: list[tuple[str, ...]]
    of: NDArray[np.int32]


class View:
    """A year of registers for counting. Nothing of it is written."""

    def __init__(self, slots: Slots, rows: Enrolments, calendars: Calendars, book: CodeBook, packed: planes.Words | None = None) -> None:
        self.slots, self.rows, self.calendars, self.book = slots, rows, calendars, book
        self.layout = planes.layout_of(slots)
        self._packed = packed
        self._codes: dict[str, tuple[list[str], NDArray[np.int64]]] = {}

    @classmethod
    def read(cls, folder: Path, files: dict[str, str], book: CodeBook) -> "View":
        slots, rows, calendars = read_marks(folder, files)
        path = planes.path_of(folder, files["enrolments"])
        return cls(slots, rows, calendars, book, planes.mapped(path) if path.exists() else None)

    def of_school(self, urn: int) -> "View":
        """The same with one school's enrolments and calendar in it; nothing is copied."""
        first, last = np.searchsorted(self.rows.urns, [urn, urn + 1]).tolist()
        calendar = self.calendars.urns == urn
        rows = self.rows
        own = Enrolments(
            rows.urns[first:last], rows.pupils[first:last], rows.persons[first:last], rows.listed[first:last], rows.spells[first:last],
            rows.marks[first:last], {name: values[first:last] for name, values in rows.texts.items()},
        )  # fmt: skip
        of_calendar = Calendars(self.calendars.urns[calendar], self.calendars.state[calendar], self.calendars.received[calendar])
        return View(self.slots, own, of_calendar, self.book, None if self._packed is None else self._packed[:, :, first:last])

    @cached_property
    def planes(self) -> planes.Words:
        """Mapped where they are packed already, else packed now."""
        return self._packed if self._packed is not None else planes.packed(self.marks, self.layout, self.book.classes)

    @cached_property
    def marks(self) -> NDArray[np.uint8]:
        return planes.counted_marks(self.rows, self.slots)

    @cached_property
    def marked(self) -> Flags:
        """The slots in which anybody has a mark, shape (width,)."""
        return np.any(self.school_marks[1], axis=0)  # type: ignore[no-any-return]

    @cached_property
    def in_session(self) -> Flags:
        """The slots in which a session of anybody was possible, shape (width,): a day of nothing but # or Y4 is no school day."""
        found: Flags = self.layout.slots_in(np.bitwise_or.reduce(self.planes[:, 0], axis=1)[:, None], self.slots.width)[0]
        return found

    @cached_property
    def school_marks(self) -> tuple[NDArray[np.int32], Flags]:
        """Schools, and the slots in which anybody of each has a mark, shape (schools, width)."""
        schools, first = np.unique(self.rows.urns, return_index=True)
        edges = [*first.tolist(), len(self.rows)]
        found = [self.marks[edges[at] : edges[at + 1]].max(axis=0) > NO_MARK for at in range(len(schools))]
        return schools, np.stack(found) if found else np.empty((0, self.slots.width), np.bool_)

    @cached_property
    def ages(self) -> tuple[NDArray[np.int32], Flags]:
        """When each pupil is of compulsory school age, and whether that is known: as `possibly_compulsory` has it."""
        return possibly_compulsory(self.rows.texts, self.slots.year)

    def between(self, first: int, last: int) -> Flags:
        """The slots of days from one to another, both included."""
        return (self.slots.ordinals >= first) & (self.slots.ordinals <= last)

    def there(self, day: date) -> Flags:
        """Who is on roll on a day, shape (n,): who has left is in figures to date, and in no list of whom to look at."""
        found: Flags = planes.on_roll(self.rows.spells, np.array([day.toordinal()], np.int32))[:, 0]
        return found

    def cells(self, names: Sequence[str], keep: Flags | None = None) -> Cells:
        """Cells by school and attributes; a cell for each combination that somebody has."""
        inside = np.ones(len(self.rows), np.bool_) if keep is None else keep
        of = np.full(len(self.rows), -1, np.int32)
        code = np.zeros(int(inside.sum()), np.int64)
        labels: list[tuple[str, ...]] = [()] if inside.any() else []
        for name in names:
            values, at = self._coded(name)
            places, code = np.unique(code * len(values) + at[inside], return_inverse=True)
            labels = [(*labels[place // len(values)], values[place % len(values)]) for place in places.tolist()]
        of[inside] = code
        return Cells(tuple(names), labels, of)

    def _coded(self, name: str) -> tuple[list[str], NDArray[np.int64]]:
        """The values of an attribute in order, and which of them each enrolment has: shape (n,)."""
        if name not in self._codes:
            values, at = np.unique(self.rows.urns if name == SCHOOL else self.rows.texts[name], return_inverse=True)
            self._codes[name] = [str(value) for value in values.tolist()], at.astype(np.int64)
        return self._codes[name]

    def sessions(self, chosen: Flags) -> NDArray[np.int16]:
        """Possible, authorised and unauthorised sessions of each enrolment in the slots that are chosen, shape (3, n)."""
        out = np.zeros((3, len(self.rows)), np.int16)
        masks, packed, kernels = self.layout.masks(chosen), self.planes, counting.fitting(len(self.rows))
        counting.over(len(self.rows), lambda first, last: kernels.count(packed, masks, out, first, last))
        return out

    def unauthorised_at(self, rows: NDArray[np.int64], chosen: Flags) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """(place among these rows, slot) of every unauthorised session in the slots that are chosen, row by row and in order of time."""
        masks, kernels = self.layout.masks(chosen), counting.fitting(len(rows))
        counts = np.bitwise_count(self.planes[:, 2][:, rows] & masks[:, None]).sum(axis=0, dtype=np.int64)
        ends = np.cumsum(counts)
        at, slot = np.repeat(np.arange(len(rows)), counts), np.empty(int(ends[-1]) if len(rows) else 0, np.int64)
        kernels.listed(self.planes, masks, self.layout.per_word, rows, ends - counts, slot)
        return at, slot

    def add_up(self, chosen: Flags, cells: Cells, rule: AbsenceRule, halves: list[HalfTerm]) -> list[Counts]:
        """The counts of each cell over the slots that are chosen."""
        counts = self.sessions(chosen)
        judged, cohort = self._judged(counts, chosen, rule, halves), self.cohort(rule, halves)
        table = np.zeros((len(cells.labels) + 1, COLUMNS), np.int64)
        of = np.where(cells.of < 0, len(cells.labels), cells.of).astype(np.int32)
        numbers = np.array([rule.fewest_possible, rule.persistent_one_in, rule.severe_one_in], np.int64)
        counting.fitting(len(of)).add_cells(counts, judged, cohort, of, numbers, table, 0, len(of))
        return [Counts(*row[:8]) for row in table[:-1].tolist()]

    def cohort(self, rule: AbsenceRule, halves: list[HalfTerm]) -> NDArray[np.uint8]:
        """Who is counted for persistent absence, shape (n,)."""
        texts, outside = self.rows.texts, rule.outside
        gone = np.isin(texts["year_group"], outside.year_groups)
        if outside.boarders:
            gone |= texts["boarder"] == "yes"
        last = next((half for half in halves if half.number == SUMMER_2), None)
        if outside.from_second_half_of_summer and last:
            gone |= self._begins >= last.first
        return (~gone).astype(np.uint8)

    @property
    def _begins(self) -> NDArray[np.int32]:
        """The day on which each enrolment of the year begins, shape (n,); spells that ended before the year are not it."""
        spells, first = self.rows.spells, first_day(self.slots.year)
        found: NDArray[np.int32] = np.where(spells[:, 1::2] >= first, spells[:, 0::2], EVER).min(axis=1)
        return found

    def judged(self, chosen: Flags, rule: AbsenceRule, halves: list[HalfTerm]) -> NDArray[np.int16]:
        """Possible, authorised and unauthorised sessions that persistent absence is judged by, shape (3, n)."""
        return self._judged(self.sessions(chosen), chosen, rule, halves)

    def _judged(self, counts: NDArray[np.int16], chosen: Flags, rule: AbsenceRule, halves: list[HalfTerm]) -> NDArray[np.int16]:
        """The sessions that persistent absence is judged by: for the oldest without those of the sixth half term."""
        oldest = np.isin(self.rows.texts["year_group"], rule.outside.sixth_half_term_of)
        sixth = half_term_of(self.slots, halves) == SUMMER_2
        if not (oldest.any() and (sixth & chosen).any()):
            return counts
        found: NDArray[np.int16] = np.where(oldest, self.sessions(chosen & ~sixth), counts)
        return found

    def tally(self, chosen: Flags, cells: Cells) -> NDArray[np.int64]:
        """How often each byte stands in the slots that are chosen, by cell: shape (cells, 256)."""
        parts = counting.ranges(len(self.rows))
        of = np.where(cells.of < 0, len(cells.labels), cells.of).astype(np.int32)
        tables = [np.zeros((len(cells.labels) + 1, 256), np.int64) for _ in parts]
        wanted, marks, kernels = chosen.astype(np.int64), self.marks, counting.fitting(len(self.rows))
        at = dict(zip(parts, tables, strict=True))
        counting.over(len(self.rows), lambda first, last: kernels.tally(marks, wanted, of, at[(first, last)], first, last))
        found: NDArray[np.int64] = np.sum(tables, axis=0)[:-1]
        return found

    @cached_property
    def school_sessions(self) -> tuple[NDArray[np.int32], Flags]:
        """Schools and the slots in which each was open: by its calendar, or because a mark of it counts as possible."""
        schools, first = np.unique(self.rows.urns, return_index=True)
        every = np.union1d(schools, self.calendars.urns).astype(np.int32)
        found = np.zeros((len(every), self.slots.width), np.bool_)
        if len(schools):
            possible = np.bitwise_or.reduceat(self.planes[:, 0], first, axis=1)  # (words, schools): a bit where anybody could be there
            found[np.searchsorted(every, schools)] = self.layout.slots_in(possible, self.slots.width)
        where = np.searchsorted(every, self.calendars.urns)
        found[where] |= self.calendars.state == OPEN
        found[where] &= self.calendars.state <= OPEN
        return every, found
