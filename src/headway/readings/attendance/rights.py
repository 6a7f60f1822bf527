"""What a family asked for of a pupil's data and was granted: the one door obeys it, so that no page or command can forget.

An objection takes the pupil out of early warning and of every chance. A restriction takes the pupil out of the lists of whom to look at
as well: what is held stays held, school totals count it, and what the law asks for (thresholds, legal records) stands.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from headway.protected import REGISTERS, private_files
from headway.protected.untold import untold
from headway.readings.attendance.early.answers import Ahead, Relative
from headway.readings.attendance.morning_answers import Morning
from headway.readings.attendance.opening import Registers, open_registers, written_down
from headway.readings.door import Door
from headway.vocabulary.clock import today
from headway.vocabulary.viewer import Viewer

OBJECTED, RESTRICTED = "objected", "restricted"
FOLDER, FILE = "rights", "rights.json"
FEWEST = 2  # of a family that are of concern, before it is told of together


@dataclass(frozen=True)
class Rights:
    """Keys of pupils → since when."""

    objected: dict[str, date]
    restricted: dict[str, date]

    @property
    def unforeseen(self) -> frozenset[str]:
        """Those who are in no early warning and no chance."""
        return frozenset({*self.objected, *self.restricted})


def rights_of(registers: Registers) -> Rights:
    path = registers.space.home / REGISTERS / FOLDER / FILE
    told = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    since = {kind: {key: date.fromisoformat(day) for key, day in told.get(kind, {}).items()} for kind in (OBJECTED, RESTRICTED)}
    return Rights(since[OBJECTED], since[RESTRICTED])


def set_right(door: Door, viewer: Viewer | None, key: str, kind: str, *, stands: bool) -> None:
    """Grant an objection or restriction for a pupil, or lift it. Raises H-ACCESS-40, 41, 45, 47 and 48."""
    registers, person = open_registers(door, viewer)
    untold(lambda: _write(registers, key, kind, stands))
    written_down(registers, person, f"right {kind}", stands=stands)


def _write(registers: Registers, key: str, kind: str, stands: bool) -> None:
    held = rights_of(registers)
    told = {OBJECTED: dict(held.objected), RESTRICTED: dict(held.restricted)}
    if stands:
        told[kind].setdefault(key, today())
    else:
        told[kind].pop(key, None)
    folder = private_files.closed(private_files.folder(registers.space, REGISTERS) / FOLDER)
    private_files.write(folder / FILE, json.dumps(told, default=str))


def rights(door: Door, viewer: Viewer | None) -> Rights:
    """For who may see pupils. Raises H-ACCESS-40, 41, 45, 47 and 48."""
    registers, _ = open_registers(door, viewer)
    return untold(lambda: rights_of(registers))


def obeyed(found: Morning, held: Rights) -> Morning:
    """A morning without those who objected in what is foreseen, and without those who are restricted in whom to look at."""
    if not held.unforeseen:
        return found
    watched = tuple(one for one in found.watched if one.key not in held.restricted)
    return replace(found, watched=watched, ahead=_unforeseen(found.ahead, held.unforeseen))


def _unforeseen(found: Ahead, keys: Collection[str]) -> Ahead:
    families = [tuple(_quiet(one) if one.key in keys else one for one in family) for family in found.families]
    kept = tuple(family for family in families if sum(bool(one.why) for one in family) >= FEWEST)
    return replace(found, raised=tuple(one for one in found.raised if one.flag.key not in keys), families=kept)


def _quiet(one: Relative) -> Relative:
    return replace(one, why=())
