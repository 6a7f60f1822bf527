"""Which files a school's figures came from: by the loads that told of it, the sessions that each marked first, and corrections."""

from collections.abc import Iterable

import numpy as np

from headway.readings.attendance.answers import Line
from headway.readings.attendance.opening import Registers
from headway.readings.attendance.proof_answers import FileUsed
from headway.registers import year_files
from headway.registers.generations import Load
from headway.registers.view import View

MOST = 60  # files of an area that are listed


def files_of(own: Registers, view: View, urn: int, line: Line) -> tuple[FileUsed, ...]:
    """The newest first. Of loads from before they said whose they are, those that marked a session of the school."""
    first, later = _first_marked(view, line), _corrected(own, view, urn)
    return _told(own.store.loads, urn, first, later)


def _first_marked(view: View, line: Line) -> dict[int, int]:
    """Load → sessions of the school up to the day that it was the first to mark."""
    received = view.calendars.received[:, view.between(0, line.last.toordinal())]
    loads, many = np.unique(received[received > 0], return_counts=True)
    return dict(zip(loads.tolist(), many.tolist(), strict=True))


def _corrected(own: Registers, view: View, urn: int) -> dict[int, int]:
    files = own.pointer.years.get(str(view.slots.year), {})
    changes = year_files.read_changes(own.folder / files["changes"])
    loads, many = np.unique(changes.load[changes.urn == urn], return_counts=True)
    return dict(zip(loads.tolist(), many.tolist(), strict=True))


def files_of_figures(registers: Registers, urn: int) -> tuple[FileUsed, ...]:
    """Of a school of which there are figures to date alone."""
    rows = [*registers.store.table("school_totals"), *registers.store.table("pupil_totals")]
    named = {int(row["load"]): 0 for row in rows if row["urn"] == urn and row.get("load")}
    return _told(registers.store.loads, urn, named, {})


def every_file(registers: Registers) -> tuple[FileUsed, ...]:
    """The newest first, as many as a page can hold."""
    return tuple(_file(one, 0, 0) for one in reversed(registers.store.loads[-MOST:]))


def _told(loads: Iterable[Load], urn: int, first: dict[int, int], later: dict[int, int]) -> tuple[FileUsed, ...]:
    own = [one for one in loads if urn in one.urns or one.number in first or one.number in later]
    return tuple(_file(one, first.get(one.number, 0), later.get(one.number, 0)) for one in reversed(own))


def _file(one: Load, sessions: int, corrected: int) -> FileUsed:
    return FileUsed(one.number, one.shape, one.received, one.at, one.rows, one.sha256, len(one.urns), sessions, corrected)
