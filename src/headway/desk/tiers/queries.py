"""Read tiers: what stands for schools on a day, what services returned, what a meeting has before it, what waits for somebody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from headway.definitions.loading import Library
from headway.definitions.tiers import Scheme
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, patch_of
from headway.desk.accounts.sealing import opened
from headway.desk.establishments.models import Establishment
from headway.desk.tiers import rules
from headway.desk.tiers.models import ASKED, Appeal, Item, Moderation, Outcome, Reply, Return, Review, Service, State, TierDecision
from headway.readings.door import Door
from headway.readings.schools import establishments
from headway.readings.tier_proposal.answers import Entry, Proposal
from headway.readings.tier_proposal.proposing import propose
from headway.vocabulary.viewer import Viewer

LINE = "return"
MEETING = "item__moderation"
RETURNED_FOR = timedelta(120)  # a line of the last months before a meeting is one for it
STALE = timedelta(14)  # a meeting that nobody closed asks for nothing more after this
BEFORE_IT = ("predecessor", "merged")  # the kinds of link to a school that became part of this one


@dataclass(frozen=True)
class TierNow:
    """The tier that stands for a school: `tier` is one of the scheme's or not_enough_evidence.

    `seen` is whether the school may see it: it was told on the telephone. `carried_from`: the predecessor whose decision it is, where the
    school has none of its own (of several that merged, the newest): support goes on when a school becomes an academy, powers change.
    """

    urn: int
    tier: str
    scheme: str
    since: date
    decision: TierDecision
    seen: bool
    carried_from: int | None = None

    @property
    def adviser(self) -> User | None:
        """Nobody where the one who was named has left."""
        named = self.decision.adviser
        return named if named is not None and named.is_active else None


def that_it_sorts(door: Door, scheme: Scheme, schools: Iterable[Establishment]) -> list[Establishment]:
    """Those that a scheme sorts at all: an independent school is nobody's to support, and never counts as one without a tier."""
    run_by = {one.urn: one.governance for code, _ in door.published.areas for one in establishments(door, code)} if door.facts else {}
    return [one for one in schools if one.pk not in run_by or run_by[one.pk] in scheme.routes]


def tier_now(those: Iterable[Establishment], on: date, *, seen_only: bool = False) -> dict[int, TierNow]:
    """URN → the tier that stands for each of these schools on a day; schools without one are not in it.

    `seen_only`: what the schools themselves may see: a decision of which the head has not been rung does not stand yet. One query.
    """
    schools = list(those)
    before = {one.pk: [link["urn"] for link in one.links if link.get("kind") in BEFORE_IT] for one in schools}
    wanted = {*before, *(urn for urns in before.values() for urn in urns)}
    states = rules.SEEN_BY_SCHOOL if seen_only else (State.DECIDED, *rules.SEEN_BY_SCHOOL)
    standing: dict[int, TierDecision] = {}
    for one in TierDecision.objects.filter(school_id__in=wanted, since__lte=on, state__in=states).select_related("adviser", "evidence"):
        standing.setdefault(one.school_id, one)  # the newest first
    found: dict[int, TierNow] = {}
    for urn, earlier in before.items():
        whose = [of for of in earlier if of in standing]
        one = standing.get(urn) or max((standing[of] for of in whose), key=lambda made: (made.since, made.pk), default=None)
        if one is not None:
            found[urn] = TierNow(
                urn,
                one.tier,
                one.scheme,
                one.since,
                one,
                one.state in rules.SEEN_BY_SCHOOL,
                None if one.school_id == urn else one.school_id,
            )
    return found


@dataclass(frozen=True)
class Stood:
    """That a school stood in one of some tiers: from when, and the day on which another took its place."""

    urn: int
    since: date
    until: date | None


def stood_in(names: Iterable[str], urns: Iterable[int], by: date) -> list[Stood]:
    """The times in which schools stood in one of these tiers, one after the other joined, by a day. As decided; whoever was told yet."""
    wanted, found = set(names), list[Stood]()
    standing = (State.DECIDED, *rules.SEEN_BY_SCHOOL)
    rows = TierDecision.objects.filter(school_id__in=list(urns), since__lte=by, state__in=standing).order_by("school_id", "since", "pk")
    for urn, tier, since in rows.values_list("school_id", "tier", "since"):
        open_ = found[-1] if found and found[-1].urn == urn and found[-1].until is None else None
        if tier in wanted and open_ is None:
            found.append(Stood(urn, since, None))
        elif tier not in wanted and open_ is not None:
            found[-1] = Stood(urn, open_.since, since)
    return found


