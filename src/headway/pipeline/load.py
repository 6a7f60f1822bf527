"""Load: open, recognise, land, screen. A failed file is quarantined with its reason and the rest goes on."""

import json
import os
import shutil
import traceback
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path

from headway.definitions.loading import Library
from headway.definitions.supplying import taken
from headway.pipeline.ahead import Found, Opened, opened, spelt
from headway.sources.landing import Landing, land
from headway.sources.mapping import mapped_tables
from headway.sources.opening import Unpacked
from headway.sources.recognising import Recognised, Recogniser, year_in
from headway.sources.screening import screen
from headway.sources.screening.result import CheckResult
from headway.sources.screening.same_table import same_table
from headway.sources.tables import Table
from headway.store.landed import LandedFile, landed_files, record
from headway.store.workspace import Workspace, write_whole
from headway.vocabulary.clock import now
from headway.vocabulary.errors import HeadwayError

LANDED, UNCHANGED, DOCUMENTATION, QUARANTINED, NOT_RECOGNISED = "landed", "unchanged", "documentation", "quarantined", "not_recognised"
KEPT_ONLY = "kept as published; no measure takes its figures from this table"


@dataclass
class Row:
    """What became of one file."""

    path: str
    recognised_as: str = ""
    year: str = ""
    status: str = ""
    rows: int = 0
    outcome: str = NOT_RECOGNISED
    reason: str = ""
    code: str = ""
    layout: str = ""
    rows_by_level: dict[str, int] = field(default_factory=dict)
    markers: dict[str, int] = field(default_factory=dict)
    checks: list[dict[str, object]] = field(default_factory=list)

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def files_in(paths: list[Path]) -> list[Path]:
    """Every file under the paths, in order of name. Raises H-DATA-01 when a path does not exist."""
    missing = [path for path in paths if not path.exists()]
    if missing:
        raise HeadwayError("H-DATA-01", f"{missing[0]} does not exist.", remedy="Check the path; give files or folders.")
    found: list[Path] = []
    for path in paths:
        found.extend(sorted(item for item in path.rglob("*") if item.is_file()) if path.is_dir() else [path])
    return [path for path in found if not path.name.startswith(".")]


class Loader:
    """Lands files into one workspace. Make one for each load; the caller holds the writing lock."""

    def __init__(self, workspace: Workspace, library: Library) -> None:
        self.workspace = workspace
        self.library = library
        self.recogniser = Recogniser(library)
        self.earlier = {file.id: file for file in landed_files(workspace)}
        self.seen: dict[str, str] = {}

    def load(self, paths: list[Path], told: Callable[[Path], None] = lambda path: None) -> list[Row]:
        """Land every file under the paths; one row for each."""
        result: list[Row] = []
        for file in opened(files_in(paths), self.seen, self.earlier):
            told(Path(spelt(file.path)))
            result.extend(self._file(file))
        return result

    def _file(self, file: Opened) -> Iterator[Row]:
        name = spelt(file.path)
        if file.unread:
            reason = f"H-DATA-12 It cannot be read ({file.unread.strerror}). Give the person who runs Headway leave to read it."
            yield replace(Row(name), outcome=QUARANTINED, reason=reason, code="H-DATA-12")
        elif file.identity in self.seen:
            before = self.seen[file.identity]
            yield self._again(Row(name), file.identity, before, f"the same bytes as {before}")
        elif file.fault:
            self.seen[file.identity] = name
            yield self._fault(Row(name), file.identity, file.fault, file.path)
        else:
            self.seen[file.identity] = name
            for member, identity, found in file.members:
                yield self._member(member, identity, found, file.scratch)

    def _fault(self, row: Row, identity: str, fault: Exception, path: Path) -> Row:
        """What a file holds must never end the load of the others."""
        if isinstance(fault, HeadwayError):
            return self._refuse(row, identity, fault.code, str(fault), path)
        return self._refuse(row, identity, "H-DATA-13", _unreadable(fault), path)

    def _again(self, row: Row, identity: str, before: str, reason: str) -> Row:
        """The same bytes a second time: unchanged, unless two paths give one table two years."""
        kept = self.earlier.get(identity)
        years = year_in(row.path), year_in(before)
        if kept and kept.year and all(years) and years[0] != years[1] and kept.year == years[1] and self._year_by_path(kept):
            error = HeadwayError(
                "H-DATA-32",
                f"The same bytes lie under {years[1]} and {years[0]}.",
                f"{Path(before).name} of {years[1]} has landed.",
                "Find the file of the other year.",
                row.path,
            )
            return replace(_facts_of(row, kept), year=str(years[0]), outcome=QUARANTINED, reason=str(error), code=error.code)
        return replace(_facts_of(row, kept) if kept else row, outcome=UNCHANGED, reason=reason)

    def _year_by_path(self, kept: LandedFile) -> bool:
        definition = self.library.tables.get(kept.table)
        layout = next((layout for layout in definition.layouts if layout.name == kept.layout), None) if definition else None
        return bool(definition and layout and definition.kind == "wide" and (layout.year or definition.year).path)

    def _member(self, member: Unpacked, identity: str, found: Found, scratch: Path) -> Row:
        row = Row(member.name)
        if identity in self.earlier:
            kept = self.earlier[identity]
            return self._again(row, identity, kept.source_path, f"landed before, on {kept.landed_at[:10]}")
        if isinstance(found, Exception):
            return self._fault(row, identity, found, member.path)
        try:
            return self._recognise(member, identity, found, row, scratch)
        except Exception as error:
            return self._fault(row, identity, error, member.path)

    def _recognise(self, member: Unpacked, identity: str, tables: list[Table], row: Row, scratch: Path) -> Row:
        if member.kind == "html":
            return self._html(member, identity, row)
        found = self.recogniser.best(mapped_tables(tables, self.library) or tables)
        if found is None:
            return self._unknown(member, row, tables)
        return self._land(found, identity, row, scratch)

    def _html(self, member: Unpacked, identity: str, row: Row) -> Row:
        text = member.path.read_text(encoding="utf-8", errors="replace")[:400_000]
        if self.recogniser.speaks_of_columns(text):
            return replace(row, recognised_as="documentation", outcome=DOCUMENTATION, reason="a page that explains columns")
        error = HeadwayError(
            "H-DATA-20",
            "It is a web page, not a table.",
            "A publisher's error page was saved in place of the file.",
            "Download it again.",
            member.name,
        )
        return self._refuse(row, identity, error.code, str(error), member.path)

    def _unknown(self, member: Unpacked, row: Row, found: list[Table]) -> Row:
        if self.recogniser.documentation(found):
            return replace(row, recognised_as="documentation", outcome=DOCUMENTATION, reason="a dictionary of columns")
        reason = self.recogniser.foreign(found) or _why_unknown(member, found)
        return replace(row, outcome=NOT_RECOGNISED, reason=reason)

    def _land(self, found: Recognised, identity: str, row: Row, scratch: Path) -> Row:
        cells = self.workspace.landed / f".{identity}.parquet.partial"
        landing = land(found, row.path, cells)
        checks = screen(landing, self.library, list(self.earlier.values()))
        if same := same_table(landing, self.library, list(self.earlier.values())):
            cells.unlink(missing_ok=True)
            return replace(_described(row, landing, checks), outcome=UNCHANGED, reason=f"the same table as {same.source_path}")
        row = _described(row, landing, checks)
        blocking = [check for check in checks if not check.passed and check.blocking]
        if blocking:
            cells.unlink(missing_ok=True)
            reason = " ".join(f"{check.message} {check.guidance}".strip() for check in blocking)
            return self._refuse(row, identity, blocking[0].code, reason, found.table.file.path)
        with open(cells, "rb") as file:
            os.fsync(file.fileno())
        os.replace(cells, self.workspace.landed / f"{identity}.parquet")
        kept = _landed_file(landing, identity, checks, self.workspace)
        record(self.workspace, kept)
        (self.workspace.quarantine / f"{identity}.json").unlink(missing_ok=True)
        self.earlier[identity] = kept
        remarks = (_told(checks), "" if kept.table in self.taken else KEPT_ONLY)
        return replace(row, outcome=LANDED, reason="; ".join(filter(None, remarks)))

    @cached_property
    def taken(self) -> set[str]:
        return taken(self.library)

    def _refuse(self, row: Row, identity: str, code: str, reason: str, path: Path) -> Row:
        """Keep a failed file and its reason apart from what has landed."""
        row = replace(row, outcome=QUARANTINED, reason=reason, code=code)
        if path.exists() and path.stat().st_size < 256 * 1024**2:
            shutil.copyfile(path, self.workspace.quarantine / f"{identity}.file")
        write_whole(
            self.workspace.quarantine / f"{identity}.json",
            json.dumps(row.as_dict() | {"at": now().isoformat(timespec="seconds")}, indent=1),
        )
        return row


