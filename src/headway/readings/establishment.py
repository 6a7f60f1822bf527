"""Who a school is: rows of the establishment table as answers."""

from dataclasses import fields
from typing import Any

from headway.readings.answers import Establishment, Link
from headway.readings.door import Door
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.place import Urn

NEAREST_FIRST = "SELECT urn, of_urn, from_year, to_year FROM chain ORDER BY to_year DESC, from_year DESC, of_urn DESC"
COLUMNS = ", ".join(f'"{field.name}"' for field in fields(Establishment))


def from_row(row: tuple[Any, ...]) -> Establishment:
    return Establishment(*row)


def establishment(door: Door, urn: str | int) -> Establishment:
    """Raises H-USAGE-01 (not a URN) or H-USAGE-06 (no such school in the lists loaded)."""
    number = Urn.parse(urn).number
    code = door.authorities_of_schools.get(number)
    if code is None:
        raise HeadwayError(
            "H-USAGE-06", f"No school list that was loaded holds URN {number}.", remedy="Check the number, or load a newer list of schools."
        )
    return of_authority(door, code)[number]


def of_authority(door: Door, code: str) -> dict[int, Establishment]:
    """Every establishment that an authority has now or had last, by URN in the order of their names. Kept with the snapshot."""
    key = ("establishments", code)
    if key not in door.kept:
        sql = f"SELECT {COLUMNS} FROM establishment WHERE coalesce(authority, '') = ? ORDER BY name, urn"
        found = [from_row(row) for row in door.lookup.rows(sql, [code])] if "establishment" in door.lookup.tables else []
        door.kept[key] = {school.urn: school for school in found}
    kept: dict[int, Establishment] = door.kept[key]
    return kept


def links(door: Door, urn: int) -> tuple[Link, ...]:
    """Predecessors and successors of a school, as registered, newest first."""
    if "link" not in door.lookup.tables:
        return ()
    if "link" not in door.kept:
        found: dict[int, list[Link]] = {}
        sql = 'SELECT urn, link_urn, kind, "on", chained FROM link ORDER BY "on" DESC NULLS LAST, link_urn'
        for of_whom, other, kind, on, chained in door.lookup.rows(sql):
            found.setdefault(of_whom, []).append(Link(other, door.school_names.get(str(other), ""), kind, on, chained))
        door.kept["link"] = found
    return tuple(door.kept["link"].get(urn, ()))


def chain(door: Door, urn: int) -> list[tuple[int, int, int]]:
    """(predecessor URN, first year, last year) whose results count as this school's own past, the nearest first.

    A year in which one school followed another is in the spans of both.
    """
    if "chain" not in door.lookup.tables:
        return []
    if "chain" not in door.kept:
        chains: dict[int, list[tuple[int, int, int]]] = {}
        for of_whom, of, first, last in door.lookup.rows(NEAREST_FIRST):
            chains.setdefault(int(of_whom), []).append((int(of), int(first), int(last)))
        door.kept["chain"] = chains
    kept: dict[int, list[tuple[int, int, int]]] = door.kept["chain"]
    return list(kept.get(urn, ()))
