"""Files of registers brought through a page: kept privately until they are taken in, matched where their columns are another system's.

What was brought lies in the protected folder under a name that nobody can guess, for the person who brought it and for a day at most; once
taken in or refused, the file is gone and only the report stays: row, column and kind, never a cell.
"""

import json
import secrets
import shutil
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path

from headway.protected import REGISTERS, papers, private_files
from headway.protected.untold import untold
from headway.readings.attendance.morning import prepare
from headway.readings.attendance.opening import allowed
from headway.readings.door import Door
from headway.registers import landing, matching
from headway.registers.faults import counted
from headway.registers.generations import Generations
from headway.registers.opening import sheets
from headway.registers.template import Shape
from headway.store.workspace import Workspace, open_workspace
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import Viewer

INCOMING, A_DAY = "incoming", 86_400
MOST_BYTES = 100 * 2**20
MOST_FAULTS = 5_000  # kept in a report
SHAPES = {shape.value: matching.ours(shape) for shape in (*matching.MATCHED, Shape.WIDE)}  # shape → (needed, may be there)
TEMPLATES = {shape.value: matching.ours(shape) for shape in Shape if shape is not Shape.WIDE}


@dataclass(frozen=True)
class Waiting:
    """A file that was brought. `headings` are of one that nobody knows the columns of yet; then `shape` and `likely` are a first guess."""

    name: str
    headings: tuple[str, ...] = ()
    shape: str = ""
    likely: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """What became of it: landed, same or refused. `faults` are (row, column, problem), `problems` how many of each."""

    name: str
    state: str
    shape: str = ""
    rows: int = 0
    changed: int = 0
    schools: int = 0
    left_out: int = 0
    faults: tuple[tuple[int, str, str], ...] = ()
    problems: dict[str, int] = field(default_factory=dict)
    many_faults: int = 0
    why: str = ""
    urns: tuple[int, ...] = ()


@dataclass(frozen=True)
class Loaded:
    """A file that was taken in before."""

    at: datetime
    received: date
    shape: str
    rows: int


def _space(door: Door, viewer: Viewer | None) -> tuple[Workspace, Path, Viewer]:
    """Only for who sees the pupils of the whole area: a file may be of any school. Raises H-ACCESS-40, 41 and 47."""
    person = allowed(viewer)
    if person.urns is not None:
        raise HeadwayError("H-ACCESS-47", "Registers of an area are brought by who works for all of it.", remedy="Ask the attendance team.")
    space = open_workspace(door.home)
    papers.check(space)
    folder = private_files.closed(private_files.folder(space, REGISTERS) / INCOMING)
    for old in folder.iterdir():
        if old.stat().st_mtime < time.time() - A_DAY:
            shutil.rmtree(old, ignore_errors=True)
    return space, folder, person


