"""The national threshold for penalty notices, exactly: so many unauthorised sessions within so many school weeks of one child.

A school week is one from Monday to Sunday with a session open at a school where the child is on roll. The child is the person, so weeks
and sessions are of all schools and years together, and a session that two schools mark is one. In the order of time, a session meets
the threshold when the one that stands nine before it lies within ten school weeks; those ten are the sessions counted. What a notice was
issued for, and what was counted once, is not counted again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from headway.definitions.absence_rules import PenaltyNotices
from headway.registers.ages import possibly_compulsory
from headway.registers.code_book import CodeBook
from headway.registers.held import KEY
from headway.registers.planes import on_roll
from headway.registers.slots import SESSIONS, Bytes, monday
from headway.registers.view import View

Ints = NDArray[np.int64]
Days = NDArray[np.int32]
COLUMNS = ("person", "day", "session", "byte", "urn", "pupil", "week", "young", "age_known")


@dataclass(frozen=True)
class Session:
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


@dataclass
class Absences:
    """Unauthorised sessions of everybody, by person and time: s of them. `week` is the number of each session's school week for its
    person, so that a difference of 9 is ten school weeks.
    """

    person: Ints  # (s,) place in `persons`
    day: Days
    session: NDArray[np.int8]
    byte: Bytes
    urn: NDArray[np.int32]
    pupil: Bytes  # (s, KEY)
    week: Ints
    young: NDArray[np.bool_]  # the reason may yet be established
    age_known: NDArray[np.bool_]
    persons: list[bytes]

    def only(self, which: NDArray[np.bool_]) -> "Absences":
        arrays = {
            name: getattr(self, name)[which] for name in ("person", "day", "session", "byte", "urn", "pupil", "week", "young", "age_known")
        }
        return Absences(persons=self.persons, **arrays)


def absences(views: Sequence[View], rule: PenaltyNotices, until: date) -> Absences:
    """Every unauthorised session that may count, up to a day, in order of person and time, each once."""
    parts = [_of_year(view, rule, until) for view in views]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]} if parts else {}
    if not parts or not len(columns["day"]):
        return _none()
    persons, person = np.unique(columns.pop("person"), axis=0, return_inverse=True)
    person = person.ravel()
    order = np.lexsort((columns["urn"], columns["session"], columns["day"], person))
    person, columns = person[order], {name: values[order] for name, values in columns.items()}
    again = np.zeros(len(person), np.bool_)
    again[1:] = (np.diff(person) == 0) & (np.diff(columns["day"]) == 0) & (np.diff(columns["session"]) == 0)
    keys = [row.tobytes() for row in persons]
    found = Absences(person=person, week=np.zeros(len(person), np.int64), persons=keys, **columns).only(~again)
    found.week = _school_weeks(found, views)
    return found


def _none() -> Absences:
    kinds = (np.int64, np.int32, np.int8, np.uint8, np.int32, np.uint8, np.int64, np.bool_, np.bool_)
    return Absences(persons=[], **{name: np.empty(0, kind) for name, kind in zip(COLUMNS, kinds, strict=True)})


def _of_year(view: View, rule: PenaltyNotices, until: date) -> dict[str, NDArray[np.generic]]:
    wanted = np.zeros(256, np.bool_)
    wanted[[byte for reason in rule.reasons for byte in view.book.reasons.get(reason, ())]] = True
    chosen = view.between(rule.counted_from.toordinal(), until.toordinal())
    inside = np.nonzero(chosen)[0]
    row, place = np.nonzero(wanted[view.marks[:, inside]])
    slot = inside[place]
    of_age, known = possibly_compulsory(view.rows.texts, view.slots.year)
    days = view.slots.ordinals[slot]
    keep = (of_age[row, 0] <= days) & (days <= of_age[row, 1])
    row, slot, days = row[keep], slot[keep], days[keep]
    return {
        "person": view.rows.persons[row], "day": days, "session": (slot % 2).astype(np.int8), "byte": view.marks[row, slot],
        "urn": view.rows.urns[row], "pupil": view.rows.pupils[row], "young": _young(view, rule, row, slot, until), "age_known": known[row],
    }  # fmt: skip


def _young(view: View, rule: PenaltyNotices, row: Ints, slot: Ints, until: date) -> NDArray[np.bool_]:
    """Whether a session's reason may yet be established: fewer school days than it takes have followed it."""
    young: NDArray[np.bool_] = np.isin(view.marks[row, slot], view.book.reasons.get(rule.settles.reason, []))
    schools, open_ = view.school_sessions
    days = open_ & view.between(0, until.toordinal())
    daily = np.any(days.reshape(len(schools), view.slots.width // 2, 2), axis=2)
    passed = daily[:, ::-1].cumsum(axis=1)[:, ::-1] - daily  # school days after each day
    at = np.searchsorted(schools, view.rows.urns[row])
    found: NDArray[np.bool_] = young & (passed[at, slot // 2] < rule.settles.school_days)
    return found


def _school_weeks(found: Absences, views: Sequence[View]) -> Ints:
    """The number of each session's week among the school weeks of its person."""
    weeks = monday(found.day).astype(np.int64) // 7
    keys = np.frombuffer(b"".join(found.persons), np.uint8).reshape(-1, KEY)
    open_weeks = [_open_weeks(view, keys) for view in views]
    person = np.concatenate([part[0] for part in open_weeks])
    week = np.concatenate([part[1] for part in open_weeks])
    # a week with an unauthorised session is a school week even where the calendar forgot it
    every = np.unique(np.concatenate([person * SPAN + week, found.person * SPAN + weeks]))
    return np.searchsorted(every, found.person * SPAN + weeks).astype(np.int64)


SPAN = 1_000_000  # more weeks than any calendar has


def _open_weeks(view: View, persons: Bytes) -> tuple[Ints, Ints]:
    """(person, week) of every week in which a school was open that the person was on roll at; only of the persons asked for."""
    wanted = {row.tobytes(): at for at, row in enumerate(persons)}
    of = np.array([wanted.get(row.tobytes(), -1) for row in view.rows.persons], np.int64)
    rows = np.nonzero(of >= 0)[0]
    schools, open_ = view.school_sessions
    if not len(rows) or not view.slots.width:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    per_week = view.slots.per_week
    daily = np.any(open_.reshape(len(schools), view.slots.width // 2, 2), axis=2)
    there = on_roll(view.rows.spells[rows], view.slots.ordinals[::2]) & daily[np.searchsorted(schools, view.rows.urns[rows])]
    weekly = there.reshape(len(rows), -1, per_week // 2).any(axis=2)
    at, week = np.nonzero(weekly)
    return of[rows[at]], np.array(view.slots.weeks, np.int64)[week] // 7


def met(found: Absences, rule: PenaltyNotices, views: Sequence[View], notices: Mapping[bytes, Sequence[date]] | None = None) -> list[Met]:
    """Every time that the threshold was met, in order of person and time. `notices` are days of issue by person."""
    if not views:
        return []
    book = views[0].book
    after = notices if notices and not rule.reuse_sessions_after_notice else {}
    firm = {person: len(places) for person, places in _places(found.only(~found.young), rule, after).items()}
    listed = []
    for person, places in _places(found, rule, after).items():
        for number, place in enumerate(places):
            inside = np.arange(place - rule.sessions + 1, place + 1)
            young = bool(found.young[inside].any())
            sessions = tuple(_session(found, at, book) for at in inside.tolist())
            listed.append(
                Met(
                    found.persons[person], int(found.urn[place]), found.pupil[place].tobytes(), sessions[-1].day, sessions,
                    young and firm.get(person, 0) <= number, bool(found.age_known[inside].all()),
                )
            )  # fmt: skip
    return listed


def _session(found: Absences, at: int, book: CodeBook) -> Session:
    day = date.fromordinal(int(found.day[at]))
    return Session(day, SESSIONS[found.session[at]], book.code(int(found.byte[at])), int(found.urn[at]))


def _places(found: Absences, rule: PenaltyNotices, notices: Mapping[bytes, Sequence[date]]) -> dict[int, list[int]]:
    """Person → places in `found` of the sessions that met the threshold, each ten apart from the ten before."""
    back = rule.sessions - 1
    if len(found.day) <= back:
        return {}
    near = (found.person[back:] == found.person[:-back]) & (found.week[back:] - found.week[:-back] < rule.school_weeks)
    chosen: dict[int, list[int]] = {}
    for place in (np.nonzero(near)[0] + back).tolist():
        person = int(found.person[place])
        before = chosen.setdefault(person, [])
        first = place - back
        issued = [day.toordinal() for day in notices.get(found.persons[person], ())]
        used = any(found.day[first] <= day < found.day[place] for day in issued)
        if (not before or first > before[-1]) and not used:
            before.append(place)
    return {person: places for person, places in chosen.items() if places}
