"""A school's inspections, each on its own scale."""

from datetime import date

from headway.readings.answers import InspectionEvent
from headway.store.lookups import Packed


def inspections(urn: int, found: list[Packed]) -> tuple[InspectionEvent, ...]:
    """Every judgement known of a school and of its predecessors, oldest first, none converted to another scale."""
    events = [InspectionEvent(*(*row, row[0] != urn)) for one in found for row in one.inspections]
    return tuple(sorted(events, key=lambda event: (event.inspected or date.max, event.scale, event.judgement)))
