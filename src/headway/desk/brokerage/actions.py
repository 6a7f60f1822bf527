"""What changes about providers, offers, needs and matches. Each in one transaction with its audit event."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from headway.desk.accounts.models import User
from headway.desk.audit.actions import record
from headway.desk.brokerage import rules
from headway.desk.brokerage.models import (
    Conflict,
    Deployment,
    DeploymentState,
    Match,
    MatchState,
    Need,
    NeedState,
    Offer,
    OfferState,
    Provider,
)  # fmt: skip
from headway.desk.brokerage.queries import given, helping, left_of
from headway.desk.establishments.models import Establishment
from headway.vocabulary.clock import now, today
from headway.vocabulary.errors import HeadwayError


@transaction.atomic
def make_provider(*, by: User, kind: str, name: str, school: Establishment | None, trust: str, most: int) -> Provider:
    made = Provider.objects.create(kind=kind, name=name, school=school, trust=trust, most=most, made_by=by.label)
    record(by=by.label, verb="made", target="provider", target_id=made.pk, after={"kind": kind, "name": name, "most": most})
    return made


def school_provider(*, by: User, school: Establishment) -> Provider:
    """The provider that a school is; made with its first offer."""
    found = Provider.objects.filter(kind="school", school=school).first()
    return found or make_provider(by=by, kind="school", name=school.name, school=school, trust=school.trust, most=2)


@transaction.atomic
def offer(*, by: User, provider: Provider, **given: Any) -> Offer:
    """An offer, which a broker confirms before anybody is matched with it."""
    made = Offer.objects.create(provider=provider, made_by=by.label, **given)
    record(by=by.label, verb="offered", target="offer", target_id=made.pk, after=_told(made))
    return made


@transaction.atomic
def change_offer(*, by: User, offer: Offer, **given: Any) -> None:
    """Other days, dates or terms. Never fewer days than are promised. Raises H-DESK-85."""
    fresh = Offer.objects.select_for_update().get(pk=offer.pk)
    before, kept = _told(fresh), fresh.days - left_of(fresh)
    if given.get("days", fresh.days) < kept:
        raise HeadwayError("H-DESK-85", f"{kept} of its days are promised already.", "An offer cannot have fewer.", f"Give {kept} or more.")
    for name, value in given.items():
        setattr(fresh, name, value)
    if _told(fresh) != before:
        fresh.save(update_fields=list(given))
        record(by=by.label, verb="changed", target="offer", target_id=fresh.pk, before=before, after=_told(fresh))


@transaction.atomic
def confirm(*, by: User, offer: Offer, evidence: Mapping[str, Any]) -> None:
    """Onto the register, with what figures and inspection said of it then."""
    fresh = _moved(Offer.objects.select_for_update().get(pk=offer.pk), "offer", OfferState.CONFIRMED)
    fresh.confirmed, fresh.confirmed_by, fresh.evidence = now(), by.label, dict(evidence)
    fresh.save(update_fields=["state", "confirmed", "confirmed_by", "evidence"])
    record(by=by.label, verb="confirmed", target="offer", target_id=fresh.pk)


@transaction.atomic
def withdraw_offer(*, by: User, offer: Offer, because: str) -> None:
    """Off the register. What waits is taken back; what is agreed goes on."""
    fresh = _moved(Offer.objects.select_for_update().get(pk=offer.pk), "offer", OfferState.WITHDRAWN)
    fresh.withdrawn_because = because
    fresh.save(update_fields=["state", "withdrawn_because"])
    for match in fresh.matches.filter(state=MatchState.ASKED):
        _lapse(by, match, f"The offer was withdrawn: {because}"[:400])
    record(by=by.label, verb="withdrew", target="offer", target_id=fresh.pk, after={"because": because})


@transaction.atomic
def withdraw_provider(*, by: User, provider: Provider, because: str) -> int:
    """Gives no more, from today: offers go off the register, what is under way is stopped with this reason, and those schools' needs are
    open again for the days that were not given. Returns how many."""
    fresh = Provider.objects.select_for_update().get(pk=provider.pk)
    if fresh.withdrawn:
        raise HeadwayError("H-DESK-01", f"{fresh.name} is withdrawn already.", fresh.withdrawn_because)
    fresh.withdrawn, fresh.withdrawn_because = today(), because
    fresh.save(update_fields=["withdrawn", "withdrawn_because"])
    record(by=by.label, verb="withdrew", target="provider", target_id=fresh.pk, after={"because": because})
    for one in fresh.offers.exclude(state=OfferState.WITHDRAWN):
        withdraw_offer(by=by, offer=one, because=because)
    running = list(Deployment.objects.filter(match__offer__provider=fresh, state=DeploymentState.RUNNING))
    for deployment in running:
        stop(by=by, deployment=deployment, because=f"{fresh.name} gives no more help: {because}"[:400])
    return len(running)


@transaction.atomic
def declare(*, by: User, provider: Provider, school: Establishment, why: str, since: date) -> Conflict:
    made = Conflict.objects.create(provider=provider, school=school, why=why, since=since, made_by=by.label)
    record(
        by=by.label, verb="declared", target="conflict of interest", target_id=made.pk, after={"provider": provider.pk, "urn": school.pk}
    )
    return made


@transaction.atomic
def need(*, by: User, school: Establishment, **given: Any) -> Need:
    made = Need.objects.create(school=school, made_by=by.label, **given)
    told = {name: given[name] for name in ("area", "urgency", "days", "source", "measure") if name in given}
    if made.serves_id:
        told["serves"] = made.serves_id
    record(by=by.label, verb="wrote", target="need", target_id=made.pk, after={"urn": school.pk, **told})
    return made


@transaction.atomic
def close_need(*, by: User, need: Need, met: bool, because: str) -> None:
    """Met, or withdrawn; what still waits for the heads' word is taken back."""
    fresh = _moved(Need.objects.select_for_update().get(pk=need.pk), "need", NeedState.MET if met else NeedState.WITHDRAWN)
    fresh.closed_because = because
    fresh.save(update_fields=["state", "closed_because"])
    for match in fresh.matches.filter(state=MatchState.ASKED):
        _lapse(by, match, "The need is closed.")
    record(by=by.label, verb="closed", target="need", target_id=fresh.pk, after={"met": met, "because": because})


