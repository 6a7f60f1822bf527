"""A measure's figures as they were known on a day: of each cell the firmest release that was out."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from headway.definitions.publications import Out, Publication, publication_of
from headway.readings.door import Door
from headway.store.lookups import PLAIN, Row
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.place import ENGLAND
from headway.vocabulary.reading import Reading
from headway.vocabulary.status import Release
from headway.vocabulary.viewer import Viewer

NEIGHBOURS = "comparators.neighbours"
MANY_YEARS = ("series", "tidy")  # kinds of table that come out anew each year with all years before
BARE = PLAIN.replace("position, position_of", "NULL, NULL")
FIRMEST = "ORDER BY value IS NULL, firmness DESC, prefer DESC, file_id"  # of several sources of one release the one that stands first
RANKS = {release: release.rank for release in Release}  # looked up for hundreds of thousands of readings
SINGLY = 12  # an authority and its neighbours; whoever asks for more places than that asks for them all


@dataclass(frozen=True)
class Dated:
    """A reading and when it came out. `listed` is False where no calendar holds its measure: it is used only when no day is asked for.

    `edited`: its file is of a later year, or comes out anew each year with all years before as they were since corrected.
    """

    reading: Reading
    out: Out
    edited: bool
    listed: bool


Releases = dict[AcademicYear, list[Dated]]  # the firmest first
Cells = dict[str, Releases]  # by place


@dataclass(frozen=True)
class Asof:
    """Who asks, and as of when. `explicit` is False for today, when everything held may be used."""

    day: date
    explicit: bool
    viewer: Viewer

    def knows(self, dated: Dated) -> bool:
        """Whether it was out by the day and has a value."""
        if dated.reading.value is None:
            return False
        if dated.out.day is None:
            return not self.explicit and not dated.listed
        return dated.out.day <= self.day


def published(door: Door, measure: str) -> Publication | None:
    """The statistic in which a measure first comes out."""
    kept: dict[str, Publication | None] = door.kept.setdefault("publications", {})
    if measure not in kept:
        kept[measure] = publication_of(door.library.publications, measure)
    return kept[measure]


def known(when: Asof, found: Releases, year: AcademicYear, source: str = "") -> Dated | None:
    """The firmest release of a year that was out by the day; of several sources of it that named, else the one that stands."""
    firmest = None
    for dated in found.get(year, ()):
        if when.knows(dated):
            firmest = firmest or dated
            if not source or (dated.reading.source == source and dated.reading.release is firmest.reading.release):
                return firmest if not source else dated
    return firmest


def area(door: Door, viewer: Viewer, measure: str, cut: str, place: str) -> Releases:
    """An authority, or England, on one measure and cut. Everything of a place is looked up once and kept with the snapshot; what was
    looked up is made into readings where it is asked for, for a promise follows a few series of some hundreds.
    """
    key, pair = ("ambition figures", place), (measure, cut)
    if key not in door.kept:
        door.kept[key] = (_place(door, place), {})
    rows, made = door.kept[key]
    if pair not in made:
        made[pair] = releases(door, viewer, rows.get(pair, [])).get(pair, {}).get(place, {})
    kept: Releases = made[pair]
    return kept


def _place(door: Door, place: str) -> dict[tuple[str, str], list[Row]]:
    """The rows of a place by measure and cut."""
    level = "england" if place == ENGLAND else "authority"
    [packed] = door.lookup.of_places(level, [place], early=False)
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in packed.readings + _others(door, level, place):
        found[(str(row[2]), str(row[4]))].append(row)
    return dict(found)


def _others(door: Door, level: str, place: str) -> list[Row]:
    """The releases and sources beside those that stand. The first places ask for their own; whoever asks for more is given all."""
    singly: list[str] = door.kept.setdefault("ambition places", [])
    singly.append(place)
    if level == "authority" and len(singly) > SINGLY:
        if "ambition vintages" not in door.kept:
            every: dict[str, list[Row]] = defaultdict(list)
            for row in door.lookup.rows(f"SELECT {BARE} FROM vintage WHERE level = 'authority' {FIRMEST}"):
                every[row[1]].append(row)
            door.kept["ambition vintages"] = every
        found: list[Row] = door.kept["ambition vintages"].get(place, [])
        return found
    return door.lookup.rows(f"SELECT {BARE} FROM vintage WHERE level = ? AND place = ? {FIRMEST}", [level, place])


def releases(door: Door, viewer: Viewer, rows: list[Row]) -> dict[tuple[str, str], Cells]:
    """By measure and cut each cell's releases: the one that stands, then others of its firmness from other sources, then less firm ones.

    Early results are no part of a promise.
    """
    found: dict[tuple[str, str], dict[str, Releases]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for reading in door.see([row for row in rows if row[12] != Release.EARLY.value], viewer):
        listed = found[(reading.measure, reading.cut)][reading.place][reading.year]
        if not listed or RANKS[reading.release] <= RANKS[listed[-1].reading.release]:
            listed.append(_dated(door, reading))
    return {key: {place: dict(years) for place, years in cells.items()} for key, cells in found.items()}


def _dated(door: Door, reading: Reading) -> Dated:
    statistic = published(door, reading.measure)
    outs: dict[tuple[str, int, Release], Out] = door.kept.setdefault("publication days", {})
    key = (reading.measure, reading.year.start, reading.release)
    if key not in outs:
        outs[key] = statistic.out(reading.year, reading.release) if statistic else Out(None, "undated")
    return Dated(reading, outs[key], _edited(door, reading), statistic is not None)


def _edited(door: Door, reading: Reading) -> bool:
    table = door.library.tables.get(reading.source)
    if table is not None and not table.year.path and table.kind in MANY_YEARS:
        return True
    if "ambition file years" not in door.kept:
        door.kept["ambition file years"] = {str(file.source_name): file.year for file in door.files.values()}
    year: AcademicYear | None = door.kept["ambition file years"].get(reading.source_file)
    return year is not None and year > reading.year


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
