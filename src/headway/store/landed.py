"""What has been landed: one Parquet file of text cells and one manifest beside it, both named by content."""

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from headway.store.workspace import Workspace, write_whole
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.status import Release


@dataclass(frozen=True)
class LandedFile:
    """One published table as it was found: cells as text, columns by their canonical names, plus `row`.

    `row` counts from 1 at the first row under the header. `id` is of the content, so the same bytes
    land once. `superseded` files stay on disk and are no longer built from.
    """

    id: str
    table: str
    layout: str
    source_path: str
    source_name: str
    year: AcademicYear | None
    as_at: date | None
    release: Release
    columns: tuple[str, ...]
    rows: int
    path: Path = Path()
    landed_at: str = ""
    prefer: int = 0
    rows_by_level: dict[str, int] = field(default_factory=dict)
    markers: dict[str, int] = field(default_factory=dict)
    checks: tuple[dict[str, Any], ...] = ()
    superseded_by: str = ""

    def manifest(self) -> str:
        plain = asdict(self) | {
            "year": self.year.start if self.year else None,
            "as_at": str(self.as_at or ""),
            "release": self.release.value,
        }
        plain.pop("path")
        return json.dumps(plain, indent=1)


def read_manifest(path: Path) -> LandedFile:
    """Raises H-STORE-14 when the manifest is damaged."""
    try:
        return from_manifest(path.read_text(encoding="utf-8"), path.with_suffix(".parquet"))
    except (ValueError, KeyError, TypeError):
        raise _damaged(f"What is kept of the landed file {path.stem} cannot be read.", path) from None


def _damaged(what: str, path: Path) -> HeadwayError:
    return HeadwayError(
        "H-STORE-14",
        what,
        "It was changed or removed by hand, or the disc is failing. What was published before is untouched.",
        f"Remove {path.name} and load the published file again; without it, what it held is left out of the next snapshot.",
        str(path),
    )


def check_whole(workspace: Workspace) -> None:
    """Raises H-STORE-14 when the cells of a landed file are gone: a snapshot without them would quietly hold less."""
    for path in sorted(workspace.landed.glob("*.json")):
        if not path.with_suffix(".parquet").exists():
            raise _damaged(f"The cells of {read_manifest(path).source_name} are gone from the landed files.", path)


def from_manifest(text: str, path: Path) -> LandedFile:
    plain = json.loads(text)
    plain["year"] = AcademicYear(plain["year"]) if plain["year"] is not None else None
    plain["as_at"] = date.fromisoformat(plain["as_at"]) if plain["as_at"] else None
    plain["release"] = Release(plain["release"])
    plain["columns"] = tuple(plain["columns"])
    plain["checks"] = tuple(plain["checks"])
    return LandedFile(**plain, path=path)


def landed_files(workspace: Workspace, *, superseded: bool = False) -> list[LandedFile]:
    """Every landed file whose Parquet is there, in the order of landing; those superseded only if asked."""
    found = [read_manifest(path) for path in sorted(workspace.landed.glob("*.json"))]
    kept = [file for file in found if file.path.exists() and (superseded or not file.superseded_by)]
    return sorted(kept, key=lambda file: (file.landed_at, file.id))


def record(workspace: Workspace, file: LandedFile) -> None:
    """Write the manifest: from this moment the file is landed."""
    write_whole(workspace.landed / f"{file.id}.json", file.manifest())
