"""What the library says of tiers: which signals speak for which tier, how they weigh, and from when to when a scheme is in force."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import Any, Literal

from pydantic import Field, model_validator

from headway.definitions.predicates import Condition, GradeIs, Measured, Told
from headway.definitions.schemas import Definition, Measure, Reference
from headway.vocabulary.errors import HeadwayError

DEFAULT = "aiming_higher"
NOT_ENOUGH = "not_enough_evidence"  # no tier: an outcome of its own, for which an officer's judgement is asked
PHASES = ("nursery", "primary", "middle", "secondary", "all_through", "special", "alternative", "post16")
Domain = Literal[
    "outcomes", "attendance", "inclusion", "inspection", "safeguarding", "leadership", "governance", "finance", "roll", "staffing",
    "concerns", "request", "strength",
]  # fmt: skip


class Way(Definition):
    """How a signal is asked of schools of some phases: every condition of `all`, and where there are any in `any` one of those."""

    phases: tuple[str, ...] = PHASES
    all: tuple[Condition, ...] = ()
    any: tuple[Condition, ...] = ()

    @model_validator(mode="after")
    def asks(self) -> "Way":
        if not self.conditions:
            raise ValueError("give at least one condition under `all` or `any`")
        unknown = sorted(set(self.phases) - set(PHASES))
        if unknown:
            raise ValueError(f"there is no phase {', '.join(unknown)}")
        return self

    @property
    def conditions(self) -> tuple[Condition, ...]:
        return (*self.all, *self.any)


class Signal(Definition):
    """One question with three answers. Points are never below 0: what is unknown would else make a school look worse than it is.

    Without a `core` signal's answer a light tier cannot be proposed if the answer could have changed it.
    """

    title: str
    why: str
    domain: Domain
    points: int = Field(default=0, ge=0, le=20)
    floor_tier: str | None = None
    core: bool = False
    ways: tuple[Way, ...] = Field(min_length=1)
    unfed: str = ""  # what the files at hand cannot feed, and what would

    def way(self, phase: str) -> Way | None:
        return next((way for way in self.ways if phase in way.phases), None)

    @property
    def soft(self) -> bool:
        """Whether people enter it."""
        return all(isinstance(one, Told) for way in self.ways for one in way.conditions)


class Leaving(Definition):
    """What a school has to show before it moves to a lighter tier: the newest reviews in a row green, the first and last of them so far
    apart, from so many kinds of evidence. A meeting that moves it without says why.
    """

    green_reviews: int = Field(ge=1, le=6)
    school_weeks_apart: int = Field(default=0, ge=0, le=39)
    sources: int = Field(default=1, ge=1, le=5)


class Worsening(Definition):
    """So many reviews in a row, each of one of these colours: a reason to ask whether the support is enough. Nothing moves of itself."""

    reviews: int = Field(ge=1, le=6)
    colours: tuple[Literal["amber", "red"], ...] = Field(min_length=1)


class Tier(Definition):
    """`from_points` null: only by a floor or any-of. `needs`: a tier for schools at most `until_points` that meet every one of these.

    A light tier is proposed only on enough evidence. `leaving`: what opens the way to a lighter one; without, any meeting may.
    `heavier`: the reviews after which somebody looks whether it is enough.
    """

    title: str
    means: str
    from_points: int | None = Field(default=None, ge=0)
    until_points: int | None = Field(default=None, ge=0)
    any_of: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    light: bool = False
    leaving: Leaving | None = None
    heavier: Worsening | None = None


class Route(Definition):
    """How schools of a governance are spoken with, and whether the authority has powers of intervention over them."""

    title: str
    powers: bool
    note: str


class InForce(Definition):
    from_: date = Field(alias="from")
    until: date | Literal["open"]

    def holds(self, day: date) -> bool:
        return self.from_ <= day and (self.until == "open" or day <= self.until)


MONTH_DAY = r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"


class Season(Definition):
    """What is done about tiers in one part of every year, by month and day; one that ends before it begins ends a year on."""

    title: str
    from_: str = Field(alias="from", pattern=MONTH_DAY)
    until: str = Field(pattern=MONTH_DAY)
    letters_by: str | None = Field(default=None, pattern=MONTH_DAY)  # of what a meeting in this season decides

    def letters_due(self, meeting: date) -> date | None:
        """By when the letters of a meeting on a day go; None for a day outside the season, and where it names none."""
        last = next((last for first, last in self.spans(meeting) if first <= meeting <= last), None)
        if last is None or self.letters_by is None:
            return None
        due = _on(last.year, self.letters_by)
        return due if due >= last else _on(last.year + 1, self.letters_by)

    def spans(self, day: date) -> tuple[tuple[date, date], ...]:
        """Last year's, this year's and next year's, as seen from a day."""
        over = self.until < self.from_
        return tuple((_on(year, self.from_), _on(year + over, self.until)) for year in (day.year - 1, day.year, day.year + 1))


