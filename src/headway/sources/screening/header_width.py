"""A header longer than its rows, or shorter: every cell then stands under its neighbour's name."""

from headway.sources.screening.result import CheckResult, fine, refused
from headway.sources.screening.subject import Subject
from headway.sources.screening.words import counted

NEARLY_ALL = 0.95


def check(subject: Subject) -> list[CheckResult]:
    """Rows of all levels short by the same number is a misalignment; some short rows are row_widths' matter."""
    widths = subject.landing.written.widths
    header = len(subject.landing.recognised.header)
    named = max((position for position, name in enumerate(subject.landing.recognised.header, 1) if name.strip()), default=header)
    total = widths.total()
    width, count = widths.most_common(1)[0] if widths else (header, 0)
    if total == 0 or count < NEARLY_ALL * total or named <= width <= header or _only_filled(subject, width):
        return [fine("header_width")]
    message = f"The header has {counted(named, 'column')} and the rows have {width:,}: each value would stand under another column's name."
    return [refused("header_width", "H-DATA-23", message, "Ask the publisher for a corrected file; do not shift columns by hand.")]


def _only_filled(subject: Subject, width: int) -> bool:
    """Longer rows whose surplus is empty were kept and fit."""
    return width > len(subject.landing.recognised.header) and not subject.landing.written.set_aside
