"""The parts of an area beside the rest of it: its constituencies, wards, localities or towns, by where schools are, not where pupils live.

A part is its schools' published figures together, by their pupils. A school without a published figure is in no sum, so that nothing
withheld can be got by taking parts from the whole.
"""

from dataclasses import dataclass
from typing import Literal

from headway.readings.answers import MeasureFacts
from headway.readings.door import Door, measure_facts
from headway.readings.margins import countable
from headway.readings.schools import establishments
from headway.stats.discovery import one_sided, q_values
from headway.stats.intervals import newcombe, share_variance
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.reading import Reading
from headway.vocabulary.viewer import Viewer

By = Literal["constituency", "ward", "locality", "town"]
WAYS: tuple[By, ...] = ("constituency", "ward", "locality", "town")
FEWEST, MOST = 2, 60  # parts that make a table
RATE = 0.05  # of the parts called beyond chance, the share expected to be so by chance alone
SCHOOLS = 3  # a part of one school or two says nothing of a place
Limits = tuple[float, float]


@dataclass(frozen=True)
class Part:
    """One part of an area. `behind` the rest of the area is positive, in points; `beyond_chance` is judged over all the parts."""

    name: str
    schools: int
    pupils: float
    value: float | None  # None under the measure's floor, and of fewer than three schools
    behind: float | None
    limits: Limits | None
    beyond_chance: bool

    def as_dict(self) -> dict[str, object]:
        low, high = self.limits or (None, None)
        pupils = None if self.value is None else self.pupils
        return {
            "part": self.name, "schools": self.schools, "pupils": pupils, "value": self.value, "behind_the_rest": self.behind, "lower": low,
            "upper": high, "beyond_chance": self.beyond_chance,
        }  # fmt: skip


@dataclass(frozen=True)
class Parts:
    """Every part of an area on one measure in one year, the furthest behind first, those with too few pupils last."""

    measure: MeasureFacts
    year: AcademicYear
    by: By
    area: float  # of the schools together, in per cent
    parts: tuple[Part, ...]
    nowhere: int  # schools with a figure that no list places
    without: int  # schools without a figure or a number of pupils


def ways(door: Door, authority: str) -> tuple[By, ...]:
    """How this area can be parted: those ways that give from two to sixty parts."""
    key = ("ways to part", authority)
    if key not in door.kept:
        counts = {way: len(set(placed(door, authority, way).values())) for way in WAYS}
        door.kept[key] = tuple(way for way in WAYS if FEWEST <= counts[way] <= MOST)
    kept: tuple[By, ...] = door.kept[key]
    return kept


def parts(door: Door, viewer: Viewer, *, measure: str, authority: str, year: AcademicYear, by: By, phase: str = "") -> Parts | None:
    """Of one phase, or of all. None for what is no share of pupils, and where fewer than two parts have a figure."""
    facts = measure_facts(door.measure(measure))
    schools = {str(one.urn) for one in establishments(door, authority) if phase in ("", one.phase)}
    rows = door.lookup.of_authority(
        early=False, authority=authority, where="measure = ? AND cut = 'all' AND year = ?", values=[measure, year.start]
    )
    seen = [one for one in door.see(rows, viewer) if one.place in schools]
    known = [one for one in seen if countable(one, facts)]
    places = placed(door, authority, by)
    grouped: dict[str, list[Reading]] = {}
    for one in known:
        if one.place in places:
            grouped.setdefault(places[one.place], []).append(one)
    if len(grouped) < FEWEST:
        return None
    whole = _count(known)
    found = _judged(facts, {name: (len(some), _count(some)) for name, some in grouped.items()}, whole)
    nowhere = sum(one.place not in places for one in known)
    return Parts(facts, year, by, 100 * whole[0] / whole[1], found, nowhere, len(seen) - len(known))


def placed(door: Door, authority: str, by: By) -> dict[str, str]:
    """URN → the part it is in, for each school that a list places. Lists differ in their capitals, and name the city before its parts."""
    if "establishment" not in door.lookup.tables:
        return {}
    rows = door.lookup.rows(
        f"SELECT urn::VARCHAR, {by} FROM establishment WHERE authority = ? AND {by} <> '' ORDER BY urn DESC", [authority]
    )
    city = f"{door.names.get(('authority', authority), '')}, "
    names = {urn: str(name).removeprefix(city) for urn, name in rows}
    spelt = {name.casefold(): name for name in sorted(names.values())}  # of two spellings the one with small letters, which sorts last
    return {urn: spelt[name.casefold()] for urn, name in names.items()}


def _count(readings: list[Reading]) -> tuple[float, float]:
    """(pupils counted by the measure, pupils)."""
    of = [one.denominator or 0.0 for one in readings]
    return sum((one.value or 0.0) / 100 * pupils for one, pupils in zip(readings, of, strict=True)), sum(of)


def _judged(facts: MeasureFacts, counts: dict[str, tuple[int, tuple[float, float]]], whole: tuple[float, float]) -> tuple[Part, ...]:
    """Each beside the rest of the area, so that it is not set beside itself."""
    sign = -1.0 if facts.better == "lower" else 1.0
    shown = {name: own for name, (many, own) in counts.items() if many >= SCHOOLS and own[1] >= facts.floor and whole[1] > own[1]}
    rest = {name: (max(whole[0] - own[0], 0.0), whole[1] - own[1]) for name, own in shown.items()}
    behind = {name: sign * 100 * (rest[name][0] / rest[name][1] - own[0] / own[1]) for name, own in shown.items()}
    errors = {name: 100 * sum(share_variance(a / n, n) for a, n in (own, rest[name])) ** 0.5 for name, own in shown.items()}
    chance = [min(1.0, 2 * one_sided(abs(behind[name]), errors[name])) for name in shown]
    limits = {name: _limits(own, rest[name], sign) for name, own in shown.items()}
    told = zip(shown, q_values(chance), strict=True)
    beyond = {name for name, q in told if q <= RATE and limits[name][0] * limits[name][1] > 0}  # never against the margin shown
    found = [
        Part(name, many, own[1], 100 * own[0] / own[1], behind[name], limits[name], name in beyond)
        if name in shown
        else Part(name, many, own[1], None, None, None, False)
        for name, (many, own) in counts.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.behind is None, -(one.behind or 0.0), one.name)))


def _limits(own: tuple[float, float], rest: tuple[float, float], sign: float) -> Limits:
    low, high = newcombe(*rest, *own)
    return (100 * low, 100 * high) if sign > 0 else (-100 * high, -100 * low)