def _on(year: int, month_day: str) -> date:
    month, day = map(int, month_day.split("-"))
    return date(year, month, min(day, monthrange(year, month)[1]))


class Criterion(Definition):
    """What a school says of itself under one heading, and the domains of signals that it is laid beside."""

    title: str
    asks: str
    domains: tuple[Domain, ...] = ()


class Scheme(Definition):
    """A way to sort schools into tiers, from the lightest to the heaviest.

    Precedence: the heaviest floor tier of the signals met, then any-of, then points; the heaviest of the three is proposed, and the
    first that reaches it is its reason.
    """

    id: str
    scheme: str
    version: int = Field(ge=1)
    title: str
    in_force: InForce
    routes: dict[str, Route]  # governance → route; other schools are not sorted
    signals: dict[str, Signal]
    tiers: dict[str, Tier]  # from the lightest to the heaviest
    criteria: dict[str, Criterion] = Field(default_factory=dict)  # of a school's own evaluation, in their order
    entitlement: str
    cycle: tuple[Season, ...] = ()  # the year of tiers, from the desk-top analysis on
    watched_terms: int = Field(default=1, ge=0, le=6)  # after a move to a lighter tier: one red review in them is a reason to look again
    reference: Reference
    owner: str
    review_by: date
    note: str = ""

    @model_validator(mode="after")
    def sound(self) -> "Scheme":
        faults = [*self._tiers_unsound(), *self._signals_unsound()]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _tiers_unsound(self) -> list[str]:
        faults = [f"{NOT_ENOUGH} is no tier"] if NOT_ENOUGH in self.tiers else []
        starts = [(name, tier.from_points) for name, tier in self.tiers.items() if tier.from_points is not None and not tier.needs]
        if not starts or starts[0][1] != 0:
            faults.append("one tier without `needs` starts at 0 points")
        faults += [
            f"tier {later} starts at {high} points, no more than {earlier} before it"
            for (earlier, low), (later, high) in pairwise(starts)
            if low is not None and high is not None and high <= low
        ]
        for name, tier in self.tiers.items():
            faults += [f"tier {name}: no signal {signal!r}" for signal in (*tier.any_of, *tier.needs) if signal not in self.signals]
        return faults

    def _signals_unsound(self) -> list[str]:
        faults = []
        for name, signal in self.signals.items():
            if signal.floor_tier is not None and signal.floor_tier not in self.tiers:
                faults.append(f"signal {name}: no tier {signal.floor_tier!r}")
            taken: set[str] = set()
            for way in signal.ways:
                faults += [f"signal {name}: {phase} schools are asked in two ways" for phase in way.phases if phase in taken]
                taken |= set(way.phases)
        return faults

    def heaviness(self, tier: str) -> int:
        return list(self.tiers).index(tier)


class Outcome(Definition):
    """What a back-test looks for later: a state that a school is not in on the day, and may be in by the end.

    `inspection`: by the first graded inspection that became known after the day. `measure`: as asked at the end.
    """

    id: str
    title: str
    kind: Literal["inspection", "measure"]
    ways: tuple[Way, ...] = Field(min_length=1)
    reference: Reference

    def way(self, phase: str) -> Way | None:
        return next((way for way in self.ways if phase in way.phases), None)


