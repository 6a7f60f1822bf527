"""Every claim with a number or a place in a text, weighed against the figures: found sentence by sentence, each with its evidence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from headway.readings.area import KEY_MEASURES
from headway.readings.door import Door
from headway.readings.ranking import figure_claims
from headway.readings.ranking.claim_reading import IMPROVED, PARTS, VAGUE, find_measure, read_claim
from headway.readings.ranking.claims import Verdict, weigh, weigh_claim
from headway.readings.ranking.figure_claims import FigureClaim, Weighed
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import PUBLIC

SENTENCE = re.compile(r"[^.!?•\n]+(?:[.!?](?=\d)[^.!?•\n]*)*[.!?]?")
PLACE = re.compile(
    r"\btop (?:\w+ )?(?:\d{1,3}|ten|five|three|twenty|" + "|".join(PARTS) + r")\b|\bmost (?:\w+ )?(?:improve\w+|improvements)\b"
    r"|\b(?:fastest|best|highest)[ -](?:improv\w+|perform\w+|in)\b"
    r"|\b(?:above|better than|ahead of|outperform\w*) (?:the )?(?:national|england)",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"\W*\d{1,2}\W*")  # the number of a line in a list
# in seeds and releases alike: what is meant to be, and not what is
TO_COME = re.compile(
    r"\b(will|ensure|aims?|ambitions?|targets?|plans? to|to the national average by|by 20\d\d)\b"
    r"|^\W*(close|maintain|improve|raise|reduce)\b",
    re.IGNORECASE,
)
OF_SCHOOLS = re.compile(r"\b(schools?|pupils?|children|academic|results?|performance|attendance|absence|education)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """One claim: where it stands in the text, its sentence, its mark and what that rests on.

    `mark`: true, not_shown, false or not_checkable. `why` says what could not be told, "" where something was weighed. `tried` are the
    verdicts of a claim that names no measure, one for each that it could be of.
    """

    start: int
    quoted: str
    sentence: str
    mark: str
    why: str = ""
    verdict: Verdict | None = None
    figure: Weighed | None = None
    tried: tuple[Verdict, ...] = ()


def check(door: Door, text: str, authority: str) -> tuple[Found, ...]:
    """The claims of a text that an authority would publish, in their order. By published figures alone, whoever asks."""
    found: list[Found] = []
    for match in SENTENCE.finditer(text):
        sentence = match.group()
        found += _of_sentence(door, sentence, match.start(), authority)
    return tuple(found)


def _of_sentence(door: Door, sentence: str, start: int, authority: str) -> Iterator[Found]:
    plain = " ".join(sentence.split())
    if NUMBERED.fullmatch(plain):
        return
    place = PLACE.search(sentence)
    if TO_COME.search(sentence) and (place or figure_claims.numbers(sentence)):
        quoted = place.group() if place else figure_claims.numbers(sentence)[0].quoted
        yield Found(start + sentence.find(quoted), quoted, plain, "not_checkable", "to_come")
        return
    if place:
        yield _place(door, plain, place, start, authority)
    for one in figure_claims.numbers(sentence):
        if not place or not place.start() <= one.start < place.end():
            yield _figure(door, one, plain, start, authority)


def _place(door: Door, sentence: str, place: re.Match[str], start: int, authority: str) -> Found:
    """A claim about a place among others. One that names no measure is tried on each key measure."""
    at, quoted = start + place.start(), place.group()
    named = find_measure(sentence, door.library)
    if named:
        try:
            verdict = weigh(door, PUBLIC, sentence, authority)
        except HeadwayError as fault:
            return Found(at, quoted, sentence, "not_checkable", fault.what)
        mark = "not_checkable" if verdict.word == "cannot_tell" else verdict.word
        return Found(at, quoted, sentence, mark, verdict.why_not, verdict)
    if not OF_SCHOOLS.search(sentence):
        return Found(at, quoted, sentence, "not_checkable", "no_measure")
    tried = tuple(_tried(door, quoted, sentence, authority))
    return Found(at, quoted, sentence, _together(tried), "no_measure", tried=tried)


def _tried(door: Door, quoted: str, sentence: str, authority: str) -> Iterator[Verdict]:
    """The same claim of each key measure that has the figures for it."""
    asked = read_claim(f"{_phrase(quoted, sentence)} at key stage 2", door.library)
    for name in KEY_MEASURES:
        if name in door.library.measures:
            verdict = weigh_claim(door, PUBLIC, replace(asked, measure=name, text=quoted), authority)
            if verdict.word != "cannot_tell":
                yield verdict


def _phrase(quoted: str, sentence: str) -> str:
    """The claim in words that a claim is read from."""
    plain = quoted.lower()
    if plain.startswith("most"):
        return "one of the most improved" if re.search(VAGUE, sentence.lower()) else "most improved"
    rises = re.search(IMPROVED, sentence.lower()) is not None and "improv" not in plain
    return f"{quoted} {'most improved' if rises and 'top' in plain else ''}".strip()


def _together(tried: tuple[Verdict, ...]) -> str:
    """False where it is false of every measure; true of none, not shown; true of some, nobody can tell which was meant."""
    if not tried or any(one.word == "true" for one in tried):
        return "not_checkable"
    return "false" if all(one.word == "false" for one in tried) else "not_shown"


def _figure(door: Door, one: FigureClaim, sentence: str, start: int, authority: str) -> Found:
    weighed = figure_claims.weigh(door, one, sentence, authority)
    return Found(start + one.start, one.quoted, sentence, weighed.mark, weighed.why, figure=weighed)
