"""What other years know of a school's pupils: lists put to a year that nobody had said, and pupils met in a year without a list."""

import numpy as np
from numpy.typing import NDArray

from headway.registers.finding import rows_of
from headway.registers.generations import Generations
from headway.registers.growing import in_order, joined, put_texts, wider, with_schools, without
from headway.registers.held import LIMITED, TEXTS, Held, moved_groups
from headway.vocabulary.academic_year import AcademicYear


def move_assumed(store: Generations, year: AcademicYear, urns: NDArray[np.int32]) -> None:
    """Lists that came before any mark were put to a year that nobody had said: when a school's first marks are of another, they follow.

    Only a school without a list in that year, and with no mark in the year in which its list stands.
    """
    held = store.year(year)
    lacking = np.setdiff1d(urns, held.enrolments.urns[held.enrolments.listed])
    for other in store.years:
        if other != year and len(lacking):
            _move(store, store.year(other), year, lacking)


def _move(store: Generations, source: Held, year: AcademicYear, lacking: NDArray[np.int32]) -> None:
    rows = source.enrolments
    marked = np.unique(rows.urns[rows.marks.any(axis=1)])
    going = np.isin(rows.urns, np.setdiff1d(lacking, marked)) & rows.listed
    if not going.any():
        return
    target = with_schools(store.year(year), np.unique(rows.urns[going]))
    moved = without(rows, ~going)
    moved.marks = np.zeros((len(moved), target.slots.width), np.uint8)
    kept = without(target.enrolments, rows_of(moved, target.enrolments.urns, target.enrolments.pupils) >= 0)
    target.enrolments = in_order(joined(kept, moved))
    source.enrolments = without(rows, going)
    for one in (source, target):
        one.changed |= {"enrolments", "limited", "calendars", "changes"}
        store.replace(one)


def carry(store: Generations, year: AcademicYear, rows: NDArray[np.int64]) -> None:
    """Give enrolments that no list of their year tells of what the nearest other year knows of them, in the year group that follows.

    They are not listed for that: a list of another year is not one of this.
    """
    held = store.year(year)
    for other in sorted(store.years, key=lambda one: abs(one - year)):
        left = rows[held.enrolments.texts["year_group"][rows] == ""]
        if other != year and len(left):
            _carry(held, store.year(other), left, year - other)
    store.replace(held)


def _carry(held: Held, source: Held, rows: NDArray[np.int64], years: int) -> None:
    into, known = held.enrolments, source.enrolments
    found = rows_of(known, into.urns[rows], into.pupils[rows])
    to, at = rows[found >= 0], found[found >= 0]
    if not len(to):
        return
    into.persons[to] = known.persons[at]
    width = max(into.spells.shape[1], known.spells.shape[1])
    into.spells = wider(into.spells, width)
    into.spells[to] = wider(known.spells[at], width)
    for name in TEXTS:
        values = known.texts[name][at]
        into.texts[name] = put_texts(into.texts[name], to, moved_groups(values, years) if name == "year_group" else values)
    for name in LIMITED:
        into.limited[name] = put_texts(into.limited[name], to, known.limited[name][at])
