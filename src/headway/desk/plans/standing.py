"""Whether something may be written into a plan as it stands now."""

from headway.desk.plans.models import Plan
from headway.desk.plans.queries import stands_still
from headway.vocabulary.errors import HeadwayError


def live(plan: Plan) -> Plan:
    """The plan as it is now, locked. Raises H-DESK-78 where it is closed or the work with the school stands still."""
    fresh = Plan.objects.select_for_update(of=("self",)).select_related("school", "engagement").get(pk=plan.pk)
    why = stands_still(fresh)
    if why:
        raise HeadwayError("H-DESK-78", f"{why} Nothing is written into the plan.", "It keeps what it held.", "Go on with the work first.")
    return fresh
