"""Reads a claim as people make it: “Top ten most improved at key stage 2 since 2017”, “above England for attendance”."""

import re
from dataclasses import dataclass

from headway.definitions.loading import Library
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError

NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
COUNT = {word: number for number, word in enumerate(NUMBERS, 1)} | {"fifteen": 15, "twenty": 20}
PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10, "quartile": 4, "quintile": 5, "decile": 10}
IMPROVED = r"\b(improv\w*|rise|rises|rose|risen|rising|grew|grown|gain\w*|increas\w*|fast\w*|narrow\w*|fell|fallen|cut|reduc\w*|movers?)\b"
AGAINST = {
    "england": r"\b(england|national|nationally|country)\b",
    "neighbours": r"\b(statistical neighbours|similar (areas|authorities|places|councils))\b",
    "region": r"\b(region|regional)\b",
}
BEST = r"\b(best|highest|number one|first in)\b"
VAGUE = r"\b(one|some) of the\b"
YEAR = r"(?:19|20)\d\d"


@dataclass(frozen=True)
class Claim:
    """What a claim says. `kind`: improved_top, improved, top or above. `part` is 4 for a quarter, 0 where a number is named.

    `read_as` tells how a vague claim was taken, empty where it was plain.
    """

    text: str
    kind: str
    measure: str
    top: int = 0
    part: int = 0
    against: str = ""
    first: AcademicYear | None = None
    last: AcademicYear | None = None
    read_as: str = ""


def read_claim(text: str, library: Library) -> Claim:
    """Raises H-USAGE-22 for a claim that cannot be read, saying which part of it is missing and what would be understood."""
    plain = _plain(text)
    named, measure = _measure(plain, library)
    plain = plain.replace(named, " ", 1) if named else plain  # the 8 of Progress 8 is no rank
    improving = re.search(IMPROVED, plain) is not None
    top, part, read_as = _top(plain)
    against = next((name for name, words in AGAINST.items() if re.search(words, plain)), "")
    if improving and (top or part):
        kind = "improved_top"
    elif improving:
        kind = "improved"
    elif top or part:
        kind = "top"
    elif against and re.search(r"\b(above|better|ahead|over|below|lower|higher|beat\w*|outperform\w*)\b", plain):
        kind = "above"
    else:
        kind = ""
    if not measure or not kind:
        missing = " and ".join(
            part
            for part, there in (
                ("which results it is about", measure),
                ("what it says: a place, a rise, or better than whom", kind),
            )
            if not there
        )
        raise HeadwayError(
            "H-USAGE-22",
            f"The claim does not tell {missing}.",
            remedy="Write it as “top ten most improved at key stage 2 since 2017”, “top quarter for attendance”, "
            "“improved in phonics since 2022” or “above England at GCSE”.",
        )
    first, last = _years(plain)
    if kind in ("improved_top", "improved") and first is None:
        read_as = f"{read_as} No year is named, so the claim is taken as since the year before.".strip()
    return Claim(text.strip(), kind, measure, top, part, against, first, last, read_as)


def find_measure(text: str, library: Library) -> str:
    """The measure that a text names, by the longest of the names that people give it; empty where it names none."""
    return _measure(_plain(text), library)[1]


def years_in(text: str) -> tuple[AcademicYear | None, AcademicYear | None]:
    """From which year to which; one that stands alone is the last, unless the text says since."""
    return _years(_plain(text))


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9/%]+", " ", text.lower()).split())


def _measure(plain: str, library: Library) -> tuple[str, str]:
    """The longest name of a measure that stands in the text, and the measure; both empty where none does."""
    found = ("", "")
    for item in library.lists.get("claim_words") or []:
        for words in item["words"]:
            if item["measure"] in library.measures and len(words) > len(found[0]) and re.search(rf"\b{re.escape(words)}\b", plain):
                found = (words, item["measure"])
    for name, measure in library.measures.items():
        for words in (measure.short.lower(), name.lower()):
            if len(words) > len(found[0]) and re.search(rf"\b{re.escape(words)}\b", plain):
                found = (words, name)
    return found


def _top(plain: str) -> tuple[int, int, str]:
    """(how many, one in how many, how a vague one was taken)."""
    number = r"(\d{1,3}|" + "|".join(COUNT) + r")"
    if found := re.search(r"\b(?:top|best|first|fastest|among the) (?:performing )?(\d{1,2})(?: ?%| per cent)", plain):
        return 0, max(1, round(100 / max(1, int(found[1])))), ""
    if found := re.search(r"\b(?:top|best|highest|fastest(?: moving| improving)?|upper) (" + "|".join(PARTS) + r")\b", plain):
        return 0, PARTS[found[1]], ""
    if found := re.search(rf"\b(?:top|best|first|fastest|among the) {number}\b(?! year)", plain):
        return COUNT.get(found[1]) or int(found[1]), 0, ""
    if found := re.search(rf"\b{number}(?:th|st|nd|rd)? (?:most improved|fastest|best|highest)\b", plain):
        return COUNT.get(found[1]) or int(found[1]), 0, ""
    if re.search(VAGUE, plain) and re.search(r"\b(most improved|fastest|best|highest)\b", plain):
        return 0, 10, "“One of the” is taken as the first tenth."
    if re.search(r"\b(most improved|fastest(?: improving| rising| moving)?)\b", plain) or re.search(BEST, plain):
        return 1, 0, ""
    return 0, 0, ""


def _years(plain: str) -> tuple[AcademicYear | None, AcademicYear | None]:
    """A calendar year is that of the summer's results: 2017 is 2016/17."""
    whole = [(AcademicYear.parse(text)) for text in re.findall(rf"{YEAR}/\d\d(?:\d\d)?", plain)]
    years = whole or [AcademicYear.ending(int(text)) for text in re.findall(rf"\b{YEAR}\b", plain)]
    if len(years) >= 2:
        return min(years), max(years)
    if len(years) == 1:
        return (years[0], None) if re.search(r"\b(since|from|after)\b", plain) else (None, years[0])
    return None, None
