"""What has a day, as an iCalendar file (RFC 5545) for a person's own calendar program."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON, UTC = ZoneInfo("Europe/London"), ZoneInfo("UTC")
LONGEST = 73  # bytes of a line, before its fold
USUAL = timedelta(minutes=90)


@dataclass(frozen=True)
class Happening:
    """One event: of the day, or from an hour until another (an hour and a half where its end is not known). `uid`: the same for ever."""

    uid: str
    title: str
    day: date
    made: datetime
    begins: time | None = None
    ends: time | None = None
    place: str = ""
    called_off: bool = False


def calendar_file(happenings: Iterable[Happening], host: str, name: str) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Headway//{name}//EN", "X-WR-CALNAME:Headway"]
    for one in happenings:
        lines += _event(one, host)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _event(one: Happening, host: str) -> list[str]:
    if one.begins:
        begins = datetime.combine(one.day, one.begins, LONDON).astimezone(UTC)
        ends = datetime.combine(one.day, one.ends, LONDON).astimezone(UTC) if one.ends else begins + USUAL
        when = [f"DTSTART:{begins:%Y%m%dT%H%M%SZ}", f"DTEND:{ends:%Y%m%dT%H%M%SZ}"]
    else:
        when = [f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}", f"DTEND;VALUE=DATE:{one.day + timedelta(1):%Y%m%d}"]
    place = [f"LOCATION:{_escaped(one.place)}"] if one.place else []
    return [
        "BEGIN:VEVENT", f"UID:{one.uid}@{host}", f"DTSTAMP:{one.made.astimezone(UTC):%Y%m%dT%H%M%SZ}", *when,
        f"SUMMARY:{_escaped(one.title)}", *place, f"STATUS:{'CANCELLED' if one.called_off else 'CONFIRMED'}", "END:VEVENT",
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
