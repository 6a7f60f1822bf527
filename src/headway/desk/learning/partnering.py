"""What changes about partners, what they offer and what schools take up. Each in one transaction with its audit event."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from headway.desk.accounts.models import User
from headway.desk.audit.actions import record
from headway.desk.establishments.models import Establishment
from headway.desk.learning import rules
from headway.desk.learning.models import Partner, PartnerOffer, TakeUp, TakeUpState
from headway.vocabulary.clock import today
from headway.vocabulary.errors import HeadwayError


@transaction.atomic
def make_partner(*, by: User, name: str, kind: str, about: str, href: str) -> Partner:
    made = Partner.objects.create(name=name, kind=kind, about=about, href=href, made_by=by.label)
    record(by=by.label, verb="made", target="partner", target_id=made.pk, after={"name": name, "kind": kind})
    return made


@transaction.atomic
def end_partner(*, by: User, partner: Partner, because: str) -> None:
    """The partnership ends, with its reason; what was taken up stays."""
    if Partner.objects.filter(pk=partner.pk, ended=None).update(ended=today(), ended_because=because):
        record(by=by.label, verb="ended", target="partner", target_id=partner.pk, after={"because": because})


@transaction.atomic
def offer(*, by: User, partner: Partner, **given: Any) -> PartnerOffer:
    made = PartnerOffer.objects.create(partner=partner, made_by=by.label, **given)
    record(by=by.label, verb="offered", target="partner offer", target_id=made.pk, after={"title": made.title, "price": str(made.price)})
    return made


@transaction.atomic
def withdraw(*, by: User, offer: PartnerOffer) -> None:
    if PartnerOffer.objects.filter(pk=offer.pk, withdrawn=None).update(withdrawn=today()):
        record(by=by.label, verb="withdrew", target="partner offer", target_id=offer.pk)


@transaction.atomic
def take_up(*, by: User, offer: PartnerOffer, school: Establishment, said: str) -> TakeUp:
    """A school asks for it. Raises H-DESK-92 where it is withdrawn, all have it who can, or the school has it."""
    fresh = PartnerOffer.objects.select_for_update().get(pk=offer.pk)
    standing = fresh.taken.exclude(state=TakeUpState.DECLINED)
    faults = []
    if fresh.withdrawn or (fresh.ends and fresh.ends < today()):
        faults.append("It is not offered any more.")
    if fresh.most is not None and standing.count() >= fresh.most:
        faults.append("As many schools have it as can.")
    if standing.filter(school=school, state__in=(TakeUpState.ASKED, TakeUpState.AGREED)).exists():
        faults.append("Your school has asked already.")
    if faults:
        raise HeadwayError("H-DESK-92", "This cannot be taken up.", " ".join(faults), "Look at what else is offered.")
    made = TakeUp.objects.create(offer=fresh, school=school, said=said, made_by=by.label)
    record(by=by.label, verb="asked for", target="partner offer", target_id=fresh.pk, after={"urn": school.pk})
    return made


@transaction.atomic
def move(*, by: User, taken: TakeUp, to: str, day: date | None = None, pupils: int | None = None, said: str = "") -> None:
    """Agreed, took place, or not taken up. Raises H-DESK-01 for a step that is not there."""
    fresh = TakeUp.objects.select_for_update().get(pk=taken.pk)
    if not rules.may_move(fresh.state, to):
        raise HeadwayError("H-DESK-01", f"This is {fresh.get_state_display()} and cannot become {TakeUpState(to).label}.")
    fresh.state, fresh.day, fresh.pupils = to, day or fresh.day, pupils if pupils is not None else fresh.pupils
    fresh.said = said or fresh.said
    fresh.save(update_fields=["state", "day", "pupils", "said"])
    record(by=by.label, verb=f"moved to {to}", target="take-up", target_id=fresh.pk, after={"day": str(fresh.day or "")})


def priced(price: Decimal) -> str:
    """In words: no charge, or pounds."""
    return f"£{price:,.2f}".removesuffix(".00") if price else "no charge"
