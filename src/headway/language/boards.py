"""Sentences of board papers: counts of schools by support, what was done of what was promised, actions. Numbers in, words out."""

from collections.abc import Sequence

from headway.language.ranks import in_words
from headway.language.values import join

WITHHELD = "withheld"


def count_words(number: int | None) -> str:
    """A count as it stands in a table; one that is withheld says so and is never 0."""
    return WITHHELD if number is None else f"{number:,}"


def support_sentence(counts: Sequence[tuple[str, int | None]], schools: int, *, decided: bool = False) -> str:
    """“By the figures, 44 of 412 schools are proposed for Focus and 17 for Intensive.” A withheld count is said to be one."""
    told = [(title, count) for title, count in counts if count]
    hidden = [title for title, count in counts if count is None]
    some = "Some schools have more support." if decided else "By the figures, some schools are proposed for more support."
    said = _supported(told, schools, decided) if told or not hidden else some
    if hidden:
        many = len(hidden) > 1
        said += f" {'Counts' if many else 'The count'} for {join(hidden)} {'are' if many else 'is'} withheld: so few could be recognised."
    return said


def _supported(told: list[tuple[str, int]], schools: int, decided: bool) -> str:
    if not told:
        return (
            f"None of {schools:,} schools has more support."
            if decided
            else f"By the figures, none of {schools:,} schools is proposed for more."
        )
    title, count = told[0]
    one = count == 1
    verb = ("has" if one else "have") if decided else ("is proposed for" if one else "are proposed for")
    listed = join(
        [f"{count:,} of {schools:,} schools {verb} {title}", *(f"{more:,} {'' if decided else 'for '}{name}" for name, more in told[1:])]
    )
    return f"{listed}." if decided else f"By the figures, {listed}."


def moves_sentence(more: int, less: int, since: str) -> str:
    """“Since 17 September 2026 3 schools moved to more support and 5 to less.”"""
    if not more and not less:
        return f"No school moved to another tier since {since}."
    parts = [
        f"{count} {'school' if count == 1 else 'schools'} moved to {way}"
        for count, way in ((more, "more support"), (less, "less support"))
        if count
    ]
    return f"Since {since} {join(parts)}."


def delivered_sentence(due: int, done: int, late: int) -> str:
    """“Of 318 visits and calls due by now, 296 were made and 14 are late.”"""
    if not due:
        return "No visit or call was due by now."
    if due == 1:
        return "The one visit or call due by now was made." if done else "The one visit or call due by now is late."
    made = "all were made" if done == due else "none was made" if not done else f"{done:,} {'was' if done == 1 else 'were'} made"
    behind = "" if not late else f" and {late:,} {'is' if late == 1 else 'are'} late"
    return f"Of {due:,} visits and calls due by now, {made}{behind}."


def actions_sentence(done: int, late: int, waiting: int) -> str:
    """“Of 4 actions 2 are closed, 1 is late and 1 is not yet due.”"""
    total = done + late + waiting
    if not total:
        return "The board has asked for nothing yet."
    parts = [
        f"{count} {'is' if count == 1 else 'are'} {words}"
        for count, words in ((done, "closed"), (late, "late"), (waiting, "not yet due"))
        if count
    ]
    return f"Of {total} actions {join(parts)}." if total > 1 else f"The one action {parts[0].removeprefix('1 ')}."


def shared_sentence(phase: str, schools: int, pupils: int, pounds: float) -> str:
    """What a rate for each pupil comes to in one phase."""
    return f"{schools:,} maintained {phase} schools with {pupils:,} pupils would give £{pounds:,.0f} together."


def change_of_rate(rate: float, last: float | None) -> str:
    """A rate beside last year’s: a change of money is told in pounds, and relative to what it was."""
    if last is None:
        return "There was no rate last year."
    if round(rate - last, 2) == 0:
        return f"The rate is last year’s, £{last:,.2f}."
    way = "more" if rate > last else "less"
    share = f", {abs(rate - last) / last:.0%} {way}" if last else ""
    return f"£{abs(rate - last):,.2f} {way} for each pupil than last year’s £{last:,.2f}{share}."


def few_words(many: int, what: str) -> str:
    return f"{in_words(many)} {what}{'' if many == 1 else 's'}"
