"""Columns of a table of registers as arrays, each distinct text read once; what cannot be read is a fault of its rows."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from headway.registers.code_book import CodeBook
from headway.registers.faults import (
    EMPTY,
    IMPOSSIBLE,
    NOT_A_DATE,
    NOT_A_NUMBER,
    NOT_A_SESSION,
    NOT_A_URN,
    OTHER_SCHOOL,
    UNKNOWN_URN,
    Fault,
    at_rows,
)
from headway.registers.opening import Sheet
from headway.registers.slots import Days
from headway.registers.template import Impossible, are_numbers, day_of, is_number, session_of
from headway.registers.text_tables import Coded, constant

T = TypeVar("T")
SIX = 6


@dataclass(frozen=True)
class Taking:
    """What a file is taken in with: the codes, the schools known, the school that the command named (0: none), and the load."""

    book: CodeBook
    schools: Collection[int]
    urn: int
    load: int
    received: date


def urns(sheet: Sheet, taking: Taking, faults: list[Fault]) -> NDArray[np.int32]:
    """The school of each row, shape (rows,); nought where it has a fault."""
    column = sheet.column("urn") if sheet.has("urn") else constant(str(taking.urn), sheet.table.rows)
    found = np.zeros(len(column.values), np.int32)
    wrong: dict[str, list[int]] = {EMPTY: [], NOT_A_URN: [], UNKNOWN_URN: [], OTHER_SCHOOL: []}
    for at, text in enumerate(column.values):
        problem = _urn_problem(text, taking)
        if problem:
            wrong[problem].append(at)
        else:
            found[at] = int(text)
    for problem, places in wrong.items():
        faults += at_rows(np.isin(column.at, places), "urn", problem)
    return found[column.at]


def _urn_problem(text: str, taking: Taking) -> str:
    if not text:
        return EMPTY
    if not (text.isascii() and text.isdigit() and len(text) == SIX):
        return NOT_A_URN
    if taking.urn and int(text) != taking.urn:
        return OTHER_SCHOOL
    return "" if int(text) in taking.schools else UNKNOWN_URN


def numbers(sheet: Sheet, faults: list[Fault], name: str = "pupil") -> Coded:
    """The number of each row's pupil. Texts that cannot be one are blank in what is given back."""
    column = sheet.column(name)
    wrong = [] if are_numbers(column.values) else [at for at, text in enumerate(column.values) if text and not is_number(text)]
    faults += at_rows(~column.filled, name, EMPTY)
    faults += at_rows(np.isin(column.at, wrong), name, NOT_A_NUMBER)
    bad = set(wrong)
    return Coded(["" if at in bad else text for at, text in enumerate(column.values)], column.at)


def days(sheet: Sheet, faults: list[Fault], name: str = "date", *, needed: bool = True) -> Days:
    """The day of each row as an ordinal, nought where there is none."""
    column = sheet.column(name)
    found = [day_of(text) if text else None for text in column.values]
    wrong = [at for at, text in enumerate(column.values) if text and found[at] is None]
    if needed:
        faults += at_rows(~column.filled, name, EMPTY)
    faults += at_rows(np.isin(column.at, wrong), name, NOT_A_DATE)
    return np.array([day.toordinal() if day else 0 for day in found], np.int32)[column.at]


def sessions(sheet: Sheet, faults: list[Fault]) -> NDArray[np.int8]:
    column = sheet.column("session")
    found = [session_of(text) for text in column.values]
    faults += at_rows(np.isin(column.at, [at for at, session in enumerate(found) if session is None]), "session", NOT_A_SESSION)
    return np.array([session or 0 for session in found], np.int8)[column.at]


def read(sheet: Sheet, name: str, reader: Callable[[str], T], blank: T, faults: list[Fault], problem: str = IMPOSSIBLE) -> list[T]:
    """The value of each row by a reader that raises Impossible."""
    column = sheet.column(name)
    found: list[T] = []
    wrong = []
    for at, text in enumerate(column.values):
        try:
            found.append(reader(text))
        except Impossible:
            wrong.append(at)
            found.append(blank)
    faults += at_rows(np.isin(column.at, wrong), name, problem)
    return [found[at] for at in column.at.tolist()]
