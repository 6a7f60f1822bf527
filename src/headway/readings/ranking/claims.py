"""Whether an area may say it: a claim weighed against every authority's figures, with how many such claims luck alone would allow."""

from dataclasses import dataclass, replace
from functools import lru_cache

from headway.readings import comparators
from headway.readings.answers import Trend
from headway.readings.area import KEY_MEASURES, region_of
from headway.readings.door import Door
from headway.readings.ranking.answers import Improved, ImprovedLine, Standing, StandingLine
from headway.readings.ranking.claim_reading import Claim, read_claim
from headway.readings.ranking.improved import improved, shared
from headway.readings.ranking.series import FEWEST, Series, comparable_with, newest_of_most, series
from headway.readings.ranking.standing import standing
from headway.stats.change import normal_above
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.place import Level
from headway.vocabulary.reading import Reading
from headway.vocabulary.viewer import Viewer

TRUE, FALSE = 0.9, 0.1  # from and below which chances a claim is true or false; between them it is not shown
REPEATS = 60


@dataclass(frozen=True)
class Choices:
    """In how many ways a top place could have been looked for, and how many authorities luck alone would give one."""

    measures: int
    spans: int  # measure and starting year, all told
    by_luck: float  # the share of authorities with at least one such claim, had all changed alike
    own: int  # how many of them this authority has, by the published changes


@dataclass(frozen=True)
class Alternative:
    """Something the figures do bear out: a rise, or being among the first third."""

    part: int  # 0: the rise alone; 3: among the first third
    p: float


@dataclass(frozen=True)
class Verdict:
    """`word`: true, not_shown, false, or cannot_tell with the reason. `p` is the chance that the claim is truly so."""

    claim: Claim
    word: str
    p: float | None
    place: str
    name: str
    why_not: str = ""
    change: Improved | None = None
    stand: Standing | None = None
    line: ImprovedLine | StandingLine | None = None
    other: Reading | None = None
    at_least_true: int = 0  # places for which the same claim is true
    choices: Choices | None = None
    alternatives: tuple[Alternative, ...] = ()


def weigh(door: Door, viewer: Viewer, text: str, authority: str) -> Verdict:
    """Weigh a claim that an authority would make. Raises H-USAGE-22 where it cannot be read; what cannot be told is a verdict."""
    return weigh_claim(door, viewer, read_claim(text, door.library), authority)


def weigh_claim(door: Door, viewer: Viewer, claim: Claim, authority: str) -> Verdict:
    """The same for a claim that was read already."""
    try:
        if claim.kind in ("improved_top", "improved"):
            return _of_change(door, viewer, claim, authority)
        if claim.kind == "top":
            return _of_standing(door, viewer, claim, authority)
        return _of_comparison(door, viewer, claim, authority)
    except HeadwayError as error:
        if not error.code.startswith("H-VALIDITY"):
            raise
        return Verdict(claim, "cannot_tell", None, authority, door.name(Level.AUTHORITY, authority), f"{error.what} {error.why}".strip())


def word(p: float) -> str:
    return "true" if p >= TRUE else "false" if p < FALSE else "not_shown"


def _of_change(door: Door, viewer: Viewer, claim: Claim, authority: str) -> Verdict:
    found = series(door, claim.measure, Level.AUTHORITY, "", "all", viewer)
    last = claim.last or newest_of_most([set(by_year) for by_year in found.values()])
    own = sorted(found.get(authority, {}))
    first = claim.first or max((year for year in own if last and year < last), default=None)
    if first is None or last is None:
        return _unranked(door, claim, authority, f"There are no two years of {door.measure(claim.measure).short} to compare.")
    if claim.first:  # results that were never held: since 2020 means since the last that were
        first = max((year for year in own if year <= claim.first), default=claim.first) if claim.first not in own else claim.first
    claim = replace(claim, first=first, last=last)
    result = improved(door, viewer, measure=claim.measure, level=Level.AUTHORITY, first=first, last=last)
    top = claim.top or (max(1, round(len(result.lines) / claim.part)) if claim.part else result.top)
    if top != result.top:
        result = improved(door, viewer, measure=claim.measure, level=Level.AUTHORITY, first=first, last=last, top=top)
    line = result.line(authority)
    if line is None:
        return _unranked(door, claim, authority, next((one.why for one in result.not_ranked if one.place == authority), "no figure"))
    p = line.p_top if claim.kind == "improved_top" else line.p_improved
    many = sum((one.p_top if claim.kind == "improved_top" else one.p_improved) >= TRUE for one in result.lines)
    return Verdict(
        claim, word(p), p, authority, line.name, "", result, None, line, None, many,
        choices(door, viewer, authority, top, last) if claim.kind == "improved_top" else None, _alternatives(door, viewer, result, line),
    )  # fmt: skip


