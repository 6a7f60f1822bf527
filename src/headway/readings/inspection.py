"""A school's inspections, each on its own scale."""

from dataclasses import dataclass
from datetime import date

from headway.readings.answers import InspectionEvent
from headway.readings.door import Door
from headway.readings.establishment import chain, of_authority
from headway.store.lookups import Packed


def inspections(urn: int, found: list[Packed]) -> tuple[InspectionEvent, ...]:
    """Every judgement known of a school and of its predecessors, oldest first, none converted to another scale."""
    events = [InspectionEvent(*(*row, row[0] != urn)) for one in found for row in one.inspections]
    return tuple(sorted(events, key=lambda event: (event.inspected or date.max, event.scale, event.judgement)))


@dataclass(frozen=True)
class LastInspection:
    """A school's newest graded inspection in a few words: its overall grade where it had one, else what it had instead."""

    inspected: date
    words: str
    of_predecessor: bool = False


NEWEST = """
SELECT i.urn, i.inspected, i.judgement, i.words FROM inspection i
JOIN (SELECT urn, max(inspected) AS inspected FROM inspection WHERE inspected IS NOT NULL GROUP BY urn) n
ON i.urn = n.urn AND i.inspected = n.inspected
"""
OVERALL = "overall_effectiveness"


def last_inspections(door: Door, authority: str) -> dict[int, LastInspection]:
    """URN → its newest inspection, or its nearest predecessor's where it has had none, of an authority's schools."""
    key = ("last inspections", authority)
    if key not in door.kept:
        door.kept[key] = _last(door, authority) if "inspection" in door.lookup.tables else {}
    kept: dict[int, LastInspection] = door.kept[key]
    return kept


def _last(door: Door, authority: str) -> dict[int, LastInspection]:
    judged: dict[int, dict[str, tuple[date, str]]] = {}
    for urn, inspected, judgement, words in door.lookup.rows(NEWEST):
        judged.setdefault(int(urn), {})[judgement] = (inspected, words)
    found = {}
    for urn in of_authority(door, authority):
        own = next((of for of in (urn, *(before for before, _, _ in chain(door, urn))) if of in judged), None)
        if own is not None:
            found[urn] = _in_words(judged[own], own != urn)
    return found


def _in_words(judged: dict[str, tuple[date, str]], of_predecessor: bool) -> LastInspection:
    """“Good”; where there is no overall grade: how many judgements there are."""
    inspected, words = judged.get(OVERALL) or next(iter(judged.values()))
    if OVERALL not in judged:
        words = f"{len(judged)} {'judgement' if len(judged) == 1 else 'judgements'}"
    return LastInspection(inspected, words, of_predecessor)
