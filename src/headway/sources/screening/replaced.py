"""What changed against the release that a file replaces."""

from headway.sources.screening.likeness import likeness
from headway.sources.screening.result import CheckResult, fine
from headway.sources.screening.subject import Subject
from headway.sources.screening.words import counted


def check(subject: Subject) -> list[CheckResult]:
    """Told, never a fault: publishers revise."""
    before = [
        file
        for file in subject.sisters
        if file.year and file.year.start == subject.year and file.layout == subject.landing.recognised.layout.name
    ]
    if not before or subject.definition.kind != "wide" or not subject.schools:
        return [fine("replaced")]
    file = max(before, key=lambda file: (file.release.rank, file.landed_at))
    found = likeness(subject, file)
    changed = found.compared - found.equal
    message = (
        f"Against {file.source_name} ({file.release}): {counted(found.added, 'school')} more, {counted(found.removed, 'school')} fewer, "
        f"{counted(changed, 'figure')} of {found.compared:,} compared changed."
    )
    return [fine("replaced", message)]
