"""Who met the national threshold for penalty notices, with the very sessions counted; as known today or on an earlier day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from headway.definitions.absence_rules import PenaltyNotices, in_force
from headway.protected.untold import untold
from headway.readings.attendance.answers import SessionCounted, Threshold, Withdrawn
from headway.readings.attendance.one_child import persons_of
from headway.readings.attendance.opening import Registers, day_or_today, open_registers, written_down
from headway.readings.door import Door
from headway.registers.as_known import as_known, days_known
from headway.registers.notices import Notice, counted
from headway.registers.thresholds import Met, absences, met
from headway.registers.view import View
from headway.vocabulary.place import Level
from headway.vocabulary.viewer import Viewer


def thresholds(
    door: Door, viewer: Viewer | None, *, until: date | None = None, since: date | None = None, known_on: date | None = None,
    urns: Sequence[int] = (),
) -> list[Threshold]:  # fmt: skip
    """Every time that the threshold was met up to a day, the newest first; `since` keeps those first met from then on.

    `known_on` answers as of the end of an earlier day: marks received later are not there, and what was put right later is as it was.
    Raises H-ACCESS-40, 41 and 47, H-VALIDITY-50.
    """
    registers, person = open_registers(door, viewer)
    day = day_or_today(until)
    rule = in_force(door.library.attendance.penalty_notices, day)
    then = min(day, known_on or day)
    found = untold(lambda: met_by(registers, rule, then, known_on))
    kept = [one for one in found if _asked(one, person, urns) and (since is None or one.first_met >= since)]
    told = untold(lambda: answers(door, registers, kept, rule, then))
    written_down(registers, person, "thresholds", rows=len(told))
    return sorted(told, key=lambda one: (-one.first_met.toordinal(), one.urn, one.key))


def met_by(registers: Registers, rule: PenaltyNotices, day: date, known_on: date | None = None) -> list[Met]:
    """Every time that the threshold was met up to a day, of registers that are open already."""
    views = open_views(registers, known_on)
    return met(absences(views, rule, day), rule, views, issued(registers, day))


def open_views(registers: Registers, known_on: date | None = None) -> list[View]:
    if known_on is None:
        return [registers.view(year) for year in registers.years]
    found = []
    for year in registers.years:
        held = as_known(registers.store, year, known_on)
        found.append(View(held.slots, held.enrolments, held.calendars, registers.book))
    return found


def noted(registers: Registers) -> list[Notice]:
    """The notices that files told of. The child is the person, whichever school's number the file had."""
    rows = registers.store.table("notices")
    keys = [bytes.fromhex(row["pupil"]) for row in rows]
    persons = persons_of(registers, [row["urn"] for row in rows], keys)
    day = date.fromisoformat
    return [
        Notice(
            row["parent"], (person or key).hex(), day(row["issued"]),
            *(day(row[name]) if row[name] else None for name in ("withdrawn", "paid")),
        )
        for row, key, person in zip(rows, keys, persons, strict=True)
    ]  # fmt: skip


def issued(registers: Registers, day: date) -> Mapping[bytes, Sequence[date]]:
    """Days of notices that stand, by child."""
    found: dict[bytes, list[date]] = {}
    for one in noted(registers):
        if one.issued <= day and not (one.withdrawn and one.withdrawn <= day):
            found.setdefault(bytes.fromhex(one.child), []).append(one.issued)
    return found


def _asked(one: Met, viewer: Viewer, urns: Sequence[int]) -> bool:
    """A patch sees who met it at one of its schools, with the sessions of any."""
    mine = viewer.urns is None or one.urn in viewer.urns
    return mine and (not urns or one.urn in urns)


def answers(door: Door, registers: Registers, found: Iterable[Met], rule: PenaltyNotices, day: date) -> list[Threshold]:
    """In the words of the door, with the notices that stand."""
    by_child = noted_by_child(registers)
    names: dict[int, str] = {}
    return [
        Threshold(
            one.urn, names.get(one.urn) or names.setdefault(one.urn, door.name(Level.SCHOOL, str(one.urn))),
            registers.number(one.pupil), one.pupil.hex(), one.first_met,
            tuple(map(SessionCounted._make, one.sessions)), one.provisional, one.age_known,
            standing({one.person, one.pupil}, by_child, day, rule),
        )
        for one in found
    ]  # fmt: skip


def noted_by_child(registers: Registers) -> dict[str, list[Notice]]:
    found: dict[str, list[Notice]] = {}
    for notice in noted(registers):
        found.setdefault(notice.child, []).append(notice)
    return found


def standing(keys: set[bytes], by_child: Mapping[str, list[Notice]], day: date, rule: PenaltyNotices) -> int:
    """How many notices stand of any one parent for the child of these keys, the most."""
    own = [notice for key in keys for notice in by_child.get(key.hex(), ())] if by_child else []
    return max((len(counted(own, notice.parent, notice.child, day, rule)) for notice in own), default=0)


def withdrawn(door: Door, viewer: Viewer | None, *, urns: Sequence[int] = ()) -> list[Withdrawn]:
    """Thresholds that were met as known on some day and, when a reason had been established, were no longer."""
    registers, person = open_registers(door, viewer)
    rule = in_force(door.library.attendance.penalty_notices, day_or_today(None))
    found = untold(lambda: list(_withdrawn(door, registers, rule)))
    kept = [one for one in found if (person.urns is None or one.urn in person.urns) and (not urns or one.urn in urns)]
    written_down(registers, person, "thresholds withdrawn", rows=len(kept))
    return kept


def _withdrawn(door: Door, registers: Registers, rule: PenaltyNotices) -> list[Withdrawn]:
    events: list[Withdrawn] = []
    standing: dict[tuple[bytes, tuple[object, ...]], tuple[Met, date]] = {}
    for day in _days_to_look_at(registers, rule):
        now = {(one.person, one.sessions): one for one in met_by(registers, rule, day, day)}
        gone = [key for key in standing if key not in now and not _still(key[0], standing[key][0], now.values())]
        for key in gone:
            one, known = standing[key]
            name = door.name(Level.SCHOOL, str(one.urn))
            events.append(Withdrawn(one.urn, name, registers.number(one.pupil), one.pupil.hex(), one.first_met, known, day))
        first = {key: known for key, (_, known) in standing.items()}
        standing = {key: (one, first.get(key, day)) for key, one in now.items()}
    return events


def _still(person: bytes, before: Met, now: "object") -> bool:
    """Whether the person meets it all the same, by other sessions."""
    return any(one.person == person and one.first_met >= before.sessions[0].day for one in now)  # type: ignore[attr-defined]


def _days_to_look_at(registers: Registers, rule: PenaltyNotices) -> list[date]:
    """Days on which a mark that counted was changed, and the day of receipt before each: only there can something be withdrawn."""
    codes = [code for reason in rule.reasons for code in registers.book.reasons.get(reason, ())]
    store = registers.store
    loads = {one.number: one.received for one in store.loads}
    days = days_known(store)
    wanted: set[date] = set()
    for year in registers.years:
        changes = store.year(year).changes
        for load in set(changes.load[[byte in codes for byte in changes.before.tolist()]].tolist()):
            wanted |= {loads[load], *[day for day in days if day < loads[load]][-1:]}
    return sorted(wanted)
