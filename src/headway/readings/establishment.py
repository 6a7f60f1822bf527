"""Who a school is: rows of the establishment table as answers."""

from dataclasses import fields
from typing import Any

from headway.readings.answers import Establishment, Link
from headway.readings.door import Door
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.place import Urn

COLUMNS = ", ".join(f'"{field.name}"' for field in fields(Establishment))


def from_row(row: tuple[Any, ...]) -> Establishment:
    return Establishment(*row)


def establishment(door: Door, urn: str | int) -> Establishment:
    """Raises H-USAGE-01 (not a URN) or H-USAGE-06 (no such school in the lists loaded)."""
    number = Urn.parse(urn).number
    rows = door.lookup.rows(f"SELECT {COLUMNS} FROM establishment WHERE urn = ?", [number]) if _known(door) else []
    if not rows:
        raise HeadwayError(
            "H-USAGE-06", f"No school list that was loaded holds URN {number}.", remedy="Check the number, or load a newer list of schools."
        )
    return from_row(rows[0])


def _known(door: Door) -> bool:
    return "establishment" in door.lookup.tables


def links(door: Door, urn: int) -> tuple[Link, ...]:
    """Predecessors and successors of a school, as registered, newest first."""
    if "link" not in door.lookup.tables:
        return ()
    sql = (
        "SELECT l.link_urn, coalesce(e.name, ''), l.kind, l.\"on\", l.chained FROM link l "
        'LEFT JOIN establishment e ON e.urn = l.link_urn WHERE l.urn = ? ORDER BY l."on" DESC NULLS LAST, l.link_urn'
    )
    return tuple(Link(*row) for row in door.lookup.rows(sql, [urn]))


def chain(door: Door, urn: int) -> list[tuple[int, int, int]]:
    """(predecessor URN, first year, last year) whose results count as this school's own past."""
    if "chain" not in door.lookup.tables:
        return []
    if "chain" not in door.kept:
        chains: dict[int, list[tuple[int, int, int]]] = {}
        for of_whom, of, first, last in door.lookup.rows("SELECT urn, of_urn, from_year, to_year FROM chain"):
            chains.setdefault(int(of_whom), []).append((int(of), int(first), int(last)))
        door.kept["chain"] = chains
    kept: dict[int, list[tuple[int, int, int]]] = door.kept["chain"]
    return list(kept.get(urn, ()))
