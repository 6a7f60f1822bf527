"""Ambitions in words: the promise as it is checked, its verdict with the figures, and what is missing when nobody can tell."""

from headway.definitions.ambitions import KEEPS, MOVES_BY, Asks
from headway.language.values import level_with, mid_sentence, name_of, size_words, value_words
from headway.readings.ambitions import LATER, kept
from headway.readings.ambitions.answers import Answer, Missing, Now, Point, Verdict
from headway.vocabulary.number import PLACES, rounded, shown

HEADINGS = {
    Verdict.MET: "Met",
    Verdict.ON_COURSE: "On course",
    Verdict.AT_RISK: "At risk",
    Verdict.OFF_COURSE: "Off course",
    Verdict.TOO_EARLY: "Too early to tell",
    Verdict.CANNOT_TELL: "Cannot tell",
}
MEANINGS = {
    Verdict.MET: "the figure that decides, or of a promise without a date the newest, is where it was promised to be",
    Verdict.ON_COURSE: "the newest figure is on the straight way from the baseline to the due date, or, without a date, nearer than it was",
    Verdict.AT_RISK: "off that way by no more than the tolerance that the ambition names, or than chance",
    Verdict.OFF_COURSE: "off that way by more; once due: not kept",
    Verdict.TOO_EARLY: "no figure of after the baseline is out",
    Verdict.CANNOT_TELL: "a figure that it takes is missing; which one is said",
}
ENGLAND = "England"
HOW_KNOWN = {"usual": ", as in most years", "unchecked": " by a calendar that nobody checked"}  # else a page that tells the day was read
PROPER = ("Ofsted", "England")  # names keep their capital within a sentence


def heading(answer: Answer) -> str:
    """The verdict as a badge shows it: what was due and not kept is missed, not off course."""
    if answer.decided and answer.verdict is Verdict.OFF_COURSE:
        return "Missed"
    return HEADINGS[answer.verdict]


def unit_of(answer: Answer) -> str:
    """The unit in which its values are shown: every school at least is told in per cent of schools."""
    if answer.asks.relation == "every_school_at_least" or answer.measure is None:
        return "percent"
    return answer.measure.unit


def promise_words(answer: Answer) -> str:
    """“Attainment 8 of pupils eligible for free school meals in Birmingham: within 5 points of Birmingham's average by 31 August 2017.”

    Empty for a promise whose series is lacking.
    """
    asks = answer.asks
    if answer.measure is None:
        return ""
    of = f" of {answer.group}" if answer.group else ""
    where = _where(answer)
    by = f" by {asks.due.day} {asks.due:%B %Y}" if asks.due else ""
    return f"{name_of(answer.measure)}{of}{where}: {_claim(answer)}{by}."


def _where(answer: Answer) -> str:
    who = answer.asks.who
    if who.of == "district":
        return f" in {who.name}" if who.name else f" in each {who.by} of {answer.area_name}"
    kinds = {"maintained": "maintained schools", "phase": f"{who.phase} schools", "schools": "schools", "family": "the family's schools"}
    return f" in the {kinds[who.of]} of {answer.area_name}" if who.of in kinds else f" in {answer.area_name}"


def _claim(answer: Answer) -> str:
    asks = answer.asks
    if asks.relation == "every_school_at_least":
        return f"every school at least {level_words(answer)}"
    if asks.relation in MOVES_BY:
        return _moves(answer)
    beside = beside_words(answer)
    held = f" as it was in {asks.baseline}" if asks.against and asks.against.moves == "held_at_baseline" else ""
    if asks.relation == "within":
        return f"within {_amount(answer)} of {beside}{held}"
    words = {"reach": "up to", "stay_above": "staying above", "stay_below": "staying below"}[str(asks.relation)]
    if asks.relation == "reach" and answer.measure and answer.measure.better == "lower":
        words = "down to"
    return f"{words} {beside}{held}"


def level_words(answer: Answer) -> str:
    """A fixed level: good, 96.0%."""
    against = answer.asks.against
    unit = answer.measure.unit if answer.measure else ""
    return answer.level or (value_words(against.level, unit) if against else "")


