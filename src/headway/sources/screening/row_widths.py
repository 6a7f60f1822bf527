"""Rows with too many fields are set aside and told; rows with too few end in empty fields, or are torn."""

from headway.sources.screening.result import CheckResult, fine, refused, told
from headway.sources.screening.subject import Subject
from headway.sources.screening.words import counted, have, share, some

MOST_SET_ASIDE = 0.10
MOST_SHORT = 0.10
MOST_WIDTHS = 8  # different widths of short rows; published tables have up to five


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
    """Publishers drop empty fields at the end of a row, so short rows come in a few widths; torn ones come in many."""
    written = subject.landing.written
    if not written.short:
        return []
    total, width = written.widths.total(), len(subject.landing.recognised.header)
    widths = sorted(found for found in written.widths if found < width)
    which = (
        f"{counted(len(written.short), 'row')} ({share(len(written.short) / total)}) {'ends' if len(written.short) == 1 else 'end'} early"
    )
    if len(widths) > MOST_WIDTHS and len(written.short) > MOST_SHORT * total:
        message = f"{which}, in {len(widths)} different widths: {some(written.short)}."
        return [refused("row_widths", "H-DATA-26", message, "Download it again; if it stays so, ask the publisher.")]
    if len(widths) > MOST_WIDTHS:
        message = f"{which}, in {len(widths)} different widths: {some(written.short)}."
        return [told("row_widths", "H-DATA-26", message, "Check those rows: fields may be missing from their middle.")]
    return [fine("row_widths", f"{which} and {'was' if len(written.short) == 1 else 'were'} filled on the right.")]