def bring(door: Door, viewer: Viewer | None, name: str, chunks: Iterable[bytes]) -> str:
    """Keep a file until it is taken in; its token. Raises H-DATA-10 for one that is too large or of no kind that is read."""
    _, folder, person = _space(door, viewer)
    suffix = Path(name).suffix.lower()
    if suffix not in landing.SUFFIXES:
        raise HeadwayError("H-DATA-10", "This is no csv file or workbook.", remedy="Save it as csv or xlsx.")
    token = secrets.token_hex(16)
    place = private_files.closed(folder / token)
    size = 0
    with open(private_files.partial_of(place / f"file{suffix}"), "wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > MOST_BYTES:
                shutil.rmtree(place)
                raise HeadwayError(
                    "H-DATA-10", "The file is too large.", f"It has more than {MOST_BYTES // 2**20} MB.", "Bring it in parts."
                )
            file.write(chunk)
        partial = Path(file.name)
    private_files.put_in_place(partial, place / f"file{suffix}")
    private_files.write(place / "who.json", json.dumps({"name": Path(name).name[-100:], "by": person.name}))
    return token


def _place(folder: Path, token: str, person: Viewer) -> tuple[Path, str]:
    """Raises H-DATA-01 where there is none of this person's."""
    place = folder / token
    if token.isalnum() and (place / "who.json").exists():
        told = json.loads((place / "who.json").read_text())
        if told["by"] == person.name:
            return place, str(told["name"])
    raise HeadwayError("H-DATA-01", "There is no such file.", "It was taken in, or a day has passed.", "Bring it again.")


def _file(place: Path) -> Path:
    """Raises H-DATA-01."""
    found = next(iter(place.glob("file.*")), None)
    if found is None:
        raise HeadwayError("H-DATA-01", "There is no such file.", "It was taken in already.", "Bring it again.")
    return found


def waiting(door: Door, viewer: Viewer | None, token: str, *, shape: str = "", urn: bool = False) -> Waiting:
    """Whether its columns are known, and if not, which they might be. Raises H-DATA-01, 10 to 12 and 70."""
    space, folder, person = _space(door, viewer)
    place, name = _place(folder, token, person)
    return untold(lambda: _looked_at(space, place, name, door, shape, urn))


def _looked_at(space: Workspace, place: Path, name: str, door: Door, shape: str, urn: bool) -> Waiting:
    scratch = private_files.closed(place / "scratch")
    try:
        if not shape:
            sheets(_file(place), scratch, door.library.attendance.exports, urn_given=urn)
            return Waiting(name)
    except HeadwayError as fault:
        if fault.code != "H-DATA-70":
            raise
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    scratch = private_files.closed(place / "scratch")
    try:
        found = matching.headings(_file(place), scratch, Shape(shape) if shape in SHAPES else None)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return Waiting(name, found.names, found.shape.value, found.likely)


def faults_of(shape: str, columns: Mapping[str, str], headings: tuple[str, ...], *, urn: bool) -> dict[str, str]:
    """Our column → what is wrong with its match."""
    return matching.faults_of(Shape(shape), columns, headings, urn_given=urn)


def match(door: Door, viewer: Viewer | None, token: str, shape: str, columns: Mapping[str, str]) -> None:
    """Write down which column is which, for this file and every later one like it. Raises H-DATA-01 and 70."""
    space, folder, person = _space(door, viewer)
    _, name = _place(folder, token, person)
    matching.write(space.home, f"Matched {Path(name).stem[:40]}", Shape(shape), columns, person.name)


def take(door: Door, viewer: Viewer | None, token: str, *, urn: int = 0, year: str = "") -> Report:
    """Take it in, whole or not at all, and make the lists anew. What is wrong is in the report, which is kept for a day.

    Raises H-ACCESS-40, 41 and 47, H-STORE-03 while another load runs, H-DATA-01, H-DATA-71.
    """
    space, folder, person = _space(door, viewer)
    place, name = _place(folder, token, person)
    (outcome,) = landing.load(space, [_file(place)], urn=urn, year=AcademicYear.parse(year) if year else None)
    error = outcome.error.sentence.replace(outcome.file, name) if outcome.error else ""
    found = Report(
        name, outcome.state, outcome.shape, outcome.rows, outcome.changed, outcome.schools, outcome.columns_left_out,
        tuple((one.row, one.column, one.problem) for one in outcome.faults[:MOST_FAULTS]), counted(outcome.faults),
        len(outcome.faults), error, outcome.urns,
    )  # fmt: skip
    private_files.write(place / "report.json", json.dumps(asdict(found)))
    _file(place).unlink()
    if found.state == "landed" and door.facts is not None:
        prepare(door)
    return found


def report(door: Door, viewer: Viewer | None, token: str) -> Report:
    """Raises H-DATA-01."""
    _, folder, person = _space(door, viewer)
    place, _ = _place(folder, token, person)
    try:
        told = json.loads((place / "report.json").read_text())
    except FileNotFoundError:
        raise HeadwayError("H-DATA-01", "There is no such report.", remedy="Take the file in first.") from None
    faults = tuple((row, column, problem) for row, column, problem in told["faults"])
    return Report(**{**told, "faults": faults, "urns": tuple(told.get("urns", ()))})


def loaded(door: Door, viewer: Viewer | None) -> list[Loaded]:
    """Files taken in, the newest first."""
    space, _, _ = _space(door, viewer)
    found = untold(lambda: Generations(space).loads)
    return [Loaded(datetime.fromisoformat(one.at), one.received, one.shape, one.rows) for one in reversed(found)]
