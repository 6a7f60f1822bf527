"""Whether attendance and results move together, in words that nobody can take for a cause."""

from headway.language.values import join
from headway.readings.attendance_results import Link
from headway.stats.least_squares import Slope

LOUD = "ASSOCIATION, NOT CAUSE."
NAMES = {
    "context.fsm6": "disadvantage", "context.eal": "first language", "context.sen_support": "SEN support", "context.ehcp": "EHC plans",
}  # fmt: skip


def link_lines(of: Link, area: str = "") -> list[str]:
    """The answer first; then what it was without controls, the placebo, the area alone; what it does not say last."""
    one = of.controlled
    lines = [f"{LOUD} {_answer(of, one)}"]
    lines.append(f"Without intake: {_value(of, of.raw)}. What intake was held: {join([NAMES[name] for name in of.intake]) or 'none'}.")
    lines.append(f"The change of absence accounts for {_percent(one.explained)} of how differently results of schools changed.")
    if of.placebo and of.placebo_first:
        lines.append(_placebo(of, of.placebo))
    if of.own:
        lines.append(f"{area or 'The area'} alone ({of.own_schools:,} schools): {_value(of, of.own)}.")
    lines.append(
        "Schools whose absence rose had other things happen too; the pupils tested are some of those counted absent; single years "
        "of a school are noisy. It does not say what would follow if attendance were raised."
    )
    return lines


def _answer(of: Link, one: Slope) -> str:
    moved = (
        f"Between {of.first} and {of.last}, in {one.units:,} schools of {one.clusters} authorities, where absence rose by a point more "
        f"than in schools with a like intake, {of.title[:1].lower()}{of.title[1:]} changed by {_value(of, one)} beside them"
    )
    if one.lower <= 0 <= one.upper:
        return f"{moved}: no more than chance would do."
    return f"{moved}: beyond chance, {'higher' if one.value > 0 else 'lower'} where more was missed."


def _value(of: Link, one: Slope) -> str:
    """In the outcome's own unit, with its limits."""
    unit = "points" if of.unit in ("percent", "points") else of.unit.replace("_", " ")
    return f"{one.value:+.2f} {unit} ({one.lower:+.2f} to {one.upper:+.2f})".replace("-", "−")


def _percent(share: float) -> str:
    return "less than 1%" if share < 0.01 else f"{100 * share:.0f}%"


def _placebo(of: Link, one: Slope) -> str:
    """A slope where there can be none shows that the two share something else."""
    said = f"Placebo: the change of results from {of.placebo_first} to {of.first}, before absence changed, gives {_value(of, one)}"
    if one.lower <= 0 <= one.upper:
        return f"{said}, no more than chance: as it should be."
    return f"{said}, beyond chance: THE TWO SHARE SOMETHING ELSE, and the first figure cannot be trusted to be about absence."