def _told(checks: list[CheckResult]) -> str:
    """What a file that landed should be looked at for."""
    return " ".join(f"{check.message} {check.guidance}".strip() for check in checks if not check.passed and not check.blocking)


def _unreadable(error: Exception) -> str:
    """Only the kind of fault and our line: its own words may quote what the file holds, which may be a person's name."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = next((frame for frame in reversed(frames) if "headway" in Path(frame.filename).parts), frames[-1])
    kind = f"{type(error).__name__} at {Path(ours.filename).name}:{ours.lineno}"
    return f"H-DATA-13 It cannot be read ({kind}). It is damaged, or of a form that no published table has. Save it again as csv."


def _why_unknown(member: Unpacked, found: list[Table]) -> str:
    if member.kind == "binary" or not found:
        return "not a table: no known kind of file"
    first = next((row for table in found for row in table.sample if sum(map(bool, row)) > 1), [])
    heads = ", ".join(cell for cell in first if cell)[:120]
    return f"no table in the library has these headers: {heads}" if heads else "it holds no header"


def _described(row: Row, landing: Landing, checks: list[CheckResult]) -> Row:
    found = landing.recognised
    return replace(
        row,
        recognised_as=found.definition.id,
        layout=found.layout.name,
        year=str(landing.year or ""),
        status=str(landing.release),
        rows=landing.rows,
        rows_by_level=landing.rows_by_level,
        markers=landing.markers,
        checks=[asdict(check) for check in checks],
    )


def _facts_of(row: Row, kept: LandedFile) -> Row:
    return replace(
        row, recognised_as=kept.table, layout=kept.layout, year=str(kept.year or ""), status=str(kept.release), rows=kept.rows,
        rows_by_level=kept.rows_by_level, markers=kept.markers, checks=list(kept.checks),
    )  # fmt: skip


def _landed_file(landing: Landing, identity: str, checks: list[CheckResult], workspace: Workspace) -> LandedFile:
    found = landing.recognised
    return LandedFile(
        id=identity,
        table=found.definition.id,
        layout=found.layout.name,
        source_path=landing.source_path,
        source_name="/".join(Path(landing.source_path).parts[-2:]),
        year=landing.year,
        as_at=landing.as_at,
        release=landing.release,
        columns=tuple(landing.columns),
        rows=landing.rows,
        path=workspace.landed / f"{identity}.parquet",
        landed_at=now().isoformat(timespec="microseconds"),
        prefer=found.layout.prefer,
        rows_by_level=landing.rows_by_level,
        markers=landing.markers,
        checks=tuple(asdict(check) for check in checks),
    )
