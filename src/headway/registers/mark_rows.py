"""Marks as schools send them, in any shape, as one: a line for each mark with the row of the file that it stands in."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from headway.registers import columns
from headway.registers.columns import Taking
from headway.registers.faults import EMPTY, NO_CALENDAR, NOT_IN_FORCE, TOO_MANY, UNKNOWN_CODE, Fault, at_rows
from headway.registers.generations import Generations
from headway.registers.held import OPEN
from headway.registers.opening import Sheet
from headway.registers.slots import SESSIONS, Bytes, Days, year_of
from headway.registers.text_tables import Coded

NO_MARK_YET = "-"


@dataclass
class MarkRows:
    """m marks. `who` is each mark's place among `numbers`, `label` its place among `labels`, the columns that faults are told by."""

    row: NDArray[np.int64]
    label: NDArray[np.int64]
    labels: list[str]
    urn: NDArray[np.int32]
    who: NDArray[np.int64]
    numbers: list[str]
    day: Days
    session: NDArray[np.int8]
    byte: Bytes

    def faults(self, wrong: NDArray[np.bool_], problem: str, column: str = "") -> list[Fault]:
        """A fault for each mark that is wrong."""
        places = zip(self.row[wrong].tolist(), self.label[wrong].tolist(), strict=True)
        return [Fault(row, column or self.labels[label], problem) for row, label in places]


def of_long(sheet: Sheet, taking: Taking, faults: list[Fault]) -> MarkRows:
    """`urn,pupil,date,session,code`: one mark a row. A dash is no mark yet."""
    urn, who = columns.urns(sheet, taking, faults), columns.numbers(sheet, faults)
    day, session, code = columns.days(sheet, faults), columns.sessions(sheet, faults), sheet.column("code")
    faults += at_rows(~code.filled, "code", EMPTY)
    there = code.filled & ~np.isin(code.at, [at for at, text in enumerate(code.values) if text == NO_MARK_YET])
    rows = np.nonzero(there)[0]
    marks = MarkRows(
        rows + 1, np.zeros(len(rows), np.int64), ["code"], urn[rows], who.at[rows].astype(np.int64), who.values, day[rows],
        session[rows], np.zeros(len(rows), np.uint8),
    )  # fmt: skip
    _read_codes(marks, code.values, code.at[rows], taking, faults)
    return marks


def of_wide(sheet: Sheet, taking: Taking, faults: list[Fault]) -> MarkRows:
    """A column for each session. An empty cell is no mark yet. One row a pupil, so a pupil who stands twice has two marks."""
    urn, who = columns.urns(sheet, taking, faults), columns.numbers(sheet, faults)
    found, codes = [], []
    heads = sorted(sheet.known.heads.items())
    for number, (column, head) in enumerate(heads):
        code = sheet.session_column(column)
        rows = np.nonzero(code.filled & ~np.isin(code.at, [at for at, text in enumerate(code.values) if text == NO_MARK_YET]))[0]
        codes.append(Coded(code.values, code.at[rows]))
        size = len(rows)
        found.append((rows, np.full(size, number), np.full(size, head.day.toordinal(), np.int32), np.full(size, head.session, np.int8)))
    rows, label, day, session = (np.concatenate(parts) for parts in zip(*found, strict=True))
    labels = [f"{head.day.isoformat()} {SESSIONS[head.session]}" for _, head in heads]
    marks = MarkRows(
        rows + 1, label, labels, urn[rows], who.at[rows].astype(np.int64), who.values, day, session, np.zeros(len(rows), np.uint8)
    )
    values, at = _joined(codes)
    _read_codes(marks, values, at, taking, faults)
    return marks


def _joined(columns_: list[Coded]) -> tuple[list[str], NDArray[np.int32]]:
    """Columns one under the other, with their texts in one list."""
    places: dict[str, int] = {}
    parts = []
    for column in columns_:
        own = np.array([places.setdefault(text, len(places)) for text in column.values], np.int32)
        parts.append(own[column.at] if len(own) else column.at)
    return list(places), np.concatenate(parts)


def of_strings(sheet: Sheet, taking: Taking, faults: list[Fault], store: Generations) -> MarkRows:
    """A pupil's marks as one text, read along the sessions that the school's calendar has open, from a day on.

    Codes of two characters need the marks to be set apart by spaces; a dash is no mark yet.
    """
    urn, who = columns.urns(sheet, taking, faults), columns.numbers(sheet, faults)
    first, texts = columns.days(sheet, faults, "from"), sheet.column("marks")
    faults += at_rows(~texts.filled, "marks", EMPTY)
    open_days: dict[tuple[int, int], list[tuple[int, int]]] = {}
    lines: list[tuple[int, int, int, str]] = []  # row, day, session, code
    for row in np.nonzero((urn > 0) & (first > 0) & texts.filled)[0].tolist():
        school = int(urn[row]), int(first[row])
        if school not in open_days:
            open_days[school] = _open_from(store, *school)
        codes = _split(texts.values[texts.at[row]])
        if not open_days[school]:
            faults.append(Fault(row + 1, "marks", NO_CALENDAR))
        elif len(codes) > len(open_days[school]):
            faults.append(Fault(row + 1, "marks", TOO_MANY))
        else:
            lines += [(row, *slot, code) for slot, code in zip(open_days[school], codes, strict=False) if code != NO_MARK_YET]
    rows = np.array([line[0] for line in lines], np.int64)
    spelt: dict[str, int] = {}
    at = np.array([spelt.setdefault(line[3], len(spelt)) for line in lines], np.int32)
    marks = MarkRows(
        rows + 1, np.zeros(len(rows), np.int64), ["marks"], urn[rows], who.at[rows].astype(np.int64), who.values,
        np.array([line[1] for line in lines], np.int32), np.array([line[2] for line in lines], np.int8), np.zeros(len(rows), np.uint8),
    )  # fmt: skip
    _read_codes(marks, list(spelt), at, taking, faults)
    return marks


def _split(text: str) -> list[str]:
    return text.replace(",", " ").split() if " " in text or "," in text else list(text)


def _open_from(store: Generations, urn: int, first: int) -> list[tuple[int, int]]:
    """(day, session) of each session that the calendar has open from a day to the end of its year of registers."""
    held = store.year(year_of(date.fromordinal(first)))
    row = np.nonzero(held.calendars.urns == urn)[0]
    if not len(row):
        return []
    slots = np.nonzero((held.calendars.state[row[0]] == OPEN) & (held.slots.ordinals >= first))[0]
    return [(int(held.slots.ordinals[slot]), int(slot % 2)) for slot in slots]


def _read_codes(marks: MarkRows, codes: list[str], at: NDArray[np.int32], taking: Taking, faults: list[Fault]) -> None:
    """Put each mark's byte, by the code and the day; days that could not be read have been told already."""
    days, day_at = np.unique(marks.day, return_inverse=True)
    table, known = taking.book.table(codes, [date.fromordinal(int(day)) if day else None for day in days])
    if len(at):
        marks.byte = table[at, day_at]
        faults += marks.faults(~known[at], UNKNOWN_CODE)
        faults += marks.faults(known[at] & (marks.byte == 0) & (marks.day > 0), NOT_IN_FORCE)
