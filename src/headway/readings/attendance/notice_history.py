"""What may follow for a parent and child: the notices that files told of and those that the desk issued, together."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from headway.definitions.absence_rules import PenaltyNotices, in_force
from headway.protected.untold import untold
from headway.readings.attendance.one_child import keys_of_child, persons_of
from headway.readings.attendance.opening import Registers, open_registers, written_down
from headway.readings.attendance.thresholds import noted
from headway.readings.door import Door
from headway.registers.notices import NextStep, Notice, next_step
from headway.vocabulary.viewer import Viewer


@dataclass(frozen=True)
class Issued:
    """A notice that the desk issued about a pupil of a school. `parent` is a key of its own, by which no parent of a file is known."""

    urn: int
    child: str
    parent: str
    issued: date
    withdrawn: date | None
    paid: date | None


@dataclass(frozen=True)
class Allowed:
    """Whether a notice may be issued to a parent for a child on a day, which it would be, and what it costs."""

    allowed: bool
    number: int | None
    pounds: int | None
    pounds_if_early: int | None
    early_days: int | None
    before: tuple[date, ...]  # the notices that stand, by their day of issue
    title: str  # of the rule
    years: int


def allowed(
    door: Door, viewer: Viewer | None, urn: int, child: str, parent: str, days: Iterable[date],
    issued: Callable[[frozenset[str]], Sequence[Issued]],
) -> Allowed:  # fmt: skip
    """What may follow for a parent and a pupil of a school on each of some days, the strictest. `issued` gives the desk's notices of
    these keys, for the child is the person and has a number at each school.

    Of a file's notices nobody here knows the parent, so those of one of its parents, the most, count as this parent's: the careful way
    round. Raises H-ACCESS-40, 41, 45 and 47, H-DATA-73, H-VALIDITY-50.
    """
    registers, person = open_registers(door, viewer)
    own, told = untold(lambda: _of_child(registers, urn, bytes.fromhex(child), issued))
    rules = {day: in_force(door.library.attendance.penalty_notices, day) for day in days}
    found = {day: _strictest(_steps(own, told, parent, child, day, rule)) for day, rule in rules.items()}
    day = max(found, key=lambda one: len(found[one].counted))
    step, rule = found[day], rules[day]
    written_down(registers, person, "notices", rows=len(step.counted))
    return Allowed(
        step.allowed, step.number, step.pounds, step.pounds_if_early, step.until_early, tuple(one.issued for one in step.counted),
        rule.title, rule.years,
    )  # fmt: skip


def _of_child(
    registers: Registers, urn: int, key: bytes, issued: Callable[[frozenset[str]], Sequence[Issued]]
) -> tuple[list[Issued], list[Notice]]:
    """The desk's notices of a child and the files', at any school."""
    keys = {one.hex() for one in keys_of_child(registers, urn, key)}
    person = persons_of(registers, [urn], [key])[0] or key
    listed = issued(frozenset(keys))
    persons = persons_of(registers, [one.urn for one in listed], [bytes.fromhex(one.child) for one in listed])
    own = [one for one, whose in zip(listed, persons, strict=True) if whose in (None, person)]
    return own, [one for one in noted(registers) if one.child in (person.hex(), key.hex())]


def _steps(own: Sequence[Issued], told: Sequence[Notice], parent: str, child: str, on: date, rule: PenaltyNotices) -> list[NextStep]:
    """What may follow if this parent is none of the files' parents, or any one of them."""
    mine = [Notice(parent, child, one.issued, one.withdrawn, one.paid) for one in own if one.parent == parent]
    files = [one for one in told if not _the_desks(one.issued, own, told, {item.issued for item in mine})]
    found = [[Notice(parent, child, one.issued, one.withdrawn, one.paid) for one in files if one.parent == of] for of in _parents(files)]
    return [next_step([*mine, *theirs], parent, child, on, rule) for theirs in ([], *found)]


def _parents(files: Sequence[Notice]) -> list[str]:
    return sorted({one.parent for one in files})


def _the_desks(day: date, own: Sequence[Issued], told: Sequence[Notice], mine: set[date]) -> bool:
    """Whether a file's notices of a day are the desk's again: this parent has one of that day, or the file has no more than the desk."""
    at_desk = {one.parent for one in own if one.issued == day}
    return day in mine or len({one.parent for one in told if one.issued == day}) <= len(at_desk)


def _strictest(steps: Sequence[NextStep]) -> NextStep:
    return max(steps, key=lambda one: len(one.counted))
