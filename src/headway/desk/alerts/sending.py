"""One run over everybody: who is due a message, with what, and that it went. What the timer calls."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from headway.desk.accounts.models import User
from headway.desk.alerts import actions, letters, queries, rules
from headway.desk.alerts.rules import HowOften
from headway.desk.framing import post
from headway.desk.overview.happenings import happenings
from headway.desk.visits import telling
from headway.readings.door import Door
from headway.vocabulary.clock import today


@dataclass(frozen=True)
class Sent:
    """What became of one person's message. `person` is their number: no address stands in a log."""

    person: str
    how_often: str
    outcome: str  # sent, in the outbox, would go, not due, nothing new, no mail wanted, failed
    waits: int = 0
    news: int = 0
    why: str = ""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def send(door: Door, *, by: str, dry: bool = False) -> Iterator[Sent]:
    """Everybody who may sign in, one by one. A message that failed goes with the next run; nobody waits for another's fault."""
    connection = None if dry else _connection()
    if not dry:
        yield from _notes(by)
    for user in User.objects.filter(is_active=True).order_by("pk"):
        yield _send(door, user, by, dry, connection)


def _notes(by: str) -> Iterator[Sent]:
    """Agreed notes that could not go to head and chair at once."""
    for visit, went in telling.tell_waiting(by=by):
        yield Sent(f"visit:{visit.pk}", "note", "sent" if went else "failed", why="" if went else "the mail server")


def _send(door: Door, user: User, by: str, dry: bool, connection: Any) -> Sent:
    how, day = queries.how_often(user), today()
    if how is HowOften.OFF:
        return Sent(user.label, how.value, "no mail wanted")
    if not rules.due(how, queries.last_day(user), day):
        return Sent(user.label, how.value, "not due")
    things = happenings(door, user, day - rules.LOOKED_BACK, day)
    going = rules.goes(how, things, queries.told_of(user), queries.last_news(user), day)
    waits = sum(one.task for one in going)
    if not going or dry:
        return Sent(user.label, how.value, "would go" if going else "nothing new", waits, len(going) - waits)
    try:
        post.deliver(letters.message(user, going, how), connection)
    except post.FAULTS as fault:
        return Sent(user.label, how.value, "failed", waits, len(going) - waits, type(fault).__name__)
    actions.told(by=by, user=user, things=going)
    return Sent(user.label, how.value, "sent" if settings.HEADWAY.mail_server else "in the outbox", waits, len(going) - waits)


def outbox() -> Path:
    return post.outbox()


def _connection() -> Any:
    """The mail server of the settings; without one, files in the workspace that only their owner reads."""
    return post.connection(outbox())
