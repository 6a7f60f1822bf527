"""What happened that concerns one person, and what of it waits for them. Derived from what was written; owns nothing.

Nothing here is a row of its own: a task is over the moment that somebody does it, and whoever loses a school loses what happened to it.
"""

from datetime import date

from headway.desk.accounts.models import User
from headway.desk.overview.happenings.council import of_council
from headway.desk.overview.happenings.figures import of_figures
from headway.desk.overview.happenings.kinds import Happened, Kind, asker
from headway.desk.overview.happenings.learning import of_learning
from headway.desk.overview.happenings.school import of_school
from headway.readings.door import Door

__all__ = ["Happened", "Kind", "happenings", "waiting"]


def happenings(door: Door, user: User, since: date, today: date) -> list[Happened]:
    """What happened to a person from a day on, and what waits for them however old it is; the newest first."""
    who = asker(door, user, since, today)
    found = [one for of in (of_council, of_school, of_learning, of_figures) for one in of(who) if one.day <= today]
    kept = {one.key: one for one in found if one.waits or one.day >= since}
    return sorted(kept.values(), key=lambda one: (-one.day.toordinal(), one.kind, one.school, one.key))


def waiting(door: Door, user: User, today: date) -> list[Happened]:
    """What waits for a person, the earliest due first, then what has waited longest."""
    who = asker(door, user, today, today)
    found = [one for of in (of_council, of_school, of_learning) for one in of(who) if one.waits and one.day <= today]
    return sorted({one.key: one for one in found}.values(), key=_order)


def _order(one: Happened) -> tuple[date, date, str, str]:
    return one.due or date.max, one.day, one.school, one.key
