"""One pupil of a school, for those who may see pupils: every session of the year, why, and each time the threshold was met."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from headway.definitions.absence_rules import in_force
from headway.protected.untold import untold
from headway.readings.attendance.answers import Threshold
from headway.readings.attendance.morning import kept
from headway.readings.attendance.opening import Registers, open_registers, written_down
from headway.readings.attendance.to_date import to_date
from headway.readings.attendance.watch import known_to
from headway.readings.door import Door
from headway.registers.code_book import AUTHORISED, NO_MARK, NOT_COUNTED, UNAUTHORISED
from headway.registers.slots import SESSIONS, year_of
from headway.registers.view import View
from headway.vocabulary.clock import today
from headway.vocabulary.place import Level
from headway.vocabulary.viewer import Viewer


@dataclass(frozen=True)
class OnePupil:
    """`marks`: (day, AM or PM) → code, of the year to date. `reasons` are of absences, the commonest first, with their sessions.

    `kind` is severe, persistent, "too early" or ""; `elsewhere` names other schools where the same child is on roll.
    """

    urn: int
    key: str
    year: str
    year_group: str
    known_to: tuple[str, ...]
    possible: int
    authorised: int
    unauthorised: int
    kind: str
    marks: Mapping[tuple[date, str], str]
    reasons: tuple[tuple[str, int], ...]
    met: tuple[Threshold, ...]
    elsewhere: tuple[str, ...]

    @property
    def absent(self) -> int:
        return self.authorised + self.unauthorised

    @property
    def attendance(self) -> float | None:
        return 100 * (self.possible - self.absent) / self.possible if self.possible else None


def one_pupil(door: Door, viewer: Viewer | None, urn: int, key: str) -> OnePupil | None:
    """None where the school has no such pupil, or is not the viewer's. Raises H-ACCESS-40, 41, 45 and 47, H-DATA-73."""
    registers, person = open_registers(door, viewer)
    if person.urns is not None and urn not in person.urns:
        return None
    found = untold(lambda: _pupil(door, registers, urn, key))
    written_down(registers, person, "pupil", urn=urn, found=found is not None)
    return found


def key_of(door: Door, viewer: Viewer | None, urn: int, number: str) -> str | None:
    """The key of the number that a school gave a pupil, where the school has such a pupil this year or had one."""
    registers, person = open_registers(door, viewer)
    if not number.strip() or (person.urns is not None and urn not in person.urns):
        return None
    key = untold(lambda: registers.store.identities.keys([number])[0].tobytes())
    told = to_date(registers, today()).pupils.get(urn, ())
    there = untold(lambda: any(_row(registers.view(year), urn, key) is not None for year in registers.years)) or any(
        one.key == key.hex() for one in told
    )
    written_down(registers, person, "key of a number", urn=urn, found=there)
    return key.hex() if there else None


def _row(view: View, urn: int, key: bytes) -> int | None:
    first, last = np.searchsorted(view.rows.urns, [urn, urn + 1]).tolist()
    at = np.nonzero((view.rows.pupils[first:last] == np.frombuffer(key, np.uint8)).all(axis=1))[0]
    return int(at[0]) + first if len(at) else None


def _pupil(door: Door, registers: Registers, urn: int, key: str) -> OnePupil | None:
    try:
        wanted = bytes.fromhex(key)
    except ValueError:
        return None
    for year in reversed(registers.years):
        view = registers.view(year)
        row = _row(view, urn, wanted)
        if row is not None:
            return _told(door, registers, view, row, urn, key)
    return _of_figures(registers, urn, key)


def _of_figures(registers: Registers, urn: int, key: str) -> OnePupil | None:
    """From figures to date, where the school sends no marks: no session is known."""
    one = next((one for one in to_date(registers, today()).pupils.get(urn, ()) if one.key == key), None)
    if one is None:
        return None
    counts = one.possible, one.authorised, one.unauthorised
    return OnePupil(urn, key, str(year_of(one.on)), "", (), *counts, _kind(registers, today(), counts), {}, (), (), ())


def _told(door: Door, registers: Registers, view: View, row: int, urn: int, key: str) -> OnePupil:
    day = today()
    inside = np.nonzero(view.between(0, day.toordinal()) & (view.marks[row] > NO_MARK))[0]
    bytes_ = view.marks[row, inside]
    kinds = view.book.classes[bytes_]
    days = [date.fromordinal(int(one)) for one in view.slots.ordinals[inside]]
    marks = {(one, SESSIONS[slot % 2]): view.book.code(int(byte)) for one, slot, byte in zip(days, inside.tolist(), bytes_, strict=True)}
    absent = bytes_[np.isin(kinds, (AUTHORISED, UNAUTHORISED))]
    reasons = {name: int(np.isin(absent, codes).sum()) for name, codes in view.book.reasons.items()}
    morning = kept(door, registers)
    counts = int((kinds != NOT_COUNTED).sum()), int((kinds == AUTHORISED).sum()), int((kinds == UNAUTHORISED).sum())
    return OnePupil(
        urn,
        key,
        str(view.slots.year),
        str(view.rows.texts["year_group"][row]),
        known_to(view, row),
        *counts,
        _kind(registers, day, counts),
        marks,
        tuple(sorted(((name, many) for name, many in reasons.items() if many), key=lambda one: -one[1])),
        tuple(morning.met.of_pupil(urn, key)),
        _elsewhere(door, view, row, urn),
    )


def _kind(registers: Registers, day: date, counts: tuple[int, int, int]) -> str:
    rule = in_force(registers.library.attendance.absence_rules, day)
    possible, absent = counts[0], counts[1] + counts[2]
    if possible < rule.fewest_possible:
        return "too early"
    return "severe" if rule.severe_one_in * absent >= possible else "persistent" if rule.persistent_one_in * absent >= possible else ""


def _elsewhere(door: Door, view: View, row: int, urn: int) -> tuple[str, ...]:
    same = (view.rows.persons == view.rows.persons[row]).all(axis=1)
    others = sorted({int(other) for other in view.rows.urns[same]} - {urn})
    return tuple(door.name(Level.SCHOOL, str(other)) or str(other) for other in others)
