"""Which schools would need a programme, and why: what figures, plans, asked help and tiers say of its area. Suggestions, for the team."""

from collections import defaultdict
from collections.abc import Sequence

from headway.desk.brokerage.models import Need, NeedState
from headway.desk.establishments.models import Establishment
from headway.desk.learning.models import Booking, Programme
from headway.desk.learning.rules import SchoolLine, lines
from headway.desk.plans.models import Objective
from headway.desk.tiers.queries import tier_now
from headway.readings.door import Door
from headway.readings.strengths import suggestions
from headway.vocabulary.clock import today

HEAVIEST = ("focus", "intensive")
LEADING = ("leadership", "governance")  # areas that a tier by itself points to; the others need a figure, a plan or a word


def reasons(door: Door, area: str, schools: Sequence[Establishment]) -> dict[int, list[str]]:
    """School → why it would need a programme in an area of support, in words; a school without a reason is not in it."""
    found: dict[int, list[str]] = defaultdict(list)
    urns = {one.pk for one in schools}
    about = door.library.support_areas.get(area)
    measures = {one.measure for one in about.measures} if about else set()
    for authority in sorted({one.authority for one in schools}) if door.facts else ():
        for one in suggestions(door, authority).found:
            if one.area == area and one.better_by < 0 and one.urn in urns:
                found[one.urn].append(f"Figures: {one.measure.short or one.measure.title} is beyond chance below similar schools.")
    for objective in Objective.objects.filter(plan__school_id__in=urns, plan__closed=None, withdrawn=None, measure__in=measures):
        found[objective.plan.school_id].append(f"Plan: {objective.title}.")
    for need in Need.objects.filter(school_id__in=urns, area=area, state__in=(NeedState.OPEN, NeedState.PLACED)):
        found[need.school_id].append("Help with it was asked for.")
    for urn, now in tier_now(schools, today()).items():
        if now.tier in HEAVIEST and (urn in found or area in LEADING):
            found[urn].append(f"Tier: {now.tier} support.")
    return {urn: list(dict.fromkeys(told)) for urn, told in found.items()}


def take_up(door: Door, programme: Programme, schools: Sequence[Establishment]) -> tuple[list[SchoolLine], bool]:
    """Each of these schools beside a programme; and whether all of its sessions so far are over (then who did not come, missed it)."""
    bookings = Booking.objects.filter(session__programme=programme, session__called_off="", school_id__in=[one.pk for one in schools])
    told = bookings.values_list("school_id", "state", "came")
    over = not programme.sessions.filter(called_off="", closed=None).exists() and programme.sessions.exists()
    return lines([one.pk for one in schools], reasons(door, programme.area, schools), told, over=over), over
