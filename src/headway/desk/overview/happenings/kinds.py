"""The kinds of things that happen to a person, and for whom they are asked."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, patch_of
from headway.desk.entitlements.queries import named_now
from headway.readings.door import Door


class Kind(StrEnum):
    """The value is the order in which they are told."""

    RING = "01"
    LETTER = "02"
    REPLY = "03"
    APPEAL = "04"
    NOTICE = "05"
    NOTE = "06"
    PROMISE = "07"
    OWED = "08"
    ORDER = "09"
    RETURN = "10"
    SIGN = "11"
    TIER = "12"
    ANSWERED = "13"
    AGREED = "14"
    MOVED = "15"
    FIGURES = "16"
    GLASS = "17"

    @property
    def title(self) -> str:
        """A heading that gives nothing away: it stands in mail."""
        return TITLES[self]


TITLES = {
    Kind.RING: "Heads to ring",
    Kind.LETTER: "Letters to send",
    Kind.REPLY: "Replies",
    Kind.APPEAL: "Appeals to answer",
    Kind.NOTICE: "Notices",
    Kind.NOTE: "Notes of visits",
    Kind.PROMISE: "What was promised",
    Kind.OWED: "Support that is overdue",
    Kind.ORDER: "Orders to answer",
    Kind.RETURN: "Returns that are wanted",
    Kind.SIGN: "Minutes to sign",
    Kind.TIER: "What the council told you",
    Kind.ANSWERED: "Answers",
    Kind.AGREED: "Notes that are agreed",
    Kind.MOVED: "Figures that changed beyond chance",
    Kind.FIGURES: "New figures",
    Kind.GLASS: "Broken glass",
}


@dataclass(frozen=True)
class Happened:
    """One thing: since when, of which school, where it is. `done` is the day on which a task was over; None: it is not, or is no task."""

    key: str  # the same for the same thing, whenever it is asked
    kind: Kind
    day: date
    what: str
    href: str
    task: bool = False
    done: date | None = None
    due: date | None = None
    urn: int | None = None
    school: str = ""
    why: str = ""

    @property
    def waits(self) -> bool:
        return self.task and self.done is None

    def stood(self, on: date) -> bool:
        """Whether it was there on a day, and as a task not over yet."""
        return self.day <= on and not (self.task and self.done is not None and self.done <= on)


@dataclass(frozen=True)
class Asker:
    """For whom: `urns` are the schools that concern them, None for all of the area."""

    door: Door
    user: User
    since: date
    today: date
    urns: frozenset[int] | None

    def may(self, permission: Permission, urn: int | None = None) -> bool:
        return bool(may(self.user, permission, urn))

    def concerns(self, urn: int) -> bool:
        return self.urns is None or urn in self.urns


def asker(door: Door, user: User, since: date, today: date) -> Asker:
    """Whoever leads hears of every school of theirs; an adviser of those for which they are named, so that a team is not told everything
    forty times over; the people of a school of their own."""
    patch = patch_of(user)
    if may(user, Permission.DECIDE_TIERS) or not may(user, Permission.WRITE_SUPPORT):
        return Asker(door, user, since, today, patch)
    named = frozenset(urn for urn, who in named_now().items() if who.pk == user.pk)
    return Asker(door, user, since, today, named if patch is None else named & patch)