def _moves(answer: Answer) -> str:
    asks = answer.asks
    word = "a rise" if asks.relation == "rise_by" else "a fall"
    return f"{word}{f' of {_amount(answer)}' if asks.amount is not None else ''} since {asks.baseline}"


def _amount(answer: Answer) -> str:
    asks = answer.asks
    if asks.unit == "percent":
        return f"{shown(asks.amount, 'count') if asks.amount == int(asks.amount or 0) else asks.amount} per cent"
    return _size(asks.amount or 0.0, unit_of(answer))


def _size(size: float, unit: str) -> str:
    """A size without needless decimals: 5 points, 2.6 points."""
    words = size_words(size, unit)
    return words.replace(".00 ", " ").replace(".0 ", " ")


def beside_words(answer: Answer) -> str:
    """What it is set beside."""
    against = answer.asks.against
    if against is None:
        return "its baseline"
    if against.kind == "fixed":
        return level_words(answer)
    names = {
        "england": ENGLAND, "england_same_group": "the same group in England", "area_average": f"{answer.area_name}’s average",
        "neighbours": "the mean of its statistical neighbours", "own_baseline": f"its figure of {answer.asks.baseline}",
    }  # fmt: skip
    if against.cut:
        return f"{answer.beside_group} in {ENGLAND if against.kind == 'england' else answer.area_name}"
    return names[against.kind]


def verdict_words(answer: Answer) -> str:
    """One or two sentences: the verdict, the figure it rests on, where it had to be, and how far short or beyond that is."""
    if answer.verdict is Verdict.CANNOT_TELL:
        return cannot_tell_words(answer)
    if answer.verdict is Verdict.TOO_EARLY:
        return f"Too early to tell: no figure of after {answer.asks.baseline} is out."
    point = answer.latest
    if point is None:
        return f"{heading(answer)}."
    told = f"{heading(answer)}: {figure_words(answer, point)}, {distance_words(answer, point)}."
    return " ".join(part for part in (told, _course(answer, point), now_words(answer)) if part)


def figure_words(answer: Answer, point: Point) -> str:
    """“45.0% in 2016/17” or “42 of 260 schools with a grade are below it in 2017/18”, and whose it is where that differs."""
    if point.below is not None:
        return f"{shown(point.below, 'count')} of {shown(point.of, 'count')} schools below {level_words(answer)} in {point.year}"
    worst = next((place.name for place in point.places if place.value == point.value), "")
    return f"{value_words(point.value, unit_of(answer))} in {point.year}{f' in {worst}, the furthest behind' if worst else ''}"


def distance_words(answer: Answer, point: Point) -> str:
    """“7 points short of the 52.0% it takes”, “0.4 points better than …” or “just the … it takes”."""
    unit = unit_of(answer)
    if point.distance is None or point.target is None:
        return "with nothing to set it beside"
    if point.below is not None:
        return "where none is to be" if point.distance > 0 else "as promised"
    takes = f"the {value_words(point.target, unit)} it takes"
    if level_with(point.distance, unit):
        return f"level with {takes}" if kept(answer.asks, point.distance) else f"not quite {takes}"
    return f"{_size(point.distance, unit)} {'short of' if point.distance > 0 else 'better than'} {takes}"


def _course(answer: Answer, point: Point) -> str:
    """How the way there goes: beside the path, or, without a date, whether the distance narrowed."""
    if answer.decided or point.distance is None:
        return ""
    unit = unit_of(answer)
    if point.path is not None:
        return f"The way there allows {_size(point.path, unit)} in {point.year}." if point.distance > 0 else ""
    if answer.asks.relation in (*KEEPS, *MOVES_BY) or answer.baseline is None or answer.baseline.distance is None:
        return ""
    return course_words(answer.baseline.distance, point.distance, unit, str(answer.baseline.year))


