"""What was written about pupils and is over: it is erased with all that hangs on it. That it was there stays in the audit, by its sign.

What still stands is never over: an open plan, record or step, a right that holds, what a partner has not said to have destroyed.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from headway.desk.attendance.models import (
    Cleared,
    Consideration,
    Enquiry,
    Entry,
    Missing,
    Notice,
    Period,
    Plan,
    Return,
    RightAsked,
    RightKind,
    Shared,
    SharedPupil,
    Step,
)
from headway.desk.audit.actions import record_erased

STANDING = Q(kind__in=(RightKind.OBJECT, RightKind.RESTRICT), granted=True)


def over(before: date) -> Iterator[tuple[str, "QuerySet[Any]", tuple["QuerySet[Any]", ...]]]:
    """What ended before a day, by what it is called: the rows, and what hangs on them and goes first. In the order in which it can go."""
    steps, rights = Step.objects.filter(closed__lt=before), RightAsked.objects.filter(decided__lt=before)
    rights = rights.exclude(STANDING & ~Q(lifted__lt=before))
    plans = Plan.objects.filter(ended__lt=before)
    yield "plans", plans, (Entry.objects.filter(plan__in=plans),)
    records = Missing.objects.filter(closed__lt=before)
    for model, gone in ((Step, steps), (RightAsked, rights)):  # a record stays as long as anything that was done from it
        stays = model._default_manager.filter(record__isnull=False).exclude(pk__in=gone.values("pk"))
        records = records.exclude(pk__in=stays.values("record"))
    yield "legal steps", steps, ()
    yield "rights asked for", rights, ()
    yield "records of children missing education or taught at home", records, (Enquiry.objects.filter(record__in=records),)
    stay = Missing.objects.filter(came_from__isnull=False).exclude(pk__in=records.values("pk"))
    yield "returns", Return.objects.filter(received__lt=before, looked_at__lt=before).exclude(pk__in=stay.values("came_from")), ()
    decided = Consideration.objects.filter(first_met__lt=before, at__date__lt=before)
    decided = decided.exclude(pk__in=Notice.objects.filter(issued__gte=before).values("consideration"))
    decided = decided.exclude(pk__in=Period.objects.filter(ends__gte=before).values("consideration"))
    yield "decisions on notices", decided, tuple(one.objects.filter(consideration__in=decided) for one in (Notice, Period))
    shared = Shared.objects.filter(until__lt=before, destroyed__lt=before)
    yield "what was shared", shared, (SharedPupil.objects.filter(shared__in=shared),)
    yield "flags looked at", Cleared.objects.filter(at__date__lt=before), ()


def not_destroyed(before: date) -> int:
    """How often a partner has something whose time is over, and has not said that it is destroyed."""
    return Shared.objects.filter(until__lt=before).filter(Q(destroyed=None) | Q(destroyed__gte=before)).count()


def count(before: date) -> int:
    return sum(rows.count() for _, rows, _ in over(before))


@transaction.atomic
def erase(*, by: str, before: date) -> int:
    """How much was erased; its event says how many of each kind."""
    told: dict[str, int] = {}
    for name, rows, hanging in over(before):
        found = list(rows.values_list("pk", flat=True))
        for each in hanging:
            each.delete()
        rows.model.objects.filter(pk__in=found).delete()
        told[name] = len(found)
    return record_erased(by=by, target="work on attendance", before=before, told=told)
