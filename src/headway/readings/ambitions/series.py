"""A measure's figures as they were known on a day: of each cell the firmest release that was out."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from headway.definitions.publications import Out, Publication, publication_of
from headway.readings.door import Door
from headway.store.lookups import PLAIN, Row
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.place import ENGLAND, Level
from headway.vocabulary.reading import Reading
from headway.vocabulary.status import Release
from headway.vocabulary.viewer import Viewer

NEIGHBOURS = "comparators.neighbours"
Cells = dict[tuple[str, AcademicYear], list[Reading]]  # (place, year) → its releases, the firmest first


@dataclass(frozen=True)
class Dated:
    """A reading and when it came out. `day` is None where the calendar does not tell; it is then used only when no day is asked for."""

    reading: Reading
    out: Out
    edited: bool


@dataclass(frozen=True)
class Asof:
    """Who asks, and as of when. `explicit` is False for today, when everything held may be used."""

    day: date
    explicit: bool
    viewer: Viewer


def published(door: Door, measure: str) -> Publication | None:
    return publication_of(door.library.publications, measure)


def out(door: Door, measure: str, year: AcademicYear, release: Release) -> Out:
    found = published(door, measure)
    return found.out(year, release) if found else Out(None, "undated", "the calendar of publications does not hold it")


def usable(door: Door, when: Asof, reading: Reading) -> Dated | None:
    """The reading with its date, if it was out by the day."""
    found = out(door, reading.measure, reading.year, reading.release)
    unlisted = published(door, reading.measure) is None
    if (found.day is None and (when.explicit or not unlisted)) or (found.day is not None and found.day > when.day):
        return None
    return Dated(reading, found, _edited(door, reading))


def _edited(door: Door, reading: Reading) -> bool:
    """Whether its file tells the years row by row: such a file holds earlier years as they were since corrected."""
    table = door.library.tables.get(reading.source)
    return table is not None and not table.year.path


def known(door: Door, when: Asof, cells: Cells, place: str, year: AcademicYear) -> Dated | None:
    """The firmest release of a cell that was out by the day and has a value."""
    for reading in cells.get((place, year), ()):
        found = usable(door, when, reading)
        if found is not None and reading.value is not None:
            return found
    return None


def areas(door: Door, viewer: Viewer, measure: str, cut: str) -> Cells:
    """Every authority and England on one measure and cut. Kept: the promises of all authorities ask for the same."""
    key = ("ambition cells", measure, cut)
    if key not in door.kept:
        rows: list[Row] = []
        for level in (Level.AUTHORITY, Level.ENGLAND):
            rows += door.lookup.readings(early=False, level=level.value, where="measure = ? AND cut = ?", values=[measure, cut])
        rows += door.lookup.rows(
            f"SELECT {PLAIN.replace('position, position_of', 'NULL, NULL')} FROM vintage "
            "WHERE level IN ('authority', 'england') AND measure = ? AND cut = ? "
            "ORDER BY value IS NULL, firmness DESC, prefer DESC, file_id",
            [measure, cut],
        )
        door.kept[key] = releases(door, viewer, rows)
    kept: Cells = door.kept[key]
    return kept


def releases(door: Door, viewer: Viewer, rows: list[Row]) -> Cells:
    """Each cell's releases, the one that stands first, then the best of each less firm one. Early results are no part of a promise."""
    found: Cells = defaultdict(list)
    for reading in door.see([row for row in rows if row[12] != Release.EARLY.value], viewer):
        listed = found[(reading.place, reading.year)]
        if not listed or reading.release.rank < listed[-1].release.rank:
            listed.append(reading)
    return dict(found)


def england(door: Door, when: Asof, measure: str, cut: str, year: AcademicYear) -> Dated | None:
    return known(door, when, areas(door, when.viewer, measure, cut), ENGLAND, year)


def neighbours_of(door: Door, when: Asof, authority: str) -> tuple[str, ...]:
    """The statistical neighbours; none before their list was published."""
    listed = published(door, NEIGHBOURS)
    days = [listed.out(AcademicYear.parse(year), Release.FINAL).day for year in listed.years] if listed else []
    if when.explicit and not any(day and day <= when.day for day in days):
        return ()
    key = ("ambition neighbours", authority)
    if key not in door.kept:
        rows = door.lookup.rows("SELECT neighbour FROM neighbour WHERE authority = ? ORDER BY rank", [authority])
        door.kept[key] = tuple(str(row[0]) for row in rows)
    kept: tuple[str, ...] = door.kept[key]
    return kept
