"""A school's row needs a URN, an authority's row its code."""

from headway.sources.screening.result import CheckResult, fine, refused, told
from headway.sources.screening.subject import Subject
from headway.sources.screening.words import counted, share

MOST_BLANK = 0.10
VALID = {"school": r"[1-9][0-9]{5}", "authority": r"[0-9]{3}"}


def check(subject: Subject) -> list[CheckResult]:
    found: list[CheckResult] = []
    for level, pattern in VALID.items():
        key = subject.definition.key.get("urn" if level == "school" else "authority", "")
        total = subject.levels.get(level, 0)
        if not total or key.lower() not in subject.actual:
            continue
        bad = int(subject.ask("SELECT count(*) FROM located WHERE level = ? AND NOT regexp_full_match(place, ?)", [level, pattern])[0][0])
        if bad:
            found.append(_said(level, key, bad, total))
    return found or [fine("places_known")]


def _said(level: str, key: str, bad: int, total: int) -> CheckResult:
    message = (
        f"{counted(bad, 'row')} of {counted(total, f'{level} row')} ({share(bad / total)}) {'has' if bad == 1 else 'have'} no valid {key}."
    )
    if level == "school" and bad > MOST_BLANK * total:
        return refused("places_known", "H-DATA-35", message, f"Check the column {key}: it may have been shifted or cut.")
    return told("places_known", "H-DATA-35", message, "Those rows give no figures.")