def _of_patch(found: "QuerySet[Any]", user: User) -> "QuerySet[Any]":
    patch = patch_of(user)
    return found if patch is None else found.filter(school_id__in=patch)


def returns_for(user: User) -> "QuerySet[Return]":
    """The returns that a person may read: of their schools; restricted ones only by those who sort schools, and by their author."""
    found = _of_patch(Return.objects.select_related("school"), user)
    return found if may(user, Permission.SEE_RESTRICTED) else found.filter(Q(restricted=False) | Q(by=user.label))


def line_of(one: Return) -> str:
    """The line, opened where it is restricted: ask only for who may read it."""
    return opened(one.line, LINE) if one.restricted else one.line


@dataclass(frozen=True)
class Wanted:
    """A meeting to come, and the services from which no line has come for it."""

    meeting: Moderation
    missing: tuple[Service, ...]


def wanted(today: date) -> list[Wanted]:
    """The meetings that are not closed and not long over, each with the services that are asked and have sent nothing for it."""
    found = []
    for one in Moderation.objects.filter(closed=None, day__gte=today - STALE).order_by("day"):
        sent = set(Return.objects.filter(archived=None, on__gte=one.day - RETURNED_FOR).values_list("service", flat=True))
        missing = tuple(service for service in ASKED if service not in sent)
        found += [Wanted(one, missing)] if missing else []
    return found


def services_of(user: User) -> set[str]:
    """The services for which a person has sent lines; none for whoever has sent none yet."""
    return set(Return.objects.filter(by=user.label).exclude(service=Service.SCHOOL).values_list("service", flat=True))


def standing_returns(urns: Iterable[int]) -> "QuerySet[Return]":
    """Every return on these schools that was not put aside, the newest first."""
    return Return.objects.filter(school_id__in=list(urns), archived=None)


def entries(urns: Iterable[int]) -> tuple[tuple[Entry, ...], dict[int, list[int]]]:
    """What services have said of schools, as a proposal takes it; and URN → the numbers of all standing returns on it.

    No line is among them: a proposal needs what kind was found when and by whom, not the words.
    """
    found, numbers = [], {}
    for one in standing_returns(urns):
        numbers.setdefault(one.school_id, []).append(one.pk)
        if one.kind:
            found.append(Entry(one.school_id, one.kind, one.on, one.get_service_display(), one.clear, one.expires))
    return tuple(found), numbers


def decisions_for(user: User) -> "QuerySet[TierDecision]":
    """The decisions on a person's schools. Whoever sees them from the school's side has those of which the head was rung."""
    found = _of_patch(TierDecision.objects.select_related("school", "evidence", "adviser"), user).exclude(state=State.WITHDRAWN)
    return found if may(user, Permission.SEE_TIERS) else found.filter(state__in=rules.SEEN_BY_SCHOOL)


def waiting_for(user: User) -> list[TierDecision]:
    """The decisions that still go by call or letter: of each school the newest, since one that was overtaken is told to nobody."""
    newest_of: dict[int, int] = {}
    for pk, urn in TierDecision.objects.exclude(state=State.WITHDRAWN).values_list("pk", "school_id"):
        newest_of.setdefault(urn, pk)
    found = decisions_for(user).filter(state__in=(State.DECIDED, State.TOLD)).select_related("school", "evidence", "adviser", MEETING)
    return [one for one in found if newest_of[one.school_id] == one.pk]


def letter_due(one: TierDecision, library: Library) -> date | None:
    """By when the letter of a decision should have gone."""
    meeting = one.item.moderation.day if one.item else None
    return rules.letter_by(one.made.date(), library, library.tiers.get(one.scheme), meeting)


def decision_for(user: User, pk: int) -> TierDecision | None:
    return decisions_for(user).filter(pk=pk).first()


def meeting_for(user: User, pk: int) -> Moderation | None:
    return meetings(user).filter(pk=pk).first() if may(user, Permission.SEE_TIERS) else None


def items_for(user: User, meeting: Moderation) -> "QuerySet[Item]":
    """The schools before a meeting that a person works with, with all that was said of them."""
    found = meeting.items.select_related("school", "evidence", "decision").prefetch_related("outcomes", "opinions__by")
    return _of_patch(found, user)


