"""What a visit is prepared with: what is new since the last one, what stands out, and what that is a reason to ask."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from headway.definitions.visits import Questions
from headway.language.answer import standing
from headway.language.sentences import line_sentence
from headway.language.values import name_of
from headway.readings.answers import MeasureLine

MOST_ASKED = 3


@dataclass(frozen=True)
class Reason:
    """A figure that differs from England beyond chance, in a sentence, and the questions that it is a reason to ask."""

    measure: str
    year: int  # in which the year of its newest figure begins
    title: str
    way: str  # better or worse
    sentence: str
    questions: tuple[str, ...]


def reasons(lines: Iterable[MeasureLine], asked: Mapping[str, Questions], most: int = MOST_ASKED) -> tuple[Reason, ...]:
    """At most so many, those that are worse first: one of each kind of measure before a second of any."""
    found = [(line, way) for line in lines if line.own.cut == "all" and (way := standing(line)) in ("worse", "better")]
    made = [reason for line, way in found if (reason := _reason(line, way, asked))]
    made.sort(key=lambda one: one.way == "better")
    first: dict[tuple[str, str], Reason] = {}
    for one in made:
        first.setdefault((one.way, noun_of(one.measure)), one)
    rest = [one for one in made if one not in first.values()]
    return tuple([*first.values(), *rest][:most])


def _reason(line: MeasureLine, way: str, asked: Mapping[str, Questions]) -> Reason | None:
    known = asked.get(noun_of(line.own.measure.id))
    newest = line.own.latest
    if known is None or newest is None:
        return None
    questions = known.worse if way == "worse" else known.better
    said = tuple(text.replace("{measure}", line.own.measure.short) for text in questions)
    return Reason(line.own.measure.id, newest.year.start, name_of(line.own.measure), way, line_sentence(line), said)


def noun_of(measure: str) -> str:
    return measure.split(".")[0]


def newest_years(lines: Iterable[MeasureLine]) -> dict[str, int]:
    """measure → the year of its newest figure: what was known, to be set beside what is known later."""
    return {line.own.measure.id: line.own.latest.year.start for line in lines if line.own.cut == "all" and line.own.latest}


def new_since(lines: Sequence[MeasureLine], known: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    """(measure, sentence) of each measure that has a newer figure than the one known then."""
    return tuple(
        (line.own.measure.id, f"{name_of(line.own.measure)}: {line_sentence(line)}")
        for line in lines
        if line.own.cut == "all" and line.own.latest and line.own.latest.year.start > known.get(line.own.measure.id, 0)
    )
