"""Texts in place of numbers that no list of markers explains."""

from headway.sources.screening.result import CheckResult, fine, refused, told
from headway.sources.screening.subject import Subject
from headway.sources.screening.words import counted

MOSTLY = 0.5
ENOUGH = 20
EXAMPLES = 5


def check(subject: Subject) -> list[CheckResult]:
    known = {text.lower() for text in (*subject.library.markers, *subject.definition.markers)}
    unknown: dict[str, int] = {}
    wrong: list[str] = []
    for use, brief in ((use, subject.briefs[use.column]) for use in subject.uses):
        strange = {text: count for text, count in brief.texts.items() if text.lower() not in known}
        filled = brief.cells - brief.blank
        if filled >= ENOUGH and sum(strange.values()) > MOSTLY * filled and use.holds(subject.year):
            wrong.append(subject.actual[use.column])
        for text, count in strange.items():
            unknown[text] = max(unknown.get(text, 0), count)
    if wrong:
        names = ", ".join(dict.fromkeys(wrong))
        return [
            refused(
                "markers_known",
                "H-DATA-44",
                f"Most cells of {names} are neither numbers nor known markers.",
                "The columns may be shifted or mislabelled.",
            )
        ]
    if not unknown:
        return [fine("markers_known")]
    most = sorted(unknown.items(), key=lambda pair: (-pair[1], pair[0]))
    listed = ", ".join(f"{text[:20]!r} ({count:,})" for text, count in most[:EXAMPLES])
    message = f"{counted(len(unknown), 'text')} in place of numbers {'is' if len(unknown) == 1 else 'are'} not known: {listed}."
    return [told("markers_known", "H-DATA-44", message, "They count as missing. Add them to the table's markers if they mean something.")]
