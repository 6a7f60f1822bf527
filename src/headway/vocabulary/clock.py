"""The one clock. HEADWAY_TODAY=2026-01-26 sets the day, for demonstrations and tests."""

import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present moment, in UTC."""
    fixed = os.environ.get("HEADWAY_TODAY")
    moment = datetime.now(UTC)
    return datetime.combine(date.fromisoformat(fixed), moment.timetz()) if fixed else moment


def today() -> date:
    return now().date()


def in_london(moment: datetime) -> datetime:
    """A moment as the clocks in England show it."""
    return moment.astimezone(ZoneInfo("Europe/London"))
