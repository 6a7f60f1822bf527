"""Conversations about how a head is, once they ended and their time is over: they go whole."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from headway.desk.audit.actions import record
from headway.desk.wellbeing.actions import NOBODY
from headway.desk.wellbeing.models import Line, Talk


def over(before: date) -> "QuerySet[Talk]":
    return Talk.objects.filter(ended__date__lt=before)


@transaction.atomic
def erase(*, before: date) -> int:
    found = list(over(before).values_list("pk", flat=True))
    Line.objects.filter(talk__in=found).delete()
    Talk.objects.filter(pk__in=found).delete()
    if found:
        record(by=NOBODY, verb="erased", target="wellbeing")
    return len(found)
