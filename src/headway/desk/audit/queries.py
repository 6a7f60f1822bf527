"""Read the audit: verify its chain, list events, open what is sealed."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from headway.desk.audit import heads
from headway.desk.audit.actions import SEAL
from headway.desk.audit.models import Event, Head, SubjectKey
from headway.desk.audit.rules import SEALED, Fault, chain_faults, head_faults


def verify() -> list[Fault]:
    """Everything wrong with the chain, or nothing: edits, deletions, reordering, forks, a cut tail."""
    events = list(Event.objects.order_by("seq").values(*SEALED, "hash"))
    hashes = {event["seq"]: event["hash"] for event in events}
    return chain_faults(events) + head_faults(heads.read(), hashes, settings.HEADWAY.secret_key)


def newest_seal() -> str:
    """The hash of the newest event that was more than a look: another after anything was written in the desk, and never one that was
    there before, not even where a write was taken back. Empty before the first."""
    return Head.objects.values_list("written", flat=True).first() or ""


def events_of(target: str, target_id: object) -> "QuerySet[Event]":
    return Event.objects.filter(target=target, target_id=str(target_id)).order_by("-seq")


def count() -> int:
    return Event.objects.count()


def found(text: str, verb: str, people: set[str]) -> "QuerySet[Event]":
    """Events by what was done, and by a text in who, verb, target or number, or by these people; the newest first."""
    events = Event.objects.order_by("-seq")
    if verb:
        events = events.filter(verb=verb)
    if not text:
        return events
    wanted = Q(actor__in=people) | Q(target="user", target_id__in=[label.partition(":")[2] for label in people])
    for name in ("actor", "verb", "target", "target_id"):
        wanted |= Q(**{f"{name}__icontains": text})
    return events.filter(wanted | Q(seq=int(text)) if text.isdecimal() and len(text) < 16 else wanted)


def verbs() -> list[str]:
    return list(Event.objects.order_by("verb").values_list("verb", flat=True).distinct())


def moments_of(actor: str, verb: str, since: datetime) -> list[datetime]:
    """When a person did something, the earliest first."""
    found = Event.objects.filter(actor=actor, verb=verb, at__gt=since.isoformat(timespec="microseconds")).order_by("seq")
    return [datetime.fromisoformat(at) for at in found.values_list("at", flat=True)]


def newest(limit: int = 100) -> list[Event]:
    return list(Event.objects.order_by("-seq")[:limit])


def opened(values: str, subject: str) -> dict[str, Any]:
    """The values of an event with what is sealed opened; None where the key was destroyed."""
    from cryptography.fernet import Fernet

    row = SubjectKey.objects.filter(subject=subject).first()
    found: dict[str, Any] = json.loads(values)
    for name, value in found.items():
        if isinstance(value, dict) and SEAL in value:
            found[name] = json.loads(Fernet(row.key).decrypt(value[SEAL].encode()))[""] if row else None
    return found
