"""Calendars of schools: which sessions are open, and why others are not."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from headway.registers import columns
from headway.registers.code_book import NOT_COUNTED
from headway.registers.columns import Taking
from headway.registers.faults import EMPTY, IMPOSSIBLE, MARKED, TWICE, Fault, at_rows
from headway.registers.generations import Generations
from headway.registers.growing import with_schools, with_slots
from headway.registers.held import OPEN
from headway.registers.opening import Sheet
from headway.registers.slots import Bytes, Days, year_of
from headway.registers.template import STATES
from headway.vocabulary.academic_year import AcademicYear

Rows = tuple[NDArray[np.int32], Days, NDArray[np.int8], Bytes]  # school, day, session, state


def read(sheet: Sheet, taking: Taking, faults: list[Fault]) -> Rows:
    """`urn,date,session,open`: yes, no, or why not: inset, strike, holiday, closure."""
    urn, day, session = columns.urns(sheet, taking, faults), columns.days(sheet, faults), columns.sessions(sheet, faults)
    said = sheet.column("open")
    state = np.array([STATES.get(text.upper(), 0) for text in said.values], np.uint8)[said.at]
    faults += at_rows(~said.filled, "open", EMPTY)
    faults += at_rows(said.filled & (state == 0), "open", IMPOSSIBLE)
    faults += _twice(urn, day, session, state)
    return urn, day, session, state


def _twice(urn: NDArray[np.int32], day: Days, session: NDArray[np.int8], state: Bytes) -> list[Fault]:
    by = np.lexsort((session, day, urn))
    same = (np.diff(urn[by]) == 0) & (np.diff(day[by]) == 0) & (np.diff(session[by]) == 0) & (urn[by][1:] > 0)
    differ = same & (np.diff(state[by].astype(np.int16)) != 0)
    wrong = np.zeros(len(by), np.bool_)
    wrong[by[1:][differ]] = wrong[by[:-1][differ]] = True
    return at_rows(wrong, "session", TWICE)


def contradicted(store: Generations, rows: Rows, taking: Taking) -> list[Fault]:
    """Sessions said to be closed in which pupils have marks that count: whichever of the two came first, the other is refused."""
    urn, day, session, state = rows
    shut = (state > OPEN) & (urn > 0) & (day > 0)
    wrong = np.zeros(len(urn), np.bool_)
    days, at = np.unique(day, return_inverse=True)
    starts = np.array([year_of(date.fromordinal(one)).start if one else 0 for one in days.tolist()], np.int64)[at]
    for start in np.unique(starts[shut]).tolist():
        held = store.year(AcademicYear(start))
        slot = np.where(shut & (starts == start), held.slots.at(day, session), -1)
        for school in np.unique(urn[slot >= 0]).tolist():
            here = np.nonzero((urn == school) & (slot >= 0))[0]
            marks = held.enrolments.marks[held.enrolments.urns == school][:, slot[here]]
            wrong[here] |= (taking.book.classes[marks] != NOT_COUNTED).any(axis=0)
    return at_rows(wrong, "open", MARKED)


def put(store: Generations, rows: Rows) -> int:
    """Put what is said; a session of which nothing is said stays as it was."""
    urn, day, session, state = rows
    starts = np.array([year_of(date.fromordinal(int(one))).start for one in np.unique(day)], np.int64)
    for start in np.unique(starts).tolist():
        inside = np.isin(day, np.unique(day)[starts == start])
        held = store.year(AcademicYear(start))
        held = with_schools(with_slots(held, held.slots.holding(np.unique(day[inside]))), np.unique(urn[inside]))
        at = np.searchsorted(held.calendars.urns, urn[inside])
        held.calendars.state[at, held.slots.at(day[inside], session[inside])] = state[inside]
        held.changed |= {"enrolments", "limited", "calendars", "changes"}
        store.replace(held)
    return len(urn)
