"""The door itself: an open snapshot with its library, and the rules that decide, once per cell, what a viewer gets."""

import threading
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from headway.definitions.loading import Library, library_for
from headway.definitions.schemas import Measure
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

    def school_name(self, place: str) -> str:
        return self.school_names.get(str(int(place)), "")

    def name(self, level: Level, place: str) -> str:
        return self.school_name(place) if level is Level.SCHOOL else self.names.get((level.value, place), place)

    def measure(self, name: str) -> Measure:
        return self.library.measure(name)

    def see(self, rows: Iterable[Row], viewer: Viewer, names: dict[str, str] | None = None) -> list[Reading]:
        """Stored rows as readings that this viewer may have. This is where each cell is decided.

        A row of a release that the viewer may not see is absent; a withheld value comes without its counts,
        its limits, its row in the source and what the source wrote there. A measure that the library has given up
        since the snapshot was built cannot be explained, so it is absent too.
        """
        return [self._reading(row, names) for row in rows if row[2] in self.library.measures and self._open_to(row, viewer)]

    def _open_to(self, row: Row, viewer: Viewer) -> bool:
        return viewer.may_see(RELEASES[row[12]]) and self._in_patch(row, viewer)

    def _in_patch(self, row: Row, viewer: Viewer) -> bool:
        """Early results of a school are for those whose patch it is in; published ones are for all."""
        if RELEASES[row[12]] is not Release.EARLY or viewer.urns is None or row[0] != "school":
            return True
        return int(row[1]) in viewer.urns

    def _reading(self, row: Row, names: dict[str, str] | None) -> Reading:
        (
            level,
            place,
            name,
            year,
            cut,
            value,
            numerator,
            denominator,
            lower,
            upper,
            status,
            marker,
            release,
            table,
            file_id,
            number,
            position,
            of,
        ) = row
        state = STATES[status]
        measure = self.library.measures[name]
        hidden = state in WITHHELD
        file = self.files.get(file_id)
        at = LEVELS[level]
        return Reading(
            level=at,
            place=place,
            place_name=names[place] if names and place in names else self.name(at, place),
            measure=name,
            year=YEARS.get(year) or AcademicYear(year),
            cut=cut,
            value=None if hidden else value,
            numerator=None if hidden else numerator,
            denominator=None if hidden else denominator,
            lower=None if hidden else lower,
            upper=None if hidden else upper,
            status=state,
            numerator_status=_count_status(numerator, state),
            denominator_status=_count_status(denominator, state),
            unit=measure.unit,
            better=measure.better,
            release=RELEASES[release],
            source=table,
            source_file=file.source_name if file else file_id,
            source_row=None if hidden or number < 0 else number,
            marker="" if hidden else marker,
            position=None if hidden else position,
            position_of=None if hidden else of,
            snapshot=self.lookup.snapshot.id,
        )


def _count_status(count: float | None, state: Status) -> Status:
    if state in WITHHELD or state is Status.NOT_APPLICABLE:
        return state
    return Status.PUBLISHED if count is not None else Status.NOT_PUBLISHED


def nothing_published(home: Path) -> HeadwayError:
    return HeadwayError("H-STORE-08", f"Nothing is published in {home} yet.", remedy="Load files first: headway load FOLDER.")


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
    )


_open: dict[Path, Door] = {}
_lock = threading.Lock()


def open_door(home: Path) -> Door:
    """The door of a workspace's current snapshot. Cheap to call for each request: the same door is given
    until the pointer moves or the library changes. Before the first publication `facts` is None.
    """
    snapshot = current(home)
    door = _open.get(home)
    if door is not None and (door._lookup.snapshot if door._lookup else None) == snapshot:
        return door
    with _lock:
        lookup = Lookup(snapshot) if snapshot else None
        fresh = Door(home, lookup, library_for(home))
        _open[home] = fresh  # a request that still holds the old door keeps its snapshot to the end
        return fresh
