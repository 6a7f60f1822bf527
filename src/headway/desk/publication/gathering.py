"""What the desk gives the public pages: decided strategies, boards that meet in public, rates and costs. Plain values only."""

from datetime import date
from json import loads
from typing import Any

from headway.definitions.boards import Edition
from headway.desk.boards import gathering as boards
from headway.desk.boards import minutes, pages, queries
from headway.desk.boards.models import Board, Delegation, Meeting
from headway.desk.boards.packs.spec import Spec, loaded
from headway.desk.boards.rules import State
from headway.desk.brokerage import queries as brokerage
from headway.desk.brokerage.models import Deployment, Offer, OfferState, Provider
from headway.desk.framing.pages import area_of
from headway.desk.publication import files
from headway.desk.publication.models import Release
from headway.desk.publication.paging.content import Given
from headway.desk.strategy import queries as strategies
from headway.desk.strategy.models import Action, Strategy
from headway.desk.strategy.rules import UNDER_WAY
from headway.readings.door import Door
from headway.readings.tier_proposal.proposing import scheme_named


def given(door: Door, day: date) -> Given:
    """Raises H-STORE-08 before the first publication."""
    facts, (area, name) = door.published, area_of(door)
    desk = {"promises": boards.promises_of_all(), "tiers": boards.tiers_of(door, None, day), "method": []}
    desk |= boards.held_tiers(door, day)
    spec = Spec(
        board=name, area=area, body=name, meeting=str(day), as_of=str(day), since="", snapshot=facts.id, library=door.library.digest,
        scheme=scheme_named(door, day=day).id, items=(), desk=desk,
        hidden_before=boards.hidden_before(facts.id),
    )  # fmt: skip
    return Given(spec, tuple(_strategies()), tuple(_boards(door, day)), tuple(_costs(day)), tuple(_history()), _support())


def _strategies() -> list[dict[str, Any]]:
    found = [one for one in Strategy.objects.filter(audience="everybody").order_by("pk") if one.state in UNDER_WAY]
    return [{"title": one.title, "summary": one.summary, "owner": one.owner, "decided": _decided(one)} for one in found]


def _decided(one: Strategy) -> str:
    step = strategies.decision(one)
    return f"Decided by {step.body} on {step.on.day} {step.on:%B %Y}, minute {step.minute}." if step else ""


def _boards(door: Door, day: date) -> list[dict[str, Any]]:
    """Boards whose kind meets in public."""
    found = [one for one in queries.listed() if pages.kind_of(door, one).public]
    return [_board(one, day) for one in found]


def _board(one: Board, day: date) -> dict[str, Any]:
    terms = queries.terms_of(one)
    members = [{"name": each.name, "post": each.post} for each in queries.members_on(one, day)]
    meetings = [_meeting(each) for each in one.meetings.exclude(state=State.CANCELLED).order_by("-day")]
    return {"title": one.title, "purpose": terms.purpose if terms else "", "members": members, "meetings": meetings}


def _meeting(one: Meeting) -> dict[str, Any]:
    kept = one.packs.last()
    out = one.state in queries.OUT and kept is not None
    spec: Spec | None = loaded(loads(kept.spec)) if kept and out else None
    signed = one.state == State.SIGNED
    document = queries.document_of(queries.newest_minutes(one)) if signed else {}
    told = minutes.for_edition(document, Edition.PUBLIC) if document else []
    return {
        "day": str(one.day), "state": one.get_state_display(), "out": out, "path": f"meeting-{one.pk}.html", "spec": spec,
        "minutes": [{**each, "excluded": []} for each in told], "signed_by": one.signed_by, "quorum": document.get("quorum", ""),
        "files": files.of_meeting(one, spec) if spec else [],
        "corrections": [each.words for each in one.corrections.filter(edition=Edition.PUBLIC)],
    }  # fmt: skip


def _costs(day: date) -> list[dict[str, Any]]:
    """What support costs: actions of the strategies with a cost, and what maintained schools gave last year."""
    actions = [
        {"what": one.title, "pounds": one.cost, "where": f"Action of {one.priority.strand.strategy}, over its whole length."}
        for one in Action.objects.filter(withdrawn=None, priority__strand__strategy__audience="everybody").select_related(
            "priority__strand__strategy"
        )
        if one.cost is not None and one.priority.strand.strategy.state in UNDER_WAY
    ]
    given_ = [
        {
            "what": f"De-delegated by maintained {one.phase} schools, spent last year",
            "pounds": one.spent,
            "where": f"Schools forum, {one.item.meeting.day}.",
        }
        for one in Delegation.objects.select_related("item__meeting").filter(item__meeting__state__in=queries.OUT)
        if one.spent is not None
    ]
    return actions + given_


def _support() -> dict[str, dict[str, list[tuple[str, float]]]]:
    """What support between schools costs, by kind of provider: (holder, pounds) of what was given, and of the days on offer. A school’s
    holder is its trust, so that what one body has is one share."""
    spent: dict[str, list[tuple[str, float]]] = {}
    for one in Deployment.objects.select_related("match__offer__provider__school"):
        provider = one.match.offer.provider
        spent.setdefault(provider.get_kind_display(), []).append((_holder(provider), float(brokerage.given(one) * one.price)))
    offered: dict[str, list[tuple[str, float]]] = {}
    for offer in Offer.objects.filter(state=OfferState.CONFIRMED, provider__withdrawn=None).select_related("provider__school"):
        offered.setdefault(offer.provider.get_kind_display(), []).append((_holder(offer.provider), float(offer.days * offer.price)))
    return {"Support that was given, at its agreed price": spent, "Days on offer, at their price": offered}


def _holder(provider: Provider) -> str:
    school = provider.school
    return provider.trust or (school.trust if school else "") or provider.name


def _history() -> list[dict[str, Any]]:
    """Releases that were public, the newest first."""
    return [
        {
            "on": one.decided.date(),
            "what": f"{len(one.files)} files",
            "reason": one.reason or "The figures or papers were brought up to date.",
        }
        for one in Release.objects.filter(state__in=("live", "replaced")).order_by("-decided")
        if one.decided
    ]
