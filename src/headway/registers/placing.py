"""Puts marks where they belong: finds or makes their enrolments and sessions, refuses what cannot be, and keeps what was known before."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from headway.registers.code_book import NOT_COUNTED, CodeBook
from headway.registers.columns import Taking
from headway.registers.faults import CLOSED as SCHOOL_CLOSED
from headway.registers.faults import NOT_LISTED, OUTSIDE, TWO_MARKS, WEEKEND, Fault
from headway.registers.finding import in_order, rows_of
from headway.registers.generations import Generations
from headway.registers.growing import grown, with_schools, with_slots
from headway.registers.held import OPEN, Changes, Enrolments, Held
from headway.registers.mark_rows import MarkRows
from headway.registers.moving_lists import carry, move_assumed
from headway.registers.slots import SHORT, Bytes, year_of
from headway.vocabulary.academic_year import AcademicYear

Places = NDArray[np.int64]
OFF_ROLL = ("not_on_roll", "planned_closure")  # reasons of codes that registers have for who is not on roll


@dataclass
class Placed:
    """Marks of one year with the keys of their numbers; `row` is the enrolment among `found_in`, −1 where it is new."""

    year: AcademicYear
    marks: MarkRows
    keys: Bytes  # (numbers, KEY)
    row: Places
    found_in: Enrolments

    def rows_in(self, enrolments: Enrolments) -> Places:
        """Looked up again where an earlier table of the file, or this one, has made enrolments since."""
        return self.row if enrolments is self.found_in else _rows(enrolments, self.marks, self.keys)

    def keys_of(self, which: NDArray[np.bool_]) -> Bytes:
        """Of the pupils of these marks."""
        return self.keys[self.marks.who[which]]


def _rows(enrolments: Enrolments, marks: MarkRows, keys: Bytes) -> Places:
    """The enrolment of each mark. Of marks of one pupil that follow each other, as a day's two do, the first is looked up."""
    new = np.ones(len(marks.who), np.bool_)
    new[1:] = (marks.who[1:] != marks.who[:-1]) | (marks.urn[1:] != marks.urn[:-1])
    found: Places = rows_of(enrolments, marks.urn[new], keys[marks.who[new]])[np.cumsum(new) - 1]
    return found


def plan(store: Generations, marks: MarkRows, taking: Taking, faults: list[Fault]) -> list[Placed]:
    """Find every mark's enrolment and tell what cannot be. Nothing is changed, but that the store knows the pupils' keys."""
    good = (marks.urn > 0) & (marks.day > 0) & (marks.byte > 0)
    good &= np.array([bool(number) for number in marks.numbers], np.bool_)[marks.who] if marks.numbers else good
    keys, met = store.identities.known(marks.numbers), np.zeros(len(marks.numbers), np.bool_)
    found = []
    days = np.unique(marks.day[good])
    starts = np.array([year_of(date.fromordinal(int(day))).start for day in days], np.int64)
    for start in np.unique(starts).tolist():
        inside = good & np.isin(marks.day, days[starts == start])
        part = _only(marks, inside)
        move_assumed(store, AcademicYear(start), np.unique(part.urn))
        held = store.year(AcademicYear(start))
        placed = Placed(AcademicYear(start), part, keys, _rows(held.enrolments, part, keys), held.enrolments)
        met[part.who[placed.row >= 0]] = True  # whoever has an enrolment was kept when it was made
        faults += _faults(held, placed, taking.book)
        found.append(placed)
    new = np.nonzero(~met)[0].tolist()
    store.identities.keep(keys[new], [marks.numbers[at] for at in new])
    return found


def _only(marks: MarkRows, inside: NDArray[np.bool_]) -> MarkRows:
    arrays = {name: getattr(marks, name)[inside] for name in ("row", "label", "urn", "who", "day", "session", "byte")}
    return MarkRows(labels=marks.labels, numbers=marks.numbers, **arrays)


