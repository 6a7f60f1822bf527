"""The spec of a meeting’s pack, from the rows of the desk as they are now: plain values that can be kept."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

from headway.desk.boards import queries
from headway.desk.boards.models import Delegation, Item, ItemFile, Meeting, Pack
from headway.desk.boards.packs.sections import UNDECIDED
from headway.desk.boards.packs.spec import FileSpec, ItemSpec, Spec
from headway.desk.brokerage import queries as brokerage
from headway.desk.brokerage.models import Match, Need, NeedState, Offer
from headway.desk.consultation import queries as consultations
from headway.desk.consultation.models import Consultation
from headway.desk.consultation.rules import Doing
from headway.desk.consultation.rules import State as Asking
from headway.desk.establishments.models import Establishment
from headway.desk.fairness.queries import standing_of
from headway.desk.framing.pages import area_of
from headway.desk.strategy import queries as strategies
from headway.desk.strategy.models import Strategy
from headway.desk.strategy.rules import UNDER_WAY
from headway.desk.tiers import queries as tiers
from headway.desk.visits.models import State as Contact
from headway.desk.visits.models import Visit
from headway.readings.door import Door
from headway.readings.schools import establishments
from headway.readings.tier_proposal.proposing import scheme_named

DONE = (Contact.DRAFT, Contact.SHARED, Contact.AGREED, Contact.HELD)


def spec_of(door: Door, meeting: Meeting, day: date) -> Spec:
    """Raises H-STORE-08 before the first publication."""
    facts, (area, name) = door.published, area_of(door)
    last = queries.last_meeting(meeting.board, meeting.day)
    items = tuple(_item(door, one) for one in queries.items_of(meeting))
    return Spec(
        board=meeting.board.title, area=area, body=name, meeting=str(meeting.day), as_of=str(day), since=str(last.day) if last else "",
        snapshot=facts.id, library=door.library.digest, scheme=scheme_named(door, day=day).id, items=items,
        desk=_desk(door, meeting, last.day if last else None, day), hidden_before=hidden_before(facts.id),
    )  # fmt: skip


def hidden_before(snapshot: str) -> tuple[tuple[str, str], ...]:
    """The counts that an earlier pack of this snapshot withheld from the public: they stay withheld."""
    found = {tuple(one) for pack in Pack.objects.filter(snapshot=snapshot) for one in pack.hidden}
    return tuple(sorted((str(row), str(column)) for row, column in found))


def _item(door: Door, item: Item) -> ItemSpec:
    ground = door.library.exempt_grounds.get(item.grounds)
    words = f"{ground.title}, paragraph {ground.paragraph} of Schedule 12A" if ground else ""
    files = tuple(_file(door, one) for one in item.files.filter(withdrawn=None, document__erased=None).select_related("document"))
    return ItemSpec(item.pk, item.title, str(item.edition), words, item.asks, item.text, item.writes, tuple(sorted(item.urns)), files)


def _file(door: Door, one: ItemFile) -> FileSpec:
    ground = door.library.exempt_grounds.get(one.grounds)
    words = f"{ground.title}, paragraph {ground.paragraph} of Schedule 12A" if ground else ""
    return FileSpec(one.document.title, one.document.ending, one.document.sha256, str(one.edition), words)


def _desk(door: Door, meeting: Meeting, since: date | None, day: date) -> dict[str, Any]:
    return {
        "promises": promises_of_all(),
        "actions": _actions(meeting, since),
        "visits": _visits(door, since, day),
        "told": _told(since),
        "tiers": tiers_of(door, since, day),
        **held_tiers(door, day),
        "brokerage": _brokerage(),
        "flags": _flags(door, day),
        "delegations": _delegations(meeting),
        "council": queries.kept(meeting),
    }


def promises_of_all() -> list[dict[str, str]]:
    """Of the strategies that everybody may read and that are under way."""
    running = [one for one in Strategy.objects.filter(audience="everybody").order_by("pk") if one.state in UNDER_WAY]
    return [
        {"ambition": one.ambition, "title": one.title, "owner": one.owner, "definition": one.definition}
        for strategy in running
        for one in strategies.promises(strategy)
    ]


def _actions(meeting: Meeting, since: date | None) -> list[dict[str, Any]]:
    """Those that are open, and those closed since the last meeting."""
    found = queries.actions_of(meeting.board).filter(item__meeting__day__lt=meeting.day).prefetch_related("item__decisions")
    kept = [one for one in found if one.closed is None or since is None or one.closed.date() >= since]
    return [
        {"what": one.what, "owner": one.owner, "due": str(one.due), "closed": str(one.closed.date()) if one.closed else "",
         "outcome": one.outcome, "edition": str(one.item.edition), "why": " ".join(each.words for each in one.item.decisions.all())}
        for one in kept
    ]  # fmt: skip


def _visits(door: Door, since: date | None, day: date) -> list[dict[str, Any]]:
    """By kind, of those booked from the last meeting to today: due, done, late."""
    found: dict[str, dict[str, int]] = {}
    rows = Visit.objects.filter(day__lte=day).exclude(state=Contact.CANCELLED)
    for one in rows.filter(day__gte=since) if since else rows:
        counts = found.setdefault(one.kind, {"due": 0, "done": 0, "late": 0})
        counts["due"] += 1
        counts["done"] += one.state in DONE
        counts["late"] += one.state == Contact.BOOKED and one.day < day
    kinds = door.library.visit_kinds
    return [{"title": kinds[name].title if name in kinds else name, **counts} for name, counts in sorted(found.items())]


def tiers_of(door: Door, since: date | None, day: date) -> dict[str, Any]:
    """The tiers that people decided and heads were told of: how many schools by tier and governance, and how many moved since the last
    meeting. Empty before the first decision: then a paper has what the rule proposes."""
    rows = list(Establishment.objects.filter(listed=True, status="open", authority=area_of(door)[0]))
    now = tiers.tier_now(rows, day, seen_only=True)
    if not now:
        return {}
    then = tiers.tier_now(rows, since, seen_only=True) if since else {}
    governance = {one.urn: one.governance for one in establishments(door, area_of(door)[0])}

    def cell(one: Establishment) -> str:
        return f"{now[one.pk].tier if one.pk in now else UNDECIDED}|{governance.get(one.pk, 'other')}"

    numbers = Counter(map(cell, rows))
    order = list(door.library.tiers[next(iter(now.values())).scheme].tiers)
    moves = [_heavier(order, now[urn].tier) - _heavier(order, one.tier) for urn, one in then.items() if urn in now]
    told = {"numbers": dict(sorted(numbers.items())), "more": sum(one > 0 for one in moves), "less": sum(one < 0 for one in moves)}
    return told | {"holders": _holders(rows, cell)}


def _holders(rows: list[Establishment], cell: Callable[[Establishment], str]) -> list[dict[str, int]]:
    """Of each trust of two schools or more how many of its own are in which cell: what it knows of a count before it reads it. No names."""
    of: dict[str, Counter[str]] = {}
    for one in rows:
        if one.trust:
            of.setdefault(one.trust, Counter())[cell(one)] += 1
    several = {tuple(sorted(one.items())) for one in of.values() if one.total() > 1}
    return [dict(one) for one in sorted(several)]


def held_tiers(door: Door, day: date) -> dict[str, bool]:
    """That what the rule proposes goes into no paper, as its errors fall more on some schools; nothing where it may."""
    return {"tiers_held": True} if standing_of(door, scheme_named(door, day=day).id).holds_back() else {}


def _heavier(order: list[str], tier: str) -> int:
    """The place of a tier among its like, the lightest first; one that is none of them stands still."""
    return order.index(tier) if tier in order else 0


def _brokerage() -> dict[str, Any]:
    """Needs that wait, offers that are not used, how long it takes; nothing where nobody asked or offered yet."""
    if not Need.objects.exists() and not Offer.objects.exists():
        return {}
    helped = Need.objects.filter(state__in=(NeedState.PLACED, NeedState.MET)).count()
    return {**brokerage.standing_of_all(), "helped": helped, "wait": brokerage.days_to_match(Match.objects.all())}


def _flags(door: Door, day: date) -> list[dict[str, Any]]:
    """Schools that people gave more support: from when, and until when if it is over."""
    scheme = scheme_named(door, day=day)
    heavier = [name for name, tier in scheme.tiers.items() if not tier.light]
    urns = Establishment.objects.filter(authority=area_of(door)[0]).values_list("pk", flat=True)
    return [{"urn": one.urn, "since": str(one.since), "until": str(one.until or "")} for one in tiers.stood_in(heavier, urns, day)]


def _told(since: date | None) -> list[dict[str, str]]:
    answered = Consultation.objects.filter(state=Asking.ANSWERED).order_by("pk")
    recent = [one for one in answered if since is None or one.closes >= since] or list(answered)[-1:]
    return [
        {
            "title": one.title,
            "said": theme.you_said or "–",
            "doing": Doing(theme.doing).label if theme.doing else "–",
            "did": theme.we_did or "–",
        }
        for one in recent
        for theme in consultations.themes(one)
    ]


def _delegations(meeting: Meeting) -> list[dict[str, Any]]:
    return [
        {"item": one.item_id, "phase": one.phase, "year": one.year, "rate": str(one.rate),
         "last_rate": None if one.last_rate is None else str(one.last_rate),
         "spent": one.spent, "bought": one.bought}
        for one in Delegation.objects.filter(item__meeting=meeting)
    ]  # fmt: skip
