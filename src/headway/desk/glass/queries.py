"""Read the register of uses, whose glass is broken, and, while it is, the restricted notes of one school."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import yaml
from django.conf import settings
from django.db.models import Q, QuerySet

from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.accounts.sealing import opened
from headway.desk.audit.models import Event
from headway.desk.engagements import queries as engagements
from headway.desk.engagements.models import Concern, NoteVersion
from headway.desk.glass.models import Breaking
from headway.desk.tiers import queries as tiers
from headway.desk.tiers.models import Return
from headway.desk.visits.models import Call, Passage
from headway.desk.visits.queries import NOTE
from headway.vocabulary import clock

SEALED = "broken glass"
READ = "read under broken glass"  # the verb in the audit
ADDRESS = re.compile(r"[^\s<>,;]+@[^\s<>,;]+\.[A-Za-z]{2,}")


@dataclass(frozen=True)
class Restricted:
    """One restricted note as the list shows it: no word of it."""

    kind: str
    number: int
    title: str
    at: datetime
    by: str  # a label


def broken_by(user: User) -> Breaking | None:
    """The glass that a person has broken and that is broken now. Nobody's while somebody looks as them."""
    if user.looked_at_by is not None:
        return None
    return Breaking.objects.select_related("school").filter(by=user, ended=None, until__gt=clock.now()).first()


def broken_for(user: User, pk: int) -> Breaking | None:
    one = broken_by(user)
    return one if one is not None and one.pk == pk and may(user, Permission.BREAK_GLASS) else None


def uses() -> "QuerySet[Breaking]":
    return Breaking.objects.select_related("by", "school")


def reads_of(one: Breaking) -> list[Event]:
    """Each note that was read under it, by the audit, in order."""
    found = Event.objects.filter(verb=READ, actor=one.by.label).order_by("seq")
    return [event for event in found if json.loads(event.after).get("breaking") == one.pk]


def reason_of(one: Breaking) -> str:
    """Ask for who broke it and for the officer only."""
    return opened(one.reason, SEALED)


def remark_of(one: Breaking) -> str:
    return opened(one.remark, SEALED) if one.remark else ""


def officers() -> list[User]:
    """The data protection officers who may sign in."""
    found = User.objects.filter(is_active=True).exclude(email="").order_by("pk")
    return [one for one in found if may(one, Permission.SEE_GLASS)]


def named_address() -> str:
    """The address of the officer whom the papers of area.yaml name; empty where they name none."""
    path = Path(settings.HEADWAY.home) / "area.yaml"
    papers = ((yaml.safe_load(path.read_text(encoding="utf-8")) or {}) if path.exists() else {}).get("papers") or {}
    found = ADDRESS.search(str(papers.get("data_protection_officer") or "")) if isinstance(papers, dict) else None
    return found[0] if found else ""


def restricted_of(urn: int) -> list[Restricted]:
    """Every restricted note on a school, the newest first."""
    found = [
        *(Restricted("visit", one.pk, f"Note of a visit: {one.heading.replace('_', ' ')}", one.at, one.by)
          for one in Passage.objects.filter(visit__school_id=urn, restricted=True).exclude(text="")),
        *(Restricted("call", one.pk, "Telephone call", one.at, one.by.label)
          for one in Call.objects.filter(school_id=urn, restricted=True).exclude(said="").select_related("by")),
        *(Restricted("note", one.pk, "Note on an engagement", one.at, one.by)
          for one in NoteVersion.objects.filter(note__engagement__school_id=urn, note__restricted=True)),
        *(Restricted("concern", one.pk, "Details of a concern", one.at, one.by)
          for one in Concern.objects.filter(school_id=urn).exclude(details="")),
        *(Restricted("return", one.pk, f"Return of {one.get_service_display()}", one.at, one.by)
          for one in Return.objects.filter(school_id=urn, restricted=True)),
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.at, one.kind, one.number), reverse=True)


def _visit(urn: int, pk: int) -> str | None:
    one = Passage.objects.filter(visit__school_id=urn, restricted=True, pk=pk).first()
    return opened(one.text, NOTE) if one and one.text else None


def _call(urn: int, pk: int) -> str | None:
    one = Call.objects.filter(school_id=urn, restricted=True, pk=pk).first()
    return opened(one.said, NOTE) if one and one.said else None


def _note(urn: int, pk: int) -> str | None:
    one = NoteVersion.objects.select_related("note").filter(Q(note__engagement__school_id=urn), note__restricted=True, pk=pk).first()
    return engagements.text_of(one.note, one.text) if one else None


def _concern(urn: int, pk: int) -> str | None:
    one = Concern.objects.filter(school_id=urn, pk=pk).exclude(details="").first()
    return engagements.details_of(one) if one else None


def _return(urn: int, pk: int) -> str | None:
    one = Return.objects.filter(school_id=urn, restricted=True, pk=pk).first()
    return tiers.line_of(one) if one else None


OPENING: dict[str, Callable[[int, int], str | None]] = {
    "visit": _visit, "call": _call, "note": _note, "concern": _concern, "return": _return,
}  # fmt: skip


def text_of(urn: int, kind: str, pk: int) -> str | None:
    """The words of one restricted note of a school; None where there is none. Only `glass.actions.read` asks, which writes it down."""
    opens = OPENING.get(kind)
    return opens(urn, pk) if opens else None


def once_of(by: User, once: str) -> str:
    return f"{by.pk}-{once}"[:60]
