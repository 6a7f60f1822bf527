"""Each claim of a paper in words: its mark, what it rests on, what would be right."""

from collections import Counter
from collections.abc import Sequence

from headway.language.claims import SENTENCES, claim_read
from headway.language.claims import why as why_of
from headway.language.values import join, name_of, value_words
from headway.readings.answers import MeasureFacts
from headway.readings.ranking.figure_claims import Weighed
from headway.readings.ranking.paper_claims import Found
from headway.vocabulary.number import shown
from headway.vocabulary.reading import Reading

MARKS = {"true": "True", "not_shown": "Not shown", "false": "False", "not_checkable": "Not checkable"}
NAMED = 4  # measures that are named one by one
ORDER = ("true", "not_shown", "false", "not_checkable")
WHY = {
    "to_come": "It says what is meant to be, not what is: a promise, to be judged when its day has come.",
    "no_measure": "It does not say on which results.",
    "no_unit": "It does not say a number of what: per cent, points or schools.",
    "no_figure": "No figure is held for the year that is named.",
    "no_years": "There are no two years to set beside each other.",
    "which_schools": "Which schools are counted is not said.",
}


def summary(found: Sequence[Found]) -> str:
    """“Of 5 claims 1 is true, 2 are not shown and 2 are not checkable.”"""
    if not found:
        return "No claim with a number or a place was found in it."
    counts = Counter(one.mark for one in found)
    parts = [f"{counts[mark]} {'is' if counts[mark] == 1 else 'are'} {MARKS[mark].lower()}" for mark in ORDER if counts[mark]]
    return f"Of {len(found)} claims {join(parts)}." if len(found) > 1 else f"The one claim in it is {MARKS[found[0].mark].lower()}."


def evidence(one: Found, facts: MeasureFacts | None = None) -> list[str]:
    """What a mark rests on, line by line. `facts` is the measure of a figure."""
    if one.verdict is not None and one.verdict.word != "cannot_tell":
        return [SENTENCES[one.verdict.word], claim_read(one.verdict), *why_of(one.verdict)]
    if one.tried:
        return _tried(one)
    if one.figure is not None:
        return _figure(one.figure, facts)
    return [WHY.get(one.why, one.why)]


def _tried(one: Found) -> list[str]:
    """A claim that names no measure: of how many it could be true."""
    counts = Counter(each.word for each in one.tried)
    said = join([f"{counts[word]} {'is' if counts[word] == 1 else 'are'} {words}" for word, words in
                 (("true", "true"), ("not_shown", "not shown"), ("false", "false")) if counts[word]])  # fmt: skip
    lines = [WHY["no_measure"], f"Tried on {len(one.tried)} key measures, since the year before the newest: {said}."]
    open_ = [name_of(of.measure) for each in one.tried if each.word == "not_shown" and (of := each.change or each.stand)]
    if 0 < len(open_) <= NAMED:
        lines.append(f"Not ruled out on {join(open_)}.")
    borne = [name_of(of.measure) for each in one.tried if each.word == "true" and (of := each.change or each.stand)]
    if borne:
        lines.append(f"It would be true of {join(borne)}. Say which is meant.")
    return lines


def _figure(of: Weighed, facts: MeasureFacts | None) -> list[str]:
    if of.why == "which_schools":
        return [f"{WHY[of.why]} The list holds {of.right:,.0f} open schools."]
    if of.why or of.last is None or facts is None or of.claim is None:
        return [WHY.get(of.why, of.why) if of.why else f"The list holds {of.right or 0:,.0f} open schools."]
    where = f"{name_of(facts)}, {of.last.place_name}"
    if of.first is None:
        said = f"{where}, {of.last.year}: {value_words(of.last.value, of.last.unit)}, {of.last.release.words}."
        return [said, *_turned(of)]
    first, last = (value_words(one.value, one.unit) for one in (of.first, of.last))
    lines = [f"{where}: {first} in {of.first.year}, {last} in {of.last.year}; {_moved(of)}."]
    if of.relative:
        lines.append("These are points, not per cent: a difference of two percentages is told in points.")
    return [*lines, *_turned(of)]


def _moved(of: Weighed) -> str:
    """The change that would be right, in the unit that was claimed."""
    unit = "percentage points" if of.claim and of.claim.unit == "points" else "per cent of the first figure"
    return f"a change of {shown(of.right, 'points', sign=True, ending=False)} {unit}"


def _turned(of: Weighed) -> list[str]:
    return ["Attendance is what is left of 100 when absence is taken away."] if of.turned else []


def trail(reading: Reading) -> str:
    row = f", row {reading.source_row:,}" if reading.source_row is not None else ""
    return f"{reading.source_file or reading.source}{row}; snapshot {reading.snapshot}"
