"""The promises of a strategy together: how many stand how, what became of them since a day, since when a verdict holds."""

from collections.abc import Mapping, Sequence
from datetime import date

from headway.language.ambitions import heading, unit_of
from headway.language.forecasts import chance_words as told_chance
from headway.language.values import level_with, size_words
from headway.readings.ambitions.answers import WORST_FIRST, Answer, Verdict

# the order on pages: the best first, what nobody can tell last
ORDER = (Verdict.MET, Verdict.ON_COURSE, Verdict.AT_RISK, Verdict.OFF_COURSE, Verdict.TOO_EARLY, Verdict.CANNOT_TELL)
WORDS = {
    Verdict.MET: "kept", Verdict.ON_COURSE: "on course", Verdict.AT_RISK: "at risk", Verdict.OFF_COURSE: "off course",
    Verdict.TOO_EARLY: "too early to tell", Verdict.CANNOT_TELL: "cannot tell",
}  # fmt: skip


def tally(answers: Sequence[Answer]) -> list[tuple[Verdict, str]]:
    """(verdict, “7 on course”) of those that there are, in the order of the page."""
    counts = {verdict: sum(one.verdict is verdict for one in answers) for verdict in ORDER}
    return [(verdict, f"{count} {WORDS[verdict]}") for verdict, count in counts.items() if count]


def tally_sentence(answers: Sequence[Answer]) -> str:
    """“Of 6 promises 2 are on course, 1 is at risk and of 3 nobody can tell.”"""
    if not answers:
        return "No promise is made in it yet."
    parts = [_counted(verdict, sum(one.verdict is verdict for one in answers)) for verdict in ORDER]
    said = [part for part in parts if part]
    together = said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
    if len(answers) == 1:
        return f"Of the one promise, {together.replace('of 1 nobody', 'nobody').replace('for 1 it', 'it')}.".replace(
            "promise, 1 is", "promise, it is"
        )
    return f"Of {len(answers)} promises {together}."


def _counted(verdict: Verdict, count: int) -> str:
    if not count:
        return ""
    if verdict is Verdict.CANNOT_TELL:
        return f"of {count} nobody can tell"
    if verdict is Verdict.TOO_EARLY:
        return f"for {count} it is too early"
    return f"{count} {'is' if count == 1 else 'are'} {WORDS[verdict]}"


def since_words(answer: Answer, history: Sequence[tuple[date, Answer]]) -> str:
    """“since 9 September 2025; on course from 12 December 2024 before that”. `history` is newest first."""
    if not history:
        return ""
    on, _ = history[0]
    said = f"since {_day(on)}"
    before = next(((then, one) for then, one in history[1:] if one.verdict is not answer.verdict), None)
    if before:
        then, one = before
        said += f"; {heading(one).lower()} from {_day(then)} before that"
    return said


def changed_words(then: Answer, now: Answer, since: date) -> str:
    """What became of a verdict since a day: “was on course on 3 March 2026” or “as on 3 March 2026”."""
    if then.verdict is now.verdict and heading(then) == heading(now):
        return f"as on {_day(since)}"
    way = "better" if WORST_FIRST.index(now.verdict) > WORST_FIRST.index(then.verdict) else "worse"
    known = {then.verdict, now.verdict}.isdisjoint({Verdict.CANNOT_TELL, Verdict.TOO_EARLY})
    return f"{heading(then).lower()} on {_day(since)}{f': {way} now' if known else ''}"


def chance_words(answer: Answer) -> str:
    """“about 25 in 100” that the published figure will be there; “not given” where there is no forecast."""
    return "not given" if answer.probability_published is None else told_chance(answer.probability_published)


def chance_sentence(answer: Answer) -> str:
    """The chance of the figure that will be published, and of the rate behind it where that is another; or why none is given."""
    told, behind = answer.probability_published, answer.probability_underlying
    if told is None or behind is None:
        why = answer.no_forecast_because
        return f"No chance is given. {why}" if why else "No chance is given."
    said = f"Chance that the published figure keeps it: {told_chance(told)}"
    if told_chance(behind) != told_chance(told):
        said += f"; that the rate behind it does, apart from the luck of one year: {told_chance(behind)}"
    return f"{said}."


def changes_sentence(now: Mapping[str, Answer], then: Mapping[str, Answer], since: date) -> str:
    """How many verdicts are other than on a day."""
    other = [name for name, one in now.items() if name in then and one.verdict is not then[name].verdict]
    new = [name for name in now if name not in then]
    if not other and not new:
        return f"No verdict is other than on {_day(since)}."
    said = [f"{len(other)} {'verdict is' if len(other) == 1 else 'verdicts are'} other than on {_day(since)}"] if other else []
    said += [f"{len(new)} {'promise was' if len(new) == 1 else 'promises were'} made since"] if new else []
    return f"{' and '.join(said)}."


def path_title(answer: Answer) -> str:
    """The finding of the picture of its path: “In 2024/25 Wrenford was 2 points short of what was promised”."""
    judged = [one for one in answer.points if one.distance is not None]
    if not judged:
        return "There is no year that can be set beside what was promised"
    last = judged[-1]
    unit, short = unit_of(answer), last.distance or 0.0
    if level_with(short, unit):
        return f"In {last.year} {answer.area_name} was where it was promised to be"
    return f"In {last.year} {answer.area_name} was {size_words(short, unit)} {'short of' if short > 0 else 'beyond'} what was promised"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
