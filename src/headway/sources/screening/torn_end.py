"""A last row that stops in the middle: the file was cut off while it was copied or downloaded."""

from headway.sources.screening.result import CheckResult, fine, refused
from headway.sources.screening.subject import Subject


def check(subject: Subject) -> list[CheckResult]:
    """Rows that end in empty fields are cut short alike, so only a width that no other row has is a tear."""
    written = subject.landing.written
    last = written.widths.total()
    if not written.short or written.short[-1] != last or written.widths[written.last] > 1:
        return [fine("torn_end")]
    levels = dict(subject.ask("SELECT row, level FROM located WHERE row >= ?", [last - 1]))
    if levels.get(last) not in ("school", ""):
        return [fine("torn_end")]
    message = f"Its last row, {last:,}, stops before the last column: the file was cut off."
    return [refused("torn_end", "H-DATA-27", message, "Download it again and compare its size with the publisher's.")]