def _alternatives(door: Door, viewer: Viewer, result: Improved, line: ImprovedLine) -> tuple[Alternative, ...]:
    """What may be said: the rise, where it is one; the smallest of tenth, quarter, third and half that holds it nine times in ten."""
    found = [Alternative(0, line.p_improved)] if line.p_improved >= TRUE else []
    for part in (10, 4, 3, 2):
        top = round(len(result.lines) / part)
        again = improved(door, viewer, measure=result.measure.id, level=result.level, first=result.first, last=result.last, top=top)
        own = again.line(line.place)
        if own and own.p_top >= TRUE:
            return (*found, Alternative(part, own.p_top))
    return tuple(found)


def _of_standing(door: Door, viewer: Viewer, claim: Claim, authority: str) -> Verdict:
    result = standing(door, viewer, measure=claim.measure, level=Level.AUTHORITY, year=claim.last)
    top = claim.top or max(1, round(len(result.lines) / claim.part))
    result = standing(door, viewer, measure=claim.measure, level=Level.AUTHORITY, year=result.year, top=top)
    claim = replace(claim, last=result.year)
    line = result.line(authority)
    if line is None:
        return _unranked(door, claim, authority, next((one.why for one in result.not_ranked if one.place == authority), "no figure"))
    many = sum(one.p_top >= TRUE for one in result.lines)
    return Verdict(claim, word(line.p_top), line.p_top, authority, line.name, "", None, result, line, None, many)


def _of_comparison(door: Door, viewer: Viewer, claim: Claim, authority: str) -> Verdict:
    """Better than England, the region or the mean of similar areas, taken as fixed: the chance is that of the area's own true figure."""
    result = standing(door, viewer, measure=claim.measure, level=Level.AUTHORITY, year=claim.last)
    claim = replace(claim, last=result.year)
    line = result.line(authority)
    beside = comparators.comparators(door, authority, region_of(door, authority), viewer)
    trend: Trend | None = beside.get(claim.against, {}).get((claim.measure, "all"))
    other = next((one for one in trend.readings if one.year == result.year and one.value is not None), None) if trend else None
    if line is None or other is None:
        why = "no figure of that year to set beside it" if line else "no figure"
        return _unranked(door, claim, authority, next((one.why for one in result.not_ranked if one.place == authority), why))
    good = -1.0 if result.measure.better == "lower" else 1.0
    p = float(normal_above(good * (line.shrunken - (other.value or 0.0)) / line.sd))
    return Verdict(claim, word(p), p, authority, line.name, "", None, result, line, other)


def _unranked(door: Door, claim: Claim, authority: str, why: str) -> Verdict:
    return Verdict(claim, "cannot_tell", None, authority, door.name(Level.AUTHORITY, authority), why)


def choices(door: Door, viewer: Viewer, authority: str, top: int, last: AcademicYear) -> Choices:
    """Over the key measures with a direction: each year that may be set beside the newest is one more way to look for a top place."""
    spans: list[int] = []
    own = 0
    units = 0
    for name in KEY_MEASURES:
        measure = door.library.measures.get(name)
        if measure is None or measure.better == "neither":
            continue
        found = series(door, name, Level.AUTHORITY, "", "all", viewer)
        newest = newest_of_most([set(by_year) for by_year in found.values()])
        years = [year for year in comparable_with(measure, newest, _years(found)) if year < newest] if newest else []
        good = -1.0 if measure.better == "lower" else 1.0
        held = 0
        for year in years:
            places = _published(found, year, newest, good)  # type: ignore[arg-type]
            held += len(places) >= FEWEST
            units = max(units, len(places))
            own += len(places) >= FEWEST and places.get(authority, top + 1) <= top
        if held:
            spans.append(held)
    return Choices(len(spans), sum(spans), by_luck(tuple(spans), max(units, FEWEST), top), own)


def _years(found: Series) -> set[AcademicYear]:
    return {year for by_year in found.values() for year in by_year}


def _published(found: Series, first: AcademicYear, last: AcademicYear, good: float) -> dict[str, int]:
    """place → the first place it shares by its published change."""
    changes = {
        place: good * ((by_year[last].value or 0.0) - (by_year[first].value or 0.0))
        for place, by_year in found.items()
        if first in by_year and last in by_year
    }
    return {place: span[0] for place, span in zip(changes, shared(list(changes.values())), strict=True)}


@lru_cache(maxsize=64)
def by_luck(spans: tuple[int, ...], units: int, top: int) -> float:
    """The share of units, all alike, that luck alone puts among the first `top` in change on at least one measure and span.

    `spans` has the number of starting years of each measure; its last year is shared by them.
    """
    import numpy as np

    chance = np.random.default_rng(0)
    held = 0
    for _ in range(REPEATS):
        any_top = np.zeros(units, bool)
        for starts in spans:
            change = chance.standard_normal(units) - chance.standard_normal((starts, units))
            bar = np.sort(change, axis=1)[:, -min(top, units)]
            any_top |= (change >= bar[:, None]).any(axis=0)
        held += int(any_top.sum())
    return held / (REPEATS * units)
