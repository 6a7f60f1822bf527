"""Rows must say whether they are of a school, an authority, a region or England."""

from headway.sources.screening.result import CheckResult, fine, refused, told
from headway.sources.screening.subject import Subject
from headway.sources.screening.words import counted, share

PLACED = {"wide", "tidy", "series"}
MOST_OTHER = 0.5


def check(subject: Subject) -> list[CheckResult]:
    if subject.definition.kind not in PLACED or not subject.uses:
        return [fine("levels_known")]
    other = subject.levels.get("", 0)
    known = sum(subject.levels.values()) - other
    if known == 0:
        message = "No row is of a school, an authority, a region or England."
        return [refused("levels_known", "H-DATA-34", message, "Check the column that tells the level, or the URNs.")]
    if other > MOST_OTHER * (known + other):
        message = f"{counted(other, 'row')} ({share(other / (known + other))}) are of no known level."
        return [told("levels_known", "H-DATA-34", message, "They give no figures; check the column that tells the level.")]
    return [fine("levels_known")]
