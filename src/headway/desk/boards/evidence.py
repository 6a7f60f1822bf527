"""What was known when a board decided: the snapshot, the library, and what stood in its papers. Plain values, kept with the decision."""

from typing import Any

from headway.desk.boards.models import Item
from headway.readings.door import Door


def of_item(door: Door, item: Item) -> dict[str, Any]:
    """Empty of figures before the first publication."""
    facts = door.facts
    known = {"snapshot": facts.id, "library": facts.library_digest} if facts else {}
    return {**known, "item": item.title, "edition": item.edition, "asked": item.asks, "text": item.text}
