"""For how long the glass is broken, and what a reason must be. No database here."""

from datetime import datetime, timedelta

LASTS = timedelta(minutes=60)
SHORTEST = 20  # signs of a reason that says something


def open_at(until: datetime, ended: datetime | None, moment: datetime) -> bool:
    """Whether it is broken at a moment: it ends by hand, or by itself at `until`."""
    return ended is None and moment < until


def minutes_left(until: datetime, moment: datetime) -> int:
    """Whole minutes, rounded up: at the last second there is one."""
    return max(0, -int(-(until - moment).total_seconds() // 60))


def fault_of_reason(reason: str) -> str:
    return "" if len(reason.strip()) >= SHORTEST else "Say what has happened and why it cannot wait for somebody who may read the notes."
