"""What was landed: each file with its release, rows, markers and checks; the reports; how totals compare."""

import json
from datetime import datetime
from pathlib import Path

from headway.readings.answers import SourceRow
from headway.readings.door import Door
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.status import Release
from headway.vocabulary.viewer import Viewer


def files(door: Door, viewer: Viewer) -> list[SourceRow]:
    """Every file that the snapshot was built from, and those in quarantine, by table and year."""
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
        )
        for file in door.files.values()
        if viewer.may_see(file.release)
    ]
    return sorted(landed + quarantined(door.home), key=lambda row: (row.table, row.year, row.file))


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


def reconciliation(door: Door, *, authority: str = "", measure: str = "") -> list[dict[str, object]]:
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
