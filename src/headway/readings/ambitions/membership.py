"""Which schools an ambition means, in which year, and their figures."""

from collections import defaultdict

from headway.definitions.ambitions import Asks, Who
from headway.readings import districts as parts
from headway.readings.ambitions.series import BARE, FIRMEST, Cells, releases
from headway.readings.door import Door
from headway.readings.families import family
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.viewer import Viewer

OF_THEM = "place IN (SELECT urn::VARCHAR FROM establishment_year WHERE authority = ?)"


def schools(door: Door, viewer: Viewer, asks: Asks, authority: str) -> Cells:
    """The figures of an authority's schools, each year of those that were its own in that year; of a family, of its members."""
    who = asks.who.urn if asks.who.of == "family" else authority
    key = ("ambition schools", asks.measure, asks.cut, who)
    if key not in door.kept:
        where = "measure = ? AND cut = ?"
        values = [asks.measure, asks.cut]
        if asks.who.of == "family":
            urns = sorted(_family(door, viewer, asks.who))
            inside, values = f"place IN ({', '.join('?' * len(urns))})", [*values, *urns]
            rows = door.lookup.readings(early=False, level="school", where=f"{where} AND {inside}", values=values)
        else:
            inside, values = OF_THEM, [*values, authority]
            rows = door.lookup.of_authority(early=False, authority=authority, where=where, values=values[:2])
        rows += door.lookup.rows(f"SELECT {BARE} FROM vintage WHERE level = 'school' AND {where} AND {inside} {FIRMEST}", values)
        door.kept[key] = releases(door, viewer, rows).get((asks.measure, asks.cut), {})
    kept: Cells = door.kept[key]
    return kept


def members(door: Door, viewer: Viewer, who: Who, authority: str, year: AcademicYear) -> frozenset[str] | None:
    """The URNs meant; None for every school of the authority."""
    if who.of == "family":
        return _family(door, viewer, who)
    if who.of == "district":
        return districts(door, who, authority).get(who.name, frozenset())
    kinds = _kinds(door, authority).get(year.start, {})
    if who.of == "phase":
        return frozenset(urn for urn, (phase, _) in kinds.items() if phase == who.phase)
    if who.of == "maintained":
        return frozenset(urn for urn, (_, maintained) in kinds.items() if maintained)
    return None


def districts(door: Door, who: Who, authority: str) -> dict[str, frozenset[str]]:
    """District → its schools, as the newest list that places each tells. Kept with the snapshot."""
    key = ("ambition districts", authority, who.by)
    if key not in door.kept:
        found: dict[str, set[str]] = defaultdict(set)
        for urn, name in parts.placed(door, authority, who.by).items():
            found[name].add(urn)
        door.kept[key] = {name: frozenset(urns) for name, urns in found.items()}
    kept: dict[str, frozenset[str]] = door.kept[key]
    return kept


def _kinds(door: Door, authority: str) -> dict[int, dict[str, tuple[str, bool]]]:
    """Year → URN → its phase and whether an authority maintained it then."""
    key = ("ambition kinds", authority)
    if key not in door.kept:
        found: dict[int, dict[str, tuple[str, bool]]] = defaultdict(dict)
        rows = door.lookup.rows("SELECT year, urn::VARCHAR, phase, maintained FROM establishment_year WHERE authority = ?", [authority])
        for year, urn, phase, maintained in rows:
            found[year][urn] = (str(phase or ""), bool(maintained))
        door.kept[key] = dict(found)
    kept: dict[int, dict[str, tuple[str, bool]]] = door.kept[key]
    return kept


def _family(door: Door, viewer: Viewer, who: Who) -> frozenset[str]:
    found = family(door, who.urn or 0, viewer)
    return frozenset({str(who.urn), *(str(member.establishment.urn) for member in found.members)})
