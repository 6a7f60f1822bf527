"""What to fetch for a workspace's areas, and whether what came is the table that it should be."""

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from headway.definitions.loading import Library
from headway.definitions.schemas import Download, SourceTable
from headway.sources.fetching import Fetched, Fetcher
from headway.sources.opening import unpack
from headway.sources.recognising import Recogniser
from headway.sources.tables import tables
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.clock import today
from headway.vocabulary.errors import HeadwayError

FAILED, NO_SUCH_FILE = "failed", "H-FETCH-02"
DAYS_BACK = 3


@dataclass(frozen=True)
class Wanted:
    """One file to fetch. `seen` is the day when somebody last had it from that address, or None: not tried.

    `earlier` are (address, file) of the days before, for a file that is published anew each day: that of today may not be
    out yet.
    """

    table: str
    href: str
    file: str
    licence: str
    released: str
    seen: date | None
    earlier: tuple[tuple[str, str], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        plain = {name: value for name, value in asdict(self).items() if name != "earlier"}
        return plain | {"seen": self.seen.isoformat() if self.seen else "not tried"}


@dataclass(frozen=True)
class Row:
    """What became of one file: fetched, unchanged or failed, and why."""

    table: str
    file: str
    outcome: str
    code: str
    reason: str
    bytes: int
    sha256: str
    href: str
    seen: str
    path: str

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def wanted(library: Library, areas: Sequence[str], years: Iterable[AcademicYear], table: str = "") -> list[Wanted]:
    """Every download of the library, for each area and year it has a place for. Raises H-USAGE-11 for an unknown table."""
    if table and table not in library.tables:
        raise HeadwayError("H-USAGE-11", f"There is no table {table!r} in the library.", remedy="headway fetch --only-list shows them.")
    spans = list(years)
    found = [
        item
        for name, definition in sorted(library.tables.items())
        if table in ("", name)
        for download in definition.downloads
        for item in _expanded(definition, download, areas, spans)
    ]
    if table and not found:
        raise HeadwayError(
            "H-USAGE-11",
            f"The library has no address for {table}.",
            f"It is published here: {library.tables[table].reference.href}",
            "Download it by hand and load it.",
        )
    return list(dict.fromkeys(found))


def _expanded(definition: SourceTable, download: Download, areas: Sequence[str], years: list[AcademicYear]) -> list[Wanted]:
    templates = download.href + download.file
    each_area = areas if "{authority}" in templates else [""]
    each_year: Sequence[AcademicYear | None] = [year for year in years if _held(download, year)] if "{years}" in templates else [None]
    return [
        Wanted(
            definition.id,
            _filled(download.href, area, year),
            _filled(download.file, area, year),
            definition.licence,
            download.released,
            download.seen,
            _days_before(download, area, year),
        )
        for year in each_year
        for area in each_area
    ]


def _held(download: Download, year: AcademicYear) -> bool:
    return (download.from_ or year) <= year <= (download.until or year)


def _days_before(download: Download, area: str, year: AcademicYear | None) -> tuple[tuple[str, str], ...]:
    if "{day}" not in download.href:
        return ()
    return tuple((_filled(download.href, area, year, back), _filled(download.file, area, year, back)) for back in range(1, DAYS_BACK + 1))


def _filled(template: str, area: str, year: AcademicYear | None, days_back: int = 0) -> str:
    day = today() - timedelta(days=days_back)
    years = f"{year.start}-{year.start + 1}" if year else ""
    return template.format(authority=area, day=f"{day:%Y%m%d}", date=day.isoformat(), years=years)


def fetch(
    items: Sequence[Wanted], library: Library, fetcher: Fetcher, told: Callable[[str, int, int], None] = lambda what, done, of: None
) -> list[Row]:
    """Fetch each file and check that it is the table it should be; one that is not is kept aside. Never raises for a file."""
    recogniser = Recogniser(library)
    rows = []
    for position, item in enumerate(items):
        told(f"fetching {item.file}", position, len(items))
        item, got = _newest(item, fetcher)
        rows.append(_row(item, got if got.outcome == FAILED else checked(got, item, recogniser, fetcher.folder)))
    return rows


def _newest(item: Wanted, fetcher: Fetcher) -> tuple[Wanted, Fetched]:
    """The file of the day or, where there is none yet, of the newest day before that has one; else the failure of today's."""
    today_s = got = fetcher.fetch(item.href, item.file)
    for href, file in item.earlier:
        if got.code != NO_SUCH_FILE:
            break
        got = fetcher.fetch(href, file)
        if got.outcome != FAILED:
            return replace(item, href=href, file=file), got
    return item, today_s


def checked(got: Fetched, item: Wanted, recogniser: Recogniser, folder: Path) -> Fetched:
    """The same, or failed with H-FETCH-07 and the file moved aside, where its columns are not the expected table's."""
    found = _tables_in(got.path, recogniser)
    if item.table in found:
        return got
    aside = folder.with_name(f"{folder.name}-aside") / item.file
    aside.parent.mkdir(parents=True, exist_ok=True)
    got.path.replace(aside)
    known = f"It looks like {' and '.join(sorted(found))}." if found else "Its columns are of no table that the library knows."
    reason = f"This is not {item.table}, or its layout has changed. {known} It is kept in {aside}."
    return replace(got, outcome=FAILED, code="H-FETCH-07", reason=reason, path=aside)


def _tables_in(path: Path, recogniser: Recogniser) -> set[str]:
    """The tables that a file, or the members of an archive, are recognised as; none when it cannot be read."""
    with tempfile.TemporaryDirectory(prefix="headway-") as scratch:
        try:
            best = [recogniser.best(tables(member, Path(scratch))) for member in unpack(path, Path(scratch))]
        except HeadwayError:
            return set()
    return {item.definition.id for item in best if item}


def _row(item: Wanted, got: Fetched) -> Row:
    seen = item.seen.isoformat() if item.seen else "not tried"
    return Row(item.table, item.file, got.outcome, got.code, got.reason, got.bytes, got.sha256, item.href, seen, str(got.path))
