"""Letters lost or garbled by a wrong encoding: told when they stand in names, refused when they are everywhere."""

import re
from pathlib import Path

from headway.sources import limits
from headway.sources.screening.result import CheckResult, fine, refused, told
from headway.sources.screening.subject import Subject
from headway.sources.screening.words import counted

LOST = re.compile(rb"\xef\xbf\xbd")
# UTF-8 read as Windows-1252 and saved again: é is Ã©, É is Ã‰, ’ is â€™
TWICE = re.compile(rb"\xc3[\x82\x83][\xc2-\xe2]|\xc3\xa2\xe2\x82\xac")
MANY = 0.05


def check(subject: Subject) -> list[CheckResult]:
    file = subject.landing.recognised.table.file
    if file.kind != "text" or subject.landing.rows == 0:
        return [fine("characters")]
    lost, twice = occurrences(file.path, LOST), occurrences(file.path, TWICE)
    if not lost + twice:
        return [fine("characters", f"published as {file.encoding}" if file.encoding != "utf-8" else "")]
    what = f"{counted(lost, 'letter')} lost" if lost else ""
    garbled = f"{counted(twice, 'letter')} encoded twice (as Ã© for é)" if twice else ""
    message = f"{' and '.join(filter(None, (what, garbled)))}: the file was saved in another encoding than it was read in."
    remedy = "Take the publisher's own file rather than one saved from a spreadsheet."
    if _in_header(subject) or lost + twice > MANY * subject.landing.rows * 2:
        return [refused("characters", "H-DATA-24", message, remedy)]
    return [told("characters", "H-DATA-24", message, f"Names may read wrongly; figures do not. {remedy}")]


def _in_header(subject: Subject) -> bool:
    return "\ufffd" in "".join(subject.landing.recognised.header)


def occurrences(path: Path, pattern: re.Pattern[bytes], most: int = 100_000) -> int:
    """How often a pattern of bytes stands in a file, up to a limit, a piece of it in memory at a time."""
    found, before = 0, b""
    with open(path, "rb") as file:
        while found < most and (piece := file.read(limits.CHUNK)):
            found += sum(1 for _ in pattern.finditer(before + piece))
            before = piece[-2:]  # a mark that lies across two pieces; shorter than any, so that none counts twice
    return found
