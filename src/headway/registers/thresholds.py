"""The national threshold for penalty notices, exactly: so many unauthorised sessions within so many school weeks of one child.

A school week is one from Monday to Sunday with a session open at a school where the child is on roll. The child is the person, so weeks
and sessions are of all schools and years together, and a session that two schools mark is one. In the order of time, a session meets
the threshold when the one that stands nine before it lies within ten school weeks; those ten are the sessions counted. What a notice was
issued for, and what was counted once, is not counted again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from headway.definitions.absence_rules import PenaltyNotices
from headway.registers.code_book import UNAUTHORISED, CodeBook
from headway.registers.finding import halves, in_order, told_apart
from headway.registers.held import KEY
from headway.registers.planes import on_roll
from headway.registers.slots import SESSIONS, Bytes, monday
from headway.registers.view import View

Ints = NDArray[np.int64]
Days = NDArray[np.int32]
COLUMNS = ("person", "day", "session", "byte", "row", "week", "young")


class Session(NamedTuple):
    """One session counted."""

    day: date
    session: str
    code: str
    urn: int


@dataclass(frozen=True)
class Met:
    """The threshold met once. `urn` and `pupil` are of the school at which it was met; `provisional`: it rests on a reason that may
    yet be established; `age_known` is false where nobody told whether the child is of compulsory school age.
    """

    person: bytes
    urn: int
    pupil: bytes
    first_met: date
    sessions: tuple[Session, ...]
    provisional: bool
    age_known: bool


@dataclass(frozen=True)
class People:
    """Whose sessions may count: r enrolments of all years, one year under the other, and the persons that they are of, in order."""

    persons: Bytes  # (p, KEY)
    person: Ints  # (r,) place in `persons`
    urn: NDArray[np.int32]
    pupil: Bytes  # (r, KEY)
    age_known: NDArray[np.bool_]


@dataclass
class Absences:
    """Unauthorised sessions of everybody, by person and time: s of them. `week` is the number of each session's school week for its
    person, so that a difference of 9 is ten school weeks.
    """

    person: Ints  # (s,) place in `people.persons`
    day: Days
    session: NDArray[np.int8]
    byte: Bytes
    row: Ints  # (s,) enrolment
    week: Ints
    young: NDArray[np.bool_]  # the reason may yet be established
    people: People

    def only(self, which: NDArray[np.bool_]) -> "Absences":
        if which.all():
            return self
        return Absences(people=self.people, **{name: getattr(self, name)[which] for name in COLUMNS})

    def key(self, at: int) -> bytes:
        """Whose a session is."""
        return bytes(self.people.persons[self.person[at]].tobytes())


def absences(views: Sequence[View], rule: PenaltyNotices, until: date) -> Absences:
    """Every unauthorised session that may count, up to a day, in order of person and time, each once; of who has enough of them at all."""
    kept = _with_enough(views, rule, until)
    people = _people(views, kept)
    parts = [_of_year(views, at, rows, start, rule, until) for at, (rows, start) in enumerate(zip(kept, _starts(kept), strict=True))]
    if not any(len(part["day"]) for part in parts):
        return _none(people)
    columns = _certain_first({name: np.concatenate([part[name] for part in parts]) for name in parts[0]})
    whose, when = people.person[columns["row"]], 2 * columns["day"].astype(np.int64) + columns["session"]
    order = in_order(whose, when)  # of two schools' marks the certain one comes first, then that of the lower number
    person, when, columns = whose[order], when[order], {name: columns[name][order] for name in ("byte", "row", "young")}
    columns |= {"day": (when >> 1).astype(np.int32), "session": (when & 1).astype(np.int8)}
    again = np.zeros(len(order), np.bool_)
    again[1:] = (person[1:] == person[:-1]) & (when[1:] == when[:-1])
    found = Absences(people=people, person=person, week=np.zeros(len(order), np.int64), **columns).only(~again)
    found.week = _school_weeks(found, views, kept)
    return found


def _certain_first(columns: dict[str, NDArray[np.generic]]) -> dict[str, NDArray[Any]]:
    """What one school does not know yet another may: the session then rests on the mark that stays."""
    order = np.argsort(columns["young"], kind="stable") if columns["young"].any() else slice(None)
    return {name: values[order] for name, values in columns.items()}


def _starts(kept: Sequence[Ints]) -> list[int]:
    """At which place the rows of each year begin when all are one under the other."""
    return [int(start) for start in np.cumsum([0, *(len(rows) for rows in kept)])[:-1]]


def _people(views: Sequence[View], kept: Sequence[Ints]) -> People:
    if not views:
        keys = np.empty((0, KEY), np.uint8)
        return People(keys, np.empty(0, np.int64), np.empty(0, np.int32), keys, np.empty(0, np.bool_))
    rows = [(view.rows, at) for view, at in zip(views, kept, strict=True)]
    keys = np.concatenate([one.persons[at] for one, at in rows])
    first, person = told_apart(keys)
    known = [_ages(view, at)[1] for view, at in zip(views, kept, strict=True)]
    urns, pupils = (np.concatenate([getattr(one, name)[at] for one, at in rows]) for name in ("urns", "pupils"))
    return People(keys[first], person, urns, pupils, np.concatenate(known))


def _ages(view: View, rows: Ints) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    spans, known = view.ages
    return spans[rows], known[rows]


def _with_enough(views: Sequence[View], rule: PenaltyNotices, until: date) -> list[Ints]:
    """The rows of each year whose persons have as many unauthorised sessions as it takes, in all years and schools together.

    Counted in the planes, so that most pupils' marks need not be looked at. A person is told by 64 bits here: should two share them,
    both are kept.
    """
    if not views:
        return []
    counts = [_unauthorised(view, rule, until) for view in views]
    parts = np.concatenate([halves(view.rows.persons) for view in views])
    people, at = np.unique(parts[:, 0] ^ parts[:, 1], return_inverse=True)
    enough = np.bincount(at, np.concatenate(counts), len(people))[at] >= rule.sessions
    edges = np.cumsum([len(one) for one in counts])[:-1]
    return [np.nonzero(one)[0] for one in np.split(enough, edges)]  # rows without one too: their schools' weeks are the person's


def _unauthorised(view: View, rule: PenaltyNotices, until: date) -> Ints:
    """At least as many as each row has of the sessions that count."""
    if not _in_planes(view, rule):
        return np.full(len(view.rows), rule.sessions, np.int64)
    found: Ints = view.sessions(view.between(rule.counted_from.toordinal(), until.toordinal()))[2].astype(np.int64)
    return found


def _codes(view: View, rule: PenaltyNotices) -> list[int]:
    return [byte for reason in rule.reasons for byte in view.book.reasons.get(reason, ())]


def _in_planes(view: View, rule: PenaltyNotices) -> bool:
    """Whether all that counts is unauthorised absence; of a rule of another kind the planes tell nothing."""
    return bool((view.book.classes[_codes(view, rule)] == UNAUTHORISED).all())


def _none(people: People) -> Absences:
    kinds = (np.int64, np.int32, np.int8, np.uint8, np.int64, np.int64, np.bool_)
    return Absences(people=people, **{name: np.empty(0, kind) for name, kind in zip(COLUMNS, kinds, strict=True)})


def _of_year(views: Sequence[View], number: int, rows: Ints, start: int, rule: PenaltyNotices, until: date) -> dict[str, NDArray[Any]]:
    """Sessions of these rows of one of the years, which stand from `start` on among those of all."""
    view = views[number]
    wanted = np.zeros(256, np.bool_)
    wanted[_codes(view, rule)] = True
    chosen = view.between(rule.counted_from.toordinal(), until.toordinal())
    at, slot = view.unauthorised_at(rows, chosen) if _in_planes(view, rule) else _marked_at(view, rows, chosen, wanted)
    byte, days, (of_age, _) = view.marks[rows[at], slot], view.slots.ordinals[slot], _ages(view, rows)
    keep = wanted[byte] & (of_age[at, 0] <= days) & (days <= of_age[at, 1])
    at, slot, days, byte = at[keep], slot[keep], days[keep], byte[keep]
    return {
        "day": days, "session": (slot % 2).astype(np.int8), "byte": byte, "row": at + start,
        "young": _young(views, number, rule, rows[at], slot, byte, until),
    }  # fmt: skip


def _marked_at(view: View, rows: Ints, chosen: NDArray[np.bool_], wanted: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    inside = np.nonzero(chosen)[0]
    at, place = np.nonzero(wanted[view.marks[np.ix_(rows, inside)]])
    return at, inside[place]


def _young(
    views: Sequence[View], number: int, rule: PenaltyNotices, row: Ints, slot: Ints, byte: Bytes, until: date
) -> NDArray[np.bool_]:  # fmt: skip
    """Whether a session's reason may yet be established: fewer school days than it takes have followed it, of later years too."""
    view = views[number]
    young: NDArray[np.bool_] = np.isin(byte, view.book.reasons.get(rule.settles.reason, []))
    if not young.any():
        return young
    schools, daily = _school_days(view, until)
    passed = daily[:, ::-1].cumsum(axis=1)[:, ::-1] - daily  # school days after each day
    for other in (one for one in views if one.slots.year > view.slots.year):
        there, days = _school_days(other, until)
        later, of_area = dict(zip(there.tolist(), days.sum(axis=1).tolist(), strict=True)), int(days.any(axis=0).sum())
        passed += np.array([later.get(urn, of_area) for urn in schools.tolist()])[:, None]  # a school that is no more has no days
    those = np.nonzero(young)[0]
    at = np.searchsorted(schools, view.rows.urns[row[those]])
    young[those] = passed[at, slot[those] // 2] < rule.settles.school_days
    return young


def _school_days(view: View, until: date) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Schools, and whether each was open on each day up to one, shape (schools, days)."""
    schools, open_ = view.school_sessions
    days = open_ & view.between(0, until.toordinal())
    return schools, np.any(days.reshape(len(schools), view.slots.width // 2, 2), axis=2)


def _school_weeks(found: Absences, views: Sequence[View], kept: Sequence[Ints]) -> Ints:
    """The number of each session's week among the school weeks of its person."""
    weeks = np.unique(np.concatenate([np.array(view.slots.weeks, np.int32) for view in views]))
    open_ = np.zeros((len(found.people.persons), len(weeks)), np.bool_)
    for view, rows, start in zip(views, kept, _starts(kept), strict=True):
        if len(rows):
            person = found.people.person[start : start + len(rows)]
            start = int(np.searchsorted(weeks, view.slots.weeks[0]))  # a year's weeks follow each other among those of all
            _lay(open_[:, start : start + len(view.slots.weeks)], person, _open_weeks(view, rows))
    first = int(found.day.min())
    week = np.searchsorted(weeks, monday(np.arange(first, int(found.day.max()) + 1, dtype=np.int32)))[found.day - first]
    open_[found.person, week] = True  # a week with an unauthorised session is a school week even where the calendar forgot it
    number: Ints = open_.cumsum(axis=1, dtype=np.int16)[found.person, week].astype(np.int64)
    return number


def _lay(open_: NDArray[np.bool_], person: Ints, weekly: NDArray[np.bool_]) -> None:
    """Add what rows say to their persons'; a person may have several."""
    rest, last = np.arange(len(person)), np.empty(len(open_), np.int64)
    while len(rest):
        last[person[rest]] = rest
        now = last[person[rest]] == rest  # one row of each person
        open_[person[rest[now]]] |= weekly[rest[now]]
        rest = rest[~now]


def _open_weeks(view: View, rows: Ints) -> NDArray[np.bool_]:
    """Whether the school of each of these rows was open in each week while its pupil was on roll, shape (rows, weeks)."""
    schools, open_ = view.school_sessions
    daily = np.any(open_.reshape(len(schools), view.slots.width // 2, 2), axis=2)
    spells, days, at = view.rows.spells[rows], view.slots.ordinals[::2], np.searchsorted(schools, view.rows.urns[rows])
    found: NDArray[np.bool_] = daily.reshape(len(schools), -1, view.slots.days).any(axis=2)[at]
    part = np.nonzero(~((spells[:, 0::2] <= days[0]) & (spells[:, 1::2] >= days[-1])).any(axis=1))[0]  # not there all year: day by day
    found[part] = (on_roll(spells[part], days) & daily[at[part]]).reshape(len(part), len(view.slots.weeks), view.slots.days).any(axis=2)
    return found


@dataclass(frozen=True)
class Tens:
    """Every time that the threshold was met, by person and time: k of them. `inside` are the places of the sessions counted, in order."""

    inside: Ints  # (k, sessions)
    provisional: NDArray[np.bool_]
    age_known: NDArray[np.bool_]

    @property
    def last(self) -> Ints:
        return self.inside[:, -1]


def tens(found: Absences, rule: PenaltyNotices, notices: Mapping[bytes, Sequence[date]] | None = None) -> Tens:
    """`notices` are days of issue by person."""
    after = notices if notices and not rule.reuse_sessions_after_notice else {}
    everything = np.arange(len(found.day))
    places, certain = _places(found, everything, rule, after), np.nonzero(~found.young)[0]
    sure = _places(found, certain, rule, after) if len(certain) < len(everything) else places
    firm = np.bincount(found.person[sure], minlength=len(found.people.persons))
    person = found.person[places]
    number = np.arange(len(places)) - np.searchsorted(person, person)  # of how many the person met before it
    inside = places[:, None] + np.arange(1 - rule.sessions, 1)
    provisional = found.young[inside].any(axis=1) & (number >= firm[person])
    return Tens(inside, provisional, found.people.age_known[found.row[inside]].all(axis=1))


def met(found: Absences, rule: PenaltyNotices, views: Sequence[View], notices: Mapping[bytes, Sequence[date]] | None = None) -> list[Met]:
    """The same one by one, in order of person and time."""
    if not views:
        return []
    told = tens(found, rule, notices)
    sessions = zip(*[iter(_sessions(found, told.inside.ravel(), views[0].book))] * rule.sessions, strict=True)
    row = found.row[told.last]
    columns = (found.person[told.last], found.people.urn[row], told.provisional, told.age_known)
    return [
        Met(found.people.persons[person].tobytes(), urn, pupil.tobytes(), ten[-1].day, ten, provisional, known)
        for (person, urn, provisional, known), pupil, ten in zip(
            zip(*(column.tolist() for column in columns), strict=True), found.people.pupil[row], sessions, strict=True
        )
    ]


def _sessions(found: Absences, places: Ints, book: CodeBook) -> list[Session]:
    ordinals, at = np.unique(found.day[places], return_inverse=True)
    days = [date.fromordinal(day) for day in ordinals.tolist()]
    codes = {byte: book.code(byte) for byte in np.unique(found.byte[places]).tolist()}
    columns = (
        [days[day] for day in at.tolist()], [SESSIONS[session] for session in found.session[places].tolist()],
        [codes[byte] for byte in found.byte[places].tolist()], found.people.urn[found.row[places]].tolist(),
    )  # fmt: skip
    return list(map(Session, *columns))


def _places(found: Absences, among: Ints, rule: PenaltyNotices, notices: Mapping[bytes, Sequence[date]]) -> Ints:
    """Places in `found` of the sessions, of those among which is looked, that met the threshold, each ten apart from the ten before of its
    person; rising.
    """
    back = rule.sessions - 1
    if len(among) <= back:
        return np.empty(0, np.int64)
    person, week = found.person[among], found.week[among]
    near = (person[back:] == person[:-back]) & (week[back:] - week[:-back] < rule.school_weeks)
    hits = np.nonzero(near)[0] + back
    if notices:
        hits = hits[[not _issued_within(found, among[place - back], among[place], notices) for place in hits.tolist()]]
    before = np.zeros(len(among) + rule.sessions, np.int64)  # how many hits lie before each place
    before[hits + 1] = 1
    before = before.cumsum()
    own = person[hits]
    at = np.nonzero(np.concatenate([[True], own[1:] != own[:-1]]))[0] if len(hits) else hits  # the first of each person's
    chosen: list[Ints] = []
    while len(at):
        chosen.append(hits[at])
        after = before[hits[at] + rule.sessions]
        there = after < len(hits)
        at, after = at[there], after[there]
        at = after[own[after] == own[at]]
    return among[np.sort(np.concatenate(chosen))] if chosen else hits


def _issued_within(found: Absences, first: int, last: int, notices: Mapping[bytes, Sequence[date]]) -> bool:
    """Whether a notice was issued between the first and the last of the sessions."""
    issued = notices.get(found.key(last), ())
    return any(found.day[first] <= day.toordinal() < found.day[last] for day in issued)
