"""The monthly meeting on schools that cause concern: called with its agenda, minuted in confidence."""

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction

from headway.desk.accounts.models import User
from headway.desk.accounts.sealing import opened, seal
from headway.desk.audit.actions import record
from headway.desk.engagements import queries
from headway.desk.engagements.models import Engagement, Item, Meeting, Minute, State
from headway.vocabulary.errors import HeadwayError

MINUTES = "confidential minutes"


def agenda(user: User, today: date) -> dict[int, str]:
    """URN → why the school is on the agenda: three concerns within a year, or work that is open or paused."""
    found = {urn: f"{count} concerns within a year" for urn, count in queries.flagged(user, today).items()}
    for one in Engagement.objects.filter(state__in=queries.LIVE):
        why = f"{one.title}, {State(one.state).label} since {one.entered.day} {one.entered:%B %Y}"
        found[one.school_id] = "; ".join(part for part in (found.get(one.school_id, ""), why) if part)
    return found


def call(*, by: User, day: date, agenda: Mapping[int, str]) -> Meeting:
    """Raises H-DESK-76 where there is one on that day."""
    try:
        with transaction.atomic():
            made = Meeting.objects.create(day=day, made_by=by.label)
            Item.objects.bulk_create(Item(meeting=made, school_id=urn, why=why[:300]) for urn, why in agenda.items())
            record(by=by.label, verb="called", target="concern meeting", target_id=made.pk, after={"day": str(day), "schools": len(agenda)})
    except IntegrityError as fault:
        raise HeadwayError("H-DESK-76", "There is a meeting on that day.", remedy="Open that one, or choose another day.") from fault
    return made


@transaction.atomic
def minute(*, by: User, meeting: Meeting, present: str, texts: Mapping[int, str], held: bool) -> None:
    """Keep what was said of each school: a version where it changed, sealed. The event tells that there are minutes, not of whom."""
    fresh = Meeting.objects.select_for_update().get(pk=meeting.pk)
    for item in fresh.items.all():
        text = texts.get(item.pk, "")
        if text != minute_of(item):
            Minute.objects.create(item=item, text=seal(text, MINUTES) if text else "", by=by.label)
    fresh.present, fresh.held = present, fresh.held or held
    fresh.save(update_fields=["present", "held"])
    record(by=by.label, verb="minuted", target="concern meeting", target_id=fresh.pk, after={"held": fresh.held})


def minute_of(item: Item) -> str:
    """What was said of a school last. Ask only for who may read it."""
    newest = item.minutes.last()
    return opened(newest.text, MINUTES) if newest and newest.text else ""
