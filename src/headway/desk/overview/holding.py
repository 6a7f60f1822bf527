"""“What the council holds about us”: a school's tier and why, what would move it, who is named, who is coming, what it is entitled to."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from headway.desk.accounts.access import needs
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.establishments.models import Establishment
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.desk.overview.together import together
from headway.desk.overview.visitors import AHEAD, coming_to
from headway.desk.tiers import queries as tiers
from headway.desk.tiers.evidence import for_school, title_of, unknown_for_school, would_move
from headway.desk.tiers.models import Reply, Review
from headway.desk.tiers.queries import TierNow
from headway.desk.visits import queries as visits
from headway.desk.visits.pages import titles
from headway.desk.visits.rules import Owed
from headway.language.entitlements import entitlement_lines
from headway.readings.door import Door
from headway.vocabulary import clock

P = Permission


@dataclass(frozen=True)
class Standing:
    """A school's tier as the school reads it: nothing in it that was told in confidence."""

    now: TierNow
    title: str
    means: str
    said: tuple[dict[str, Any], ...]  # the signals met
    unknown: tuple[str, ...]
    moves: tuple[str, ...]
    lines: tuple[str, ...]  # the entitlement
    replies: tuple[Reply, ...]


def standing(door: Door, school: Establishment, today: date) -> Standing | None:
    """None before the head was rung of a first decision."""
    now = tiers.tier_now([school], today, seen_only=True).get(school.pk)
    if now is None:
        return None
    scheme, shown = door.library.tiers.get(now.scheme), now.decision.evidence.shown
    given = door.library.entitlements.get(scheme.entitlement) if scheme else None
    return Standing(
        now, title_of(scheme, now.tier), scheme.tiers[now.tier].means if scheme and now.tier in scheme.tiers else "",
        tuple(for_school(shown)), tuple(one["title"] for one in unknown_for_school(shown)),
        would_move(shown, scheme) if scheme else (), entitlement_lines(given, now.tier) if given else (), tuple(now.decision.replies.all()),
    )  # fmt: skip


def to_do(user: User, urn: int, today: date, named: dict[str, str]) -> list[Owed]:
    """What is asked of the school, the soonest first."""
    return sorted((one for one in visits.owed_by_school(user, today, named) if one.urn == urn), key=lambda one: one.due)


def returns_on(urn: int) -> tuple[list[tuple[str, str, date]], int]:
    """The open lines of services on a school, and how many more were told in confidence."""
    found = list(tiers.standing_returns([urn]))
    return [(one.get_service_display(), one.line, one.on) for one in found if not one.restricted], sum(one.restricted for one in found)


@needs(P.SEE_SUPPORT)
@require_GET
def held(request: HttpRequest, urn: int) -> HttpResponse:
    """What the council holds about a school, for its head and governors."""
    school, door, today = Establishment.objects.filter(pk=urn).first(), the_door(), clock.today()
    if school is None:
        raise Http404
    named, user = titles(door), request.user
    lines, confidential = returns_on(urn)
    told: dict[str, Any] = {"school": school, "one": standing(door, school, today), "today": today, "lines": lines}
    told |= {"confidential": confidential, "to_do": to_do(user, urn, today, named), "coming": coming_to(user, [urn], today, today + AHEAD)}
    told |= {"answers": bool(may(user, P.ANSWER_FOR_SCHOOL, urn)), "ours": bool(may(user, P.SEE_TIERS, urn))}
    told["export"] = bool(may(user, P.EXPORT))
    told |= {"reviews": list(Review.objects.filter(school=school)), "asked": _asked(urn), "together": together(urn, today)}
    return framed(request, door, f"What the council holds about {school.name}", body("held.html", "overview", **told))


def _asked(urn: int) -> date | None:
    """When the school asked for help last."""
    return tiers.standing_returns([urn]).filter(kind="self_referral").values_list("on", flat=True).first()
