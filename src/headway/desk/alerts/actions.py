"""What changes about alerts: how often mail is wanted, what was read, and the messages that go."""

from collections.abc import Iterable

from django.db import transaction

from headway.desk.accounts.models import User
from headway.desk.alerts.models import Choice, Mark, Message
from headway.desk.alerts.queries import how_often
from headway.desk.alerts.rules import HowOften, hashed
from headway.desk.audit.actions import record
from headway.desk.overview.happenings import Happened
from headway.vocabulary.clock import now, today


@transaction.atomic
def choose(*, by: str, user: User, how: HowOften) -> None:
    """Another rhythm, or none. Writes nothing where nothing changes."""
    before = how_often(user)
    if before is how and Choice.objects.filter(user=user).exists():
        return
    Choice.objects.update_or_create(user=user, defaults={"how_often": how.value, "since": today()})
    record(by=by, verb="chose", target="alerts", target_id=user.pk, before={"how_often": before.value}, after={"how_often": how.value})


@transaction.atomic
def read(*, by: User, keys: Iterable[str], unread: bool = False) -> None:
    """Mark hashed keys as read, or as not read. What a person reads is no business of the audit's."""
    wanted = sorted(set(keys))
    moment = None if unread else now()
    Mark.objects.bulk_create([Mark(user=by, key=key) for key in wanted], ignore_conflicts=True)
    Mark.objects.filter(user=by, key__in=wanted).update(read=moment)


@transaction.atomic
def told(*, by: str, user: User, things: Iterable[Happened]) -> Message:
    """Keep that a message went, with what in it: nothing in it goes again."""
    going = list(things)
    waits = sum(one.task for one in going)
    made = Message.objects.create(user=user, day=today(), waits=waits, news=len(going) - waits)
    keys = [hashed(one.key) for one in going]
    Mark.objects.bulk_create([Mark(user=user, key=key) for key in keys], ignore_conflicts=True)
    Mark.objects.filter(user=user, key__in=keys, message=None).update(message=made)
    record(by=by, verb="wrote to", target="alerts", target_id=user.pk, after={"waits": made.waits, "news": made.news})
    return made
