"""The one clock. HEADWAY_TODAY=2026-01-26 sets the day, for demonstrations and tests."""

import os
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present moment, in UTC."""
    fixed = os.environ.get("HEADWAY_TODAY")
    moment = datetime.now(UTC)
    return datetime.combine(date.fromisoformat(fixed), moment.timetz()) if fixed else moment


def today() -> date:
    return now().date()


def on(day: date) -> datetime:
    """A moment of a day: the present one of today's, noon of another."""
    moment = now()
    return moment if moment.date() == day else datetime.combine(day, time(12), UTC)


def in_london(moment: datetime) -> datetime:
    """A moment as the clocks in England show it."""
    return moment.astimezone(ZoneInfo("Europe/London"))
