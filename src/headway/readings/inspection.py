"""A school's inspections, each on its own scale."""

from datetime import date

from headway.readings.answers import InspectionEvent
from headway.readings.door import Door
from headway.readings.establishment import chain

COLUMNS = "urn, inspected, published, scale, judgement, grade, words, source"


def inspections(door: Door, urn: int) -> tuple[InspectionEvent, ...]:
    """Every judgement known of a school and of its predecessors, oldest first, none converted to another scale."""
    found = door.lookup.inspections(COLUMNS, [urn, *(of for of, _, _ in chain(door, urn))])
    events = [InspectionEvent(*(*row, row[0] != urn)) for row in found]
    return tuple(sorted(events, key=lambda event: (event.inspected or date.max, event.scale, event.judgement)))
