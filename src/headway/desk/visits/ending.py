"""What was said in calls, and restricted notes of visits, once their time is over: the words go; that somebody rang or came stays."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from headway.desk.audit.actions import record_erased
from headway.desk.visits.models import Call, Passage


def over(before: date) -> tuple["QuerySet[Any]", "QuerySet[Any]"]:
    """Calls with words, and restricted passages with words."""
    calls = Call.objects.filter(at__date__lt=before).exclude(said="")
    return calls, Passage.objects.filter(restricted=True, at__date__lt=before, visit__day__lt=before).exclude(text="")


def count(before: date) -> int:
    return sum(rows.count() for rows in over(before))


@transaction.atomic
def erase(*, by: str, before: date) -> int:
    calls, passages = over(before)
    told = {"calls": calls.update(said=""), "restricted notes of visits": passages.update(text="")}
    return record_erased(by=by, target="what was said", before=before, told=told)
