"""Read the ledger: what schools are owed this year and had, who is named for them, what their advisers have time for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import QuerySet

from headway.definitions.entitlements import Entitlement
from headway.definitions.tiers import NOT_ENOUGH, Scheme
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, patch_of
from headway.desk.entitlements import planning, rules
from headway.desk.entitlements.models import DayCost, Diary, Happening, Named, Order, Use, UseState
from headway.desk.entitlements.planning import Stay
from headway.desk.establishments.models import Establishment
from headway.desk.tiers.models import Review, TierDecision
from headway.desk.tiers.models import State as Decided
from headway.desk.tiers.rules import SEEN_BY_SCHOOL
from headway.readings.calendar import school_days
from headway.readings.door import Door
from headway.readings.tier_proposal.proposing import scheme_named
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.school_days import HalfTerm, OpenYear

PREDECESSOR = "predecessor"


@dataclass(frozen=True)
class Ledger:
    """One school's year: the tier it is in now, since when, and every line. No tier: none is decided, or too little is known."""

    urn: int
    tier: str
    since: date | None
    lines: tuple[rules.Owed, ...]
    entitlement: Entitlement
    asked: rules.Asked  # all that it follows from

    @cached_property
    def next_due(self) -> rules.Owed | None:
        return rules.next_due(self.lines)

    @cached_property
    def overdue(self) -> int:
        return sum(line.state is rules.State.OVERDUE for line in self.lines)

    @cached_property
    def days_owed(self) -> float:
        return rules.days_owed(self.lines)

    @cached_property
    def days_given(self) -> float:
        return rules.days_given(self.lines)


def schemes(door: Door) -> list[Scheme]:
    """Every scheme of the library, the one in force first, then the newest."""
    newest = sorted(door.library.tiers.values(), key=lambda one: one.in_force.from_, reverse=True)
    try:
        now = scheme_named(door)
    except HeadwayError:  # between two versions of the default one: schools keep what they were told
        return newest
    return [now, *(one for one in newest if one.id != now.id)]


def entitlement_of(door: Door, scheme: str = "") -> Entitlement:
    """What a scheme's tiers give; of the scheme in force where none is named, or one that the library holds no more."""
    rule = door.library.tiers.get(scheme) or schemes(door)[0]
    return door.library.entitlements[rule.entitlement]


def titles(door: Door) -> dict[str, str]:
    """Each item that a school may be owed by name: a school told of an older scheme keeps what that gives."""
    found: dict[str, str] = {}
    for scheme in schemes(door):
        for name, item in door.library.entitlements[scheme.entitlement].items.items():
            found.setdefault(name, item.title)
    return found


def tier_titles(door: Door) -> dict[str, str]:
    """Each tier by name, from the lightest to the heaviest of the scheme in force; then what only others have."""
    return {name: tier.title for scheme in reversed(schemes(door)) for name, tier in scheme.tiers.items()} | {
        name: tier.title for name, tier in schemes(door)[0].tiers.items()
    }


def weights(door: Door) -> dict[str, int]:
    """How heavy each tier is, counted from the lightest."""
    return {name: place for scheme in reversed(schemes(door)) for place, name in enumerate(scheme.tiers)}


def year_of(door: Door, day: date, name: str = "") -> OpenYear:
    """A school year by its name, or the one that a day lies in. Beyond the calendar: from September to July, without holidays."""
    days = school_days(door)
    found = next((year for year in days.years if year.name == name), None) if name else days.year(day)
    if found is not None:
        return found
    start = AcademicYear.of(day)
    ends = (date(start.start, 12, 18), date(start.start + 1, 3, 26), date(start.start + 1, 7, 20))
    begins = (start.first_day, date(start.start + 1, 1, 4), date(start.start + 1, 4, 12))
    parts = tuple(HalfTerm(term, first, last) for term, first, last in zip(("autumn", "spring", "summer"), begins, ends, strict=True))
    return OpenYear(str(start), date(start.start, 7, 21), parts)


@dataclass(frozen=True)
class Placed:
    """Where a school was and is: its stays, oldest first, and the scheme by which it was placed last."""

    stays: tuple[Stay, ...] = ()
    scheme: str = ""


def placed(schools: Iterable[Establishment], *, seen_only: bool = False) -> dict[int, Placed]:
    """URN → where each school was and is. What a predecessor was in goes on until something else is decided.

    `seen_only`: without decisions of which the head has not been rung.
    """
    listed = list(schools)
    before = {one.pk: [link["urn"] for link in one.links if link.get("kind") == PREDECESSOR] for one in listed}
    wanted = {*before, *(urn for urns in before.values() for urn in urns)}
    decided: dict[int, list[tuple[date, str, str]]] = defaultdict(list)
    states = SEEN_BY_SCHOOL if seen_only else (Decided.DECIDED, *SEEN_BY_SCHOOL)
    rows = TierDecision.objects.filter(school_id__in=wanted, state__in=states)
    for urn, since, tier, scheme in rows.order_by("since", "pk").values_list("school_id", "since", "tier", "scheme"):
        decided[urn].append((since, tier, scheme))
    found = {}
    for urn, earlier in before.items():
        own = sorted((*(one for other in earlier for one in decided[other]), *decided[urn]), key=lambda one: one[0])
        found[urn] = _following(own)
    return found


def _following(decided: list[tuple[date, str, str]]) -> Placed:
    ends: list[date | None] = [since for since, _, _ in decided[1:]]
    stays = (Stay(tier, since, until) for (since, tier, _), until in zip(decided, [*ends, None], strict=bool(decided)) if until != since)
    return Placed(tuple(stays), decided[-1][2] if decided else "")


