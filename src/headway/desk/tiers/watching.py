"""What the reviews of schools ask of whoever decides tiers: more support, less, or a new thought where nothing has moved for long."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from headway.definitions.loading import Library
from headway.definitions.tiers import Scheme, Worsening
from headway.desk.establishments.models import Establishment
from headway.desk.tiers import rules
from headway.desk.tiers.evidence import title_of
from headway.desk.tiers.models import Review, State, TierDecision
from headway.desk.tiers.queries import TierNow, entered
from headway.readings.door import Door
from headway.readings.terms import terms_begun


@dataclass(frozen=True)
class Asks:
    """One school, and why somebody should look at its tier."""

    school: Establishment
    now: TierNow
    why: str


@dataclass
class Watched:
    """Reasons to look, never moves: a meeting decides, or somebody between meetings."""

    heavier: list[Asks] = field(default_factory=list)
    lighter: list[Asks] = field(default_factory=list)
    long: list[Asks] = field(default_factory=list)

    @property
    def any(self) -> bool:
        return bool(self.heavier or self.lighter or self.long)


def watched(door: Door, rows: Iterable[tuple[Establishment, TierNow | None]], today: date) -> Watched:
    """By the rules that stand in the scheme by which each school was placed. Schools without a tier are not in it."""
    held = [(school, now) for school, now in rows if now is not None]
    wanted = {urn for school, now in held for urn in (school.pk, now.decision.school_id)}
    reviews: dict[int, list[Review]] = defaultdict(list)
    for one in Review.objects.filter(school_id__in=wanted):
        reviews[one.school_id].append(one)
    decided: dict[int, list[TierDecision]] = defaultdict(list)
    for made in TierDecision.objects.filter(school_id__in=wanted).exclude(state=State.WITHDRAWN):
        decided[made.school_id].append(made)
    said = Watched()
    for school, now in held:
        scheme = door.library.tiers.get(now.scheme)
        if scheme is not None and now.tier in scheme.tiers:
            whose = {school.pk, now.decision.school_id}
            since, before = entered(now, [one for urn in whose for one in decided[urn]])
            since_then = sorted((one for urn in whose for one in reviews[urn] if one.day >= since), key=lambda one: (one.day, one.pk))
            seen = [rules.Reviewed(one.day, one.colour, frozenset(one.sources)) for one in since_then]
            _look(said, Stay(school, now, scheme, since, before, seen, terms_begun(since, today, door.library)), door.library)
    return said


@dataclass(frozen=True)
class Stay:
    """A school in its tier: since when without a break, from which tier, the reviews since, and the terms begun."""

    school: Establishment
    now: TierNow
    scheme: Scheme
    since: date
    before: str
    seen: list[rules.Reviewed]
    terms: int

    @property
    def title(self) -> str:
        return title_of(self.scheme, self.now.tier)


def _look(said: Watched, stay: Stay, library: Library) -> None:
    rule = stay.scheme.tiers[stay.now.tier]
    why = _why_heavier(stay, rule.heavier)
    if why:
        said.heavier.append(Asks(stay.school, stay.now, why))
    if rule.leaving is None:
        return
    if stay.seen and not rules.lacks_to_leave(rule.leaving, stay.seen, library):
        said.lighter.append(Asks(stay.school, stay.now, f"in {stay.title} since {_day(stay.since)}"))
    elif stay.terms > rules.LONG and not rules.going_up(stay.seen):
        said.long.append(Asks(stay.school, stay.now, f"{stay.title.lower()}, {stay.terms} terms"))


def _why_heavier(stay: Stay, rule: Worsening | None) -> str:
    if rules.worsens(rule, stay.seen):
        return f"{_colours(stay.seen, rule)}: {_next(stay.scheme, stay.now.tier)}"
    if rules.falls_back(stay.scheme, stay.before, stay.now.tier, stay.seen, stay.terms):
        red = next(one.day for one in reversed(stay.seen) if one.colour == rules.RED)
        return f"came from {title_of(stay.scheme, stay.before)} on {_day(stay.since)}, and the review of {_day(red)} is red"
    return ""


def _colours(seen: list[rules.Reviewed], rule: Worsening | None) -> str:
    return "reviews of " + ", ".join(f"{_day(one.day)} ({one.colour})" for one in seen[-(rule.reviews if rule else 1) :])


def _next(scheme: Scheme, tier: str) -> str:
    tiers = list(scheme.tiers)
    place = tiers.index(tier) + 1
    if place == len(tiers):
        return "is there more that may be done than support?"
    return f"is {title_of(scheme, tiers[place])} the right support?"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
