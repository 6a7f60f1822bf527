"""What the protected folder holds now: one small file names every other. A load writes new files beside the old and then replaces it.

Killed before that, nothing has happened; killed after it, everything has. Files that nothing names any more are removed by the next
load that is let write. Whoever has an old one open goes on reading it.
"""

import json
import threading
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from headway.protected import REGISTERS, private_files
from headway.registers import year_files
from headway.registers.handing_over import hand_over, handed_over
from headway.registers.held import KEY, Calendars, Changes, Enrolments, Held, empty
from headway.registers.identities import Identities
from headway.registers.slots import Slots
from headway.store.workspace import Workspace
from headway.vocabulary.academic_year import AcademicYear

POINTER = "current.json"
KINDS = ("enrolments", "limited", "calendars", "changes")


@dataclass(frozen=True)
class Load:
    """One file that was taken in: its number, when, as received on which day, its digest, and what it was.

    `sha256` is of its bytes alone, so that anybody who has the file can see that it is this one; its name is not kept, for it may be a
    person's. Loads before there was such a thing have neither that nor the schools.
    """

    number: int
    at: str
    received: date
    digest: str
    shape: str
    rows: int
    sha256: str = ""
    urns: tuple[int, ...] = ()


@dataclass(frozen=True)
class Patch:
    """Marks at some slots took the place of others: what was made of the file before may be mended there."""

    before: str
    slots: frozenset[int]


@dataclass
class Pointer:
    """What the one small file says."""

    generation: int = 0
    years: dict[str, dict[str, str]] = field(default_factory=dict)  # year → kind → file
    others: dict[str, str] = field(default_factory=dict)  # loads, identities, totals, notices → file

    def named(self) -> set[str]:
        return {POINTER, *self.others.values(), *(name for files in self.years.values() for name in files.values())}


class Generations:
    """The store as it is, read year by year when asked; changed in memory, and written by one `commit`."""

    def __init__(self, space: Workspace) -> None:
        self.space = space
        self.folder = private_files.folder(space, REGISTERS)
        self.pointer = read_pointer(self.folder)
        self._years: dict[AcademicYear, Held] = {}
        self._reading = threading.Lock()
        self.loads = self._loads()
        self.identities = Identities.read(space, self._path("identities"))
        self.tables: dict[str, list[dict[str, Any]]] = {}  # small tables that this load changed
        self.patches: dict[AcademicYear, Patch] = {}  # years of which this load changed marks, and nothing else of the enrolments

    @property
    def years(self) -> list[AcademicYear]:
        held = list(self._years)  # in one step, for they may be read ahead meanwhile
        return sorted({AcademicYear.parse(year) for year in self.pointer.years} | {*held})

    @property
    def enrolments(self) -> int:
        """How many rows the largest year has, without reading it."""
        return max((year_files.rows_in(self.folder / files["enrolments"]) for files in self.pointer.years.values()), default=0)

    def year(self, year: AcademicYear) -> Held:
        """The year, empty where nothing of it is held. Whoever changes it says so in `changed`."""
        with self._reading:
            if year not in self._years:
                files = self.pointer.years.get(str(year))
                self._years[year] = read_year(self.folder, files) if files else empty(Slots(year))
            return self._years[year]

    def read_ahead(self) -> threading.Thread:
        """Begin to read the two newest years, which a day's load and the lists after it need: files are read while Python does other
        things. What cannot be read is told to who asks for it.
        """

        def work() -> None:
            with suppress(Exception):
                for year in self.years[:-3:-1]:
                    self.year(year)

        thread = threading.Thread(target=work, name="years")
        thread.start()
        return thread

    def replace(self, held: Held) -> None:
        self._years[held.slots.year] = held

    def as_it_is(self) -> Callable[[], None]:
        """What puts the store back as it is now, should a file that is being read prove to be faulty."""
        held_now = list(self._years.items())  # in one step, for they may be read ahead meanwhile
        years = {year: replace(held, changed=set(held.changed), touched=set(held.touched)) for year, held in held_now}
        identities = self.identities.as_it_is()

        def back() -> None:
            self._years.update(years)
            for year in {*self._years} - years.keys():  # those read since are in their files as they were
                self._years.pop(year)
            identities()

        return back

    def table(self, name: str) -> list[dict[str, Any]]:
        """A small table of plain rows, such as notices; empty where there is none."""
        if name not in self.tables:
            path = self._path(name)
            self.tables[name] = json.loads(path.read_text()) if path else []
        return self.tables[name]

    def end(self, years: Collection[AcademicYear]) -> set[str]:
        """Let go of whole years, of the lines of small tables up to the end of the last, and of the numbers of pupils who are in none that
        stays. The names of the tables that changed; what is let go of is erased by `commit` and `tidy`.
        """
        for year in years:
            self.pointer.years.pop(str(year), None)
            self._years.pop(year, None)
        until, changed = max(years).last_day, set[str]()
        for name in self.pointer.others.keys() - {"loads", "identities"}:
            kept = [line for line in self.table(name) if _day_of(line) > until.isoformat()]
            if len(kept) < len(self.table(name)):
                self.tables[name] = kept
                changed.add(name)
        stay = [self.year(year).enrolments.pupils for year in self.years]
        told = [bytes.fromhex(line["pupil"]) for name in self.pointer.others if name in self.tables for line in self.tables[name]
                if line.get("pupil")]  # fmt: skip
        stay.append(np.frombuffer(b"".join(told), np.uint8).reshape(-1, KEY))
        self.identities.keep_only(np.concatenate(stay))
        return changed

    def commit(self, loads: list[Load], tables: Collection[str] = ()) -> None:
        """Write what changed and let it be what is. Only the holder of the writing lock may, and it calls `tidy` when it needs no
        file of the generation before any more.
        """
        self.pointer.generation += 1
        for held in self._years.values():
            if held.changed or held.touched:
                self._write_year(held)
        self.loads += loads
        self._others({"loads": [vars(load) for load in self.loads], **{name: self.tables[name] for name in tables}})
        if self.identities.changed:
            name = f"identities-{self.pointer.generation:06d}.parquet"
            self.identities.write(self.folder / name)
            self.pointer.others["identities"] = name
        private_files.write(self.folder / POINTER, json.dumps(vars(self.pointer), indent=1))

    def _write_year(self, held: Held) -> None:
        files = self.pointer.years.setdefault(str(held.slots.year), {})
        if "enrolments" not in held.changed and held.touched and "enrolments" in files:
            self.patches[held.slots.year] = Patch(files["enrolments"], frozenset(held.touched))
        wanted = held.changed | ({"enrolments"} if held.touched else set())
        for kind in KINDS:
            if kind not in wanted and kind in files:
                continue
            name = f"{kind}-{str(held.slots.year).replace('/', '_')}-{self.pointer.generation:06d}.parquet"
            write_part(self.folder / name, kind, held)
            files[kind] = name
        held.changed.clear()
        held.touched.clear()

    def _others(self, tables: dict[str, list[dict[str, Any]]]) -> None:
        for kind, rows in tables.items():
            name = f"{kind}-{self.pointer.generation:06d}.json"
            private_files.write(self.folder / name, json.dumps(rows, default=str))
            self.pointer.others[kind] = name

    def tidy(self) -> None:
        """Remove what nothing names: files of older generations, and what a killed load left."""
        for path in unnamed(self.folder, self.pointer):
            path.unlink(missing_ok=True)

    def hand_over(self) -> None:
        """Give what was written to whoever reads it next; this store reads it again, if it is asked once more."""
        years, self._years = self._years, {}
        hand_over({_of_marks(self.folder, files): held for year, held in years.items() if (files := self.pointer.years.get(str(year)))})

    def _path(self, kind: str) -> Path | None:
        name = self.pointer.others.get(kind)
        return self.folder / name if name else None

    def _loads(self) -> list[Load]:
        path = self._path("loads")
        rows = json.loads(path.read_text()) if path else []
        return [Load(**{**row, "received": date.fromisoformat(row["received"]), "urns": tuple(row.get("urns", ()))}) for row in rows]


