"""Tiers as they stand: the list of an area, who has been long in a tier, and one school's way through tiers."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.views.decorators.http import require_GET

from headway.definitions.tiers import NOT_ENOUGH, Scheme
from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, names_of
from headway.desk.establishments.models import Establishment
from headway.desk.establishments.queries import in_patch
from headway.desk.fairness.queries import standing_of
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.desk.framing.tables import Cell, sent
from headway.desk.tiers import queries, rules
from headway.desk.tiers.evidence import for_school, signals, title_of, without_proposal, would_move
from headway.desk.tiers.models import Review, State
from headway.desk.tiers.queries import TierNow
from headway.desk.tiers.watching import watched
from headway.readings.door import Door
from headway.readings.tier_proposal.comparing import cost
from headway.readings.tier_proposal.proposing import scheme_named
from headway.vocabulary import clock

P = Permission
SHOWN = 500


def scheme_of(door: Door, name: str) -> Scheme | None:
    """A scheme as it is; None where the library has given it up."""
    return door.library.tiers.get(name)


def standing(request: HttpRequest) -> tuple[list[tuple[Establishment, TierNow | None]], dict[str, str]]:
    """The schools that a person works with, each with its tier; narrowed as the address asks."""
    given = {name: request.GET.get(name, "").strip()[:80] for name in ("text", "tier", "state")}
    schools = in_patch(request.user).filter(status="open")
    if given["text"]:
        schools = schools.filter(name__icontains=given["text"])
    door = the_door()
    listed = queries.that_it_sorts(door, scheme_named(door), schools)
    now = queries.tier_now(listed, clock.today())
    rows = [(one, now.get(one.pk)) for one in listed]
    if given["tier"] == "none":
        rows = [row for row in rows if row[1] is None]
    elif given["tier"]:
        rows = [row for row in rows if row[1] is not None and row[1].tier == given["tier"]]
    if given["state"] in State.values:
        rows = [row for row in rows if row[1] is not None and row[1].decision.state == given["state"]]
    return sorted(rows, key=lambda row: row[1] is None), given  # those with a decision first, each part by name


@needs(P.SEE_TIERS)
@require_GET
def tiers(request: HttpRequest) -> HttpResponse:
    """Every school with its tier, who looks after it, and what has still to happen."""
    door = the_door()
    scheme = scheme_named(door)
    rows, given = standing(request)
    held = [now for _, now in rows if now is not None]
    titles = {tier: title_of(scheme, tier) for tier in {*scheme.tiers, NOT_ENOUGH, *(now.tier for now in held)}}
    known = [now.tier if now.tier in scheme.tiers else NOT_ENOUGH for now in held]
    told: dict[str, Any] = {"rows": rows[:SHOWN], "total": len(rows), "given": given, "titles": titles, "states": State.choices[:3]}
    told |= {"cost": cost(scheme, door.library.entitlements[scheme.entitlement], known), "watched": watched(door, rows, clock.today())}
    told |= {"fair": standing_of(door, scheme.id), "scheme_title": scheme.title}
    told["year"] = rules.year_at(scheme, clock.today())
    told |= {
        "decided": len(held),
        "query": request.GET.urlencode(),
        "export": bool(may(request.user, P.EXPORT)),
        "order": [*scheme.tiers, NOT_ENOUGH],
    }
    return framed(request, door, "Tiers", body("tiers.html", "tiers", **told))


@needs(P.SEE_TIERS, recently=True)
@require_GET
@exported
def tiers_file(request: HttpRequest, form: str) -> HttpResponse:
    """The list as seen."""
    if not may(request.user, P.EXPORT):
        raise Http404
    door = the_door()
    table: list[list[Cell]] = [["URN", "School", "Tier", "Since", "Adviser", "Where it stands", "Reply by"]]
    for school, now in standing(request)[0]:
        if now is None:
            table.append([school.pk, school.name, "no decision", "", "", "", ""])
            continue
        title = title_of(scheme_of(door, now.scheme), now.tier)
        one = now.decision
        table.append(
            [school.pk, school.name, title, str(now.since), str(one.adviser or ""), State(one.state).label, str(one.reply_by or "")]
        )
    return sent(table, form, "tiers")


@needs(P.SEE_TIERS)
@require_GET
def of_school(request: HttpRequest, urn: int) -> HttpResponse:
    """One school: its tier, what it rests on, the reviews since, what it said, and what was before."""
    school, door = Establishment.objects.filter(pk=urn).first(), the_door()
    if school is None:
        raise Http404
    now = queries.tier_now([school], clock.today()).get(urn)
    decisions = list(queries.decisions_for(request.user).filter(school_id__in={urn, now.decision.school_id if now else urn}))
    scheme = scheme_of(door, now.scheme) if now else None
    reviews = list(Review.objects.filter(school_id=urn))
    told: dict[str, Any] = {"school": school, "now": now, "decisions": decisions, "reviews": reviews, "csrf": get_token(request)}
    told |= {"titles": {one.pk: title_of(scheme_of(door, one.scheme), one.tier) for one in decisions}, "today": clock.today()}
    told |= {"names": names_of({one.by for one in reviews} | {reply.by for one in decisions for reply in one.replies.all()})}
    told |= {"decides": bool(may(request.user, P.DECIDE_TIERS, urn)), "writes": bool(may(request.user, P.MODERATE_TIERS, urn))}
    if now is not None and scheme is not None:
        shown = now.decision.evidence.shown
        shown = without_proposal(shown) if standing_of(door, now.scheme).holds_back() else shown
        told["shown"] = shown
        told["lacks"] = _lacks(door, scheme, now)
        told |= {"met": signals(shown, "met"), "unknown": signals(shown, "unknown"), "moves": would_move(shown, scheme)}
        told |= {"read": for_school(shown), "leaving": scheme.tiers[now.tier].leaving if now.tier in scheme.tiers else None}
    return framed(request, door, f"Tiers: {school.name}", body("of_school.html", "tiers", **told))


def _lacks(door: Door, scheme: Scheme, now: TierNow) -> tuple[str, ...]:
    if now.tier not in scheme.tiers:
        return ()
    return rules.lacks_to_leave(scheme.tiers[now.tier].leaving, queries.reviews_in(now), door.library)
