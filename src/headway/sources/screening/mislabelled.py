"""A column with one number in every row says nothing, and is often another column's or none."""

from headway.definitions.supplying import supplies_of
from headway.sources.screening.result import CheckResult, fine, refused, told
from headway.sources.screening.subject import Subject
from headway.sources.screening.words import some

ENOUGH = 30


def check(subject: Subject) -> list[CheckResult]:
    """For whole-cohort columns of a wide table: a small group's column may well be all zero."""
    if subject.definition.kind != "wide":
        return [fine("mislabelled")]
    whole = _whole_cohort(subject)
    flat = [name for use, name, brief in subject.judged() if use.column in whole and brief.n >= ENOUGH and len(brief.values) == 1]
    early = [
        subject.actual[use.column]
        for use in subject.uses
        if use.column in whole and not _ever(subject, use.column) and subject.briefs[use.column].n
    ]
    found: list[CheckResult] = []
    if flat:
        message = f"{some(list(dict.fromkeys(flat)))} holds the same number in every row."
        found.append(refused("mislabelled", "H-DATA-42", message, "Take the column from the publisher's own file."))
    if early:
        message = f"{some(list(dict.fromkeys(early)))} holds numbers, but its measure has no definition for this year."
        found.append(
            told(
                "mislabelled", "H-DATA-42", message, "It is not used: the column is mislabelled, or the measure meant something else then."
            )
        )
    return found or [fine("mislabelled")]


def _whole_cohort(subject: Subject) -> set[str]:
    return {
        supply.value.lower()
        for _, _, supply in supplies_of(subject.library, subject.definition.id)
        if supply.value and not supply.formula and not supply.where
    }


def _ever(subject: Subject, column: str) -> bool:
    return any(use.holds(subject.year) for use in subject.uses if use.column == column)