class SoftSignal(Definition):
    """What people enter about a school: who does, for how long it counts, and who may read it."""

    id: str
    title: str
    entered_by: str
    expires_months: int = Field(ge=1, le=60)
    sensitivity: Literal["open", "restricted"]
    note: str = ""
    reference: Reference


def tier_faults(
    schemes: Mapping[str, Scheme], measures: Mapping[str, Measure], soft: Mapping[str, SoftSignal], scales: Mapping[str, Any],
    entitlements: Iterable[str],
) -> list[str]:  # fmt: skip
    """What one file cannot see: measures, scales, kinds and entitlements that do not exist, and two versions in force on one day."""
    faults = []
    for name, scheme in schemes.items():
        if scheme.entitlement not in entitlements:
            faults.append(f"tiers {name}: there is no entitlement {scheme.entitlement!r}")
        for key, signal in scheme.signals.items():
            for one in (one for way in signal.ways for one in way.conditions):
                faults += [f"tiers {name}, signal {key}: {fault}" for fault in _condition_faults(one, measures, soft, scales)]
    return faults + _overlaps(schemes)


def outcome_faults(outcomes: Mapping[str, Outcome], measures: Mapping[str, Measure], scales: Mapping[str, Any]) -> list[str]:
    """What the file of outcomes cannot see by itself."""
    return [
        f"tier_outcomes {name}: {fault}"
        for name, outcome in outcomes.items()
        for way in outcome.ways
        for one in way.conditions
        for fault in _condition_faults(one, measures, {}, scales)
    ]


def _condition_faults(
    one: Condition, measures: Mapping[str, Measure], soft: Mapping[str, SoftSignal], scales: Mapping[str, Any]
) -> list[str]:
    if isinstance(one, Measured):
        wanted = [one.measure, *([one.n_of] if one.n_of else [])]
        faults = [f"there is no measure {measure!r}" for measure in wanted if measure not in measures]
        known = measures.get(one.measure)
        if known and one.predicate == "gap_above" and known.better == "neither":
            faults.append(f"{one.measure} has no better direction, so no school is behind on it")
        return faults
    if isinstance(one, Told):
        return [] if one.kind in soft else [f"library/soft_signals.yaml has no kind {one.kind!r}"]
    return _scale_faults(one, scales) if isinstance(one, GradeIs) else []


def _scale_faults(one: GradeIs, scales: Mapping[str, Any]) -> list[str]:
    faults = [f"there is no inspection scale {scale!r}" for scale in one.scales if scale not in scales]
    for scale in one.scales.keys() & scales.keys():
        met = {"met", "not met"} if scales[scale].get("met") else set()
        known = {str(grade) for grade in scales[scale]["grades"]} | met
        for graded in one.scales[scale]:
            faults += [f"scale {scale} has no grade {grade!r}" for grade in graded.grades if grade not in known]
    return faults


def _overlaps(schemes: Mapping[str, Scheme]) -> list[str]:
    faults = []
    ordered = sorted(schemes.values(), key=lambda one: (one.scheme, one.in_force.from_))
    for earlier, later in pairwise(ordered):
        ends = earlier.in_force.until
        if earlier.scheme == later.scheme and (ends == "open" or ends >= later.in_force.from_):
            faults.append(f"tiers {later.id}: it is in force from {later.in_force.from_}, while {earlier.id} still is")
    return faults


def scheme_for(schemes: Mapping[str, Scheme], name: str, day: date) -> Scheme:
    """The scheme of that name in force on a day, or the very version named. Raises H-USAGE-60, naming what there is."""
    if name in schemes:
        return schemes[name]
    found = [one for one in schemes.values() if one.scheme == name and one.in_force.holds(day)]
    if found:
        return found[0]
    there = ", ".join(f"{one.id} (from {one.in_force.from_} to {one.in_force.until})" for one in schemes.values())
    versions = [one for one in schemes.values() if one.scheme == name]
    why = f"None of its versions is in force on {day}." if versions else ""
    raise HeadwayError("H-USAGE-60", f"There is no tier scheme {name!r}.", why, f"There are: {there}.")
