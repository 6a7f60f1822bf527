"""A person's visits as an iCalendar file (RFC 5545), for their own calendar program. It names schools and kinds, never what was written."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from headway.desk.visits.models import State, Visit

LONDON, UTC = ZoneInfo("Europe/London"), ZoneInfo("UTC")
LONGEST = 73  # bytes of a line, before its fold


def calendar_file(visits: Iterable[Visit], titles: dict[str, str], host: str) -> bytes:
    """Each visit an event: of the day, or of an hour and a half where its hour is known."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Headway//Visits//EN", "X-WR-CALNAME:Headway"]
    for visit in visits:
        lines += _event(visit, titles.get(visit.kind, visit.kind), host)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _event(visit: Visit, title: str, host: str) -> list[str]:
    if visit.begins:
        begins = datetime.combine(visit.day, visit.begins, LONDON).astimezone(UTC)
        when = [f"DTSTART:{begins:%Y%m%dT%H%M%SZ}", f"DTEND:{begins + timedelta(minutes=90):%Y%m%dT%H%M%SZ}"]
    else:
        when = [f"DTSTART;VALUE=DATE:{visit.day:%Y%m%d}", f"DTEND;VALUE=DATE:{visit.day + timedelta(1):%Y%m%d}"]
    status = "CANCELLED" if visit.state == State.CANCELLED else "CONFIRMED"
    return [
        "BEGIN:VEVENT", f"UID:visit-{visit.pk}@{host}", f"DTSTAMP:{visit.made.astimezone(UTC):%Y%m%dT%H%M%SZ}", *when,
        f"SUMMARY:{_escaped(f'{visit.school.name}: {title}')}", f"STATUS:{status}", "END:VEVENT",
    ]  # fmt: skip


def _escaped(text: str) -> str:
    for mark, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(mark, written)
    return text.replace("\r", "")


def _folded(line: str) -> str:
    """No line is longer than 75 bytes, and no letter is cut in two."""
    parts, part, size = [], "", 0
    for letter in line:
        many = len(letter.encode())
        if size + many > LONGEST:
            parts.append(part)
            part, size = "", 0
        part, size = part + letter, size + many
    return "\r\n ".join([*parts, part])
