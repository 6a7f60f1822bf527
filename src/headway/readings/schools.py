"""The list of an authority's schools, filtered, sorted, with the newest reading of each chosen measure."""

from typing import Any

from headway.readings.answers import Establishment, SchoolRow
from headway.readings.door import Door
from headway.readings.establishment import of_authority
from headway.vocabulary.reading import Reading
from headway.vocabulary.viewer import Viewer

FILTERS = ("phase", "governance", "type", "trust", "locality", "status")
SORTS = ("name", "urn", "phase", "type", "trust", "locality", "pupils", "postcode", "status")


def establishments(door: Door, authority: str) -> list[Establishment]:
    """Every establishment that an authority has now or had last, by name."""
    return list(of_authority(door, authority).values())


def schools(
    door: Door, viewer: Viewer, *, authority: str, text: str = "", phase: str = "", type: str = "", trust: str = "", locality: str = "",
    governance: str = "", status: str = "open", measures: tuple[str, ...] = (), sort: str = "name", descending: bool = False,
) -> list[SchoolRow]:  # fmt: skip
    """The schools that fit every filter given. `sort` is one of SORTS or a measure; those without a value come last."""
    asked = {"phase": phase, "type": type, "trust": trust, "locality": locality, "governance": governance, "status": status}
    fitting = [
        school
        for school in establishments(door, authority)
        if all(not wanted or getattr(school, name) == wanted for name, wanted in asked.items()) and matches(school, text)
    ]
    newest = newest_readings(door, viewer, authority, measures)
    rows = [
        SchoolRow(school, {name: newest[(school.urn, name)] for name in measures if (school.urn, name) in newest}) for school in fitting
    ]
    return _sorted(rows, sort, descending)


def matches(school: Establishment, text: str) -> bool:
    """Whether a school fits a text: its URN, the start of its postcode, or every word in its name or town."""
    wanted = text.strip().lower()
    if not wanted:
        return True
    if wanted.isdigit():
        return str(school.urn).startswith(wanted)
    if school.postcode and school.postcode.lower().replace(" ", "").startswith(wanted.replace(" ", "")):
        return True
    words = f"{school.name} {school.town} {school.locality}".lower()
    return all(word in words for word in wanted.split())


def newest_readings(door: Door, viewer: Viewer, authority: str, measures: tuple[str, ...]) -> dict[tuple[int, str], Reading]:
    """(urn, measure) → the newest reading of the whole cohort that has a value, else the newest of all."""
    key = ("newest", authority, measures, viewer.sees_early, viewer.urns)
    if key in door.kept:
        kept: dict[tuple[int, str], Reading] = door.kept[key]
        return kept
    found: dict[tuple[int, str], Reading] = {}
    for name in measures:
        rows = door.lookup.of_authority(early=viewer.sees_early, authority=authority, where="measure = ? AND cut = 'all'", values=[name])
        for reading in door.see(rows, viewer):
            cell = (int(reading.place), name)
            if cell not in found or (reading.value is not None, reading.year) > (found[cell].value is not None, found[cell].year):
                found[cell] = reading
    if len(door.kept) < 500:
        door.kept[key] = found
    return found


def _sorted(rows: list[SchoolRow], sort: str, descending: bool) -> list[SchoolRow]:
    def key(row: SchoolRow) -> Any:
        if sort in SORTS:
            return getattr(row.establishment, sort)
        reading = row.readings.get(sort)
        return reading.value if reading else None

    having = [row for row in rows if key(row) not in (None, "")]
    lacking = [row for row in rows if key(row) in (None, "")]
    return sorted(having, key=lambda row: (_folded(key(row)), row.establishment.name), reverse=descending) + lacking


def _folded(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


def school_filters(door: Door, viewer: Viewer, authority: str) -> dict[str, list[tuple[str, str, int]]]:
    """For each filter its values as (value, label, schools), the commonest first."""
    result = {}
    for name in FILTERS:
        counted: dict[str, int] = {}
        for school in establishments(door, authority):
            value = getattr(school, name)
            if value:
                counted[value] = counted.get(value, 0) + 1
        ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
        result[name] = [
            (value, value.replace("_", " ").capitalize() if name in ("phase", "governance", "status") else value, many)
            for value, many in ordered
        ]
    return result