@transaction.atomic
def ask(*, by: User, need: Need, offer: Offer, reasons: Iterable[Mapping[str, str]] = ()) -> Match:
    """Put a match to both heads, and keep its days for it. Of two brokers who ask for the same last day the second is told that it is gone.

    Raises H-DESK-86 when the days, the load or the need are taken.
    """
    Provider.objects.select_for_update().get(pk=offer.provider_id)  # whoever asks the same provider waits here
    fresh = Offer.objects.select_for_update().select_related("provider").get(pk=offer.pk)
    wanted = Need.objects.select_for_update().get(pk=need.pk)
    why = _not_free(fresh, wanted)
    if why:
        raise HeadwayError("H-DESK-86", "This match cannot be asked for any more.", why, "Look at the suggestions again.")
    made = Match.objects.create(need=wanted, offer=fresh, days=wanted.days, reasons=list(reasons), made_by=by.label)
    record(by=by.label, verb="asked for", target="match", target_id=made.pk, after={"need": need.pk, "offer": offer.pk, "days": made.days})
    return made


def _not_free(offer: Offer, need: Need) -> str:
    left, many, provider = left_of(offer), helping([offer.provider_id]).get(offer.provider_id, 0), offer.provider
    if need.state != NeedState.OPEN or need.matches.filter(state=MatchState.ASKED).exists():
        return "The need is no longer open, or waits for an answer."
    if offer.state != OfferState.CONFIRMED or provider.withdrawn:
        return "The offer is not on the register."
    if left < need.days:
        return f"Somebody was first: {left} of its days {'is' if left == 1 else 'are'} left."
    return f"{provider.name} helps as many schools as it may." if many >= provider.most else ""


