"""Whether a claim may be made, in words: the verdict, why, how many such claims there are, and what one could say instead."""

from headway.language.changes import direction
from headway.language.ranks import chance_of, in_words, ordinal, range_words, summer
from headway.language.values import level_with, mid_sentence, name_of, relative_change, size_words, value_words
from headway.readings.answers import MeasureFacts
from headway.readings.ranking.answers import Improved, ImprovedLine
from headway.readings.ranking.claims import TRUE, Verdict
from headway.vocabulary.number import shown

VERDICTS = {"true": "True", "not_shown": "Not shown", "false": "False", "cannot_tell": "Cannot be told"}
SENTENCES = {
    "true": "The figures bear it out.",
    "not_shown": "The figures do not show it, and do not rule it out.",
    "false": "The figures speak against it.",
    "cannot_tell": "The figures cannot tell.",
}
PART_WORDS = {2: "half", 3: "third", 4: "quarter", 5: "fifth", 10: "tenth"}
AGAINST = {"england": "England", "neighbours": "similar areas", "region": "the region"}


def claim_read(verdict: Verdict) -> str:
    """How the claim was taken: “Read as: Birmingham is among the ten most improved of 147 authorities, …, 2017 to 2019.”"""
    claim, measure = verdict.claim, _measure(verdict)
    if measure is None:
        return claim.read_as
    told = f"Read as: {verdict.name} {_said(verdict)} on {mid_sentence(name_of(measure))}"
    if claim.first and claim.last:
        told += f", {summer(claim.first)} to {summer(claim.last)}"
    elif claim.last:
        told += f", {summer(claim.last)}"
    return f"{told}. {claim.read_as}".strip()


def _measure(verdict: Verdict) -> MeasureFacts | None:
    of = verdict.change or verdict.stand
    return of.measure if of else None


def _said(verdict: Verdict) -> str:
    claim, of = verdict.claim, verdict.change or verdict.stand
    among = len(of.lines) if of else 0
    if claim.kind == "above":
        return f"is better than {AGAINST[claim.against]}"
    if claim.kind == "improved":
        return "improved"
    best = "most improved" if claim.kind == "improved_top" else "best"
    if claim.part:
        return f"is among the {best} {PART_WORDS.get(claim.part, f'{claim.part}th')} of {among} authorities"
    return (
        f"is the {best} of {among} authorities" if claim.top == 1 else f"is among the {in_words(claim.top)} {best} of {among} authorities"
    )


def why(verdict: Verdict) -> list[str]:
    """The evidence, line by line."""
    if verdict.word == "cannot_tell" or verdict.p is None:
        return [f"{verdict.why_not.rstrip('.')}."]
    lines = [f"Chance that {verdict.name} truly {_said(verdict)}: {chance_of(verdict.p)}. We say “true” from 90, and “false” below 10."]
    if verdict.change and isinstance(verdict.line, ImprovedLine):
        lines += _why_change(verdict, verdict.change, verdict.line)
    elif verdict.stand and verdict.line and verdict.claim.kind == "top":
        low, high = verdict.line.published_rank
        tied = f"{ordinal(low)} to {ordinal(high)}, shared" if high > low else ordinal(low)
        lines.append(f"As published it is {tied}; margins allowed for, {range_words(verdict.line)}.")
        lines.append(_reach(verdict, len(verdict.stand.lines)))
    elif verdict.stand and verdict.other and verdict.line:
        measure = verdict.stand.measure
        own, theirs = (value_words(one, measure.unit) for one in (verdict.line.reading.value, verdict.other.value))  # type: ignore[union-attr]
        lines.append(f"{verdict.name} has {own}, {AGAINST[verdict.claim.against]} {theirs}.")
    return lines


