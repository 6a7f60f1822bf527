"""A header alone is an interrupted download or an empty extract."""

from headway.sources.screening.result import CheckResult, fine, refused
from headway.sources.screening.subject import Subject


def check(subject: Subject) -> list[CheckResult]:
    if subject.landing.rows == 0 and not subject.landing.written.set_aside:
        return [
            refused("rows_present", "H-DATA-21", "It has a header and no rows.", "Download it again, or check the extract that made it.")
        ]
    return [fine("rows_present")]
