"""The figure that an ambition is about in one year, and that which it is set beside, each as known on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from headway.definitions.ambitions import Asks
from headway.definitions.publications import Known, least_sure
from headway.readings.ambitions import membership
from headway.readings.ambitions.series import RANKS, Asof, Dated, area, known, neighbours_of
from headway.readings.door import Door, measure_facts
from headway.readings.margins import margin, of_persons
from headway.stats.intervals import wilson
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.cut import ALL
from headway.vocabulary.place import ENGLAND
from headway.vocabulary.reading import Reading
from headway.vocabulary.status import Release

FEWEST_SCHOOLS = 3  # a part of one school or two says nothing of a place
FEWEST_NEIGHBOURS = 5  # a mean of fewer than half the ten is none of theirs


@dataclass(frozen=True)
class Found:
    """A figure, what it was had from, and when the last of that came out."""

    value: float
    readings: tuple[Reading, ...]
    published: date | None
    published_known: Known
    release: Release
    edited: bool
    limits: tuple[float, float] | None = None
    margin_because: str = ""
    worked: str = ""
    small: bool = False
    below: int | None = None
    of: int | None = None
    parts: tuple[tuple[str, int, "Found | None"], ...] = ()  # name, schools, figure: where each of several places is asked


def own(door: Door, when: Asof, asks: Asks, authority: str, year: AcademicYear) -> Found | None:
    """Whose promise it is: the area, or its schools."""
    if asks.who.of == "area":
        return _published(door, known(when, area(door, when.viewer, asks.measure, asks.cut, authority), year))
    if asks.who.of == "district" and not asks.who.name:
        return _each(door, when, asks, authority, year)
    places = membership.members(door, when.viewer, asks.who, authority, year)
    dated = _of_schools(door, when, asks, authority, year, places)
    if asks.relation == "every_school_at_least":
        return _share_reaching(door, asks, dated)
    return _pooled(door, asks, dated, len(dated))


def beside(door: Door, when: Asof, asks: Asks, authority: str, year: AcademicYear, source: str = "") -> Found | None:
    """What it is set beside in that year; from the `source` of the figure itself where that has it, so that both are rounded alike.

    None for a fixed level, and for the own baseline.
    """
    against = asks.against
    if against is None or not against.moving:
        return None
    if against.kind == "neighbours":
        return _mean(door, when, asks, authority, year)
    if against.kind == "area_average" and asks.who.of != "area":
        every = asks.model_copy(update={"cut": against.cut or asks.cut})
        dated = _of_schools(door, when, every, authority, year, None)
        return _pooled(door, every, dated, len(dated))
    place = authority if against.kind == "area_average" else ENGLAND
    other = area(door, when.viewer, asks.measure, group_beside(asks), place)
    return _published(door, known(when, other, year, source))


def group_beside(asks: Asks) -> str:
    """The cut of what it is set beside: England's own group where that is asked, else the whole cohort, of the same phase."""
    against = asks.against
    if against is None or against.kind in ("england_same_group", "neighbours"):
        return asks.cut
    return against.cut or (_phase_only(asks.cut) if against.kind == "england" else ALL)


def _phase_only(cut: str) -> str:
    """England's whole cohort, of the same phase where a phase is asked: primary absence stands beside primary absence."""
    return "&".join(part for part in cut.split("&") if part.startswith("phase=")) or ALL


def _published(door: Door, dated: Dated | None) -> Found | None:
    if dated is None:
        return None
    reading, facts = dated.reading, measure_facts(door.measure(dated.reading.measure))
    limits = margin(reading, facts)
    small = bool(reading.denominator) and (reading.denominator or 0) < facts.floor
    return Found(
        reading.value or 0.0, (reading,), dated.out.day, dated.out.known, reading.release, dated.edited, limits,
        "" if limits else _no_margin(of_persons(facts)), "", small,
    )  # fmt: skip


def _no_margin(persons: bool) -> str:
    if persons:
        return "the source gives the rate without the number of pupils"
    return "no number of persons stands behind this unit from which chance could be reckoned"


def _of_schools(door: Door, when: Asof, asks: Asks, authority: str, year: AcademicYear, places: frozenset[str] | None) -> list[Dated]:
    """The schools' own figures; of all the authority's schools in that year where no places are given."""
    cells = membership.schools(door, when.viewer, asks, authority)
    wanted = cells.keys() if places is None else cells.keys() & places
    return _those(known(when, cells[place], year) for place in sorted(wanted))


