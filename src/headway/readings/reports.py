"""What each load did, from the reports it left: which files came, what became of them, and why."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from headway.readings.door import Door
from headway.vocabulary.status import Release
from headway.vocabulary.viewer import Viewer

NAME = re.compile(r"[0-9]{8}T[0-9]{12}Z")


@dataclass(frozen=True)
class LoadedFile:
    file: str  # the name alone: where it lay is nobody's business
    recognised_as: str
    year: str
    release: str
    rows: int
    outcome: str  # landed, unchanged, documentation, quarantined, not_recognised
    reason: str
    failed: tuple[str, ...]  # what failed checks said


@dataclass(frozen=True)
class LoadReport:
    name: str
    at: datetime
    files: tuple[LoadedFile, ...]

    @property
    def outcomes(self) -> dict[str, int]:
        """outcome → files, the commonest first."""
        counted: dict[str, int] = {}
        for file in self.files:
            counted[file.outcome] = counted.get(file.outcome, 0) + 1
        return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def load_reports(door: Door, viewer: Viewer) -> list[LoadReport]:
    """Every report of this workspace, the newest first, with the files that the viewer may know of."""
    paths = sorted((door.home / "reports").glob("*.json"), reverse=True)
    return [_report(path, viewer) for path in paths if NAME.fullmatch(path.stem)]


def load_report(door: Door, viewer: Viewer, name: str) -> LoadReport | None:
    path = door.home / "reports" / f"{name}.json"
    return _report(path, viewer) if NAME.fullmatch(name) and path.is_file() else None


def _report(path: Path, viewer: Viewer) -> LoadReport:
    plain = json.loads(path.read_text())
    files = tuple(_file(item) for item in plain["files"] if viewer.may_see(Release(item["status"] or "final")))
    return LoadReport(path.stem, datetime.fromisoformat(plain["at"]), files)


def _file(item: dict[str, object]) -> LoadedFile:
    checks = item.get("checks")
    failed = tuple(str(check["message"]) for check in checks if not check["passed"]) if isinstance(checks, list) else ()
    rows = item.get("rows")
    return LoadedFile(
        file=Path(str(item["path"])).name,
        recognised_as=str(item.get("recognised_as") or ""),
        year=str(item.get("year") or ""),
        release=str(item.get("status") or ""),
        rows=rows if isinstance(rows, int) else 0,
        outcome=str(item["outcome"]),
        reason=str(item.get("reason") or ""),
        failed=failed,
    )
