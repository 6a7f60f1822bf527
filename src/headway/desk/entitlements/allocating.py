"""Who might be named for which school: days, distance, phase, continuity and interests, weighed in kilometres. Pure but for the solver.

What matters first is that every school gets somebody, the heaviest owed first; then as few kilometres in a year as can be, where to
change a school's adviser counts as so many more. One kilometre is the unit of every cost, so that each line can be explained in it.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from headway.stats.assignment import HeldTooMuch, Problem, problem, solve

QUARTER = 4  # days are whole quarters
CHANGE = 80  # kilometres a year that keeping an adviser is worth
ROADS = 1.3  # a road is about so much longer than a straight line
UNPLACED = 20.0  # kilometres, where it is not known where somebody starts out or a school lies
SECONDS = 10.0  # of one step of the solver; what is then not proven is said with its gap
EARTH = 6371.0


@dataclass(frozen=True)
class School:
    urn: int
    name: str
    phase: str
    days: float  # owed in the year, at least a quarter
    place: tuple[float, float] | None
    now: int | None  # the adviser named now


@dataclass(frozen=True)
class Adviser:
    pk: int
    name: str
    days: float  # available
    phases: frozenset[str] = frozenset()  # none: all
    place: tuple[float, float] | None = None


@dataclass(frozen=True)
class Wishes:
    """What the optimisation is asked for: how much a change weighs, who is kept apart, and what was settled by hand, as (urn, adviser)."""

    change: int = CHANGE
    apart: frozenset[tuple[int, int]] = frozenset()
    held: frozenset[tuple[int, int]] = frozenset()
    barred: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class Line:
    """One school of an allocation. `why` explains it; `next_best` is whom it would have with one more of everything."""

    urn: int
    adviser: int | None
    days: float
    km: float | None  # one way
    cost: int
    change: bool
    held: bool
    why: str
    next_best: int | None = None


@dataclass(frozen=True)
class Allocated:
    """All lines; the total in kilometres a year and what no allocation can undercut, equal when it is proven best."""

    lines: tuple[Line, ...]
    total: int
    bound: int
    proven: bool
    loads: Mapping[int, float] = field(default_factory=dict)  # adviser → days

    @property
    def gap(self) -> float:
        return (self.total - self.bound) / self.total if self.total else 0.0


def kilometres(one: tuple[float, float] | None, other: tuple[float, float] | None) -> float | None:
    """By road, about, from one (latitude, longitude) to another; None where one is not known."""
    if one is None or other is None:
        return None
    (a, b), (c, d) = (tuple(map(math.radians, place)) for place in (one, other))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return ROADS * 2 * EARTH * math.asin(math.sqrt(min(1.0, half)))


def may_be(school: School, adviser: Adviser, wishes: Wishes) -> bool:
    """Whether an adviser may be named: the phase fits, and nobody keeps them apart."""
    pair = (school.urn, adviser.pk)
    return pair not in wishes.apart and pair not in wishes.barred and (not adviser.phases or school.phase in adviser.phases)


def cost(school: School, adviser: Adviser, wishes: Wishes) -> int:
    """Kilometres in a year, there and back once for each day or part of one; more where the school would lose its adviser."""
    km = kilometres(school.place, adviser.place)
    journeys = max(1, math.ceil(school.days))
    changes = school.now is not None and school.now != adviser.pk
    return round(2 * journeys * (UNPLACED if km is None else km)) + (wishes.change if changes else 0)


def asked(schools: Sequence[School], advisers: Sequence[Adviser], wishes: Wishes) -> tuple[Problem, list[tuple[int, int]], list[int]]:
    """The problem, its pairs as places (school, adviser), and the places of the pairs held by hand."""
    held = wishes.held - wishes.apart
    pairs = [
        (at, who) for at, school in enumerate(schools) for who, adviser in enumerate(advisers)
        if (school.urn, adviser.pk) in held or may_be(school, adviser, wishes)
    ]  # fmt: skip
    costs = [cost(schools[at], advisers[who], wishes) for at, who in pairs]
    days = [max(1, round(school.days * QUARTER)) for school in schools]
    made = problem(
        need=[at for at, _ in pairs], provider=[who for _, who in pairs], cost=costs, days=days, weight=days,
        capacity=[int(adviser.days * QUARTER) for adviser in advisers],
    )  # fmt: skip
    kept = [place for place, (at, who) in enumerate(pairs) if (schools[at].urn, advisers[who].pk) in held]
    return made, pairs, kept


def allocate(schools: Sequence[School], advisers: Sequence[Adviser], wishes: Wishes, seconds: float = SECONDS) -> Allocated:
    """The best allocation, explained. Raises HeldTooMuch where what was settled by hand asks more of somebody than they have."""
    if not schools or not advisers:
        lines = tuple(Line(one.urn, None, one.days, None, 0, one.now is not None, False, "Nobody keeps a diary.") for one in schools)
        return Allocated(lines, 0, 0, True)
    made, pairs, kept = asked(schools, advisers, wishes)
    found = solve(made, held=kept, seconds=seconds)
    who = {pairs[pair][0]: pairs[pair][1] for pair in found.chosen}
    loads: dict[int, float] = {}
    for at, place in who.items():
        loads[advisers[place].pk] = loads.get(advisers[place].pk, 0.0) + schools[at].days
    short = {one.need: one.kind for one in found.shortages}
    lines = tuple(_line(at, school, advisers, who.get(at), wishes, loads, short.get(at, "")) for at, school in enumerate(schools))
    return Allocated(lines, found.total, found.bound, found.optimal, loads)


WHY_NOT = {
    "nobody": "Nobody who works with its phase may be named: a conflict of interest, or ruled out by hand.",
    "too_long": "Nobody who may be named has as many days as it is owed.",
    "crowded": "Those who may be named have no days left for it.",
}


def _line(
    at: int, school: School, advisers: Sequence[Adviser], who: int | None, wishes: Wishes, loads: Mapping[int, float], short: str
) -> Line:  # fmt: skip
    if who is None:
        return Line(school.urn, None, school.days, None, 0, school.now is not None, False, WHY_NOT.get(short, WHY_NOT["crowded"]))
    one = advisers[who]
    km, held = kilometres(school.place, one.place), (school.urn, one.pk) in wishes.held
    change = school.now is not None and school.now != one.pk
    best = min((other for other in advisers if may_be(school, other, wishes)), key=lambda other: cost(school, other, wishes), default=one)
    others = None if best.pk == one.pk else best
    return Line(
        school.urn, one.pk, school.days, km, cost(school, one, wishes), change, held,
        _why(school, one, others, wishes, loads, held), others.pk if others else None,
    )  # fmt: skip


def _why(school: School, one: Adviser, best: Adviser | None, wishes: Wishes, loads: Mapping[int, float], held: bool) -> str:
    """“Stays with the adviser it has.” “The nearest with days left; R. Okafor is 14 km a year less, and has no days left for it.”"""
    if held:
        return "Settled by hand."
    stays = "Stays with the adviser it has." if school.now == one.pk else "Would have the least travel." if best is None else ""
    if best is None:
        return stays
    less = cost(school, one, wishes) - cost(school, best, wishes)
    left = best.days - loads.get(best.pk, 0.0)
    room = "has no days left for it" if left < school.days else "is needed more elsewhere"
    keeps = " and would keep it" if school.now == best.pk else ""
    return f"{f'{stays} ' if stays else ''}{best.name} would be {less} km a year less{keeps}, but {room}."


def changes(lines: Iterable[Line], now: Mapping[int, int]) -> list[tuple[int, int | None]]:
    """(URN, adviser) of what would have to be named anew; schools that found nobody keep whom they have."""
    return [(line.urn, line.adviser) for line in lines if line.adviser is not None and now.get(line.urn) != line.adviser]


__all__ = [
    "Adviser",
    "Allocated",
    "HeldTooMuch",
    "Line",
    "School",
    "Wishes",
    "allocate",
    "asked",
    "changes",
    "cost",
    "kilometres",
    "may_be",
]
