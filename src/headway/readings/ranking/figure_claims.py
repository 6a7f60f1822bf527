"""Numbers in a text: a level (“93% attendance in 2024”), a change (“rose by 5.2 points”), a count of schools; each beside the figure."""

import re
from dataclasses import dataclass

from headway.readings.area import area
from headway.readings.door import Door
from headway.readings.ranking.claim_reading import find_measure, years_in
from headway.readings.trend import trend
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.place import Level
from headway.vocabulary.reading import Reading
from headway.vocabulary.viewer import PUBLIC

NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
UNIT = r"\s?(?P<unit>%|per ?cent\b|percentage points?\b|points?\b|schools\b)?"
NUMBERS = re.compile(rf"(?<![\w.,/£]){NUMBER}(?!\d){UNIT}", re.IGNORECASE)
UP = re.compile(r"\b(rose|risen|rise|rises|up|increas\w*|grew|grown|gain\w*|improv\w*|higher)\b", re.IGNORECASE)
DOWN = re.compile(r"\b(fell|fallen|fall|falls|down|decreas\w*|cut|reduc\w*|drop\w*|lower|narrow\w*)\b", re.IGNORECASE)
BY = re.compile(r"\b(by|of)\s*$", re.IGNORECASE)
DATES = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)? (?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}\b"
    r"|\b\d{1,2}/\d{1,2}/\d{2,4}\b|\b(?:19|20)\d\d(?:[/–-]\d\d(?:\d\d)?)?\b"
    r"|\b(?:key stages?|ks|year|years|grade|level|l) ?\d+(?: and \d+)?\b"
    r"|\b0\d{2,}(?: \d{3,})*\b|\battainment 8\b|\bprogress 8\b|\b(?:under|aged?) \d+\b|^\s*\d{1,2}[.)]?\s",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class FigureClaim:
    """A number in a sentence: where, as written, its value, how many decimals it has, its unit, and whether it is a change."""

    start: int
    quoted: str
    value: float
    decimals: int
    unit: str  # percent, points, schools, ""
    change: int = 0  # 1 up, -1 down, 0 a level


@dataclass(frozen=True)
class Weighed:
    """What the figures say of a number: `mark` true, false or not_checkable, the readings, and the value that would be right."""

    mark: str
    why: str
    measure: str = ""
    first: Reading | None = None
    last: Reading | None = None
    right: float | None = None
    claim: FigureClaim | None = None
    relative: bool = False  # per cent was said of a difference of percentages, which is points
    turned: bool = False  # attendance was said where absence is measured


def numbers(sentence: str) -> list[FigureClaim]:
    """The numbers of a sentence that claim something: no dates, years, key stages or numbers of a list."""
    taken = [found.span() for found in DATES.finditer(sentence)]
    return [
        _read(sentence, found) for found in NUMBERS.finditer(sentence) if not any(a <= found.start("number") < b for a, b in taken)
    ]  # fmt: skip


def _read(sentence: str, found: re.Match[str]) -> FigureClaim:
    digits, unit = found["number"].replace(",", ""), (found["unit"] or "").lower()
    kind = "schools" if unit == "schools" else "points" if "point" in unit else "percent" if unit else ""
    before = sentence[: found.start()]
    moved = BY.search(before) is not None or kind == "points"
    change = 0 if not moved else 1 if UP.search(before) else -1 if DOWN.search(before) else 0
    return FigureClaim(found.start(), found.group().strip(), float(digits), len(digits.partition(".")[2]), kind, change)


def weigh(door: Door, one: FigureClaim, sentence: str, authority: str) -> Weighed:
    """Beside the authority’s own figure of the year named, or the newest; by published figures alone."""
    if one.unit == "schools":
        return _schools(door, one, authority)
    name = find_measure(sentence, door.library)
    if not name:
        return Weighed("not_checkable", "no_measure", claim=one)
    if not one.unit:
        return Weighed("not_checkable", "no_unit", claim=one)
    readings = [
        each for each in trend(door, measure=name, level=Level.AUTHORITY, place=authority, viewer=PUBLIC).readings if each.value is not None
    ]
    first, last = years_in(sentence)
    if one.change:
        return _change(one, name, readings, first, last, sentence)
    wanted = last or first
    own = next((each for each in reversed(readings) if wanted is None or each.year == wanted), None)
    if own is None:
        return Weighed("not_checkable", "no_figure", name, claim=one)
    turned = _turned(name, sentence)
    right = 100 - (own.value or 0.0) if turned else own.value or 0.0
    return Weighed("true" if _same(one, right) else "false", "", name, None, own, right, one, turned=turned)


def _schools(door: Door, one: FigureClaim, authority: str) -> Weighed:
    many = area(door, authority, PUBLIC).schools
    same = one.value == many
    return Weighed("true" if same else "not_checkable", "" if same else "which_schools", right=float(many), claim=one)


def _change(
    one: FigureClaim, name: str, readings: list[Reading], first: AcademicYear | None, last: AcademicYear | None, sentence: str
) -> Weighed:
    """Points are a difference; per cent of a percentage is relative to the first figure, and where it fits only as points that is said."""
    after = next((each for each in reversed(readings) if last is None or each.year == last), None)
    before = next((each for each in reversed(readings) if after and each.year < after.year and (first is None or each.year == first)), None)
    if after is None or before is None:
        return Weighed("not_checkable", "no_years", name, claim=one)
    turned = _turned(name, sentence)
    moved = ((after.value or 0.0) - (before.value or 0.0)) * (-1 if turned else 1)
    start = 100 - (before.value or 0.0) if turned else before.value or 0.0
    right = moved if one.unit == "points" or not start else 100 * moved / start
    said = one.value * one.change
    fits = _same(one, right, said)
    as_points = one.unit == "percent" and not fits and _same(one, moved, said)
    return Weighed("true" if fits else "false", "", name, before, after, right, one, as_points, turned)


def _turned(name: str, sentence: str) -> bool:
    """Whether attendance is spoken of where its other side, absence, is measured."""
    plain = sentence.lower()
    return name == "attendance.overall_absence" and "attendance" in plain and "absence" not in plain


def _same(one: FigureClaim, right: float, said: float | None = None) -> bool:
    """Equal as precisely as it was written."""
    return bool(abs((one.value if said is None else said) - right) <= 0.5 * 10**-one.decimals + 1e-9)
