"""A school's story on one line, over all its URNs: how it did, how it was inspected, who came, which tier, which plan."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from headway.desk.accounts.access import needs
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, viewer_of
from headway.desk.engagements.models import Engagement, Following, Turn
from headway.desk.entitlements.models import Named
from headway.desk.establishments.finding import known_or_404
from headway.desk.establishments.models import Establishment
from headway.desk.establishments.queries import before_it
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.desk.overview.sections import timeline
from headway.desk.plans.models import Plan, Review
from headway.desk.tiers.evidence import title_of
from headway.desk.tiers.models import State, TierDecision
from headway.desk.tiers.rules import SEEN_BY_SCHOOL
from headway.desk.visits.models import Call, SpokenTo, Visit
from headway.desk.visits.models import State as Of
from headway.desk.visits.pages import titles
from headway.readings.answers import Profile
from headway.readings.door import Door
from headway.readings.profile import profile
from headway.vocabulary.clock import in_london
from headway.vocabulary.errors import HeadwayError

P = Permission
KINDS = ("School", "Figures", "Inspection", "Tier", "Adviser", "Visit", "Call", "Plan", "Support")
AUGUST = (8, 31)  # a year's figures are told at its end: when they came out differs from measure to measure


@dataclass(frozen=True, order=True)
class Moment:
    """One thing on the line. `urn` is told where it belongs to a predecessor."""

    day: date
    kind: str
    words: str
    href: str = ""
    urn: int | None = field(default=None, compare=False)


@needs(P.SEE_SUPPORT)
@require_GET
def story(request: HttpRequest, urn: int) -> HttpResponse:
    school, door = known_or_404(urn), the_door()
    every = moments(request.user, school, door, _found(request, door, urn))
    wanted = request.GET.get("only", "")
    there = [kind for kind in KINDS if any(one.kind == kind for one in every)]
    shown = [one for one in every if wanted not in there or one.kind == wanted]
    told = {"school": school, "before": before_it(school), "moments": shown, "kinds": there, "only": wanted if wanted in there else ""}
    told["all"] = bool(may(request.user, P.SEE_ENGAGEMENTS, urn)) and bool(may(request.user, P.EXPORT))
    return framed(request, door, f"The story of {school.name}", body("story.html", "overview", **told))


def _found(request: HttpRequest, door: Door, urn: int) -> Profile | None:
    try:
        return profile(door, str(urn), viewer_of(request)) if door.facts is not None else None
    except HeadwayError:
        return None


def moments(user: User, school: Establishment, door: Door, found: Profile | None) -> list[Moment]:
    """The newest first; only what the person may see, of the school and of those that became it."""
    urns = [school.pk, *before_it(school)]
    every = [*_published(found), *_tiers(user, urns, door), *_came(user, urns, door), *_plans(urns)]
    every += _worked(urns) if may(user, P.SEE_ENGAGEMENTS, school.pk) else []
    return sorted((one if one.urn != school.pk else Moment(one.day, one.kind, one.words, one.href) for one in every), reverse=True)


def _published(found: Profile | None) -> Iterator[Moment]:
    if found is None:
        return
    for day, kind, words in timeline(found):
        yield Moment(day, kind if kind == "Inspection" else "School", words if kind in KINDS else f"{kind}: {words}", "")
    years: dict[int, int] = {}
    for line in found.lines:
        for one in line.own.readings:
            years[one.year.start] = years.get(one.year.start, 0) + (one.value is not None)
    for start, many in years.items():
        if many:
            words = f"Figures of {start}/{(start + 1) % 100:02d}: {many} {'measure' if many == 1 else 'measures'}."
            yield Moment(date(start + 1, *AUGUST), "Figures", words, reverse("school", args=[int(found.establishment.urn)]))


def _tiers(user: User, urns: list[int], door: Door) -> Iterator[Moment]:
    """The school's own people see a tier once their head was rung."""
    ours = bool(may(user, P.SEE_TIERS, urns[0]))
    states = (State.DECIDED, *SEEN_BY_SCHOOL) if ours else SEEN_BY_SCHOOL
    for one in TierDecision.objects.filter(school_id__in=urns, state__in=states):
        title = title_of(door.library.tiers.get(one.scheme), one.tier)
        href = reverse("tiers:of_school" if ours else "held", args=[urns[0]])
        yield Moment(one.since, "Tier", f"{title}.{f' {one.reason}' if one.reason else ''}", href, one.school_id)
    for named in Named.objects.filter(school_id__in=urns).select_related("adviser"):
        who = named.adviser if named.adviser.is_active else "somebody who is not here any more"
        yield Moment(named.since, "Adviser", f"Named: {who}.", "", named.school_id)


def _came(user: User, urns: list[int], door: Door) -> Iterator[Moment]:
    kinds = titles(door)
    for one in Visit.objects.filter(school_id__in=urns).exclude(state=Of.CANCELLED).select_related("adviser"):
        who = one.adviser if one.adviser.is_active else "somebody who is not here any more"
        words = f"{kinds.get(one.kind, one.kind)}, {who}: {Of(one.state).label}."
        yield Moment(one.day, "Visit", words, reverse("visits:visit", args=[one.pk]), one.school_id)
    if may(user, P.WRITE_SUPPORT, urns[0]):
        for call in Call.objects.filter(school_id__in=urns).exclude(spoke_to=SpokenTo.NOBODY).select_related("by"):
            words = f"{call.by} with {call.get_spoke_to_display().lower()}."
            yield Moment(in_london(call.at).date(), "Call", words, reverse("visits:of_school", args=[call.school_id]), call.school_id)


def _plans(urns: list[int]) -> Iterator[Moment]:
    for one in Plan.objects.filter(school_id__in=urns):
        href = reverse("plans:plan", args=[one.pk])
        yield Moment(one.begins, "Plan", f"{one.title} begins.", href, one.school_id)
        if one.closed:
            yield Moment(one.closed, "Plan", f"{one.title} closed: {one.closed_because}", href, one.school_id)
    for review in Review.objects.filter(plan__school_id__in=urns).select_related("plan"):
        yield Moment(
            review.day, "Plan", f"Review by {review.reviewer}.", reverse("plans:plan", args=[review.plan_id]), review.plan.school_id
        )


def _worked(urns: list[int]) -> Iterator[Moment]:
    for one in Engagement.objects.filter(school_id__in=urns):
        yield Moment(
            one.entered,
            "Support",
            f"{one.title} begins, {one.route} route.",
            reverse("engagements:engagement", args=[one.pk]),
            one.school_id,
        )
    for turn in Turn.objects.filter(engagement__school_id__in=urns).select_related("engagement"):
        words = f"{turn.engagement.title}: {turn.get_to_display()}. {turn.because}"
        yield Moment(
            in_london(turn.at).date(),
            "Support",
            words,
            reverse("engagements:engagement", args=[turn.engagement_id]),
            turn.engagement.school_id,
        )
    for step in Following.objects.filter(engagement__school_id__in=urns).select_related("engagement"):
        words = f"{step.engagement.title} followed the school from URN {step.before_id}: {step.route_before} route, now {step.route_after}."
        yield Moment(step.day, "Support", words, reverse("engagements:engagement", args=[step.engagement_id]))
