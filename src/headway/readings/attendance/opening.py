"""Opens the registers for a viewer: the papers, who it is, which schools are theirs; the years, mapped once for each generation."""

import threading
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from headway.definitions.loading import Library
from headway.protected import REGISTERS, access, papers, parties, private_files
from headway.protected.untold import untold
from headway.readings.door import Door
from headway.registers import generations
from headway.registers.code_book import CodeBook
from headway.registers.generations import Generations, Pointer
from headway.registers.slots import year_of
from headway.registers.view import View
from headway.store.workspace import Workspace, open_workspace
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.clock import today
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import PUBLIC, Viewer


def allowed(viewer: Viewer | None) -> Viewer:
    """The viewer, where one is named who may see pupils. Raises H-ACCESS-47."""
    if viewer is None or viewer == PUBLIC or not viewer.name or not viewer.sees_pupils:
        raise HeadwayError(
            "H-ACCESS-47",
            "Registers are shown only to a named viewer who may see pupils.",
            "They are a protected source, and who reads them is written down.",
            "At the command line add --viewer me.",
        )
    return viewer


@dataclass
class Registers:
    """One generation of the registers, open for reading. Safe to share between threads."""

    space: Workspace
    folder: Path
    pointer: Pointer
    library: Library
    _views: dict[AcademicYear, View] = field(default_factory=dict)
    found: dict[tuple[str, date], object] = field(default_factory=dict)  # what was worked out of this generation, by name and day
    _reading: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def years(self) -> list[AcademicYear]:
        """Years of which marks are held, in order."""
        return [year for year in map(AcademicYear.parse, sorted(self.pointer.years)) if self.view(year).slots.width]

    def view(self, year: AcademicYear) -> View:
        """Raises H-DATA-73 where the year is not held."""
        with self._reading:  # two threads that ask at once read it once
            if year not in self._views:
                self._views[year] = View.read(self.folder, self._files(year), self.book)
            return self._views[year]

    def _files(self, year: AcademicYear) -> dict[str, str]:
        files = self.pointer.years.get(str(year))
        if files is None:
            there = ", ".join(sorted(self.pointer.years)) or "none"
            words = f"No registers of {year} are held."
            raise HeadwayError("H-DATA-73", words, f"There are: {there}.", "Load them: headway attendance load FOLDER.")
        return files

    @cached_property
    def book(self) -> CodeBook:
        return CodeBook(self.library.attendance.codes)

    @cached_property
    def store(self) -> Generations:
        """With what was known before, whose numbers the keys are, notices and figures to date."""
        return Generations(self.space)

    def newest(self, until: date) -> AcademicYear:
        """The newest year with a mark up to a day. Raises H-DATA-73."""
        found = [year for year in self.years if data_to(self.view(year), until)]
        return found[-1] if found else self._none(until)

    def _none(self, until: date) -> AcademicYear:
        self.view(year_of(until))  # says which there are, where that one is not
        raise HeadwayError("H-DATA-73", f"No marks up to {until} are held.", remedy="Load them: headway attendance load FOLDER.")

    def of_school(self, urn: int) -> "Registers":
        """The same with one school in it, so that a question of one school costs what one school costs."""
        return Registers(self.space, self.folder, self.pointer, self.library, {year: self.view(year).of_school(urn) for year in self.years})

    def number(self, key: bytes) -> str:
        return self.store.identities.number(key)


def data_to(view: View, until: date) -> date | None:
    """The last day with a mark, up to a day; None where there is none."""
    there = view.marked & view.between(0, until.toordinal())
    return date.fromordinal(int(view.slots.ordinals[there][-1])) if there.any() else None


def in_patch(view: View, viewer: Viewer) -> NDArray[np.bool_]:
    """Which enrolments are of schools that the viewer may see."""
    if viewer.urns is None:
        return np.ones(len(view.rows), np.bool_)
    found: NDArray[np.bool_] = np.isin(view.rows.urns, sorted(viewer.urns))
    return found


def day_or_today(day: date | None) -> date:
    return min(day, today()) if day else today()


def written_down(registers: Registers, viewer: Viewer, what: str, **facts: object) -> None:
    untold(lambda: access.record(registers.space, REGISTERS, "read", viewer.name, what=what, **facts))


def open_counts(door: Door, viewer: Viewer | None) -> tuple[Registers, Viewer]:
    """For a named viewer who may see schools and counts and no pupil: whoever answers them withholds small numbers.

    Raises H-ACCESS-40, 41, 45, 47 and 48, and H-DATA-73.
    """
    person = viewer if viewer is not None and viewer.name and viewer != PUBLIC else allowed(None)
    parties.check_reader(door.home, person.roles)
    return _opened(door), person


def open_for_all(door: Door) -> Registers:
    """For figures that may be told to anybody: whoever asks for them tells of nobody. Raises H-ACCESS-40, 41 and 45."""
    return _opened(door)


_open: dict[Path, Registers] = {}
_lock = threading.Lock()


def open_registers(door: Door, viewer: Viewer | None) -> tuple[Registers, Viewer]:
    """The registers as they are now, and who reads. Raises H-ACCESS-40, 41, 45, 47 and 48, and H-DATA-73."""
    person = allowed(viewer)
    parties.check_reader(door.home, person.roles)
    return _opened(door), person


def _opened(door: Door) -> Registers:
    space = open_workspace(door.home)
    papers.check(space)
    folder = untold(lambda: private_files.folder(space, REGISTERS))
    pointer = untold(lambda: generations.read_pointer(folder))
    with _lock:
        known = _open.get(door.home)
        if known is None or known.pointer.generation != pointer.generation or known.library.digest != door.library.digest:
            known = _open[door.home] = Registers(space, folder, pointer, door.library)
    return known
