"""Schools by name, URN or postcode; those that closed lead to what came after them."""

from headway.readings.answers import Hit
from headway.readings.door import Door
from headway.readings.establishment import COLUMNS, from_row
from headway.vocabulary.viewer import Viewer


def search(door: Door, text: str, viewer: Viewer, limit: int = 20) -> list[Hit]:
    """Schools that fit a text, those of the workspace's own area and open ones first. Empty text gives none."""
    wanted = " ".join(text.split())
    if not wanted or "establishment" not in door.lookup.tables:
        return []
    if wanted.isdigit():
        return _hits(door, "urn::VARCHAR LIKE ? || '%'", [wanted], "urn", limit)
    compact = wanted.replace(" ", "").upper()
    found = []
    if any(mark.isdigit() for mark in compact) and len(compact) <= 7:
        found = _hits(door, "starts_with(replace(postcode, ' ', ''), ?)", [compact], "postcode", limit)
    words = wanted.lower().split()
    condition = " AND ".join("(contains(lower(name), ?) OR contains(lower(town), ?))" for _ in words)
    named = _hits(door, condition, [word for word in words for _ in range(2)], "name", limit)
    seen = {hit.establishment.urn for hit in found}
    return (found + [hit for hit in named if hit.establishment.urn not in seen])[:limit]


def _hits(door: Door, condition: str, values: list[object], matched: str, limit: int) -> list[Hit]:
    areas = [code for code, _ in door.facts.areas] if door.facts else []
    own = f"authority IN ({', '.join('?' * len(areas))})" if areas else "false"
    sql = f"SELECT {COLUMNS} FROM establishment WHERE {condition} ORDER BY {own} DESC, status = 'open' DESC, name, urn LIMIT {int(limit)}"
    return [Hit(from_row(row), matched) for row in door.lookup.rows(sql, [*values, *areas])]
