"""What was landed: each file with its release, rows, markers and checks; the reports; how totals compare."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from headway.definitions.supplying import taken
from headway.readings.answers import SourceRow
from headway.readings.door import Door
from headway.store.landed import LandedFile
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.status import Release
from headway.vocabulary.viewer import Viewer


def files(door: Door, viewer: Viewer) -> list[SourceRow]:
    """Every file that the snapshot was built from, and those in quarantine, by table and year."""
    used = taken(door.library)
    landed = [
        SourceRow(
            table=file.table,
            title=door.library.tables[file.table].title if file.table in door.library.tables else file.table,
            publisher=door.library.tables[file.table].publisher if file.table in door.library.tables else "",
            licence=door.library.tables[file.table].licence if file.table in door.library.tables else "",
            file=file.source_name,
            year=str(file.year or ""),
            release=file.release,
            rows=file.rows,
            rows_by_level=file.rows_by_level,
            markers=file.markers,
            checks_passed=sum(bool(check["passed"]) for check in file.checks),
            checks_failed=sum(not check["passed"] for check in file.checks),
            landed_at=datetime.fromisoformat(file.landed_at),
            outcome="landed",
            reason="",
            used=file.table in used,
            years_inside=_years_inside(door, file),
        )
        for file in door.files.values()
        if viewer.may_see(file.release)
    ]
    return sorted(landed + quarantined(door.home), key=lambda row: (row.table, row.year, row.file))


def _years_inside(door: Door, file: LandedFile) -> bool:
    """Whether each row tells its own year, as in series and tidy tables."""
    table = door.library.tables.get(file.table)
    layout = next((item for item in table.layouts if item.name == file.layout), None) if table else None
    return bool(table and ((layout and layout.year) or table.year).column)


@dataclass(frozen=True)
class Totals:
    """Published figures of one measure beside our own sums of its schools."""

    measure: str
    figures: int
    within: int  # that agree within rounding
    widest: float | None  # difference, in the measure's unit
    reasons: tuple[tuple[str, int], ...]  # why the others differ and how often, the commonest first


def by_measure(found: list[dict[str, Any]]) -> list[Totals]:
    """What `reconciliation` gave, a line a measure."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        rows.setdefault(row["measure"], []).append(row)
    return [_totals(measure, of) for measure, of in sorted(rows.items())]


def _totals(measure: str, rows: list[dict[str, Any]]) -> Totals:
    """How many schools a reason speaks of differs from figure to figure, so it is left out: 3 schools withheld → schools withheld."""
    outside = [row for row in rows if not row["within"]]
    parts = [part for row in outside for part in (row["reason"] or "not explained").split("; ")]
    said = Counter(re.sub(r"^[\d,]+ schools? ", "schools ", part) for part in parts)
    widest = max((abs(row["difference"]) for row in rows if row["difference"] is not None), default=None)
    return Totals(measure, len(rows), len(rows) - len(outside), widest, tuple(said.most_common()))


def quarantined(home: Path) -> list[SourceRow]:
    """Files that were refused, with the reason."""
    rows = []
    for path in sorted((home / "quarantine").glob("*.json")):
        plain = json.loads(path.read_text())
        rows.append(
            SourceRow(
                table=plain["recognised_as"],
                title=plain["recognised_as"] or "Not recognised",
                publisher="",
                licence="",
                file=Path(plain["path"]).name,
                year=plain["year"],
                release=Release(plain["status"] or "final"),
                rows=plain["rows"],
                rows_by_level=plain["rows_by_level"],
                markers=plain["markers"],
                checks_passed=sum(bool(check["passed"]) for check in plain["checks"]),
                checks_failed=sum(not check["passed"] for check in plain["checks"]),
                landed_at=datetime.fromisoformat(plain["at"]),
                outcome="quarantined",
                reason=plain["reason"],
            )
        )
    return rows


def reconciliation(door: Door, *, authority: str = "", measure: str = "") -> list[dict[str, Any]]:
    """Our sums over schools beside the published figures, each with whether rounding explains the difference and, if not, why."""
    if "reconciliation" not in door.lookup.tables:
        return []
    where, values = ["true"], []
    if authority:
        its_region = " OR place = (SELECT region FROM authority WHERE code = ?)" if "authority" in door.lookup.tables else ""
        where.append(f"(place = ? OR level = 'england'{its_region})")
        values += [authority, authority] if its_region else [authority]
    if measure:
        where.append("measure = ?")
        values.append(measure)
    sql = f"SELECT * FROM reconciliation WHERE {' AND '.join(where)} ORDER BY measure, year, level, place"
    names = [
        row[0]
        for row in door.lookup.rows(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'reconciliation' ORDER BY ordinal_position"
        )
    ]
    rows = [dict(zip(names, row, strict=True)) for row in door.lookup.rows(sql, values)]
    return [row | {"year": str(AcademicYear(row["year"]))} for row in rows]
