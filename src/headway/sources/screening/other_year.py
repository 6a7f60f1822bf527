"""One year's table under another year's name."""

from pathlib import Path

from headway.sources.screening.likeness import likeness
from headway.sources.screening.result import CheckResult, fine, refused
from headway.sources.screening.subject import Subject
from headway.sources.screening.words import share

SAME = 0.95  # two years of one school hardly ever agree in a tenth of their cells
ANOTHER = 0.25  # releases of one year agree in far more
ENOUGH = 200
MOST_LOOKED_AT = 3


def check(subject: Subject) -> list[CheckResult]:
    if subject.definition.kind != "wide" or subject.year is None or not subject.schools:
        return [fine("other_year")]
    for file in [file for file in subject.sisters if file.year and file.year.start != subject.year][:MOST_LOOKED_AT]:
        found = likeness(subject, file)
        if found.compared >= ENOUGH and found.share >= SAME:
            whose = f"those of {file.year} ({file.source_name})"
            message = f"{share(found.share)} of its figures are {whose}: it is that year's table under this year's name."
            return [refused("other_year", "H-DATA-33", message, "Find this year's own file; remove this one.")]
    for file in [
        file for file in subject.sisters if file.year and file.year.start == subject.year and file.release == subject.landing.release
    ]:
        if Path(file.source_path).name != subject.name:
            continue
        found = likeness(subject, file)
        if found.compared >= ENOUGH and found.share <= ANOTHER:
            differ = f"{share(1 - found.share)} of the figures differ"
            message = f"A file of this name for {file.year} has landed before, and {differ}: it is of another year."
            return [
                refused(
                    "other_year",
                    "H-DATA-32",
                    message,
                    "Put it under its own year. If the publisher replaced every figure, remove the landed file first.",
                )
            ]
    return [fine("other_year")]