def entries_of(urns: Iterable[int]) -> dict[int, list[rules.Entry]]:
    """URN → what was booked, delivered and waived, all years. How a review went is the review's own word where it has one."""
    wanted = list(urns)
    went = {
        (urn, day): colour for urn, day, colour in Review.objects.filter(school_id__in=wanted).values_list("school_id", "day", "colour")
    }
    found: dict[int, list[rules.Entry]] = defaultdict(list)
    rows = Use.objects.filter(school_id__in=wanted).exclude(state=UseState.WITHDRAWN)
    for urn, item, day, state, days, rag, due, number, who, because in rows.values_list(
        "school_id", "item", "day", "state", "days", "rag", "for_due", "pk", "adviser__name", "because"
    ):
        colour = went.get((urn, day), rag) if item == "review" else rag
        found[urn].append(rules.Entry(item, day, state, float(days), colour, due, number, who or "", because))
    return found


def happenings_of(urns: Iterable[int]) -> dict[int, list[planning.Happening]]:
    found: dict[int, list[planning.Happening]] = defaultdict(list)
    rows = Happening.objects.filter(school_id__in=list(urns), withdrawn=False)
    for urn, kind, since, until, number in rows.values_list("school_id", "kind", "since", "until", "pk"):
        found[urn].append(planning.Happening(kind, since, until, number))
    return found


def ledgers(
    door: Door,
    schools: Iterable[Establishment],
    today: date,
    year: OpenYear | None = None,
    *,
    seen_only: bool = False,
    before: Mapping[int, Ledger] | None = None,
) -> dict[int, Ledger]:
    """URN → the ledger of each of these schools. Four queries, however many there are.

    `before`: ledgers found earlier; of a school for which everything that a ledger follows from is as it was, that one is given.
    """
    listed = list(schools)
    urns = [one.pk for one in listed]
    which, days = year or year_of(door, today), school_days(door)
    where, entries, happened = placed(listed, seen_only=seen_only), entries_of(urns), happenings_of(urns)
    gives = {scheme: entitlement_of(door, scheme) for scheme in {one.scheme for one in where.values()}}
    found, known = {}, before or {}
    for urn in urns:
        own, earlier = where[urn], known.get(urn)
        asked = rules.Asked(
            gives[own.scheme], which, days, today, own.stays, tuple(happened.get(urn, ())), tuple(entries.get(urn, ()))
        )  # fmt: skip
        found[urn] = earlier if earlier is not None and earlier.asked == asked else _ledger(urn, asked)
    return found


def _ledger(urn: int, asked: rules.Asked) -> Ledger:
    day = min(asked.today, asked.year.last)
    now = next((one for one in planning.merged(asked.stays) if one.holds(day)), None)
    tier = now.tier if now and now.tier != NOT_ENOUGH else ""
    return Ledger(urn, tier, now.since if now else None, rules.ledger(asked), asked.entitlement, asked)


def uses_for(user: User) -> "QuerySet[Use]":
    found, patch = Use.objects.select_related("school", "adviser"), patch_of(user)
    return found if patch is None else found.filter(school_id__in=patch)


def schools_for(user: User) -> "QuerySet[Establishment]":
    """The open schools of a person's patch, or of the area."""
    found, patch = Establishment.objects.filter(listed=True, status="open"), patch_of(user)
    return found if patch is None else found.filter(pk__in=patch)


def named_now(urns: Iterable[int] | None = None) -> dict[int, User]:
    """URN → who is named for it: by whoever plans the team's work, else in the newest letter. Nobody whose account is closed."""
    found: dict[int, User] = {}
    told = TierDecision.objects.filter(adviser__is_active=True, state__in=SEEN_BY_SCHOOL).select_related("adviser").order_by("since", "pk")
    named = Named.objects.select_related("adviser").order_by("pk")
    if urns is not None:
        wanted = list(urns)
        told, named = told.filter(school_id__in=wanted), named.filter(school_id__in=wanted)
    for decision in told.only("school_id", "adviser", "since"):
        found[decision.school_id] = decision.adviser
    for one in named:  # once somebody was named here, the decisions say no more
        found.pop(one.school_id, None)
        if one.until is None and one.adviser.is_active:
            found[one.school_id] = one.adviser
    return found


def advisers(urn: int | None = None) -> list[User]:
    """Those who may work with schools (with one, when a URN is given), by name."""
    return [one for one in User.objects.filter(is_active=True) if may(one, Permission.WRITE_SUPPORT, urn)]


def diaries(year: str) -> dict[int, Diary]:
    """Adviser → the newest line of their diary for a year."""
    return {one.adviser_id: one for one in Diary.objects.filter(year=year).select_related("adviser").order_by("pk")}


def day_costs() -> dict[int, DayCost]:
    """Financial year, by the calendar year in which it begins → what a day costs, the newest line."""
    return {one.year: one for one in DayCost.objects.order_by("pk")}


def orders_for(user: User) -> "QuerySet[Order]":
    found, patch = Order.objects.select_related("school", "offer"), patch_of(user)
    return found if patch is None else found.filter(school_id__in=patch)


def item_for(door: Door, school: Establishment, gives: Iterable[str], today: date) -> tuple[str, float | None]:
    """Which of the items that something may count for a school is owed, and the days it takes.

    The longest overdue; else one that the school is given at all; else the first that its scheme knows: it stands beside what is owed.
    """
    wanted = list(gives)
    found = ledgers(door, [school], today)[school.pk]
    lines = sorted((line for line in found.lines if line.item in wanted), key=lambda line: (line.state not in rules.OPEN, line.due))
    item = lines[0].item if lines else next((one for one in wanted if one in found.entitlement.items), "")
    return (item, found.entitlement.items[item].days) if item else ("", None)