def _pooled(door: Door, asks: Asks, dated: Sequence[Dated], schools: int) -> Found | None:
    """Schools together, each by its number of pupils; those without a number are left out and counted."""
    counted = [one for one in dated if one.reading.denominator]
    pupils = sum(one.reading.denominator or 0.0 for one in counted)
    facts = measure_facts(door.measure(asks.measure))
    if not pupils:
        return None
    value = sum((one.reading.value or 0.0) * (one.reading.denominator or 0.0) for one in counted) / pupils
    limits = _wilson(value, pupils) if of_persons(facts) else None
    left = f"; {schools - len(counted)} without a number of pupils are left out" if schools > len(counted) else ""
    worked = f"{len(counted)} schools together, {pupils:,.0f} pupils{left}; by school, not by where pupils live"
    return _together(counted, value, limits, "" if limits else _no_margin(False), worked, pupils < facts.floor)


def _wilson(percent: float, pupils: float) -> tuple[float, float]:
    low, high = wilson(min(max(percent / 100 * pupils, 0.0), pupils), pupils)
    return 100 * low, 100 * high


def _together(
    dated: Sequence[Dated], value: float, limits: tuple[float, float] | None, because: str, worked: str, small: bool = False,
    below: int | None = None, of: int | None = None,
) -> Found:  # fmt: skip
    """One figure of many: out when the last of them was, as firm as the least firm."""
    days = [one.out.day for one in dated]
    day = None if None in days else max(day for day in days if day)
    return Found(
        value, tuple(one.reading for one in dated), day, least_sure(one.out.known for one in dated),
        min((one.reading.release for one in dated), key=RANKS.__getitem__), any(one.edited for one in dated), limits, because,
        worked, small, below, of,
    )  # fmt: skip


def _share_reaching(door: Door, asks: Asks, dated: Sequence[Dated]) -> Found | None:
    """The per cent of schools that reach the level; every school is known or left out, so no margin applies."""
    level = asks.against.level if asks.against else None
    if not dated or level is None:
        return None
    sign = -1.0 if door.measure(asks.measure).better == "lower" else 1.0
    below = sum(sign * ((one.reading.value or 0.0) - level) < 0 for one in dated)
    share = 100 * (len(dated) - below) / len(dated)
    worked = f"{below:,} of {len(dated):,} schools with a figure do not reach it; schools without one are not counted"
    return _together(dated, share, None, "every school with a figure is counted, none is drawn by chance", worked, False, below, len(dated))


def _each(door: Door, when: Asof, asks: Asks, authority: str, year: AcademicYear) -> Found | None:
    """Every district on its own; which of them decides is seen only beside the target."""
    names = membership.districts(door, asks.who, authority)
    every = {one.reading.place: one for one in _of_schools(door, when, asks, authority, year, None)}
    parts: list[tuple[str, int, Found | None]] = []
    for name, places in sorted(names.items()):
        dated = [every[place] for place in sorted(places & every.keys())]
        found = _pooled(door, asks, dated, len(dated)) if len(dated) >= FEWEST_SCHOOLS else None
        if dated:
            parts.append((name, len(dated), None if found is None or found.small else found))
    told = [found for _, _, found in parts if found is not None]
    if not told:
        return None
    worst = (max if door.measure(asks.measure).better == "lower" else min)(told, key=lambda found: found.value)
    nowhere = len(every.keys() - frozenset().union(*names.values()))
    left = f"; {nowhere} of the area's {len(every)} schools with a figure stand in no known {asks.who.by}" if nowhere else ""
    whole = _together(list(every.values()), worst.value, worst.limits, worst.margin_because, worst.worked + left)
    return replace(whole, readings=worst.readings, parts=tuple(parts))


def _mean(door: Door, when: Asof, asks: Asks, authority: str, year: AcademicYear) -> Found | None:
    places = neighbours_of(door, when, authority)
    dated = _those(known(when, area(door, when.viewer, asks.measure, asks.cut, place), year) for place in places)
    if len(dated) < FEWEST_NEIGHBOURS:
        return None
    value = sum(one.reading.value or 0.0 for one in dated) / len(dated)
    return _together(dated, value, None, "a plain mean of areas", f"the plain mean of {len(dated)} statistical neighbours")


def _those(found: Iterable[Dated | None]) -> list[Dated]:
    return [one for one in found if one is not None]
