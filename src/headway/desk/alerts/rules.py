"""When a message is due and what goes into it. No database here."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

LOOKED_BACK = timedelta(days=365)


class HowOften(StrEnum):
    AT_ONCE = "at_once"
    WEEKLY = "weekly"
    QUARTERLY = "quarterly"
    OFF = "off"

    @property
    def words(self) -> str:
        return WORDS[self]


WORDS = {
    HowOften.AT_ONCE: "What waits for me on the day it comes, everything else once a quarter",
    HowOften.WEEKLY: "Once a week, on Monday",
    HowOften.QUARTERLY: "Once a quarter",
    HowOften.OFF: "No mail",
}
USUAL = HowOften.QUARTERLY


class Thing(Protocol):
    """What the rules need of something that happened."""

    @property
    def key(self) -> str: ...
    @property
    def day(self) -> date: ...
    @property
    def task(self) -> bool: ...
    def stood(self, on: date) -> bool: ...


T = TypeVar("T", bound=Thing)


def hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def begins(how: HowOften, day: date) -> date:
    """The first day of the week, the quarter or, for what goes at once, the day itself."""
    if how is HowOften.AT_ONCE:
        return day
    if how is HowOften.WEEKLY:
        return day - timedelta(day.weekday())
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def due(how: HowOften, last: date, today: date) -> bool:
    """Whether another message may go: a period has begun since the last one, or since the person came."""
    return how is not HowOften.OFF and begins(how, last) < begins(how, today)


def goes(how: HowOften, things: Iterable[T], told: Collection[str], last_news: date, today: date) -> list[T]:
    """What of it goes into a message today. Each thing goes once; what somebody did in the meantime goes not at all.

    `told`: hashed keys of what was in a message or was read; `last_news`: when other things than tasks were told last.
    """
    news = how is not HowOften.AT_ONCE or due(HowOften.QUARTERLY, last_news, today)
    return [one for one in things if one.stood(today) and (one.task or news) and hashed(one.key) not in told]


@dataclass(frozen=True)
class Told(Generic[T]):
    """One message of a rehearsal: the day on which it would have gone, and what in it."""

    day: date
    things: tuple[T, ...]


def rehearsed(how: HowOften, things: Sequence[T], today: date) -> list[Told[T]]:
    """The messages that somebody would have had in the year to a day, the newest first, by the same rules as those that go."""
    if how is HowOften.OFF:
        return []
    told: set[str] = set()
    found = []
    last = last_news = today - LOOKED_BACK
    for ahead in range(1, LOOKED_BACK.days + 1):
        day = today - LOOKED_BACK + timedelta(ahead)
        if not due(how, last, day):
            continue
        going = goes(how, things, told, last_news, day)
        last_news = day if how is not HowOften.AT_ONCE or due(HowOften.QUARTERLY, last_news, day) else last_news
        last = day
        if going:
            told |= {hashed(one.key) for one in going}
            found.append(Told(day, tuple(going)))
    return found[::-1]
