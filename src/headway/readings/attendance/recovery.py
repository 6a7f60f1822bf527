"""Attendance before and after support, beside comparable schools or pupils that had none: an association, and no cause.

Support is offered where attendance fell, and what fell rises again whatever anybody does. So each one is set beside those that stood where
it stood in the same weeks (of the same phase or year group, the nearest in attendance before) and were not supported; their change is what
would have come anyway. Of schools one by one and together; of pupils only together, from ten on, so that nobody is told of.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from headway.protected.untold import untold
from headway.readings.attendance.opening import Registers, data_to, open_counts, open_registers, written_down
from headway.readings.attendance.rights import rights_of
from headway.readings.door import Door
from headway.readings.schools import establishments
from headway.registers.before_after import SCHOOL_POINTS, by_school, nearest, spans, told_of
from headway.registers.slots import year_of
from headway.registers.view import View
from headway.stats.impact import FEWEST, Effect, effect_of_one, effect_of_sharing, nothing
from headway.vocabulary.clock import today
from headway.vocabulary.viewer import Viewer

FEWEST_SCHOOLS, FEWEST_PUPILS = 5, 10  # together, with fewer of which nothing is told


@dataclass(frozen=True)
class After:
    """One school: attendance in per cent in the weeks before and after, and the effect beside `compared` others, in points."""

    urn: int
    school: str
    on: date
    weeks: int
    before: float
    after: float
    effect: Effect

    @property
    def change(self) -> float:
        return self.after - self.before


@dataclass(frozen=True)
class Recovery:
    """`together` is the mean effect; with a reason there is none. `too_early`: support of which too few weeks are known on either side."""

    schools: tuple[After, ...]
    together: Effect
    too_early: int
    data_to: date | None


def schools_after(door: Door, viewer: Viewer | None, support: Mapping[int, date], *, only: int | None = None) -> Recovery:
    """`support` is URN → the day of the newest meeting; nobody in it is compared with. `only` tells of one of them.

    Raises H-ACCESS-40, 41, 45, 47 and 48.
    """
    registers, person = open_counts(door, viewer)
    mine = {urn: day for urn, day in support.items() if person.urns is None or urn in person.urns}
    seen = {urn: day for urn, day in mine.items() if only in (None, urn)}
    found = untold(lambda: _schools(door, registers, support, seen))
    written_down(registers, person, "recovery of schools", rows=len(found.schools))
    return found


def pupils_after(door: Door, viewer: Viewer | None, support: Mapping[tuple[int, str], date]) -> Recovery:
    """`support` is (URN, key) → the day on which the plan began. Nobody is in the answer but in the mean. Raises as `schools_after`."""
    registers, person = open_registers(door, viewer)
    seen = {who: day for who, day in support.items() if person.urns is None or who[0] in person.urns}
    found = untold(lambda: _pupils(registers, seen, support))
    written_down(registers, person, "recovery of pupils", rows=found.together.helped)
    return found


def _schools(door: Door, registers: Registers, support: Mapping[int, date], seen: Mapping[int, date]) -> Recovery:
    phases = {one.urn: one.phase for code, _ in door.published.areas for one in establishments(door, code)}
    told = [_school(door, registers, urn, on, support, phases) for urn, on in sorted(seen.items())]
    made = [one for one in told if one is not None]
    newest = max((day for year in registers.years if (day := data_to(registers.view(year), today()))), default=None)
    helped = [(one.change, changes) for one, changes in made if not one.effect.reason]
    enough = len(helped) >= FEWEST_SCHOOLS
    together = effect_of_sharing(helped) if enough else nothing(f"fewer than {FEWEST_SCHOOLS} schools can be told of yet", len(helped))
    return Recovery(tuple(one for one, _ in made), together, len(told) - len(made), newest)


def _school(
    door: Door, registers: Registers, urn: int, on: date, support: Mapping[int, date], phases: Mapping[int, str]
) -> tuple[After, dict[int, float]] | None:
    """One school and the changes of those that it is compared with; None where too few weeks or pupils can be told of."""
    view = _view(registers, on)
    found = spans(view, on, today()) if view is not None else None
    if view is None or found is None:
        return None
    urns, (before, after) = by_school(view, found[:2])
    at = np.nonzero(urns == urn)[0]
    if not len(at) or np.isnan(before[at[0]] + after[at[0]]):
        return None
    own = int(at[0])
    alike = np.array([phases.get(int(one), "") == phases.get(urn, "") and int(one) not in support for one in urns])
    changes = nearest(before, after, own, alike, SCHOOL_POINTS)
    was, now = float(before[own]), float(after[own])
    return After(urn, door.school_names.get(str(urn), ""), on, found[2], was, now, effect_of_one(now - was, [*changes.values()])), changes


def _view(registers: Registers, on: date) -> View | None:
    year = year_of(on)
    return registers.view(year) if year in registers.years else None


def _pupils(registers: Registers, seen: Mapping[tuple[int, str], date], support: Mapping[tuple[int, str], date]) -> Recovery:
    helped: list[tuple[float, dict[int, float]]] = []
    newest: date | None = None
    early, withheld = 0, {bytes.fromhex(key) for key in rights_of(registers).restricted}
    ever = {bytes.fromhex(key) for _, key in support}
    for on, pupils in _by_day(seen).items():
        view = _view(registers, on)
        found = spans(view, on, today()) if view is not None else None
        if view is None or found is None:
            early += len(pupils)
            continue
        newest = data_to(view, today())
        told = told_of(view, found[:2], pupils, ever | withheld)
        helped += told
        early += len(pupils) - len(told)
    known = [one for one in helped if len(one[1]) >= FEWEST]
    if len(known) < FEWEST_PUPILS:
        return Recovery((), nothing(f"fewer than {FEWEST_PUPILS} plans have run long enough"), early, newest)
    return Recovery((), effect_of_sharing(known), early, newest)


def _by_day(support: Mapping[tuple[int, str], date]) -> dict[date, list[tuple[int, str]]]:
    found: dict[date, list[tuple[int, str]]] = {}
    for who, day in sorted(support.items(), key=lambda item: (item[1], item[0])):
        found.setdefault(day, []).append(who)
    return found
