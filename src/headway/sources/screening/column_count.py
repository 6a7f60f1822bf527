"""A table of thousands of columns is no published table."""

from headway.sources import limits
from headway.sources.screening.result import CheckResult, fine, refused
from headway.sources.screening.subject import Subject


def check(subject: Subject) -> list[CheckResult]:
    width = len(subject.landing.recognised.header)
    if width > limits.MOST_COLUMNS:
        return [
            refused(
                "column_count",
                "H-DATA-25",
                f"It has {width:,} columns, more than {limits.MOST_COLUMNS:,}.",
                "Check that the right file was chosen.",
            )
        ]
    return [fine("column_count")]
