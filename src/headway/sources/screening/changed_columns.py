"""Columns that came or went since the table's last year: told, since a measure may stand on one of them."""

from headway.sources.screening.result import CheckResult, fine, told
from headway.sources.screening.subject import Subject
from headway.sources.screening.words import are, counted, some, when


def check(subject: Subject) -> list[CheckResult]:
    layout = subject.landing.recognised.layout.name
    sister = next((file for file in subject.sisters if file.layout == layout), None)
    if sister is None or subject.definition.kind != "wide":
        return [fine("changed_columns")]
    before, now = {name.lower(): name for name in sister.columns}, subject.actual
    gone = [before[use] for use in dict.fromkeys(_used(subject)) if use in before and use not in now]
    new = [name for key, name in now.items() if key not in before]
    if gone:
        message = f"{counted(len(gone), 'measured column')} of {when(sister)} {are(len(gone))} not in it: {some(gone)}."
        return [told("changed_columns", "H-DATA-52", message, "If it has a new name, add that to the table's layout.")]
    return [fine("changed_columns", f"{counted(len(new), 'column')} not in {when(sister)}: {some(new)}." if new else "")]


def _used(subject: Subject) -> list[str]:
    from headway.sources.screening.columns_used import value_uses

    return [use.column for use in value_uses(subject.library, subject.definition.id) if use.holds(subject.year)]
