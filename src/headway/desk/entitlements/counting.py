"""What was done under another noun stands in the ledger without being typed twice: a board that met, a plan that began, a return sent."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from headway.desk.accounts.models import User
from headway.desk.entitlements import actions
from headway.desk.entitlements.models import Use, UseState
from headway.desk.entitlements.queries import entitlement_of, named_now, placed
from headway.desk.establishments.models import Establishment
from headway.readings.door import Door

ABOUT = timedelta(14)  # what was booked for about that day is what was held


@transaction.atomic
def count(
    *, by: User, door: Door, school: Establishment, item: str, day: date, once: str, rag: str = "", beside: bool = False
) -> Use | None:
    """Write down that a school had an item on a day; sent twice it is one entry. None where somebody wrote it down already.

    Where the school's tier does not give it, it is written only with `beside`: days were spent all the same. An item that is booked
    for about that day is delivered, so that the same thing does not stand there twice.
    """
    stays = placed([school])[school.pk]
    gives = entitlement_of(door, stays.scheme)
    tier = next((stay.tier for stay in stays.stays if stay.holds(day)), stays.stays[-1].tier if stays.stays else "")
    lines = (*gives.everybody, *(gives.tiers[tier].lines if tier in gives.tiers else ()))
    known = gives.items.get(item)
    if known is None or not (beside or any(line.item == item for line in lines)):
        return None
    there = Use.objects.filter(school=school, item=item)
    if there.filter(state=UseState.DELIVERED, day=day).exists():
        return None
    booked = there.filter(state=UseState.BOOKED, visit=None, day__range=(day - ABOUT, day + ABOUT))
    nearest = min(booked, key=lambda one: abs(one.day - day), default=None)
    if nearest is not None:
        actions.deliver(by=by, use=nearest, day=day, rag=rag)
        return nearest
    adviser = named_now([school.pk]).get(school.pk) if known.by == "adviser" and known.days else None
    days = Decimal(str(known.days if known.by == "adviser" else 0))
    return actions.enter(by=by, school=school, item=item, day=day, days=days, adviser=adviser, rag=rag, once=once)
