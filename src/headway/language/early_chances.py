"""A predicted chance and what it rests on, in words; and how well such chances did, before anybody trusts one."""

from headway.language.early import NOT_ALONE
from headway.language.values import join
from headway.readings.attendance.early.predicted import Prediction, Predictions
from headway.readings.attendance.early.validation import Scored, Validation

REASONS = {
    "so_far": "more missed so far", "of_late": "more missed in the last twenty sessions", "last_year": "more missed last year",
    "unauthorised": "more of it unauthorised", "spells": "many short spells", "room": "few sessions left to miss",
}  # fmt: skip


def in_ten(chance: float) -> str:
    """“about 3 in 10”: a chance as people count it; below and above that only the side of it is told."""
    if chance < 0.05:
        return "fewer than 1 in 20"
    if chance > 0.95:
        return "more than 19 in 20"
    tenths = round(10 * chance)
    return f"about {tenths} in 10" if tenths else "about 1 in 20"


def prediction_words(one: Prediction) -> str:
    """Of so many like this one, how many became persistently absent, and what makes it likelier."""
    why = f": {join([REASONS[name] for name in one.reasons])}" if one.reasons else ""
    cleared = f" {one.cleared_by.what.capitalize()} on {one.cleared_by.on:%d %B %Y}." if one.cleared_by else ""
    missed = f"Missed {one.absent} of {one.possible} sessions."
    return f"Of pupils like this one {in_ten(one.chance)} are persistently absent by the end of the year{why}. {missed}{cleared}"


def predictions_basis(of: Predictions) -> tuple[str, ...]:
    looked = f"{of.at_risk:,} pupils are neither persistently absent yet nor certain either way." if of.listed else ""
    return tuple(filter(None, (looked, *(validation_lines(of.validation)[:2] if of.validation else ()), NOT_ALONE, *of.notes)))


def validation_lines(of: Validation) -> list[str]:
    """What was held out, how well it did beside absence to date alone, whether chances are what they say, and between groups."""
    lines = [
        f"Tried on {of.split}: {of.pupils:,} pupils of {of.schools} schools who were at risk on {of.day} of {of.year}; {of.events:,} "
        f"became persistently absent. Taught on {join(list(of.taught_on))}.",
        "Validated locally." if of.validated else "Not validated locally: that takes 200 pupils who became persistently absent.",
    ]
    lines += [_scored(one) for one in of.scored]
    lines += [_calibrated(of), _supported(of)]
    if not of.known_then:
        lines.append("The past is as its marks stand now, not as received at the time: a day's own marks say less.")
    if of.held_back:
        lines.append(f"Held back: errors differ between groups by {join(list(of.held_back))}, beyond chance and by more than ten points.")
    return lines


def _scored(one: Scored) -> str:
    if one.precision is None or one.recall is None or one.recall_low is None or one.precision_low is None:
        return f"By {one.name}: nobody became persistently absent."
    return (
        f"By {one.name}, the {one.flagged:.0f} highest hold {one.caught:.0f} who became so: {100 * one.precision:.0f}% of those "
        f"({100 * one.precision_low:.0f} to {100 * (one.precision_high or 0):.0f}), {100 * one.recall:.0f}% of all "
        f"({100 * one.recall_low:.0f} to {100 * (one.recall_high or 0):.0f}). Mean squared error {one.brier:.4f}."
    )


def _supported(of: Validation) -> str:
    """Support is a treatment: whoever had it is scored with the others, and it is told how they did."""
    if of.supported_predicted is None:
        return "Of no support in that year is known: where there was some, it may be why less came than was predicted."
    many = f"{of.supported:,} of them" if of.supported > 1 else "One of them"
    return (
        f"{many} had support in that year and {'are' if of.supported > 1 else 'is'} scored with the others: predicted on average "
        f"{100 * of.supported_predicted:.0f}%, came {100 * of.supported_events / of.supported:.0f}%."
    )


def _calibrated(of: Validation) -> str:
    if of.slope is None or of.intercept is None:
        return "Whether chances are what they say: not enough evidence (50 of either outcome)."
    good = 0.8 <= of.slope <= 1.2 and abs(of.intercept) <= 0.2
    return (
        f"Chances are {'' if good else 'not '}what they say: slope {of.slope:.2f}, intercept {of.intercept:+.2f} on the scale of log odds."
    )
