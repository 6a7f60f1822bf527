"""A back-test that was kept, for its page: the answer in one sentence, the area's own schools, and what stands beside the rules."""

from collections.abc import Iterable

from headway.language.backtests import interval
from headway.language.values import join
from headway.readings.tier_backtest.answers import Backtest, Ranked, SchoolLine
from headway.vocabulary.number import shown

SURVIVAL = (
    "Lists of schools hold those that stood when they were made. One that closed before the oldest list, or opened and closed between two "
    "of them, is not in the test; one that closed later is followed under the number of the school that took its place."
)


def seen_sentence(found: Backtest) -> str:
    """“Of 19 schools that later fell, the rules had flagged 8, half of them 14 months or more before it was known; 30 were flagged that
    did not fall.”"""
    one = found.flagged
    if not found.fell:
        return f"None of the {found.labelled:,} schools whose outcome is known fell; the rules had flagged {_count(one.flagged)} of them."
    early = ""
    if found.lead.median is not None and found.lead.hits > 1:
        early = f", half of them {_months(found.lead.median)} or more before it was known"
    elif found.lead.median is not None:
        early = f", {_months(found.lead.median)} before it was known"
    return f"Of {_schools(found.fell)} that later fell, the rules had flagged {_count(one.caught)}{early}; {_alarms(one.false_alarms)}."


def own_sentence(area: str, lines: Iterable[SchoolLine]) -> str:
    """The same of the area's own schools, without a share: so few that it would say nothing."""
    known = [one for one in lines if one.fell is not None]
    fell, flagged = [one for one in known if one.fell], [one for one in known if one.flagged]
    if not known:
        return f"Of no school of {area} is it known what came of it."
    if not fell:
        return f"Of {_schools(len(known))} of {area} whose outcome is known none fell; {_alarms(len(flagged))}."
    caught = sum(one.flagged for one in fell)
    alarms = _alarms(len(flagged) - caught)
    first = f"Of {_schools(len(fell))} of {area} that later fell, of {len(known):,} whose outcome is known,"
    return f"{first} the rules had flagged {caught}; {alarms}."


def beside_sentence(found: Backtest) -> str:
    """The same number of schools by the rules, by the grade that was known, by the second opinion, and by lot."""
    by = {one.name: one for one in found.ranked}
    points = by.get("points")
    if points is None or not found.fell:
        return ""
    lot = found.fell * points.at_capacity.flagged / found.labelled
    ways = [f"{_reached(one)} {words}" for name, words in WAYS.items() if (one := by.get(name)) is not None]
    told, first = join([*ways, f"{_count(lot)} by lot"]), _count(points.at_capacity.flagged)
    return f"Of the {found.fell:,} that fell, the first {first} schools hold {told}."


WAYS = {"points": "by the points", "previous_grade": "by the grade that was known", "second_opinion": "by the second opinion"}


def limits_words(one: Ranked) -> tuple[str, str]:
    """Recall and precision at the capacity, each with its 95% limits."""
    picked = one.at_capacity
    return interval(picked.recall, picked.recall_interval), interval(picked.precision, picked.precision_interval)


def _reached(one: Ranked) -> str:
    return _count(one.at_capacity.caught)


def _count(number: float) -> str:
    return shown(number, "count")


def _schools(number: int) -> str:
    return f"{number:,} school" if number == 1 else f"{number:,} schools"


def _months(number: float) -> str:
    told = _count(number)
    return f"{told} month" if told == "1" else f"{told} months"


def _alarms(number: float) -> str:
    told = _count(number)
    return "none was flagged that did not fall" if told == "0" else f"{told} {'was' if told == '1' else 'were'} flagged that did not fall"
