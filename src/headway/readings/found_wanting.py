"""Schools of an authority whose graded inspections became known in some time, and which of them were found wanting."""

from dataclasses import dataclass
from datetime import date

from headway.readings.door import Door
from headway.readings.establishment import of_authority
from headway.readings.tier_proposal.graded import UNPUBLISHED

KNOWN = f"""
SELECT urn, inspected, coalesce(published, inspected + INTERVAL {UNPUBLISHED.days} DAY)::DATE AS known, scale, judgement, grade
FROM inspection WHERE known > ? AND known <= ? ORDER BY urn, inspected
"""
OVERALL = "overall_effectiveness"


@dataclass(frozen=True)
class Inspection:
    """A graded inspection. Wanting: a weak overall grade, or, on a scale without one, a weak grade anywhere."""

    urn: int
    inspected: date
    known: date  # published; where no source tells, 60 days after the visit
    wanting: bool


def inspected(door: Door, authority: str, after: date, until: date) -> tuple[Inspection, ...]:
    """The newest of each school that became known after one day and by another. By school."""
    if "inspection" not in door.lookup.tables:
        return ()
    schools, scales = of_authority(door, authority), door.library.lists.get("inspection_scales") or {}
    visits: dict[tuple[int, date, date, str], dict[str, str]] = {}
    for urn, on, known, scale, judgement, grade in door.lookup.rows(KNOWN, [after, until]):
        if urn in schools and scale in scales:
            visits.setdefault((int(urn), on, known, scale), {})[judgement] = grade
    newest: dict[int, Inspection] = {}
    for (urn, on, known, scale), grades in visits.items():
        weak = scales[scale].get("weak", ())
        looked = [grades[OVERALL]] if OVERALL in grades else list(grades.values())
        newest[urn] = Inspection(urn, on, known, any(grade in weak for grade in looked))
    return tuple(newest.values())
