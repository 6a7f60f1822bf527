"""When somebody last acted on each school. Any honest act clears a flag: a flag asks for attention, not for a form."""

from datetime import date
from typing import Any

from django.db.models import Max, QuerySet

from headway.desk.engagements.models import Concern, Direction, Engagement, LadderAction
from headway.desk.engagements.models import Entry as StepEntry
from headway.desk.engagements.models import Note as EngagementNote
from headway.desk.plans.models import Plan, ProjectBoard
from headway.desk.plans.models import Review as PlanReview
from headway.desk.tiers.models import Review, State, TierDecision
from headway.desk.visits.models import FollowUp


def acts() -> dict[int, date]:
    """URN → the newest day on which a tier was decided (also that it stays), a promise closed, a review written, an engagement entered or
    written into, a step of a ladder issued, a concern settled, a plan or project board begun. One query for each kind.

    Visits and calls, and entries of the ledger, are counted with the ledger (standing).
    """
    found: dict[int, date] = {}
    for rows, school, moment in _kinds():
        for urn, last in rows.order_by().values(school).annotate(last=Max(moment)).values_list(school, "last"):
            day = last.date() if hasattr(last, "hour") else last
            if day is not None and (urn not in found or found[urn] < day):
                found[urn] = day
    return found


def _kinds() -> tuple[tuple["QuerySet[Any]", str, str], ...]:
    """(rows, the way to the school, the field that says when)."""
    return (
        (TierDecision.objects.exclude(state=State.WITHDRAWN), "school_id", "made"),
        (Review.objects.all(), "school_id", "day"),
        (FollowUp.objects.filter(closed__isnull=False), "school_id", "closed"),
        (Engagement.objects.all(), "school_id", "entered"),
        (StepEntry.objects.all(), "step__engagement__school_id", "at"),
        (EngagementNote.objects.all(), "engagement__school_id", "at"),
        (Direction.objects.all(), "engagement__school_id", "day"),
        (LadderAction.objects.filter(issued__isnull=False), "engagement__school_id", "issued"),
        (Concern.objects.filter(resolved__isnull=False), "school_id", "resolved"),
        (Plan.objects.all(), "school_id", "at"),
        (PlanReview.objects.all(), "plan__school_id", "day"),
        (ProjectBoard.objects.all(), "school_id", "at"),
    )