def _why_change(verdict: Verdict, of: Improved, line: ImprovedLine) -> list[str]:
    lines = []
    low, high = line.published_rank
    if high > low:
        others = f"{in_words(high - low)} other {'authority' if high - low == 1 else 'authorities'}"
        lines.append(f"It shares its published change with {others}: tied {ordinal(low)} to {ordinal(high)}.")
    else:
        lines.append(f"By the published change it is {ordinal(low)}; margins allowed for, {range_words(line)}.")
    if verdict.claim.kind == "improved_top":
        lines.append(_reach(verdict, len(of.lines)))
    if of.margin.rounded:
        lines.append("Published in whole numbers, so up to a point of any change may be rounding.")
    if line.mix is not None and not level_with(line.mix, of.measure.unit):
        way = "up" if line.mix > 0 else "down"
        lines.append(f"Another mix of pupils alone would have moved it {size_words(line.mix, of.measure.unit)} {way}.")
    return [*lines, *(f"With care: {note}" for note in of.care)]


def _reach(verdict: Verdict, among: int) -> str:
    many = verdict.at_least_true
    if not many:
        return f"Of none of the {among} authorities can it be said."
    return f"It can be said of {in_words(many)} of {among} authorities."


def choices_sentence(verdict: Verdict) -> str:
    """How many such claims could have been looked for, and how many luck alone would give."""
    found = verdict.choices
    if found is None or verdict.change is None:
        return ""
    own = f"{verdict.name} has {in_words(found.own)}" if found.own else f"{verdict.name} has none"
    ways = f"{_capital(in_words(found.measures))} measures with their comparable starting years give {found.spans} ways to look"
    alike = f"Even if every authority had changed exactly alike, {round(100 * found.by_luck)} in 100 would find at least one"
    return f"{ways} for a place among the first {in_words(verdict.change.top)}. {alike}. {own}."


def instead(verdict: Verdict) -> tuple[str, list[str]]:
    """Words that the figures bear out, and how each part was checked; empty where there are none."""
    of, line = verdict.change, verdict.line
    if of is None or not isinstance(line, ImprovedLine):
        return "", []
    size, unit = line.change, of.measure.unit
    said = f"Between {summer(of.first)} and {summer(of.last)} {mid_sentence(name_of(of.measure))} in {verdict.name} {direction(size, unit)}"
    checks = []
    first, last = (shown(one.value, unit, sign=unit == "progress") for one in (line.first, line.last))
    said += f": {last}" if level_with(size, unit) else f" by {size_words(size, unit)}, from {first} to {last}"
    checks.append("the figures, as published")
    if of.england:
        theirs = (of.england[1].value or 0.0) - (of.england[0].value or 0.0)
        said += f"; in England it {direction(theirs, unit)}"
        said += f" by {size_words(theirs, unit)}" if not level_with(theirs, unit) else ""
        checks.append("England's, as published")
    for other in verdict.alternatives:
        if other.part == 0:
            said += ". We have improved"
            checks.append(f"improved, {chance_of(other.p)}")
        else:
            joined = ", and" if "We have improved" in said else ". We"
            said += f"{joined} are among the fastest-moving {PART_WORDS[other.part]} of authorities"
            checks.append(f"fastest-moving {PART_WORDS[other.part]}, {chance_of(other.p)}")
    return f"{said}.", checks


def avoid(verdict: Verdict) -> list[str]:
    """Words that would say more than the figures do."""
    of, line = verdict.change, verdict.line
    if of is None or not isinstance(line, ImprovedLine):
        return []
    found = []
    if line.p_top < TRUE:
        found.append("“One of the most improved areas in England”")
    first, last = line.first.value or 0.0, line.last.value or 0.0
    if of.measure.unit == "percent" and first > 0 and not level_with(line.change, "percent"):
        by = size_words(line.change, "percent")
        number = shown(abs(line.change), "percent", ending=False)
        ends = f"From {value_words(first, 'percent')} to {value_words(last, 'percent')} is {by}"
        relative = shown(abs(relative_change(first, last)), "percent")
        found.append(f"“Changed by {number} per cent”: these are points. {ends}, or {relative} of the first figure.")
    if of.england and line.p_beyond is not None and line.p_beyond < TRUE:
        found.append(f"“Faster than England”: the chance of that is {chance_of(line.p_beyond)}")
    return found


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