def meetings(user: User) -> "QuerySet[Moderation]":
    """The meetings that have a school of this person's before them; whoever works for the whole area sees all."""
    decided, patch = Count("items__decision", distinct=True), patch_of(user)
    found = Moderation.objects.all()
    if patch is not None:
        found = found.filter(pk__in=Item.objects.filter(school_id__in=patch).values("moderation_id"))
    return found.annotate(schools=Count("items", distinct=True), confirmed=decided)


def reviews_of(urn: int, since: date) -> list[rules.Reviewed]:
    """The reviews of a school since it entered its tier, oldest first."""
    found = Review.objects.filter(school_id=urn, day__gte=since)
    return [rules.Reviewed(one.day, one.colour, frozenset(one.sources)) for one in found]


def entered(now: TierNow, decided: Iterable[TierDecision]) -> tuple[date, str]:
    """Since when a school has been in its tier without a break, and in which it was before; empty where it was in none.

    A decision that only confirmed the tier does not begin it anew. `decided`: what stood for the school, the newest first.
    """
    since = now.since
    for one in decided:
        if one.since > now.since or one.pk == now.decision.pk:
            continue
        if one.tier != now.tier:
            return since, one.tier
        since = one.since
    return since, ""


def reviews_in(now: TierNow) -> list[rules.Reviewed]:
    """The reviews of a school since it entered its tier, oldest first; with those of its predecessor, where the tier is carried on."""
    whose = {now.urn, now.decision.school_id}
    decided = TierDecision.objects.filter(school_id__in=whose).exclude(state=State.WITHDRAWN)
    found = Review.objects.filter(school_id__in=whose, day__gte=entered(now, decided)[0])
    return [rules.Reviewed(one.day, one.colour, frozenset(one.sources)) for one in found]


def lacks_to_leave(school: Establishment, scheme: Scheme, day: date, library: Library) -> tuple[str, ...]:
    """What a school has still to show before it leaves its tier of a day for a lighter one."""
    now = tier_now([school], day).get(school.pk)
    known = now is not None and now.tier in scheme.tiers
    return rules.lacks_to_leave(scheme.tiers[now.tier].leaving, reviews_in(now), library) if now and known else ()


def lacks_to_move(school: Establishment, scheme: Scheme, tier: str, day: date, library: Library) -> tuple[str, ...]:
    """What a school has still to show, by what its tier of a day asks for, before it moves to a lighter one; nothing for any other move."""
    before = tier_now([school], day).get(school.pk)
    return rules.lacks_to_move(scheme, before.tier, tier, reviews_in(before), library) if before else ()


def replies_for(user: User) -> "QuerySet[Reply]":
    found, patch = Reply.objects.select_related("decision__school"), patch_of(user)
    return found if patch is None else found.filter(decision__school_id__in=patch)


def appeals_for(user: User) -> "QuerySet[Appeal]":
    found, patch = Appeal.objects.select_related("decision__school", "decision__evidence"), patch_of(user)
    return found if patch is None else found.filter(decision__school_id__in=patch)


def decided_by(decision: TierDecision) -> frozenset[str]:
    """The labels of all who took part in a decision: who recorded it, and who was in the meeting."""
    people = {decision.made_by, decision.told_by, decision.written_by} - {""}
    if decision.item:
        people |= {one.by for one in decision.item.outcomes.all()}
        people |= {f"user:{user}" for user in decision.item.moderation.present.values_list("user_id", flat=True) if user}
    return frozenset(people)


def once_of(by: User, once: str) -> str:
    return f"{by.pk}-{once}"[:60]


def newest(item: Item) -> Outcome | None:
    """What a meeting said of a school last; None before it said anything, and where it left the school open again."""
    outcomes = list(item.outcomes.all())
    return outcomes[-1] if outcomes and outcomes[-1].tier else None


def proposals(door: Door, viewer: Viewer, scheme: Scheme, urns: Iterable[int]) -> tuple[dict[int, Proposal], dict[int, list[int]]]:
    """URN → what the scheme proposes today, with what services have said; and which returns that was."""
    wanted = list(urns)
    said, numbers = entries(wanted)
    found = propose(door, viewer, scheme=scheme.id, urns=wanted, entries=said)
    return {one.urn: one for one in found.proposals}, numbers
