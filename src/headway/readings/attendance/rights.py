"""What a family asked for of a pupil's data and was granted: the one door obeys it, so that no page or command can forget.

An objection takes the pupil out of early warning and of every chance. A restriction takes the pupil out of the lists of whom to look at
as well: what is held stays held, school totals count it, and what the law asks for (thresholds, legal records) stands.
"""

import json
from dataclasses import dataclass
from datetime import date

from headway.protected import REGISTERS, private_files
from headway.protected.untold import untold
from headway.readings.attendance.opening import Registers, open_registers, written_down
from headway.readings.door import Door
from headway.vocabulary.clock import today
from headway.vocabulary.viewer import Viewer

OBJECTED, RESTRICTED = "objected", "restricted"
FOLDER, FILE = "rights", "rights.json"


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
