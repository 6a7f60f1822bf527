"""An attendance officer's Monday, worked out once when registers are loaded and looked up when a page asks.

It is kept as two private files beside the registers, named after their generation, the day and the library; the next load removes them.
They hold keys and no number of a pupil: whoever may see numbers is given them by `numbers`, and that is written down.
"""

import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from headway.definitions.absence_rules import in_force
from headway.definitions.attendance_part import attendance_for
from headway.protected import private_files
from headway.protected.untold import untold
from headway.readings.attendance import mets
from headway.readings.attendance.answers import Sending
from headway.readings.attendance.early import ahead
from headway.readings.attendance.falls import falls
from headway.readings.attendance.morning_answers import Morning, SchoolCounts, Written
from headway.readings.attendance.obeying import obeyed
from headway.readings.attendance.opening import Registers, data_to, open_registers, written_down
from headway.readings.attendance.rights import rights_of
from headway.readings.attendance.summary import Asked, summed
from headway.readings.attendance.to_date import only_figures, to_date, with_figures
from headway.readings.attendance.watch import area_schools, schools_sending, watched
from headway.readings.door import Door
from headway.registers.drops import recent_sessions
from headway.registers.uncollected import uncollected
from headway.registers.view import View
from headway.store.lookups import Lookup
from headway.store.snapshots import current
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.clock import today
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.place import Level
from headway.vocabulary.viewer import Viewer

WEEK = timedelta(days=6)
MOST_PARTS = 200  # patches whose part is kept
_EVERYBODY = Viewer("the load", sees_pupils=True)
_found: dict[Path, tuple[str, Morning]] = {}
_lock = threading.Lock()


def morning(door: Door, viewer: Viewer | None) -> Morning:
    """Of the viewer's own schools. Raises H-ACCESS-40, 41, 45 and 47, and H-DATA-73 where no registers are held."""
    registers, person = open_registers(door, viewer)
    found = obeyed(within(kept(door, registers), person), untold(lambda: rights_of(registers)))
    written_down(registers, person, "morning", watched=len(found.watched), met=len(found.met))
    return found


def prepare(door: Door) -> None:
    """After a load: so that nobody's page waits for it. Needs registers to be held."""
    registers, _ = open_registers(door, _EVERYBODY)
    with uncollected():
        kept(door, registers)


def prepare_after_load(home: Path) -> None:
    """The same in a process that answers nothing else: it reads of the library only what registers are read by. Before the first
    publication there is nothing to prepare.
    """
    snapshot = current(home)
    if snapshot is not None:
        prepare(Door(home, Lookup(snapshot), attendance_for(home)))


def numbers(door: Door, viewer: Viewer | None, keys: Iterable[str]) -> dict[str, str]:
    """Key → the number that the school gave the pupil, of those that are held; of other schools' pupils none. Each look is written down."""
    registers, person = open_registers(door, viewer)
    wanted = {bytes.fromhex(key) for key in keys}
    own = untold(lambda: {key.hex(): registers.number(key) for key in wanted & _keys_of(registers, person)})
    written_down(registers, person, "numbers of pupils", rows=len(own))
    return own


def _keys_of(registers: Registers, viewer: Viewer) -> set[bytes]:
    found: set[bytes] = set()
    for year in registers.years:
        rows = registers.view(year).rows
        inside = np.ones(len(rows), np.bool_) if viewer.urns is None else np.isin(rows.urns, sorted(viewer.urns))
        found |= {row.tobytes() for row in rows.pupils[inside]}
    pupils = to_date(registers, today()).pupils
    return found | {bytes.fromhex(one.key) for urn, listed in pupils.items() if viewer.urns is None or urn in viewer.urns for one in listed}


def within(found: Morning, viewer: Viewer) -> Morning:
    """The part of a patch, the same one for as long as the morning is."""
    if viewer.urns is None:
        return found
    if viewer.urns not in found.parts:
        if len(found.parts) >= MOST_PARTS:
            found.parts.clear()
        found.parts[viewer.urns] = _part(found, viewer.urns)
    return found.parts[viewer.urns]


