"""A school's inspections, each on its own scale."""

from headway.readings.answers import InspectionEvent
from headway.readings.door import Door

SQL = """
SELECT i.urn, i.inspected, i.published, i.scale, i.judgement, i.grade, i.words, i.source, {of} AS of_predecessor
FROM inspection i WHERE i.urn IN ({places}) ORDER BY i.inspected NULLS LAST, i.scale, i.judgement
"""


def inspections(door: Door, urn: int) -> tuple[InspectionEvent, ...]:
    """Every judgement known of a school and of its predecessors, oldest first, none converted to another scale."""
    from headway.readings.establishment import chain

    if "inspection" not in door.lookup.tables:
        return ()
    places = [urn, *(of for of, _, _ in chain(door, urn))]
    sql = SQL.format(of="i.urn <> ?", places=", ".join("?" * len(places)))
    return tuple(InspectionEvent(*row) for row in door.lookup.rows(sql, [urn, *places]))
