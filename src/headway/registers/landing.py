"""Takes files of registers in: each file whole, or refused with every fault told by row and column, and all that are good in one step.

The same file again changes nothing: its digest is known. A file that corrects marks puts the new in their place and keeps what was
known before. Killed at any moment, the store is as it was or as it is to be.
"""

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from headway.definitions.attendance_part import attendance_for
from headway.definitions.loading import Library
from headway.protected import REGISTERS, access, papers, private_files
from headway.protected.schools import known_schools
from headway.protected.untold import untold
from headway.registers import counting, opening
from headway.registers.code_book import CodeBook
from headway.registers.columns import Taking
from headway.registers.faults import Fault
from headway.registers.generations import Generations, Load
from headway.registers.planes import refresh
from headway.registers.taking import Taken, take
from headway.registers.template import Shape
from headway.registers.uncollected import uncollected
from headway.store.workspace import Workspace, one_writer
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.clock import now, today
from headway.vocabulary.errors import HeadwayError

ORDER = list(Shape)
SUFFIXES = {".csv", ".txt", ".tsv", ".xlsx", ".xls", ".xlsm", ".xz", ".gz", ".zip"}


@dataclass(frozen=True)
class Outcome:
    """What became of one file. `state` is landed, same (it was taken before) or refused."""

    file: str
    state: str
    shape: str = ""
    rows: int = 0
    changed: int = 0  # marks that are new or other than before
    schools: int = 0
    columns_left_out: int = 0
    faults: tuple[Fault, ...] = ()
    error: HeadwayError | None = None
    urns: tuple[int, ...] = ()  # of the schools that it is of


@dataclass(frozen=True)
class Opened:
    path: Path
    digest: str
    sha256: str
    sheets: list[opening.Sheet]

    @property
    def order(self) -> int:
        return min(ORDER.index(sheet.known.shape) for sheet in self.sheets)


def load(
    space: Workspace, paths: Sequence[Path], *, urn: int = 0, year: AcademicYear | None = None, received: date | None = None
) -> list[Outcome]:
    """Take files in. `urn` is the school of files that do not say it; `year` that of lists of pupils; `received` the day, default today.

    Raises H-ACCESS-40 and 41 (papers), H-STORE-03 and 08, H-DATA-01 and 60. What is wrong with one file is told in its outcome.
    """
    papers.check(space)
    known, library = known_schools(space), attendance_for(space.home)
    if urn and urn not in known:
        words = f"No list of schools that was loaded holds the URN {urn}."
        raise HeadwayError("H-DATA-71", words, remedy="Check the number given to --urn.")
    with one_writer(space, "attendance load"), uncollected():
        return untold(lambda: _Loading(space, library, known, urn, year, received or today()).run(paths))


def files_in(paths: Sequence[Path]) -> list[Path]:
    """The files asked for, those of folders in order of their names."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(one for one in path.rglob("*") if one.is_file() and one.suffix.lower() in SUFFIXES) if path.is_dir() else [path]
        found += inside
    if not found:
        raise HeadwayError("H-DATA-01", "There is no file to take in.", remedy="Give files, or a folder that holds csv files or workbooks.")
    return found


class _Loading:
    """One run of the command over several files."""

    def __init__(self, space: Workspace, library: Library, known: set[int], urn: int, year: AcademicYear | None, received: date) -> None:
        private_files.clear_partials(space, REGISTERS)
        self.space, self.library = space, library
        self.store = Generations(space)
        number = max((one.number for one in self.store.loads), default=0)
        self.taking = Taking(CodeBook(library.attendance.codes), known, urn, number, received)
        self.year = year
        self.loads: list[Load] = []
        self.tables: set[str] = set()
        counting.warm(self.store.enrolments)
        self.ahead = self.store.read_ahead() if self.store.enrolments > counting.SCHOOL else None
        self.digests = {one.digest for one in self.store.loads}

    def run(self, paths: Sequence[Path]) -> list[Outcome]:
        with tempfile.TemporaryDirectory(dir=self.store.folder, prefix=".", suffix=".partial") as scratch:
            outcomes: dict[Path, Outcome] = {}
            opened: list[Opened] = []
            for path in files_in(paths):
                outcome = self._open(path, Path(scratch), opened)
                if outcome:
                    outcomes[path] = outcome
            outcomes |= {one.path: self._take(one, opened) for one in sorted(opened, key=lambda one: one.order)}
        if self.ahead:
            self.ahead.join()
        if self.loads:
            self.store.commit(self.loads, self.tables)
            refresh(self.store, self.taking.book)
            self.store.tidy()
            self.store.hand_over()
        for outcome in outcomes.values():
            facts = {"shape": outcome.shape, "rows": outcome.rows, "state": outcome.state}
            access.record(self.space, REGISTERS, "loaded", access.operating_system_user(), **facts)
        return [outcomes[path] for path in files_in(paths)]

    def _open(self, path: Path, scratch: Path, opened: list[Opened]) -> Outcome | None:
        """Its outcome where it is known already; else it is added to what is opened."""
        try:
            if not path.is_file():
                raise HeadwayError("H-DATA-01", f"{path.name} is not a file.", remedy="Give a csv file or workbook, or a folder of them.")
            hashed = hashlib.sha256(path.read_bytes())
            sha256 = hashed.hexdigest()
            hashed.update(f"|{self.taking.urn}|{self.year or ''}".encode())
            digest = hashed.hexdigest()
            if digest in self.digests:
                return Outcome(path.name, "same")
            self.digests.add(digest)
            found = opening.sheets(path, scratch, self.library.attendance.exports, urn_given=bool(self.taking.urn))
        except HeadwayError as error:
            return Outcome(path.name, "refused", error=error)
        opened.append(Opened(path, digest, sha256, found))
        return None

    def _take(self, one: Opened, opened: Sequence[Opened]) -> Outcome:
        taking = replace(self.taking, load=self.taking.load + len(self.loads) + 1)
        done: Taken = take(self.store, one.sheets, taking, self.year, _beside(one, opened))
        shapes = ", ".join(dict.fromkeys(sheet.known.shape.value for sheet in one.sheets))
        rows = sum(sheet.table.rows for sheet in one.sheets)
        left_out = sum(sheet.known.left_out for sheet in one.sheets)
        if done.faults:
            return Outcome(one.path.name, "refused", shapes, rows, 0, len(done.urns), left_out, tuple(sorted(done.faults)))
        self.tables |= done.tables
        moment = now().isoformat(timespec="seconds")
        self.loads.append(Load(taking.load, moment, taking.received, one.digest, shapes, rows, one.sha256, done.urns))
        return Outcome(one.path.name, "landed", shapes, rows, done.changed, len(done.urns), left_out, urns=done.urns)


def _beside(one: Opened, opened: Sequence[Opened]) -> list[opening.Sheet]:
    """The tables of the files in the same folder, by whose days a list of pupils is put to a year."""
    return [sheet for other in opened if other.path.parent == one.path.parent for sheet in other.sheets]