def _part(found: Morning, urns: frozenset[int]) -> Morning:
    own: dict[str, Any] = {
        name: tuple(one for one in getattr(found, name) if one.urn in urns) for name in ("sending", "watched", "schools", "falls")
    }
    own |= {"ahead": ahead.within(found.ahead, urns), "met": found.met.of_schools(urns)}
    return replace(found, **own)


def kept(door: Door, registers: Registers) -> Morning:
    """From memory, from the file, or worked out now."""
    day = today()
    name = f"morning-{registers.pointer.generation:06d}-{day.toordinal()}-{registers.library.digest[:8]}.json"
    with _lock:
        known = _found.get(registers.folder)
        if known is None or known[0] != name:
            known = _found[registers.folder] = (name, untold(lambda: _read_or_make(door, registers, registers.folder / name, day)))
    return known[1]


def _read_or_make(door: Door, registers: Registers, path: Path, day: date) -> Morning:
    from pydantic import TypeAdapter

    shape, thresholds = TypeAdapter(Written), path.with_suffix(".npy")
    try:
        written, records = shape.validate_json(path.read_bytes()), mets.read(thresholds)
    except (FileNotFoundError, ValueError):  # there is none, or it is of another version's shape
        with ThreadPoolExecutor(1) as beside:  # NumPy lets go of Python's lock for most of it
            thresholds_met = beside.submit(_recorded, registers, day)
            written, records = _written(door, registers, day), thresholds_met.result()
        mets.write(thresholds, records)
        private_files.write(path, shape.dump_json(written).decode())  # the last: where it is, so are the thresholds
        for old in registers.folder.glob("morning-*"):
            if old not in (path, thresholds):
                old.unlink(missing_ok=True)
    codes = {byte: registers.book.code(byte) for byte in registers.book.by_byte}
    return Morning(**vars(written), met=mets.Mets(records, codes, door.school_names))


def _recorded(registers: Registers, day: date) -> mets.Records:
    rule = in_force(registers.library.attendance.penalty_notices, day)
    return mets.recorded(registers, rule, day) if registers.years else np.zeros(0, mets.record(rule.sessions))


def _written(door: Door, registers: Registers, day: date) -> Written:
    """From marks, and of schools that send none from figures to date. Raises H-DATA-73 where there is neither."""
    told = to_date(registers, day)
    try:
        found = _of_marks(door, registers, day)
    except HeadwayError as fault:
        if fault.code != "H-DATA-73" or not told.urns:
            raise
        names = {urn: door.name(Level.SCHOOL, str(urn)) for urn in area_schools(door, registers, _EVERYBODY)}
        found = only_figures(told, tuple(Sending(urn, name, None, 0) for urn, name in names.items()), day)
    return with_figures(door, registers, found, day)


def _of_marks(door: Door, registers: Registers, day: date) -> Written:
    year = registers.newest(day)
    view = registers.view(year)
    last = data_to(view, day) or day
    rule = in_force(registers.library.attendance.absence_rules, day)
    days = _school_days(view, last)[-rule.watch.recent_school_days :]
    sessions = view.sessions(view.between(0, day.toordinal())).astype(np.int64)
    fell = falls(door, registers, view, sessions, recent_sessions(view, day, rule.watch.recent_school_days), rule, days)
    schools, notes = _schools(registers, year, day)
    return Written(
        str(year), last, last - WEEK, tuple(date.fromordinal(int(one)) for one in days),
        tuple(schools_sending(door, registers, _EVERYBODY, day)),
        tuple(watched(door, registers, _EVERYBODY, year, day, numbered=False)),
        schools, fell.found, fell.looked_at, fell.season, notes, ahead.ahead(door, registers, _EVERYBODY, day),
    )  # fmt: skip


def _school_days(view: View, last: date) -> NDArray[np.int32]:
    return np.unique(view.slots.ordinals[view.in_session & view.between(0, last.toordinal())])


def _schools(registers: Registers, year: AcademicYear, day: date) -> tuple[tuple[SchoolCounts, ...], tuple[str, ...]]:
    found = summed(registers, _EVERYBODY, Asked(year, ("school",), last=day, last_year=True))
    return tuple(SchoolCounts(int(line.labels["school"]), line.counts, line.before, line.settled) for line in found.lines), found.notes
