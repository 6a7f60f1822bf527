"""Rows with too many fields are set aside and told; rows with too few belong to areas, or are torn."""

from headway.sources.screening.result import CheckResult, fine, refused, told
from headway.sources.screening.subject import Subject
from headway.sources.screening.words import counted, have, share, some

MOST_SET_ASIDE = 0.10
MOST_SHORT = 0.10


def check(subject: Subject) -> list[CheckResult]:
    return [*_long(subject), *_short(subject)] or [fine("row_widths")]


def _long(subject: Subject) -> list[CheckResult]:
    aside = subject.landing.written.set_aside
    if not aside:
        return []
    part = len(aside) / max(1, subject.landing.written.widths.total())
    which = f"{counted(len(aside), 'row')} ({share(part)}) {have(len(aside))} more fields than the header: {some(aside)}."
    if part > MOST_SET_ASIDE:
        return [
            refused("row_widths", "H-DATA-22", which, "Values with unquoted commas are the usual cause: save the file again with quotes.")
        ]
    return [
        told(
            "row_widths",
            "H-DATA-22",
            f"{which} They were set aside.",
            "Those rows give no figures; ask the publisher for a corrected file.",
        )
    ]


def _short(subject: Subject) -> list[CheckResult]:
    """Area rows end early in many published files. A school's row that does has lost its end, or its middle."""
    short = subject.landing.written.short
    if not short:
        return []
    schools = subject.ask("SELECT row FROM located WHERE level IN ('school', '') AND list_contains(?, row) ORDER BY row", [short])
    if not schools:
        return [fine("row_widths", f"{counted(len(short), 'area row')} end early and were filled on the right.")]
    part = len(schools) / max(1, subject.landing.rows)
    which = (
        f"{counted(len(schools), 'row')} of schools {have(len(schools))} fewer fields than the header: {some([row for (row,) in schools])}."
    )
    if part > MOST_SHORT:
        return [refused("row_widths", "H-DATA-26", which, "Download it again; if it stays so, ask the publisher.")]
    return [told("row_widths", "H-DATA-26", which, "Check those rows: fields may be missing from their middle.")]
