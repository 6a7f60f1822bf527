"""What was known when a board decided: the snapshot, the library, and what stood in its papers. Plain values, kept with the decision."""

from typing import Any

from headway.desk.boards.models import Item
from headway.desk.boards.packs.from_desk import sharers
from headway.desk.framing.pages import area_of
from headway.readings.door import Door


def of_item(door: Door, item: Item) -> dict[str, Any]:
    """Empty of figures before the first publication."""
    facts = door.facts
    known = {"snapshot": facts.id, "library": facts.library_digest} if facts else {}
    return {**known, "item": item.title, "edition": item.edition, "asked": item.asks, "text": item.text}


def of_rate(door: Door, item: Item, phase: str) -> dict[str, Any]:
    """The same with the rate that a phase votes on: of how many schools and pupils, and what the last one bought."""
    known = of_item(door, item)
    rate = item.delegations.filter(phase=phase).first()
    if rate is None:
        return known
    told: dict[str, Any] = {"phase": phase, "year": rate.year, "rate": str(rate.rate), "spent": rate.spent, "bought": rate.bought}
    if door.facts is not None:
        schools, pupils = sharers(door, area_of(door)[0], phase)
        told |= {"schools": schools, "pupils": sum(pupils), "comes_to": str(rate.rate * sum(pupils))}
    return known | {"delegation": told}
