"""Read a person's alerts: how often they want mail, what is unread, what would have gone."""

from dataclasses import dataclass
from datetime import date

from headway.desk.accounts.models import User
from headway.desk.alerts import rules
from headway.desk.alerts.models import Choice, Mark, Message
from headway.desk.alerts.rules import HowOften
from headway.desk.overview.happenings import Happened, happenings
from headway.readings.door import Door


@dataclass(frozen=True)
class Alert:
    """One thing in a person's list."""

    thing: Happened
    read: bool

    @property
    def id(self) -> str:
        return rules.hashed(self.thing.key)


def how_often(user: User) -> HowOften:
    found = Choice.objects.filter(user=user).first()
    return HowOften(found.how_often) if found else rules.USUAL


def alerts_of(door: Door, user: User, today: date) -> list[Alert]:
    """What happened in the last year and what waits for them: first what waits, each the newest first."""
    read = set(Mark.objects.filter(user=user, read__isnull=False).values_list("key", flat=True))
    found = [Alert(one, rules.hashed(one.key) in read) for one in happenings(door, user, today - rules.LOOKED_BACK, today)]
    shown = [one for one in found if one.thing.waits or not one.thing.task]
    return sorted(shown, key=lambda one: not one.thing.waits)


def told_of(user: User) -> set[str]:
    """What a message need not tell: it was in one, or was read."""
    return set(Mark.objects.filter(user=user).values_list("key", flat=True))


def last_day(user: User) -> date:
    """When a person was written to last; before the first message, when they chose or came."""
    newest = Message.objects.filter(user=user).values_list("day", flat=True).first()
    chosen = Choice.objects.filter(user=user).values_list("since", flat=True).first()
    return newest or chosen or user.made.date()


def last_news(user: User) -> date:
    """When other things than tasks were told last."""
    newest = Message.objects.filter(user=user, news__gt=0).values_list("day", flat=True).first()
    return newest or user.made.date()


def rehearsal(door: Door, user: User, how: HowOften, today: date) -> list[rules.Told[Happened]]:
    """What somebody would have had in the last year."""
    return rules.rehearsed(how, happenings(door, user, today - rules.LOOKED_BACK, today), today)
