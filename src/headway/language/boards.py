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


def needs_sentence(open_needs: int, urgent: int, waiting: int, days: int, running: int) -> str:
    """“9 needs are open, 2 of them urgent; 37 days are on offer; help is under way in 4 schools.”"""
    if not open_needs and not days and not running:
        return "No need and no offer is written down yet."
    needs = f"{open_needs} {'need is' if open_needs == 1 else 'needs are'} open" if open_needs else "No need is open"
    within = f", {urgent} of them urgent" if urgent and open_needs > 1 else ", and it is urgent" if urgent else ""
    asked = f"; {waiting} {'match waits' if waiting == 1 else 'matches wait'} for the heads’ word" if waiting else ""
    under_way = f"help is under way in {running} {'school' if running == 1 else 'schools'}"
    return f"{needs}{within}{asked}; {days} {'day is' if days == 1 else 'days are'} on offer; {under_way}."


def wait_sentence(days: float | None) -> str:
    """The median of days from a need to both heads’ yes; before the first, that there is none."""
    if days is None:
        return "No match has been agreed yet, so nobody can say how long one takes."
    return f"Half of the needs with help agreed had both heads’ yes within {days:g} {'day' if days == 1 else 'days'}."


def seen_sentence(wanting: int, flagged: int) -> str:
    """“Of 5 schools found wanting in the last year, 4 had been given more support before the visit.”"""
    if not wanting:
        return "No school was found wanting in the last year."
    if wanting == 1:
        return f"The one school found wanting in the last year had {'been' if flagged else 'not been'} given more support before the visit."
    many = {0: "none", wanting: "all"}.get(flagged, f"{flagged}")
    return f"Of {wanting} schools found wanting in the last year, {many} had been given more support before the visit."


def ahead_sentence(months: float | None) -> str:
    if months is None:
        return ""
    return f"Of those, half were flagged {f'{months:.0f} months ahead or more' if months >= 1.5 else 'a month ahead or less'}."


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
