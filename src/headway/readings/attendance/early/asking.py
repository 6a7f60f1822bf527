"""Opens a year of registers as early warning looks at it: up to a day, by the rule of that day, for a viewer."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TypeVar, cast

import numpy as np

from headway.definitions.absence_rules import AbsenceRule, in_force
from headway.protected.untold import untold
from headway.readings.attendance.early.done import Done, Missed, Passed, checked, clearing
from headway.readings.attendance.opening import Registers, data_to, day_or_today, in_patch, open_registers
from headway.readings.attendance.rights import rights_of
from headway.readings.door import Door
from headway.registers.so_far import Flags, SoFar, so_far
from headway.registers.terms import HalfTerm, half_terms
from headway.registers.view import View
from headway.vocabulary.place import Level
from headway.vocabulary.viewer import Viewer

T = TypeVar("T")
KEYED = re.compile("[0-9a-f]{32}")  # a pupil's key, not a school's number of one


@dataclass(frozen=True)
class Asked:
    """`until`: with what was missed up to that day, today by default; `urns`: only these schools; `done`: what was done about it;
    `objected`: keys or numbers of pupils for whom somebody objected to prediction: they are in none. `most`: of a prediction so many.
    """

    until: date | None = None
    urns: tuple[int, ...] = ()
    done: tuple[Done, ...] = ()
    objected: tuple[str, ...] = ()
    most: int | None = None


@dataclass(eq=False)
class Opened:
    """The newest year up to a day. What is found is found among everybody and then shown for the patch, so that two people see the same."""

    door: Door
    registers: Registers
    viewer: Viewer
    asked: Asked
    day: date
    rule: AbsenceRule
    view: View
    _by_pupil: dict[tuple[int, str], list[Done]] = field(default_factory=dict)
    _names: dict[int, str] = field(default_factory=dict)

    @cached_property
    def halves(self) -> list[HalfTerm]:
        return half_terms(self.registers.library.calendar, self.view.slots.year)

    @cached_property
    def so_far(self) -> SoFar:
        return so_far(self.view, self.day)

    @cached_property
    def data_to(self) -> date | None:
        return data_to(self.view, self.day)

    @cached_property
    def cohort(self) -> Flags:
        """Who is counted for persistent absence, of those on roll on the day."""
        found: Flags = (self.view.cohort(self.rule, self.halves) > 0) & self.view.there(self.day)
        return found

    @cached_property
    def mine(self) -> Flags:
        keep = in_patch(self.view, self.viewer)
        for key in self.asked.objected:
            if KEYED.fullmatch(key):
                keep &= ~(self.view.rows.pupils == np.frombuffer(bytes.fromhex(key), np.uint8)).all(axis=1)
        return keep & np.isin(self.view.rows.urns, self.asked.urns) if self.asked.urns else keep

    @cached_property
    def passed(self) -> Passed:
        """School days of the area."""
        there = self.view.in_session & self.view.between(0, self.day.toordinal())
        return Passed(np.unique(self.view.slots.ordinals[there]).tolist())

    def once(self, name: str, work: Callable[[], T]) -> T:
        """What does not depend on who asks is worked out once for each generation of registers and day."""
        key = (name, self.day)
        if key not in self.registers.found:
            self.registers.found[key] = work()
        return cast(T, self.registers.found[key])

    def school(self, urn: int) -> str:
        if urn not in self._names:
            self._names[urn] = self.door.name(Level.SCHOOL, str(urn))
        return self._names[urn]

    def sees(self, urn: int) -> bool:
        return (self.viewer.urns is None or urn in self.viewer.urns) and (not self.asked.urns or urn in self.asked.urns)

    def cleared(self, row: int, since: date, number: str) -> Done | None:
        """What clears a flag of a pupil, if anything does."""
        urn, key = int(self.view.rows.urns[row]), self.view.rows.pupils[row].tobytes().hex()
        about = [one for name in {key, number} for one in self._done.get((urn, name), ())]
        if not about:
            return None
        missed = Missed(self.so_far.days[self.so_far.absent[row]].tolist())
        return clearing(about, since, self.day, self.passed, missed, self.rule.early)

    def school_cleared(self, urn: int, since: date) -> Done | None:
        return clearing(self._done.get((urn, ""), ()), since, self.day, self.passed, Missed(), self.rule.early)

    @property
    def _done(self) -> dict[tuple[int, str], list[Done]]:
        if not self._by_pupil:
            for one in self.asked.done:
                self._by_pupil.setdefault((one.urn, one.pupil), []).append(one)
        return self._by_pupil


def opened(door: Door, viewer: Viewer | None, asked: Asked) -> Opened:
    """Who objected, or was restricted, is in none of it. Raises H-ACCESS-40, 41, 45, 47 and 48, H-DATA-73, H-VALIDITY-50, H-USAGE-118."""
    registers, person = open_registers(door, viewer)
    checked(asked.done)
    held = untold(lambda: rights_of(registers)).unforeseen
    return of_registers(door, registers, person, replace(asked, objected=(*asked.objected, *sorted(held))))


def of_registers(door: Door, registers: Registers, person: Viewer, asked: Asked) -> Opened:
    """The same of registers that are open already."""
    day = day_or_today(asked.until)
    rule = in_force(registers.library.attendance.absence_rules, day)
    return Opened(door, registers, person, asked, day, rule, registers.view(registers.newest(day)))
