"""Read boards: who may read what of them, the items of a meeting as one person sees them, what is open, what comes."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import Anyone, may
from headway.desk.boards.models import (
    Action,
    Board,
    Declaration,
    Item,
    ItemFile,
    Meeting,
    Member,
    Minutes,
    Opened,
    Question,
    Report,
    Terms,
)
from headway.desk.boards.rules import Presence, Reader, Shown, State, has_interest, shows
from headway.papers.council import NEEDED
from headway.vocabulary.clock import today
from headway.vocabulary.errors import HeadwayError

OUT = (State.CALLED, State.HELD, State.SIGNED)


@dataclass(frozen=True)
class ItemSeen:
    """An item as one person sees it: whether they get its papers, and who is excluded from it."""

    item: Item
    shown: Shown
    excluded: tuple[Member, ...]


def listed() -> "QuerySet[Board]":
    return Board.objects.filter(closed=None)


def find(pk: int) -> Board | None:
    return Board.objects.filter(pk=pk).first()


def meeting(pk: int) -> Meeting | None:
    return Meeting.objects.select_related("board").filter(pk=pk).first()


def unsigned(meeting_id: int) -> Meeting:
    """The meeting, locked. Raises H-DESK-60 once its minutes are signed: nothing of it changes any more."""
    meeting = Meeting.objects.select_for_update().select_related("board").get(pk=meeting_id)
    if meeting.state == State.SIGNED:
        raise HeadwayError(
            "H-DESK-60", "The minutes of this meeting are signed.", "What was signed is not changed.",
            "Write a correction: a new entry that stands beside them.",
        )  # fmt: skip
    return meeting


def item(pk: int) -> Item | None:
    return Item.objects.select_related("meeting__board").filter(pk=pk).first()


def terms_of(board: Board) -> Terms | None:
    return board.terms.first()


def members_on(board: Board, day: date) -> list[Member]:
    """Those whose term holds on a day, the chair first."""
    return list(board.members.filter(since__lte=day, until__gte=day).prefetch_related("interests"))


def seat_of(user: Anyone, board: Board, day: date | None = None) -> Member | None:
    """The seat that a person has on a board."""
    if not getattr(user, "pk", None):
        return None
    on = day or today()
    return board.members.filter(user_id=user.pk, since__lte=on, until__gte=on).first()


def reader(user: Anyone, board: Board) -> Reader:
    """What a person reads a board as: its clerks, its members, those of the area, anybody."""
    if may(user, Permission.KEEP_BOARDS):
        return Reader.CLERK
    if seat_of(user, board) and agreement_holds(board, today()):
        return Reader.MEMBER
    return Reader.SIGNED_IN if may(user, Permission.SEE_BOARDS) else Reader.ANYBODY


def agreement_holds(board: Board, day: date) -> bool:
    """Whether members may be given what is not public: there is a sharing agreement, and it has not run out."""
    terms = terms_of(board)
    return terms is not None and bool(terms.agreement) and terms.agreement_until is not None and terms.agreement_until >= day


def is_chair(user: Anyone, board: Board) -> bool:
    seat = seat_of(user, board)
    return bool(seat and seat.chair)


def items_of(meeting: Meeting) -> list[Item]:
    return list(meeting.items.filter(withdrawn=None).prefetch_related("declarations__member"))


def excluded_from(item: Item, members: Iterable[Member], day: date) -> tuple[Member, ...]:
    """The members with an interest in an item: declared for it, or in a school that it is about."""
    declared = {one.member_id for one in item.declarations.all()}
    return tuple(one for one in members if has_interest(schools_of(one, day), item.urns, one.pk in declared))


def schools_of(member: Member, day: date) -> list[int]:
    """The schools that a member has an interest in on a day."""
    return [one.urn for one in member.interests.all() if one.urn and one.since <= day and (one.until is None or one.until >= day)]


def agenda(meeting: Meeting, user: Anyone) -> list[ItemSeen]:
    """The items in their order, each as this person sees it."""
    members, who = members_on(meeting.board, meeting.day), reader(user, meeting.board)
    own = {one.pk for one in members if one.user_id and one.user_id == getattr(user, "pk", None)}
    found = []
    for one in items_of(meeting):
        excluded = excluded_from(one, members, meeting.day)
        interested = bool(own & {each.pk for each in excluded})
        found.append(ItemSeen(one, shows(who, one.edition, meeting.state in OUT, interested), excluded))
    return found


def seen(item: Item, user: Anyone) -> ItemSeen:
    return next(one for one in agenda(item.meeting, user) if one.item.pk == item.pk)


def files_seen(found: ItemSeen, user: Anyone) -> list[tuple[ItemFile, Shown]]:
    """The files under an item, each with whether this person may read it."""
    board, out = found.item.meeting.board, found.item.meeting.state in OUT
    who, seat = reader(user, board), seat_of(user, board)
    interested = seat is not None and seat.pk in {one.pk for one in found.excluded}
    files = found.item.files.filter(withdrawn=None, document__erased=None).select_related("document")
    return [(one, shows(who, one.edition, out, interested)) for one in files]


def file(pk: int) -> ItemFile | None:
    found = ItemFile.objects.select_related("item__meeting__board", "document")
    return found.filter(pk=pk, withdrawn=None, document__erased=None, item__withdrawn=None).first()


def to_vote(item: Item, phases: list[str]) -> list[str]:
    """The phases that have not voted on it yet; one without a name where no phase decides alone. None before the meeting was held."""
    voted = set(item.ballots.values_list("phase", flat=True))
    return [phase for phase in phases or [""] if phase not in voted] if item.meeting.state == State.HELD else []


def ready_of(item: Item) -> Report | None:
    """The version that goes into the papers."""
    return item.reports.filter(ready=True).last()


def unwritten(meeting: Meeting) -> list[str]:
    """What is still to be written before the papers go out: of items that need a report, and of those on which one was begun."""
    found = []
    for item in meeting.items.filter(withdrawn=None).prefetch_related("reports"):
        if not item.reported and not item.reports.exists():
            continue
        newest = ready_of(item)
        missing = [part.value for part in NEEDED if newest is None or not newest.parts.get(part.name.lower())]
        found += [f"{item.title}: {', '.join(missing)}."] if missing else []
    return found


def kept(meeting: Meeting) -> dict[str, Any]:
    """For the papers: item → officer and parts; and why parts are missing, if the papers went out so."""
    items = {}
    for item in meeting.items.filter(withdrawn=None).prefetch_related("reports"):
        newest = ready_of(item)
        if newest or item.reported:
            items[str(item.pk)] = {
                "officer": newest.officer if newest else "",
                "parts": newest.parts if newest else {},
                "must": item.reported,
            }
    return {"items": items, "why": meeting.unwritten_because}


def has_opened(item: Item, member: Member) -> bool:
    return Opened.objects.filter(item=item, member=member).exists()


def declarations(meeting: Meeting) -> "QuerySet[Declaration]":
    return Declaration.objects.filter(item__meeting=meeting).select_related("item", "member")


def present(meeting: Meeting) -> dict[str, list[Member]]:
    """Presence → members, of those for whom it was written down."""
    found: dict[str, list[Member]] = {one.value: [] for one in Presence}
    for row in meeting.attendance.select_related("member").order_by("-member__chair", "member__name"):
        found[row.presence].append(row.member)
    return found


def voting(meeting: Meeting) -> tuple[int, int]:
    """(voting members on the day, those of them who were there)."""
    able = [one for one in members_on(meeting.board, meeting.day) if one.votes]
    there = {one.pk for one in present(meeting)[Presence.PRESENT]}
    return len(able), sum(one.pk in there for one in able)


def newest_minutes(meeting: Meeting) -> Minutes | None:
    return meeting.minutes.last()


def document_of(minutes: Minutes | None) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(minutes.document) if minutes else {}
    return found


def actions_of(board: Board) -> "QuerySet[Action]":
    return Action.objects.filter(item__meeting__board=board).select_related("item__meeting")


def open_actions(board: Board) -> list[Action]:
    return list(actions_of(board).filter(closed=None))


def actions_seen(board: Board, user: Anyone) -> list[Action]:
    """The actions of a board of items whose papers this person may read, the earliest due first."""
    readable = _readable(board, user)
    return [one for one in actions_of(board) if one.item_id in readable]


def _readable(board: Board, user: Anyone) -> set[int]:
    meetings = board.meetings.filter(state__in=OUT).select_related("board")
    return {one.item.pk for each in meetings for one in agenda(each, user) if one.shown.papers}


def next_meeting(board: Board, day: date) -> Meeting | None:
    return board.meetings.filter(day__gte=day).exclude(state=State.CANCELLED).first()


def last_meeting(board: Board, before: date) -> Meeting | None:
    """The newest meeting that was held before a day."""
    return board.meetings.filter(day__lt=before, state__in=(State.HELD, State.SIGNED)).last()


def ahead(day: date) -> "QuerySet[Meeting]":
    """Every meeting to come, of every board, the earliest first."""
    return Meeting.objects.filter(day__gte=day, board__closed=None).exclude(state=State.CANCELLED).select_related("board")


def seats_ending(board: Board, until: date) -> list[Member]:
    return list(board.members.filter(Q(until__gte=today()), until__lte=until))


def evidence_of(question: Question) -> dict[str, Any]:
    """What the figures were when a question was answered."""
    found: dict[str, Any] = json.loads(question.evidence)
    return found
