"""What was written about the people of a school in work that is over: notes of engagements, concerns, minutes of the monthly meeting. They
are erased; that there was an engagement, its steps and where it led stay. What is still open is never over.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from headway.desk.audit.actions import record_erased
from headway.desk.engagements.models import Concern, Engagement, Minute, Note, NoteDraft, NoteVersion, State, Turn


def over(before: date) -> dict[str, "QuerySet[Any]"]:
    """By what it is called."""
    ended = Engagement.objects.filter(state__in=(State.CLOSED, State.STOPPED), made__date__lt=before)
    ended = ended.exclude(pk__in=Turn.objects.filter(at__date__gte=before).values("engagement"))
    return {
        "notes": Note.objects.filter(engagement__in=ended, at__date__lt=before),
        "concerns": Concern.objects.filter(resolved__lt=before),
        "minutes of concern meetings": Minute.objects.filter(item__meeting__day__lt=before),
    }


def count(before: date) -> int:
    return sum(rows.count() for rows in over(before).values())


@transaction.atomic
def erase(*, by: str, before: date) -> int:
    """How much was erased; its event says how many of each kind."""
    found = over(before)
    told = {name: rows.count() for name, rows in found.items()}
    notes = list(found["notes"].values_list("pk", flat=True))
    NoteDraft.objects.filter(engagement__notes__in=notes).delete()
    NoteVersion.objects.filter(note__in=notes).delete()
    for rows in found.values():
        rows.delete()
    return record_erased(by=by, target="work with schools", before=before, told=told)
