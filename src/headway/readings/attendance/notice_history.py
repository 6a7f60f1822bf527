"""What may follow for a parent and child: the notices that files told of and those that the desk issued, together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from headway.definitions.absence_rules import in_force
from headway.protected.untold import untold
from headway.readings.attendance.opening import open_registers, written_down
from headway.readings.attendance.thresholds import noted
from headway.readings.door import Door
from headway.registers.notices import Notice, next_step
from headway.vocabulary.viewer import Viewer


@dataclass(frozen=True)
class Issued:
    """A notice that the desk issued. `parent` is a key of its own, so one of a file is the same where child and day are."""

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


def allowed(door: Door, viewer: Viewer | None, child: str, parent: str, on: date, issued: Sequence[Issued]) -> Allowed:
    """`issued` are the desk's. Of a file's notices nobody here knows the parent, so each counts as this parent's: the careful way round.

    Raises H-ACCESS-40, 41, 45 and 47, H-DATA-73, H-VALIDITY-50.
    """
    registers, person = open_registers(door, viewer)
    rule = in_force(door.library.attendance.penalty_notices, on)
    own = [
        Notice(one.parent, one.child, one.issued, one.withdrawn, one.paid) for one in issued if one.child == child and one.parent == parent
    ]
    known = {one.issued for one in issued if one.child == child}
    told = untold(lambda: [one for one in noted(registers) if one.child == child and one.issued not in known])
    found = next_step([*own, *(Notice(parent, child, one.issued, one.withdrawn, one.paid) for one in told)], parent, child, on, rule)
    written_down(registers, person, "notices", rows=len(found.counted))
    return Allowed(
        found.allowed, found.number, found.pounds, found.pounds_if_early, found.until_early, tuple(one.issued for one in found.counted),
        rule.title, rule.years,
    )  # fmt: skip
