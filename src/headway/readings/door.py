"""The door itself: an open snapshot with its library, and the rules that decide, once per cell, what a viewer gets."""

import threading
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cached_property, lru_cache, partial
from itertools import repeat
from pathlib import Path
from typing import Any

from headway.definitions.ambition_writing import CHANGED
from headway.definitions.loading import Library, library_for
from headway.definitions.schemas import Better, Measure, Unit
from headway.readings.answers import MeasureFacts, SnapshotFacts
from headway.store.landed import LandedFile
from headway.store.lookups import Lookup, Row
from headway.store.snapshots import current
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.place import ENGLAND, Level
from headway.vocabulary.reading import Reading
from headway.vocabulary.status import Release, Status
from headway.vocabulary.viewer import Viewer

PUBLISHED, NOT_PUBLISHED, EARLY = Status.PUBLISHED.value, Status.NOT_PUBLISHED, Release.EARLY.value
WITHHELD = (Status.SUPPRESSED, Status.LOW_COUNT)
# a school's page has hundreds of readings: members are looked up, not made, each time
STATES = {member.value: member for member in Status}
RELEASES = {member.value: member for member in Release}
LEVELS = {member.value: member for member in Level}
YEARS = {start: AcademicYear(start) for start in range(1980, 2101)}


class Door:
    """One snapshot, open for reading, with the library it is explained by. Safe to share between threads."""

    def __init__(self, home: Path, lookup: Lookup | None, library: Library) -> None:
        self.home = home
        self._lookup = lookup
        self.library = library
        self.library_changed = changed_at(home)
        self.kept: dict[Any, Any] = {}  # answers that depend on nothing but the snapshot and the key

    @property
    def lookup(self) -> Lookup:
        """Raises H-STORE-08 before the first publication."""
        if self._lookup is None:
            raise nothing_published(self.home)
        return self._lookup

    @cached_property
    def facts(self) -> SnapshotFacts | None:
        if self._lookup is None:
            return None
        facts = self._lookup.facts
        areas = tuple((code, self.names.get(("authority", code), code)) for code in facts["areas"])
        return SnapshotFacts(self._lookup.snapshot.id, datetime.fromisoformat(facts["built_at"]), facts["library"], facts["example"], areas)

    @cached_property
    def snapshot(self) -> str:
        return self.lookup.snapshot.id

    @property
    def published(self) -> SnapshotFacts:
        """The facts of the snapshot that answers. Raises H-STORE-08 before the first publication."""
        if self.facts is None:
            raise nothing_published(self.home)
        return self.facts

    @cached_property
    def files(self) -> dict[str, LandedFile]:
        return self.lookup.files()

    @cached_property
    def names(self) -> dict[tuple[str, str], str]:
        """(level, place) → name, for every authority, region and England."""
        names = {("england", ENGLAND): "England"}
        regions = self.library.lists.get("regions") or {}
        names |= {("region", code): item["name"] for code, item in regions.items()}
        if self._lookup and "authority" in self._lookup.tables:
            for code, name, region, region_name in self._lookup.rows("SELECT code, name, region, region_name FROM authority"):
                names[("authority", code)] = name
                if region:
                    names[("region", region)] = str(region_name or names.get(("region", region), region))
        return names

    @cached_property
    def school_names(self) -> dict[str, str]:
        """URN → name, of every school: asked once a snapshot, for each reading carries its school's name."""
        if "establishment" not in self.lookup.tables:
            return {}
        return {str(urn): str(name) for urn, name in self.lookup.rows("SELECT urn, name FROM establishment")}

    @cached_property
    def authorities_of_schools(self) -> dict[int, str]:
        """URN → authority, of every school; empty text where no list tells."""
        if "establishment" not in self.lookup.tables:
            return {}
        return dict(self.lookup.rows("SELECT urn, coalesce(authority, '') FROM establishment"))

    def name(self, level: Level, place: str) -> str:
        return self.school_names.get(place, "") if level is Level.SCHOOL else self.names.get((level.value, place), place)

    def measure(self, name: str) -> Measure:
        return self.library.measure(name)

    @cached_property
    def _file_names(self) -> dict[str, str]:
        return {key: str(file.source_name) for key, file in self.files.items()}

    @cached_property
    def _meanings(self) -> tuple[dict[str, Unit], dict[str, Better]]:
        """Measure → its unit, and measure → its direction."""
        known = self.library.measures
        return {name: measure.unit for name, measure in known.items()}, {name: measure.better for name, measure in known.items()}

    def see(self, rows: Iterable[Row], viewer: Viewer) -> list[Reading]:
        """Stored rows as readings that this viewer may have. This is where each cell is decided.

        A row of a release that the viewer may not see is absent; a withheld value comes without its counts,
        its limits, its row in the source and what the source wrote there. A measure that the library has given up
        since the snapshot was built cannot be explained, so it is absent too.
        """
        open_to = {text for text, release in RELEASES.items() if viewer.may_see(release)}
        known = self.library.measures
        seen = [row for row in rows if row[2] in known and row[12] in open_to and (row[12] != EARLY or self._in_patch(row, viewer))]
        found = self._published(seen) if seen else []
        for line, row in enumerate(seen):
            if row[10] != PUBLISHED:
                found[line] = self._reading(row)
        return found

    def _published(self, rows: list[Row]) -> list[Reading]:
        """Rows as readings as if every one were published, column by column: of a page's hundreds nearly all are."""
        level, place, name, year, cut, value, numerator, denominator, lower, upper, _, marker, release, table, file_id, number, *where = (
            zip(*rows, strict=True)
        )
        units, directions = self._meanings
        count = len(rows)
        columns = (
            [LEVELS[one] for one in level], place, self._names_of(level, place), name,
            [YEARS.get(one) or AcademicYear(one) for one in year], cut, value, numerator, denominator, lower, upper,
            repeat(Status.PUBLISHED, count), [NOT_PUBLISHED if one is None else Status.PUBLISHED for one in numerator],
            [NOT_PUBLISHED if one is None else Status.PUBLISHED for one in denominator], [units[one] for one in name],
            [directions[one] for one in name], [RELEASES[one] for one in release], table,
            [self._file_names.get(one) or one for one in file_id], [None if one < 0 else one for one in number], marker, *where,
            repeat(self.snapshot, count),
        )  # fmt: skip
        return list(map(partial(tuple.__new__, Reading), zip(*columns, strict=True)))  # `_make` without its count of fields

    def _names_of(self, levels: Sequence[str], places: Sequence[str]) -> Iterable[str]:
        """A page's rows are of one place or few: each is named once."""
        named = {pair: self.name(LEVELS[pair[0]], pair[1]) for pair in set(zip(levels, places, strict=True))}
        if len(named) == 1:
            return repeat(next(iter(named.values())), len(places))
        return [named[pair] for pair in zip(levels, places, strict=True)]

    def _in_patch(self, row: Row, viewer: Viewer) -> bool:
        """Early results of a school are for those whose patch it is in; published ones are for all."""
        return viewer.urns is None or row[0] != "school" or int(row[1]) in viewer.urns

    def _reading(self, row: Row) -> Reading:
        """A row of `lookups.PLAIN` in any state."""
        level, place, name, year, cut, value, numerator, denominator, lower, upper, status, marker, release, table, file_id, *where = row
        number, position, of = where
        state = STATES[status]
        at = LEVELS[level]
        place_name = self.name(at, place)
        units, directions = self._meanings
        when = YEARS.get(year) or AcademicYear(year)
        file_name: str = self._file_names.get(file_id) or file_id
        if state in WITHHELD:
            return Reading(
                at, place, place_name, name, when, cut, None, None, None, None, None, state, state, state, units[name], directions[name],
                RELEASES[release], table, file_name, None, "", None, None, self.snapshot,
            )  # fmt: skip
        return Reading(
            at, place, place_name, name, when, cut, value, numerator, denominator, lower, upper, state, _count_status(numerator, state),
            _count_status(denominator, state), units[name], directions[name],
            RELEASES[release], table, file_name, None if number < 0 else number,
            marker, position, of, self.snapshot,
        )  # fmt: skip


