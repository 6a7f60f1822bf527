"""Half terms and weeks of term, from the library's calendar: by them one year is laid beside another, never by the date."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from headway.definitions.vocabularies import Calendar
from headway.registers.slots import Slots, year_of
from headway.vocabulary.academic_year import AcademicYear

OUTSIDE = "outside terms"


@dataclass(frozen=True)
class HalfTerm:
    """`number` counts from 1; first and last day as ordinals, both included."""

    number: int
    name: str
    first: int
    last: int


def half_terms(calendar: Calendar | None, year: AcademicYear) -> list[HalfTerm]:
    """The half terms of a year in order, as `Autumn 1`; none where the library's calendar does not hold the year."""
    told = calendar.years.get(str(year)) if calendar else None
    found: list[HalfTerm] = []
    for term in told.terms if told else ():
        holidays = [half for half in (told.half_terms if told else ()) if term.holds(half.from_)]
        edges = [term.from_, *(edge for half in holidays for edge in (half.from_, half.until)), term.until]
        parts = [(edges[0], *edges[1:2])] if not holidays else [(term.from_, holidays[0].from_), (holidays[0].until, term.until)]
        for at, (first, last) in enumerate(parts, 1):
            begins = first.toordinal() + (1 if at > 1 else 0)
            ends = last.toordinal() - (1 if at < len(parts) else 0)
            found.append(HalfTerm(len(found) + 1, f"{term.name.split()[0]} {at}", begins, ends))
    return found


def half_term_of(slots: Slots, halves: list[HalfTerm]) -> NDArray[np.int8]:
    """The half term of each slot by number, 0 outside terms, shape (width,). A day in a holiday belongs to the half term before."""
    found = np.zeros(slots.width, np.int8)
    for half in halves:
        found[slots.ordinals >= half.first] = half.number
    return found


def week_of_term(day: date, calendar: Calendar | None) -> tuple[int, int] | None:
    """(half term, week in it), both from 1, of a day's week; None where the calendar does not hold it."""
    monday = day.toordinal() - day.weekday()
    halves = half_terms(calendar, year_of(day))
    inside = [half for half in halves if half.first <= monday + 6]
    if not inside:
        return None
    half = inside[-1]
    first = half.first - (half.first - 1) % 7
    return half.number, (monday - first) // 7 + 1


def same_week(place: tuple[int, int], calendar: Calendar | None, year: AcademicYear) -> int | None:
    """The Monday of the same week of term in another year. Where that half term is shorter, its last week."""
    half = next((half for half in half_terms(calendar, year) if half.number == place[0]), None)
    if half is None:
        return None
    first, last = (day - (day - 1) % 7 for day in (half.first, half.last))
    return min(first + 7 * (place[1] - 1), last)


def same_day(day: int, calendar: Calendar | None, year: AcademicYear) -> int | None:
    """The ordinal of the same weekday in the same week of term of another year; None where the calendar cannot tell."""
    place = week_of_term(date.fromordinal(day), calendar)
    week = same_week(place, calendar, year) if place else None
    return week + (day - 1) % 7 if week else None
