"""A person's visits as an iCalendar file, for their own calendar program. It names schools and kinds, never what was written."""

from collections.abc import Iterable

from headway.desk.framing import calendar_file as written
from headway.desk.visits.models import State, Visit


def calendar_file(visits: Iterable[Visit], titles: dict[str, str], host: str) -> bytes:
    """Each visit an event: of the day, or of an hour and a half where its hour is known."""
    return written.calendar_file((_happening(one, titles.get(one.kind, one.kind)) for one in visits), host, "Visits")


def _happening(visit: Visit, title: str) -> written.Happening:
    off = visit.state == State.CANCELLED
    return written.Happening(f"visit-{visit.pk}", f"{visit.school.name}: {title}", visit.day, visit.made, visit.begins, called_off=off)
