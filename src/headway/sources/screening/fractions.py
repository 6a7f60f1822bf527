"""A percentage that became a fraction: 0.639 where 63.9 was meant."""

from headway.sources.screening.columns_used import Use
from headway.sources.screening.numbers import Brief
from headway.sources.screening.result import CheckResult, fine, refused
from headway.sources.screening.subject import Subject, kept_briefs
from headway.sources.screening.words import some

ENOUGH = 10
NEARLY_ALL = 0.98
SOME = 0.3


def check(subject: Subject) -> list[CheckResult]:
    found = [
        name
        for use, name, brief in subject.judged()
        if use.percent and use.scale == 1 and looks_like_fractions(brief) and not _always(subject, use, brief)
    ]
    if not found:
        return [fine("fractions")]
    names = list(dict.fromkeys(found))
    what = "holds a percentage" if len(names) == 1 else "hold percentages"
    message = f"{some(names)} {what} and all numbers lie between 0 and 1: they became fractions."
    return [
        refused("fractions", "H-DATA-40", message, "Take the publisher's csv, or save the column as numbers, not in a percentage format.")
    ]


def looks_like_fractions(brief: Brief) -> bool:
    """Nearly all numbers in 0..1 and not a plain 0 or 1 alone; small genuine percentages reach beyond 1 somewhere."""
    if brief.n < ENOUGH or brief.signed > brief.n / 2:
        return False
    inside = brief.share((brief.values >= 0) & (brief.values <= 1))
    between = brief.share((brief.values > 0) & (brief.values < 1))
    return inside >= NEARLY_ALL and between >= SOME


def _always(subject: Subject, use: Use, brief: Brief) -> bool:
    """Whether an earlier year's numbers are as small: then it is the measure that is."""
    for file in subject.sisters[:1]:
        column = {name.lower(): name for name in file.columns}.get(use.column)
        if column and not use.by:
            before = kept_briefs(file.path, [column])[column]
            return before.n >= ENOUGH and before.quantile(0.5) < 4 * max(brief.quantile(0.5), 1e-9)
    return False