def course_words(before: float, now: float, unit: str, since: str) -> str:
    """“The distance narrowed from 6 points in 2015/16.” By the figures shown; nothing where there was none to narrow."""
    if rounded(before, PLACES.get(unit, 1)) <= 0:
        return ""
    word = direction(before, now, unit)
    if word == "did not change":
        return f"The distance did not change since {since}."
    return f"The distance {word} from {_size(before, unit)} in {since}."


def direction(before: float, now: float, unit: str) -> str:
    """narrowed, widened or did not change, by the rounding that readers see. A distance at or below nought is none."""
    if level_with(max(now, 0.0) - max(before, 0.0), unit):
        return "did not change"
    return "narrowed" if now < before else "widened"


def now_words(answer: Answer) -> str:
    """What was decided, by the newest figures."""
    now: Now | None = answer.now
    if now is None:
        return ""
    if now.kept is None or now.point is None:
        return f"Whether it is so now nobody can tell: {missing_words(now.missing[0])}." if now.missing else ""
    figure = f"{figure_words(answer, now.point)}, {distance_words(answer, now.point)}"
    return f"By the newest figure, {figure}, it {'is' if now.kept else 'is still not'} kept."


def cannot_tell_words(answer: Answer) -> str:
    """“Cannot tell: key stage 2 …, 2019/20, is missing (no tests were sat).”"""
    if not answer.missing:
        return "Cannot tell."
    more = len(answer.missing) - 1
    rest = f", and {more} more {'piece' if more == 1 else 'pieces'}" if more else ""
    return f"Cannot tell: {missing_words(answer.missing[0])}{rest}."


def missing_words(one: Missing) -> str:
    """The exact series, its years, and why it is not to be had."""
    years = "" if one.years in one.series else f", {one.years}"
    series = one.series if one.series.split()[1:2] in (["8"], ["8:"], ["8,"]) else mid_sentence(one.series)
    why = one.why.rstrip(".")
    proper = why.startswith(PROPER) or why[1:2].isupper()
    return f"{series}{years}, is missing ({why if proper else why[:1].lower() + why[1:]})"


def age_words(answer: Answer) -> str:
    """How old the figure is that the verdict rests on, and whether newer ones were out that are not held."""
    point = answer.latest
    if point is None or point.published is None:
        return ""
    age = ago((answer.age_in_days or 0) // 30)
    usual = HOW_KNOWN.get(point.published_known, "")
    newer = f" {_newer(answer.newer[0])}" if answer.newer and not answer.decided else ""
    edited = " As held it is a later edition: small corrections since are not told apart." if point.edited else ""
    return f"The figure of {point.year} came out by {point.published.day} {point.published:%B %Y}{usual}, {age}.{newer}{edited}"


def ago(months: int) -> str:
    """How long before, in whole months, or years where they are many."""
    if months == 0:
        return "this month"
    if months < 24:
        return f"{months} month{'s' if months > 1 else ''} before"
    return f"{months // 12} years before"


def _newer(one: Missing) -> str:
    if one.why == LATER:
        return f"{one.years} was out too: {one.why}."
    return f"Newer: {missing_words(one)}."


def margin_words(answer: Answer, point: Point) -> str:
    """The value's margin, or why it has none."""
    unit = unit_of(answer)
    if point.lower is None or point.upper is None:
        return f"No margin: {point.margin_because}." if point.margin_because else ""
    return f"Chance alone gives {value_words(point.lower, unit)} to {value_words(point.upper, unit)} (95%)."


def bridge_words(asks: Asks) -> list[str]:
    """How each break inside the span is carried, and the gaps that are known."""
    kinds = {"same_standard": "Carried over", "begun_anew": "Begun anew", "stands_in": "Stands in"}
    said = []
    for bridge in asks.bridges:
        named = f" for “{bridge.named}”" if bridge.named else ""
        said.append(f"{kinds[bridge.kind]}{named} at {bridge.at}: {' '.join(bridge.note.split())}")
    return [*said, *(f"No figure for {', '.join(map(str, gap.years))}: {' '.join(gap.why.split())}" for gap in asks.gaps)]