def _faults(held: Held, placed: Placed, book: CodeBook) -> list[Fault]:
    """A code that counts nowhere may stand where its meaning is: Z and # off the roll, # and Y4 on a day that the calendar has closed."""
    marks, rows = placed.marks, held.enrolments
    off = np.isin(marks.byte, [byte for reason in OFF_ROLL for byte in book.reasons.get(reason, ())])
    listing = np.unique(rows.urns[rows.listed])
    known = placed.row >= 0
    unlisted = np.isin(marks.urn, listing) & ~(known & rows.listed[placed.row] if len(rows) else known)
    found = marks.faults(unlisted, NOT_LISTED, "pupil")
    if known.any():
        spells = rows.spells[placed.row]
        on_roll = ((spells[:, 0::2] <= marks.day[:, None]) & (marks.day[:, None] <= spells[:, 1::2])).any(axis=1)
        found += marks.faults(known & ~on_roll & ~off, OUTSIDE)
    state = states(held, marks)
    weekend = ((marks.day - 1) % 7 >= SHORT) & (state != OPEN)
    found += marks.faults(weekend, WEEKEND)
    shut = ~weekend & (state > OPEN) & (book.classes[marks.byte] != NOT_COUNTED)
    return found + marks.faults(shut, SCHOOL_CLOSED) + _twice(placed)


def states(held: Held, marks: MarkRows) -> Bytes:
    """What the calendar of its school says of each mark's session; 0 where it says nothing."""
    slot = held.slots.at(marks.day, marks.session)
    at = np.searchsorted(held.calendars.urns, marks.urn)
    told = np.isin(marks.urn, held.calendars.urns) & (slot >= 0)
    found = np.zeros(len(marks.urn), np.uint8)
    found[told] = held.calendars.state[at[told], slot[told]]
    return found


def _twice(placed: Placed) -> list[Fault]:
    """Marks of one pupil for one session that are not the same. The same mark twice is one."""
    marks = placed.marks
    if not len(marks.who):
        return []
    whose = (marks.urn.astype(np.int64) - int(marks.urn.min())) * (int(marks.who.max()) + 1) + marks.who
    when = 2 * marks.day.astype(np.int64) + marks.session
    by = in_order(whose, when)
    byte, whose, when = marks.byte[by], whose[by], when[by]
    differ = (whose[1:] == whose[:-1]) & (when[1:] == when[:-1]) & (byte[1:] != byte[:-1])
    wrong = np.zeros(len(by), np.bool_)
    wrong[by[1:][differ]] = wrong[by[:-1][differ]] = True
    return marks.faults(wrong, TWO_MARKS)


def put(store: Generations, placed: Placed, taking: Taking) -> int:
    """Put the marks; how many are new or other than before. Only after the whole file was found without fault."""
    marks, held = placed.marks, store.year(placed.year)
    held = with_slots(held, held.slots.holding(np.unique(marks.day)))
    held = with_schools(held, np.unique(marks.urn))
    new = placed.rows_in(held.enrolments) < 0
    if new.any():
        held = grown(held, marks.urn[new], placed.keys_of(new))
        store.replace(held)
        carry(store, placed.year, np.unique(rows_of(held.enrolments, marks.urn[new], placed.keys_of(new))))
    rows = placed.rows_in(held.enrolments)
    slots = held.slots.at(marks.day, marks.session)
    before = held.enrolments.marks[rows, slots]
    other = before != marks.byte
    school = np.searchsorted(held.calendars.urns, marks.urn)
    late = held.calendars.received[school, slots] > 0
    _remember(held, placed, before, other & ((before > 0) | late), taking.load)
    held.calendars.received[school[~late], slots[~late]] = taking.load
    held.enrolments.marks[rows, slots] = marks.byte
    held.touched |= set(np.unique(slots).tolist())
    held.changed |= {"calendars"}
    store.replace(held)
    return int(other.sum())


def _remember(held: Held, placed: Placed, before: Bytes, which: NDArray[np.bool_], load: int) -> None:
    if not which.any():
        return
    marks, old = placed.marks, held.changes
    fresh = (
        marks.urn[which], placed.keys_of(which), marks.day[which], marks.session[which].astype(np.uint8), before[which],
        marks.byte[which], np.full(int(which.sum()), load, np.int32),
    )  # fmt: skip
    kept = (old.urn, old.pupil, old.day, old.session, old.before, old.after, old.load)
    held.changes = Changes(*(np.concatenate([was, new]) for was, new in zip(kept, fresh, strict=True)))
    held.changed.add("changes")