def _count_status(count: float | None, state: Status) -> Status:
    if state is Status.NOT_APPLICABLE:
        return state
    return Status.PUBLISHED if count is not None else Status.NOT_PUBLISHED


def nothing_published(home: Path) -> HeadwayError:
    return HeadwayError("H-STORE-08", f"Nothing is published in {home} yet.", remedy="Load files first: headway load FOLDER.")


@lru_cache(maxsize=1_000)
def measure_facts(measure: Measure) -> MeasureFacts:
    return MeasureFacts(
        measure.id,
        measure.title,
        measure.short,
        measure.unit,
        measure.better,
        " ".join(measure.why_it_matters.split()),
        measure.cohort,
        measure.floor,
        tuple(measure.spread.years.items()) if measure.spread else (),
        measure.once_each,
    )


def changed_at(home: Path) -> int:
    """When a page last wrote into the workspace's own library, in nanoseconds; 0 for never. What is written by hand comes with the next
    publication or start."""
    try:
        return (home / "library" / CHANGED).stat().st_mtime_ns
    except OSError:
        return 0


_open: dict[Path, Door] = {}
_lock = threading.Lock()


def open_door(home: Path) -> Door:
    """The door of a workspace's current snapshot. Cheap to call for each request: the same door is given
    until the pointer moves or the library changes. Before the first publication `facts` is None.
    """
    snapshot = current(home)
    door = _open.get(home)
    same = door is not None and (door._lookup.snapshot if door._lookup else None) == snapshot
    if door is not None and same and door.library_changed == changed_at(home):
        return door
    with _lock:
        lookup = door._lookup if door is not None and same else Lookup(snapshot) if snapshot else None
        fresh = Door(home, lookup, library_for(home))
        _open[home] = fresh  # a request that still holds the old door keeps its snapshot to the end
        return fresh
