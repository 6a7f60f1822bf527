"""Compulsory school age: from the term after the fifth birthday to the last Friday in June of the year in which a child is 16."""

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from headway.registers.held import EVER
from headway.vocabulary.academic_year import AcademicYear

BELOW, ABOVE = ("N1", "N2"), ("12", "13", "14")
RECEPTION, LAST = "R", "11"


def possibly_compulsory(texts: Mapping[str, NDArray[np.str_]], year: AcademicYear) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """(first and last day of a year on which each pupil is, or may be, of that age; whether it is known), shapes (n, 2) and (n,).

    From year group and month of birth. Who may be of that age counts as if they were, and is said to be not known.
    """
    pairs, at = np.unique(np.char.add(np.char.add(texts["year_group"], "|"), texts["birth_month"]), return_inverse=True)
    found = [_span(group, month, year) for group, _, month in (str(pair).partition("|") for pair in pairs)]
    spans = np.array([span for span, _ in found], np.int32).reshape(-1, 2)
    return spans[at], np.array([known for _, known in found], np.bool_)[at]


def _span(group: str, month: str, year: AcademicYear) -> tuple[tuple[int, int], bool]:
    if group in BELOW or group in ABOVE:
        return (EVER, 0), True
    if group == LAST:
        return (0, last_friday_in_june(year.start + 1).toordinal()), True
    if group == RECEPTION and month:
        return (begins(int(month), year).toordinal(), EVER), True
    if group == RECEPTION or not group:
        return (0, EVER), False
    return (0, EVER), True


def begins(month: int, year: AcademicYear) -> date:
    """The first day of compulsory school age of a child in reception who was born in a month: after 31 December, 31 March or 31 August."""
    if month >= 9:
        return date(year.start + 1, 1, 1)
    return date(year.start + 1, 4, 1) if month <= 3 else date(year.start + 1, 9, 1)


def last_friday_in_june(year: int) -> date:
    end = date(year, 6, 30)
    return end - timedelta((end.weekday() - 4) % 7)
