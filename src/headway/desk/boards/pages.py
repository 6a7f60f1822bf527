"""What the pages of boards hold: a board in a sentence, a meeting as one person sees it, what was asked for and what happened."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from headway.definitions.boards import BoardKind, Edition
from headway.desk.accounts.queries import Anyone
from headway.desk.boards import minutes, queries, rules, voting
from headway.desk.boards.models import Action, Board, Decision, Item, Meeting, Member
from headway.desk.boards.queries import ItemSeen
from headway.desk.boards.rules import Presence, Reader, State
from headway.readings.door import Door

SOON = timedelta(days=90)


def kind_of(door: Door, board: Board) -> BoardKind:
    """Its kind. One that an area’s library has given up keeps a title of its own."""
    kinds = door.library.board_kinds
    return kinds.get(board.kind) or next(iter(kinds.values())).model_copy(update={"id": board.kind, "title": "Board", "items": ()})


@dataclass(frozen=True)
class Standing:
    """A board at a glance."""

    board: Board
    kind: BoardKind
    chair: Member | None
    members: list[Member]
    coming: Meeting | None
    open: list[Action]
    late: list[Action]


def standing(door: Door, board: Board, user: Anyone, today: date) -> Standing:
    members = queries.members_on(board, today)
    waiting = [one for one in queries.actions_seen(board, user) if one.closed is None]
    chair = next((one for one in members if one.chair), None)
    late = [one for one in waiting if one.due < today]
    return Standing(board, kind_of(door, board), chair, members, queries.next_meeting(board, today), waiting, late)


def standing_sentence(one: Standing, today: date) -> str:
    """“Meets next on 3 December. Of 5 actions that it asked for and are open, 2 are late.”"""
    meets = f"Meets next on {_day(one.coming.day)}." if one.coming else "No meeting is planned."
    if not one.open:
        return f"{meets} No action that it asked for is open."
    many, late = len(one.open), len(one.late)
    if many == 1:
        return f"{meets} One action that it asked for is open{', and it is late' if late else ''}."
    told = "none is late" if not late else "one is late" if late == 1 else f"{late} are late"
    return f"{meets} {many} actions that it asked for are open; {told}."


def due_words(meeting: Meeting, holidays: frozenset[date], today: date) -> str:
    """What a clerk has to do next, and by when."""
    state = State(meeting.state)
    if state is State.PLANNED:
        by = rules.papers_by(meeting.day, holidays)
        late = " That day is past: say why it is urgent." if by < today else ""
        return f"Papers go out by {by:%A} {_day(by)}, five clear working days before.{late}"
    if state is State.CALLED:
        return "The papers are out." if meeting.day >= today else "The meeting has been: write down who was there."
    if state is State.HELD:
        return "Minutes are being drafted from the record; the chair signs them."
    if state is State.SIGNED:
        return f"The minutes were signed by {meeting.signed_by} on {_day(meeting.signed.date())}; nothing of the meeting changes any more."
    return f"Cancelled: {meeting.changed_because}"


@dataclass(frozen=True)
class MeetingSeen:
    """A meeting as one person sees it."""

    meeting: Meeting
    reader: Reader
    items: list[ItemSeen]
    present: dict[str, list[Member]]
    quorum: str
    decisions: list[Decision]
    actions: list[Action]
    minutes: list[dict[str, Any]]
    corrections: list[Any]
    intact: bool


def meeting_seen(meeting: Meeting, user: Anyone) -> MeetingSeen:
    who, items = queries.reader(user, meeting.board), queries.agenda(meeting, user)
    readable = {one.item.pk for one in items if one.shown.papers}
    decisions = Decision.objects.filter(item__meeting=meeting, item_id__in=readable).select_related("item")
    actions = Action.objects.filter(item__meeting=meeting, item_id__in=readable).select_related("item")
    editions = [one.value for one in rules.editions_of(who)]
    return MeetingSeen(
        meeting, who, items, queries.present(meeting), quorum(meeting), list(decisions), list(actions), _minutes(meeting, who, items),
        list(meeting.corrections.filter(edition__in=editions)), _intact(meeting),
    )  # fmt: skip


def quorum(meeting: Meeting) -> str:
    """In words; empty before anybody wrote down who was there."""
    terms = queries.terms_of(meeting.board)
    if terms is None or not meeting.attendance.exists():
        return ""
    able, there = queries.voting(meeting)
    return rules.quorum_words(able, there, terms.quorum)


def _minutes(meeting: Meeting, who: Reader, items: list[ItemSeen]) -> list[dict[str, Any]]:
    """Clerks and members read the draft; others the public part once it is signed."""
    document = queries.document_of(queries.newest_minutes(meeting))
    if not document or (who < Reader.MEMBER and meeting.state != State.SIGNED):
        return []
    edition = Edition.EXEMPT if who >= Reader.MEMBER else Edition.PUBLIC
    withheld = [one.item.pk for one in items if not one.shown.papers]
    return minutes.without(minutes.for_edition(document, edition), withheld)


def _intact(meeting: Meeting) -> bool:
    """Whether the text that was signed is still the one that was signed."""
    newest = queries.newest_minutes(meeting)
    return not meeting.digest or (newest is not None and minutes.digest(newest.document) == meeting.digest)


def drafted(meeting: Meeting) -> dict[str, Any]:
    """The minutes as the record has them now, with what the clerk wrote so far."""
    there = queries.present(meeting)
    members = queries.members_on(meeting.board, meeting.day)
    return minutes.draft(
        present=[f"{one.name}, {one.post}" for one in there[Presence.PRESENT]],
        apologies=[f"{one.name}, {one.post}" for one in there[Presence.APOLOGIES]],
        quorum=quorum(meeting),
        items=[_minuted(one, members, meeting.day) for one in queries.items_of(meeting)],
        before=queries.document_of(queries.newest_minutes(meeting)),
    )


def _minuted(item: Any, members: list[Member], day: date) -> dict[str, Any]:
    decisions = [{"sort": one.get_sort_display(), "words": one.words, "dissent": one.dissent} for one in item.decisions.all()]
    actions = [{"what": one.what, "owner": one.owner, "due": _day(one.due)} for one in item.actions.all()]
    excluded = [one.name for one in queries.excluded_from(item, members, day)]
    return {"item": item.pk, "title": item.title, "edition": item.edition, "excluded": excluded, "decisions": decisions, "actions": actions}


def motion(item: Item, phase: str) -> str:
    """What is voted on: the rate of a phase, or what the item asks."""
    rate = item.delegations.filter(phase=phase).first() if phase else None
    return f"A rate of £{rate.rate:,.2f} for each pupil of maintained {phase} schools in {rate.year}." if rate else item.asks


def voters_words(kind: BoardKind, item: Item, phase: str, able: list[Member]) -> str:
    """Who votes on it and how many of them may; whether the meeting can decide."""
    many = len(able)
    told = (
        f"{voting.who(kind, voting.entitled(kind, item, phase))} vote on it; {many} {'of them was' if many == 1 else 'of them were'} there"
    )
    told += " and may. An abstention counts on neither side; as many for as against changes nothing."
    return told if voting.quorate(item.meeting) else f"{told} The meeting was not quorate: it can advise and decides nothing."


@dataclass(frozen=True)
class Asked:
    """One thing that a board asked for: when, of whom, what happened."""

    action: Action
    decided: str
    happened: str
    late: bool


def asked(board: Board, user: Anyone, today: date) -> list[Asked]:
    """What changed, what we asked for, what happened: the open ones first, the earliest due first."""
    found = []
    for one in queries.actions_seen(board, user):
        decided = " ".join(each.words for each in one.item.decisions.all())
        late = one.closed is None and one.due < today
        happened = one.outcome if one.closed else f"Late: it was due by {_day(one.due)}." if late else "Not yet due."
        found.append(Asked(one, decided, happened, late))
    return sorted(found, key=lambda one: (one.action.closed is not None, one.action.due))


def asked_sentence(found: list[Asked]) -> str:
    if not found:
        return "The board has asked for nothing yet."
    done, late = sum(one.action.closed is not None for one in found), sum(one.late for one in found)
    waits = len(found) - done - late
    parts = [f"{count} {words}" for count, words in ((done, "done or closed"), (late, "late"), (waits, "not yet due")) if count]
    many = "the one thing" if len(found) == 1 else f"{len(found)} things"
    return f"Of {many} that the board asked for: {', '.join(parts)}."


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
