"""Who needs somebody to look, and which schools are not sending."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from headway.definitions.absence_rules import in_force
from headway.protected.untold import untold
from headway.readings.attendance.answers import Sending, Watched
from headway.readings.attendance.opening import Registers, data_to, day_or_today, in_patch, open_registers, written_down
from headway.readings.attendance.rights import rights_of
from headway.readings.door import Door
from headway.registers.drops import dropped, recent_sessions
from headway.registers.finding import halves
from headway.registers.held import KEY
from headway.registers.terms import half_terms
from headway.registers.view import View
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.place import Level
from headway.vocabulary.viewer import Viewer

KINDS = ("severe", "drop", "persistent")


def watch(
    door: Door, viewer: Viewer | None, *, until: date | None = None, kinds: Sequence[str] = KINDS, urns: Sequence[int] = ()
) -> list[Watched]:
    """Pupils below the thresholds of severe and persistent absence, and those whose attendance fell sharply in the last school days.

    Who is severely absent is not told again as persistently absent; of who has too few sessions so far nothing is told but a drop. Who has
    left by the day is not told of.
    """
    registers, person = open_registers(door, viewer)
    day = day_or_today(until)
    found = untold(lambda: list(watched(door, registers, person, registers.newest(day), day)))
    restricted = untold(lambda: rights_of(registers)).restricted
    kept = [one for one in found if one.kind in kinds and (not urns or one.urn in urns) and one.key not in restricted]
    written_down(registers, person, "watch", rows=len(kept))
    return kept


def watched(door: Door, registers: Registers, viewer: Viewer, year: AcademicYear, day: date, *, numbered: bool = True) -> Iterator[Watched]:
    """The same of registers that are open already: severe before dropped before persistent, the least attendance first.

    Not `numbered`: without the school's numbers of the pupils.
    """
    view = registers.view(year)
    rule = in_force(registers.library.attendance.absence_rules, day)
    halves = half_terms(registers.library.calendar, year)
    sessions = view.sessions(view.between(0, day.toordinal())).astype(np.int64)
    possible, absent = sessions[0], sessions[1] + sessions[2]
    cohort = (view.cohort(rule, halves) > 0) & view.there(day) & in_patch(view, viewer)
    told = cohort & (possible >= rule.fewest_possible)
    severe = told & (rule.severe_one_in * absent >= possible)
    persistent = told & ~severe & (rule.persistent_one_in * absent >= possible)
    recent = recent_sessions(view, day, rule.watch.recent_school_days)
    for kind, flags in zip(KINDS, (severe, cohort & dropped(sessions, recent, rule), persistent), strict=True):
        yield from _told(door, registers, view, kind, _worst_first(view, flags, sessions), sessions, recent, numbered)


def _worst_first(view: View, flags: NDArray[np.bool_], sessions: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rows by rate, then school, then key."""
    rows = np.nonzero(flags)[0]
    possible, absent = sessions[0, rows], sessions[1, rows] + sessions[2, rows]
    rate = 100 * (possible - absent) / np.maximum(possible, 1)
    first, second = halves(view.rows.pupils[rows]).T
    order: NDArray[np.int64] = rows[np.lexsort((second, first, view.rows.urns[rows], rate))]
    return order


def _told(
    door: Door, registers: Registers, view: View, kind: str, rows: NDArray[np.int64], sessions: NDArray[np.int64],
    recent: NDArray[np.int64], numbered: bool,
) -> Iterator[Watched]:  # fmt: skip
    """Column by column: of a city there are tens of thousands."""
    keys: list[bytes] = view.rows.pupils[rows].view(f"V{KEY}").ravel().tolist()
    so_far, last = sessions[:, rows], recent[:, rows]
    possible, absent, unauthorised = so_far[0].tolist(), (so_far[1] + so_far[2]).tolist(), so_far[2].tolist()
    urns = view.rows.urns[rows].tolist()
    names = {urn: door.name(Level.SCHOOL, str(urn)) for urn in set(urns)}
    numbers = [registers.number(key) for key in keys] if numbered else [""] * len(keys)
    columns = (
        urns, [names[urn] for urn in urns], numbers, [key.hex() for key in keys], view.rows.texts["year_group"][rows].tolist(), possible,
        absent, unauthorised, [rate or 0.0 for rate in _rates(so_far)], _rates(last), _rates(so_far - last), known_to_of(view, rows),
    )  # fmt: skip
    return map(Watched._make, zip(repeat(kind), *columns))


KNOWN = (("social_worker", "yes", "social worker"), ("looked_after", "yes", "looked after"), ("sen", "ehcp", "EHC plan"),
         ("sen", "support", "SEN support"), ("fsm", "yes", "free school meals"))  # fmt: skip


def known_to(view: View, row: int) -> tuple[str, ...]:
    """What the list of pupils says that others already know of the child."""
    return known_to_of(view, np.array([row]))[0]


def known_to_of(view: View, rows: NDArray[np.int64]) -> list[tuple[str, ...]]:
    flags = np.stack([view.rows.texts[name][rows] == value for name, value, _ in KNOWN], axis=1)
    bits = (flags << np.arange(len(KNOWN))).sum(axis=1).tolist()
    told = {code: tuple(words for at, (_, _, words) in enumerate(KNOWN) if code >> at & 1) for code in set(bits)}
    return [told[code] for code in bits]


def _rates(sessions: NDArray[np.int64]) -> list[float | None]:
    """Attendance in per cent of each, None where nothing was possible."""
    possible, absent = sessions[0].tolist(), (sessions[1] + sessions[2]).tolist()
    return [100 * (of - away) / of if of else None for of, away in zip(possible, absent, strict=True)]


def sending(door: Door, viewer: Viewer | None, *, until: date | None = None) -> list[Sending]:
    """Every school of the area that is open, the furthest behind first; `last` None: nothing of this year has come."""
    registers, person = open_registers(door, viewer)
    day = day_or_today(until)
    found = untold(lambda: schools_sending(door, registers, person, day))
    written_down(registers, person, "sending", rows=len(found))
    return found


def schools_sending(door: Door, registers: Registers, viewer: Viewer, day: date) -> list[Sending]:
    """The same of registers that are open already."""
    view = registers.view(registers.newest(day))
    last = data_to(view, day)
    days = np.unique(view.slots.ordinals[view.in_session & view.between(0, day.toordinal())])
    schools, marks = view.school_marks
    marked = dict(zip(schools.tolist(), marks, strict=True))
    listed = []
    for urn in area_schools(door, registers, viewer):
        there = marked[urn] & view.between(0, day.toordinal()) if urn in marked else None
        own = int(view.slots.ordinals[there][-1]) if there is not None and there.any() else 0
        listed.append(Sending(urn, door.name(Level.SCHOOL, str(urn)), date.fromordinal(own) if own else None, int((days > own).sum())))
    return sorted(listed, key=lambda one: (-one.behind, one.urn)) if last else listed


def area_schools(door: Door, registers: Registers, viewer: Viewer) -> list[int]:
    """Open schools of the area that keep registers, of a patch its own."""
    areas = registers.space.areas
    sql = "SELECT urn, authority, phase FROM establishment WHERE status = 'open'"
    phases = ("primary", "secondary", "all_through", "special", "alternative")
    found = [int(urn) for urn, area, phase in door.lookup.rows(sql) if area in areas and phase in phases]
    return sorted(urn for urn in found if viewer.urns is None or urn in viewer.urns)
