"""What a tier gives, in the words of a letter: how often, by when, and on what condition."""

from headway.definitions.entitlements import Conditional, Entitlement, Fixed, Interval, Line
from headway.language.ranks import in_words

WHEN = {
    "performance_signal": "if results or attendance give reason",
    "progress_issue": "if progress on what was agreed is an issue",
    "school_asks": "if the school asks",
    "evidence_thin": "if there is not enough evidence",
}
ON = {
    "new_head": "each time there is a new head",
    "inspection_call": "when the inspectors ring",
    "inspection_report": "when the report comes",
    "tier_entered": "when the school enters the tier",
    "self_referral": "when the school asks for help",
}


def entitlement_lines(given: Entitlement, tier: str) -> tuple[str, ...]:
    """“Initial visit with note, by week 4”, a line for each thing that a school of the tier has in a year; none for no tier."""
    gives = given.tiers.get(tier)
    lines = (*(gives.lines if gives else ()), *given.everybody)
    return tuple(f"{given.items[line.item].title}{_how(line, given)}" for line in lines)


def _how(line: Line, given: Entitlement) -> str:
    if isinstance(line, Fixed):
        often = f", {in_words(line.times)} times a year" if line.times > 2 else ", twice a year" if line.times == 2 else ""
        return f"{often}{_due(line.due)}"
    if isinstance(line, Interval):
        low, high = line.weeks
        return f", every {low} to {high} school weeks, more often while progress is slow"
    if isinstance(line, Conditional):
        instead = f", in place of: {given.items[line.instead_of].title.lower()}" if line.instead_of else ""
        return f", {WHEN[line.when]}{instead}"
    return f", {ON[line.on]}"


def _due(due: str) -> str:
    """“each term” and “autumn term” say when; a day or a week says by when."""
    if not due:
        return ""
    if due.startswith("each"):
        return f", {due}"
    if due.startswith("end of"):
        return f", by the {due}"
    if due.endswith("half term"):
        return f", by the {due}"
    if due.endswith("term"):
        return f", in the {due}"
    return f", by {due}" if due.startswith("week") else f", within {due}"
