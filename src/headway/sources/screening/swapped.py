"""Two columns that changed places: each looks like the other's last year."""

from headway.sources.screening.numbers import apart
from headway.sources.screening.result import CheckResult, fine, refused
from headway.sources.screening.subject import Subject, kept_briefs
from headway.sources.screening.words import some

FAR = 0.5  # from its own last year
NEAR = 0.12  # to another column's last year
ENOUGH = 100
YEARS = 2


def check(subject: Subject) -> list[CheckResult]:
    """Against the nearest year landed, within one period of the measure: a break may change what a column holds."""
    if subject.definition.kind != "wide" or subject.year is None:
        return [fine("swapped")]
    sister = next((file for file in subject.sisters if file.year and 0 < abs(file.year.start - (subject.year or 0)) <= YEARS), None)
    if sister is None or sister.year is None:
        return [fine("swapped")]
    there = {name.lower(): name for name in sister.columns}
    both = sorted({use.column for use in subject.uses if use.column in there and use.holds(subject.year) and use.holds(sister.year.start)})
    before = {name.lower(): brief for name, brief in kept_briefs(sister.path, [there[name] for name in both]).items()}
    enough = [name for name in both if min(subject.briefs[name].n, before[name].n) >= ENOUGH]
    found = []
    for name in enough:
        if apart(subject.briefs[name], before[name]) <= FAR:
            continue
        like = min((other for other in enough if other != name), key=lambda other: apart(subject.briefs[name], before[other]), default="")
        if like and apart(subject.briefs[name], before[like]) < NEAR:
            found.append(f"{subject.actual[name]} (like {subject.actual[like]} in {sister.year})")
    if not found:
        return [fine("swapped")]
    message = f"{some(found)} holds another column's numbers: the columns are mislabelled."
    return [refused("swapped", "H-DATA-43", message, "Compare the header with the publisher's own file.")]
