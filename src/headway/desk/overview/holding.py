"""“What the council holds about us”: a school's tier and why, what would move it, who is named, who is coming, what it is entitled to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from headway.desk.accounts.access import needs
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.duties.models import Return
from headway.desk.duties.rules import due_on
from headway.desk.engagements.models import Standing as OfNotice
from headway.desk.engagements.replying import notices_for
from headway.desk.establishments.models import Establishment
from headway.desk.fairness.queries import standing_of
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.desk.overview.together import together
from headway.desk.overview.visitors import AHEAD, coming_to
from headway.desk.tiers import queries as tiers
from headway.desk.tiers.evidence import for_school, title_of, unknown_for_school, would_move
from headway.desk.tiers.models import Reply, Review
from headway.desk.tiers.queries import TierNow
from headway.desk.tiers.rules import unsaid
from headway.desk.visits import queries as visits
from headway.desk.visits.pages import titles
from headway.desk.visits.rules import Owed
from headway.language.entitlements import entitlement_lines
from headway.readings.door import Door
from headway.vocabulary import clock
from headway.vocabulary.academic_year import AcademicYear

P = Permission
SOON = timedelta(weeks=4)


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
        tuple(unsaid(would_move(shown, scheme), now.decision.way_out)) if scheme and not standing_of(door, scheme.id).holds_back() else (),
        entitlement_lines(given, now.tier) if given else (), tuple(now.decision.replies.all()),
    )  # fmt: skip


def to_do(door: Door, user: User, school: Establishment, today: date) -> list[Owed]:
    """What is asked of the school, the soonest first: visits and notes, notices, yearly returns."""
    of_visits = (one for one in visits.owed_by_school(user, today, titles(door)) if one.urn == school.pk)
    return sorted([*of_visits, *_notices(door, user, school), *_yearly(door, school, today)], key=lambda one: one.due)


def _notices(door: Door, user: User, school: Establishment) -> Iterator[Owed]:
    """Notices whose clock runs and to which the school has said nothing yet."""
    for one in notices_for(user, door.library).filter(engagement__school=school, standing=OfNotice.ISSUED, replies=None).exclude(due=None):
        where = (("Read and reply", reverse("engagements:notice", args=[one.pk])),)
        yield Owed(one.due, school.name, school.pk, f"Reply: {one.definition['title']}", one.definition["basis"], "", where)


def _yearly(door: Door, school: Establishment, today: date) -> Iterator[Owed]:
    """Returns of this school year that were not sent and are due soon, or were."""
    year = AcademicYear.of(today).start
    sent = set(Return.objects.filter(school=school, year=year).exclude(sent=None).values_list("form", flat=True))
    for name, form in door.library.school_returns.items():
        due = due_on(form, year)
        if name not in sent and due <= today + SOON:
            where = (("Fill it in", reverse("duties:of_school", args=[school.pk])),)
            yield Owed(due, school.name, school.pk, form.title, "a yearly return", "", where)


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
    user = request.user
    lines, confidential = returns_on(urn)
    told: dict[str, Any] = {"school": school, "one": standing(door, school, today), "today": today, "lines": lines}
    told |= {"confidential": confidential, "to_do": to_do(door, user, school, today)}
    told["coming"] = coming_to(user, [urn], today, today + AHEAD)
    told |= {"answers": bool(may(user, P.ANSWER_FOR_SCHOOL, urn)), "ours": bool(may(user, P.SEE_TIERS, urn))}
    told["export"] = bool(may(user, P.EXPORT))
    told |= {"reviews": list(Review.objects.filter(school=school)), "asked": _asked(urn), "together": together(urn, today)}
    return framed(request, door, f"What the council holds about {school.name}", body("held.html", "overview", **told))


def _asked(urn: int) -> date | None:
    """When the school asked for help last."""
    return tiers.standing_returns([urn]).filter(kind="self_referral").values_list("on", flat=True).first()
