"""Columns with people's names are never landed; the report says which."""

from headway.sources.screening.result import CheckResult, fine
from headway.sources.screening.subject import Subject
from headway.sources.screening.words import counted, some


def check(subject: Subject) -> list[CheckResult]:
    kept = set(subject.landing.columns)
    dropped = [name for name in subject.landing.recognised.canonical() if name not in kept]
    if not dropped:
        return [fine("names_left_out")]
    return [
        fine(
            "names_left_out",
            f"{counted(len(dropped), 'column')} with people's names {'was' if len(dropped) == 1 else 'were'} not landed: {some(dropped)}.",
        )
    ]
