"""Schools by name, URN or postcode; those that closed lead to what came after them."""

import unicodedata

from headway.readings.answers import Hit
from headway.readings.door import Door
from headway.readings.establishment import COLUMNS, from_row
from headway.vocabulary.viewer import Viewer

PLAIN = "regexp_replace(lower(strip_accents(coalesce({}, ''))), '[^a-z0-9 ]', '', 'g')"


def plain(word: str) -> str:
    """A word as names are searched by, as PLAIN has them: St Marys finds St Mary's, and Jose finds José."""
    letters = unicodedata.normalize("NFKD", word.lower())
    return "".join(letter for letter in letters if letter.isascii() and letter.isalnum())


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
    words = [word for word in (plain(word) for word in wanted.split()) if word]
    condition = " AND ".join(f"(contains({PLAIN.format('name')}, ?) OR contains({PLAIN.format('town')}, ?))" for _ in words)
    named = _hits(door, condition, [word for word in words for _ in range(2)], "name", limit) if words else []
    seen = {hit.establishment.urn for hit in found}
    return (found + [hit for hit in named if hit.establishment.urn not in seen])[:limit]


def _hits(door: Door, condition: str, values: list[object], matched: str, limit: int) -> list[Hit]:
    areas = [code for code, _ in door.facts.areas] if door.facts else []
    own = f"authority IN ({', '.join('?' * len(areas))})" if areas else "false"
    sql = f"SELECT {COLUMNS} FROM establishment WHERE {condition} ORDER BY {own} DESC, status = 'open' DESC, name, urn LIMIT {int(limit)}"
    return [Hit(from_row(row), matched) for row in door.lookup.rows(sql, [*values, *areas])]
