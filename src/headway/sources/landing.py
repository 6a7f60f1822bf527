"""Lands one recognised table: its cells as text in Parquet, under canonical names, with the number of each row."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from headway.definitions.schemas import YearOf
from headway.sources.recognising import Recognised, day_in, year_in
from headway.store.cells import Written, write_rows, write_text
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.status import Release


@dataclass
class Landing:
    """One table on its way in: what it is, where its cells lie for now, and what was seen on the way.

    The checks in sources/screening read this. `header` is as published, `columns` canonical.
    """

    recognised: Recognised
    source_path: str
    cells: Path
    columns: list[str]
    written: Written
    year: AcademicYear | None
    as_at: date | None
    release: Release
    encoding: str = ""
    rows_by_level: dict[str, int] = field(default_factory=dict)
    markers: dict[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return self.written.rows


def land(found: Recognised, source_path: str, out: Path) -> Landing:
    """Write the cells of a recognised table to `out`. People's names are never written."""
    columns = found.canonical()
    people = {name.lower() for name in found.definition.holds_people}
    dropped = {name for name in columns if name.lower() in people}
    table = found.table
    written: Written | None = None
    if table.delimiter and found.header_at == 0:
        written = write_text(table.file.path, table.delimiter, columns, dropped, out)
    if written is None:
        written = write_rows(table.rows(found.header_at), columns, dropped, out)
    kept = [name for name in columns if name not in dropped]
    release = found.layout.release or _release_in(source_path) or found.definition.release
    return Landing(
        found, source_path, out, kept, written, given_year(found, source_path), day_in(source_path), release, table.file.encoding
    )


def year_rule(found: Recognised) -> YearOf:
    return found.layout.year or found.definition.year


def given_year(found: Recognised, source_path: str) -> AcademicYear | None:
    """The one year of the whole table, where its rule is a path or a given year; None when rows tell their own."""
    rule = year_rule(found)
    if rule.given:
        return rule.given
    if rule.path:
        return year_in(source_path)
    return None


def _release_in(source_path: str) -> Release | None:
    """Publishers put the release into the file's name: england_ks4provisional.csv, ks5revised, ks2final."""
    name = Path(source_path).name.lower()
    return next((release for release in (Release.PROVISIONAL, Release.REVISED, Release.FINAL) if release.value in name), None)
