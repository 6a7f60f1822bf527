"""What changes in the traded offer: the catalogue, orders, what was delivered of them. Each with its audit event."""

from decimal import Decimal

from django.db import transaction

from headway.desk.accounts.models import User
from headway.desk.audit.actions import record
from headway.desk.entitlements.models import Offer, Order, OrderState
from headway.desk.establishments.models import Establishment
from headway.vocabulary.clock import now, today
from headway.vocabulary.errors import HeadwayError

MOVES: dict[str, frozenset[str]] = {
    OrderState.ASKED: frozenset({OrderState.AGREED, OrderState.CANCELLED}),
    OrderState.AGREED: frozenset({OrderState.DONE, OrderState.CANCELLED}),
    OrderState.DONE: frozenset({OrderState.AGREED}),
    OrderState.CANCELLED: frozenset(),
}


@transaction.atomic
def offer(*, by: User, title: str, what: str, unit: str, pounds: Decimal, days: Decimal) -> Offer:
    made = Offer.objects.create(title=title, what=what, unit=unit, pounds=pounds, days=days)
    record(by=by.label, verb="offered", target="offer", target_id=made.pk, after=_of_offer(made))
    return made


@transaction.atomic
def change_offer(*, by: User, one: Offer, title: str, what: str, unit: str, pounds: Decimal, days: Decimal) -> None:
    """Orders keep the price at which they were asked for."""
    before = _of_offer(one)
    one.title, one.what, one.unit, one.pounds, one.days = title, what, unit, pounds, days
    one.save()
    record(by=by.label, verb="changed", target="offer", target_id=one.pk, before=before, after=_of_offer(one))


@transaction.atomic
def archive_offer(*, by: User, one: Offer, because: str) -> None:
    if Offer.objects.filter(pk=one.pk, archived=None).update(archived=now(), archived_because=because):
        record(by=by.label, verb="archived", target="offer", target_id=one.pk, after={"because": because})


@transaction.atomic
def order(*, by: User, school: Establishment, one: Offer, units: Decimal, wish: str) -> Order:
    made = Order.objects.create(
        school=school, offer=one, units=units, pounds=one.pounds, days=one.days, wish=wish, asked=today(), by=by.label
    )
    record(by=by.label, verb="ordered", target="order", target_id=made.pk, after={"urn": school.pk, "offer": one.pk, "units": str(units)})
    return made


@transaction.atomic
def move_order(*, by: User, one: Order, to: str, because: str = "") -> None:
    """Raises H-DESK-01 where somebody was first."""
    fresh = Order.objects.select_for_update().get(pk=one.pk)
    if to not in MOVES[OrderState(fresh.state)]:
        raise HeadwayError(
            "H-DESK-01", f"This order is {OrderState(fresh.state).label} and cannot become {OrderState(to).label}.",
            "Somebody may have changed it since your page was loaded.", "Load the page again.",
        )  # fmt: skip
    before = fresh.state
    fresh.state, fresh.because = to, because or fresh.because
    fresh.save(update_fields=["state", "because"])
    record(by=by.label, verb=str(to), target="order", target_id=one.pk, before={"state": before}, after={"because": because})


def _of_offer(one: Offer) -> dict[str, str]:
    return {"title": one.title, "unit": one.unit, "pounds": str(one.pounds), "days": str(one.days)}