@transaction.atomic
def agree(*, by: User, match: Match, side: str) -> Match:
    """One side's yes. With the second it is agreed, and the need is placed."""
    fresh = Match.objects.select_for_update().select_related("need").get(pk=match.pk)
    if fresh.state != MatchState.ASKED:
        raise HeadwayError("H-DESK-01", f"This is {MatchState(fresh.state).label}: it waits for no answer.", remedy="Load the page again.")
    field = "giver_agreed" if side == "giver" else "receiver_agreed"
    if getattr(fresh, field) is None:
        setattr(fresh, field, now())
        record(by=by.label, verb="agreed to", target="match", target_id=fresh.pk, after={"side": side})
    if fresh.giver_agreed and fresh.receiver_agreed:
        fresh.state = MatchState.AGREED
        wanted = _moved(Need.objects.select_for_update().get(pk=fresh.need_id), "need", NeedState.PLACED)
        wanted.save(update_fields=["state"])
    fresh.save(update_fields=["state", field])
    return fresh


@transaction.atomic
def decline(*, by: User, match: Match, side: str, because: str) -> None:
    """One side's no, with its reason; the days are free again."""
    fresh = _moved(Match.objects.select_for_update().get(pk=match.pk), "match", MatchState.DECLINED)
    fresh.ended_because = because
    fresh.save(update_fields=["state", "ended_because"])
    record(by=by.label, verb="declined", target="match", target_id=fresh.pk, after={"side": side, "because": because})


@transaction.atomic
def take_back(*, by: User, match: Match, because: str) -> None:
    _lapse(by, Match.objects.select_for_update().get(pk=match.pk), because)


@transaction.atomic
def stop(*, by: User, deployment: Deployment, because: str) -> None:
    """End help early, with the reason. The need is open again for the days that were not given; with none left it is met."""
    fresh = _moved(Deployment.objects.select_for_update().get(pk=deployment.pk), "deployment", DeploymentState.STOPPED)
    fresh.ended, fresh.ended_because = today(), because
    fresh.save(update_fields=["state", "ended", "ended_because"])
    wanted = Need.objects.select_for_update().get(pk=fresh.match.need_id)
    rest = int(fresh.days - given(fresh))
    if wanted.state == NeedState.PLACED:
        wanted.state, wanted.days = (NeedState.OPEN, rest) if rest > 0 else (NeedState.MET, wanted.days)
        wanted.save(update_fields=["state", "days"])
    record(by=by.label, verb="stopped", target="deployment", target_id=fresh.pk, after={"because": because, "days_not_given": rest})


def _lapse(by: User, match: Match, because: str) -> None:
    _moved(match, "match", MatchState.LAPSED)
    match.ended_because = because
    match.save(update_fields=["state", "ended_because"])
    record(by=by.label, verb="took back", target="match", target_id=match.pk, after={"because": because})


def _moved(one: Any, noun: str, to: str) -> Any:
    """The thing with its new state, not yet saved. Raises H-DESK-01 where it may not go there: somebody else was first."""
    if not rules.may_move(noun, one.state, to):
        raise HeadwayError(
            "H-DESK-01", f"This {noun} is {one.get_state_display()} and cannot become {type(one)(state=to).get_state_display()}.",
            "Somebody may have changed it since your page was loaded.", "Load the page again.",
        )  # fmt: skip
    one.state = to
    return one


def _told(offer: Offer) -> dict[str, object]:
    told = {name: getattr(offer, name) for name in ("areas", "phases", "days", "conditions", "release")}
    return {**told, "starts": str(offer.starts), "ends": str(offer.ends or ""), "price": str(offer.price)}