def _day_of(line: dict[str, Any]) -> str:
    """Of a line of a small table; one that has none is of no year and stays."""
    return str(line.get("date") or line.get("issued") or "9999")


def read_pointer(folder: Path) -> Pointer:
    path = folder / POINTER
    return Pointer(**json.loads(path.read_text())) if path.exists() else Pointer()


def unnamed(folder: Path, pointer: Pointer) -> list[Path]:
    """Files that nothing names: of older generations, what a killed command left, and lists that are made again when asked for."""
    keep = pointer.named()
    keep |= {f"{Path(name).stem}.planes" for name in keep}
    found = folder.iterdir() if folder.exists() else ()
    return [path for path in found if path.suffix in (".parquet", ".json", ".planes", ".npy") and path.name not in keep]


def read_year(folder: Path, files: dict[str, str]) -> Held:
    slots, rows = year_files.read_enrolments(folder / files["enrolments"])
    calendars: Calendars = year_files.read_calendars(folder / files["calendars"])
    changes: Changes = year_files.read_changes(folder / files["changes"])
    rows.limited = year_files.read_limited(folder / files["limited"])
    return Held(slots, rows, calendars, changes)


def read_marks(folder: Path, files: dict[str, str]) -> tuple[Slots, Enrolments, Calendars]:
    """A year without what is limited and without what was known before: what most questions need."""
    written = handed_over(_of_marks(folder, files))
    if written:
        return written.slots, written.enrolments, written.calendars
    slots, rows = year_files.read_enrolments(folder / files["enrolments"])
    return slots, rows, year_files.read_calendars(folder / files["calendars"])


def _of_marks(folder: Path, files: dict[str, str]) -> tuple[Path, ...]:
    """The files that marks are read from."""
    return folder / files["enrolments"], folder / files["calendars"]


def write_part(path: Path, kind: str, held: Held) -> None:
    if kind == "enrolments":
        year_files.write_enrolments(path, held.slots, held.enrolments)
    elif kind == "limited":
        year_files.write_limited(path, held.slots, held.enrolments)
    elif kind == "calendars":
        year_files.write_calendars(path, held.slots, held.calendars)
    else:
        year_files.write_changes(path, held.slots, held.changes)
