"""The newest graded inspection of each school by a day: its own, or its predecessor's where it has had none since it opened."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from headway.definitions.predicates import GradeIs
from headway.readings.door import Door
from headway.readings.tier_proposal.schools import Schools

UNPUBLISHED = timedelta(days=60)  # after the visit, where no source tells when the report came out: about how long most took
SAME_VISIT = 14  # days: sources give the first day, the last, or the day between
NEWEST = f"""
WITH known AS (SELECT * FROM inspection WHERE coalesce(published, inspected + INTERVAL {UNPUBLISHED.days} DAY) <= ?),
newest AS (SELECT urn, max(inspected) AS inspected, arg_max(scale, inspected) AS scale FROM known GROUP BY urn)
SELECT k.urn, n.inspected, k.published IS NULL, k.scale, k.judgement, k.grade
FROM known k JOIN newest n ON k.urn = n.urn AND k.scale = n.scale AND k.inspected >= n.inspected - INTERVAL {SAME_VISIT} DAY
ORDER BY k.urn, k.inspected
"""


@dataclass(frozen=True)
class Visit:
    """One graded inspection: judgement → grade, on the scale of its day."""

    urn: int
    inspected: date
    scale: str
    grades: dict[str, str]
    assumed: bool  # whether the day on which it became known is assumed
    of_predecessor: bool = False

    @cached_property
    def said(self) -> tuple[str, ...]:
        """The scale and the grades, equal for visits of which rules say the same."""
        return self.scale, *(text for one in sorted(self.grades.items()) for text in one)

    def rules_met(self, condition: GradeIs) -> int:
        """How many of the condition's rules for this scale hold; 0 on a scale that it does not speak of."""
        return sum(
            sum(grade in rule.grades for judgement, grade in self.grades.items() if not rule.judgements or judgement in rule.judgements)
            >= rule.at_least
            for rule in condition.scales.get(self.scale, ())
        )


def newest_visits(door: Door, schools: Schools, day: date) -> dict[int, Visit]:
    """URN → its newest graded inspection among those known by the day."""
    own: dict[int, Visit] = {}
    if "inspection" not in door.lookup.tables:
        return own
    for urn, inspected, assumed, scale, judgement, grade in door.lookup.rows(NEWEST, [day]):
        visit = own.setdefault(urn, Visit(urn, inspected, scale, {}, assumed))
        visit.grades[judgement] = grade  # of one told twice the later day's
    past: dict[int, Visit] = {}
    urns = schools.urn[schools.past_place].tolist()
    for urn, of in zip(urns, schools.past_urn.tolist(), strict=True):  # the nearest predecessor comes last
        if urn not in own and of in own:
            past[urn] = replace(own[of], of_predecessor=True)
    return own | past
