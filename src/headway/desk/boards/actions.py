"""What changes about boards. Each in one transaction with its audit event; what was decided and signed is only ever added to."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django.db import transaction

from headway.definitions.boards import BoardKind
from headway.desk.accounts.models import User
from headway.desk.audit.actions import record
from headway.desk.boards import queries, rules
from headway.desk.boards.minutes import canonical, digest
from headway.desk.boards.models import (
    Action,
    Attendance,
    Board,
    Correction,
    Decision,
    Declaration,
    Delegation,
    Interest,
    Item,
    Meeting,
    Member,
    Minutes,
    Opened,
    Pack,
    Question,
    Terms,
)
from headway.desk.boards.rules import State
from headway.vocabulary.clock import now, today
from headway.vocabulary.errors import HeadwayError


@transaction.atomic
def set_up(
    *, by: str, kind: BoardKind, title: str, purpose: str, quorum: int, agreement: str = "", agreement_until: date | None = None
) -> Board:
    board = Board.objects.create(kind=kind.id, title=title)
    record(by=by, verb="set up", target="board", target_id=board.pk, after={"kind": kind.id, "title": title})
    put_terms(by=by, board=board, purpose=purpose, quorum=quorum, agreement=agreement, agreement_until=agreement_until, reason="")
    return board


@transaction.atomic
def put_terms(*, by: str, board: Board, purpose: str, quorum: int, agreement: str, agreement_until: date | None, reason: str) -> Terms:
    """A new version of the terms of reference; the earlier ones stay."""
    terms = Terms.objects.create(
        board=board, purpose=purpose, quorum=quorum, agreement=agreement, agreement_until=agreement_until, reason=reason, by=by
    )
    told = {"quorum": quorum, "agreement": agreement, "agreement_until": str(agreement_until or ""), "reason": reason}
    record(by=by, verb="wrote terms of", target="board", target_id=board.pk, after=told)
    return terms


@transaction.atomic
def seat(*, by: str, board: Board, name: str, post: str, since: date, until: date, chair: bool = False, votes: bool = True,
         user: User | None = None, group: str = "") -> Member:  # fmt: skip
    """Raises H-DESK-61 where the board has another chair on one of the days of the term."""
    if chair and board.members.filter(chair=True, since__lte=until, until__gte=since).exists():
        raise HeadwayError("H-DESK-61", "The board has a chair in that time.", remedy="End the other’s term first.")
    member = Member.objects.create(
        board=board, name=name, post=post, since=since, until=until, chair=chair, votes=votes, user=user, group=group
    )
    told = {"post": post, "chair": chair, "votes": votes, "group": group, "since": str(since), "until": str(until)}
    record(by=by, verb="seated", target="board", target_id=board.pk, after={**told, "member": member.pk})
    return member


@transaction.atomic
def end_term(*, by: str, member: Member, on: date, reason: str) -> None:
    Member.objects.filter(pk=member.pk).update(until=on, why_left=reason)
    record(by=by, verb="ended the term of", target="board member", target_id=member.pk, after={"until": str(on), "reason": reason})


@transaction.atomic
def declare(*, by: str, member: Member, what: str, urn: int | None = None, since: date | None = None) -> Interest:
    """A standing interest. Where it touches papers that are out, they are recalled from the member, and that is written down."""
    found = Interest.objects.create(member=member, what=what, urn=urn, since=since or today())
    record(by=by, verb="declared an interest", target="board member", target_id=member.pk, after={"urn": urn, "interest": found.pk})
    coming = Item.objects.filter(meeting__board=member.board, meeting__state=State.CALLED, withdrawn=None)
    for item in [one for one in coming if urn in one.urns]:
        declare_in(by=by, item=item, member=member, what=what)
    return found


@transaction.atomic
def end_interest(*, by: str, interest: Interest, on: date) -> None:
    Interest.objects.filter(pk=interest.pk).update(until=on)
    record(
        by=by,
        verb="ended an interest",
        target="board member",
        target_id=interest.member_id,
        after={"interest": interest.pk, "until": str(on)},
    )


@transaction.atomic
def declare_in(*, by: str, item: Item, member: Member, what: str) -> Declaration:
    """A member’s interest in one item. Papers that are out already are recalled: they open no longer, and who had read them is said."""
    out, read = queries.unsigned(item.meeting_id).state in queries.OUT, queries.has_opened(item, member)
    made, new = Declaration.objects.get_or_create(
        item=item, member=member, defaults={"what": what, "recalled": out, "had_opened": read, "by": by}
    )
    if new:
        verb = "recalled papers from" if out else "withheld papers from"
        record(by=by, verb=verb, target="board member", target_id=member.pk, after={"item": item.pk, "had_opened": read})
    return made


@transaction.atomic
def opened(*, by: str, item: Item, member: Member) -> None:
    """That a member opened the papers of an item that are not public: once for each."""
    if Opened.objects.get_or_create(item=item, member=member)[1]:
        record(by=by, verb="opened papers", target="board item", target_id=item.pk, after={"edition": item.edition})


# --- meetings ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def plan(*, by: str, board: Board, kind: BoardKind, day: date, begins: time | None = None, place: str = "") -> Meeting:
    """A meeting in the forward plan, with the standing items of its kind on its agenda."""
    meeting = Meeting.objects.create(board=board, day=day, begins=begins, place=place)
    Item.objects.bulk_create(
        Item(meeting=meeting, place=number, standing=one.id, writes=one.writes, title=one.title, edition=one.edition.value,
             grounds=one.grounds, asks=one.asks, reported=one.report)
        for number, one in enumerate(kind.items, 1)
    )  # fmt: skip
    record(by=by, verb="planned", target="board meeting", target_id=meeting.pk, after={"board": board.pk, "day": str(day)})
    return meeting


def _moved(meeting: Meeting, to: State) -> Meeting:
    fresh = queries.unsigned(meeting.pk)
    if not rules.may_move(fresh.state, to):
        raise HeadwayError(
            "H-DESK-01", f"This meeting is {State(fresh.state).label} and cannot become {to.label}.",
            "Somebody may have changed it since your page was loaded.", "Load the page again.",
        )  # fmt: skip
    fresh.state = to
    return fresh


@transaction.atomic
def call(*, by: str, meeting: Meeting, holidays: frozenset[date], urgent_because: str = "", unwritten_because: str = "") -> Meeting:
    """Send the papers out. Raises H-DESK-62 with fewer than five clear working days, or with parts of a report unwritten, and no reason."""
    fresh = _moved(meeting, State.CALLED)
    fault = rules.fault_of_calling(today(), fresh.day, holidays, urgent_because)
    missing = queries.unwritten(fresh)
    if missing and not unwritten_because.strip():
        fault = f"{fault} Still to be written: {' '.join(missing)} Write it, or say why the papers go out without it.".strip()
    if fault:
        raise HeadwayError("H-DESK-62", "The papers cannot go out.", fault)
    fresh.called, fresh.urgent_because = now(), urgent_because
    fresh.unwritten_because = unwritten_because if missing else ""
    fresh.save(update_fields=["state", "called", "urgent_because", "unwritten_because"])
    clear = rules.clear_days(today(), fresh.day, holidays)
    record(
        by=by,
        verb="sent out the papers of",
        target="board meeting",
        target_id=fresh.pk,
        after={"clear_days": clear, "urgent": urgent_because, "unwritten": missing, "because": fresh.unwritten_because},
    )
    return fresh


@transaction.atomic
def cancel(*, by: str, meeting: Meeting, because: str) -> None:
    fresh = _moved(meeting, State.CANCELLED)
    fresh.changed_because = because
    fresh.save(update_fields=["state", "changed_because"])
    record(by=by, verb="cancelled", target="board meeting", target_id=fresh.pk, after={"because": because})


@transaction.atomic
def move_day(*, by: str, meeting: Meeting, day: date, begins: time | None, place: str, because: str) -> None:
    fresh = queries.unsigned(meeting.pk)
    before = {"day": str(fresh.day), "place": fresh.place}
    fresh.day, fresh.begins, fresh.place, fresh.changed_because = day, begins, place, because
    fresh.save(update_fields=["day", "begins", "place", "changed_because"])
    record(
        by=by,
        verb="moved",
        target="board meeting",
        target_id=fresh.pk,
        before=before,
        after={"day": str(day), "place": place, "because": because},
    )


@transaction.atomic
def attend(*, by: str, meeting: Meeting, presence: Mapping[int, str]) -> None:
    """Who was there: member → present, apologies or absent. The meeting counts as held from then on."""
    fresh = queries.unsigned(meeting.pk)
    if fresh.state == State.CALLED:
        fresh = _moved(meeting, State.HELD)
        fresh.save(update_fields=["state"])
    elif fresh.state != State.HELD:
        raise HeadwayError(
            "H-DESK-01", f"This meeting is {State(fresh.state).label}.", "Its papers were not sent out.", "Send them out first."
        )
    for member, how in presence.items():
        Attendance.objects.update_or_create(meeting=fresh, member_id=member, defaults={"presence": how})
    record(
        by=by,
        verb="wrote down who was at",
        target="board meeting",
        target_id=fresh.pk,
        after={str(one): how for one, how in presence.items()},
    )


@transaction.atomic
def put_item(*, by: str, item: Item) -> Item:
    """Add an item, or change one that stands there. Once the papers are out a change is an event that says so."""
    meeting = queries.unsigned(item.meeting_id)
    new = item.pk is None
    if new:
        item.place = (meeting.items.order_by("-place").values_list("place", flat=True).first() or 0) + 1
    item.save()
    told = {
        "title": item.title,
        "edition": item.edition,
        "grounds": item.grounds,
        "urns": sorted(item.urns),
        "papers_out": meeting.state != State.PLANNED,
    }
    record(by=by, verb="added" if new else "changed", target="board item", target_id=item.pk, after=told)
    return item


@transaction.atomic
def withdraw(*, by: str, item: Item, reason: str) -> None:
    queries.unsigned(item.meeting_id)
    Item.objects.filter(pk=item.pk).update(withdrawn=now(), why_withdrawn=reason)
    record(by=by, verb="withdrew", target="board item", target_id=item.pk, after={"reason": reason})


@transaction.atomic
def decide(
    *, by: str, item: Item, sort: str, words: str, dissent: str, evidence: Mapping[str, Any], corrects: Decision | None = None
) -> Decision:
    """What the board decided, with what was known. After signature only as a correction of an earlier one."""
    if corrects is None:
        queries.unsigned(item.meeting_id)
    made = Decision.objects.create(
        item=item, sort=sort, words=words, dissent=dissent, corrects=corrects, evidence=canonical(evidence), by=by
    )
    told = {"item": item.pk, "sort": sort, "corrects": corrects.pk if corrects else None, "snapshot": evidence.get("snapshot", "")}
    record(by=by, verb="decided", target="board item", target_id=item.pk, after=told)
    return made


@transaction.atomic
def ask(*, by: str, item: Item, what: str, owner: str, due: date) -> Action:
    queries.unsigned(item.meeting_id)
    made = Action.objects.create(item=item, what=what, owner=owner, due=due)
    record(by=by, verb="asked for", target="board action", target_id=made.pk, after={"owner": owner, "due": str(due)})
    return made


@transaction.atomic
def close(*, by: str, action: Action, outcome: str) -> None:
    """What came of an action. One that is closed stays as it is."""
    changed = Action.objects.filter(pk=action.pk, closed=None).update(closed=now(), closed_by=by, outcome=outcome)
    if changed:
        record(by=by, verb="closed", target="board action", target_id=action.pk, after={"outcome": outcome})


@transaction.atomic
def keep_pack(*, by: str, meeting: Meeting, address: str, spec: str, snapshot: str, library: str, hidden: list[list[str]]) -> Pack:
    """Keep what the papers were built from. The same papers are kept once."""
    newest = meeting.packs.last()
    if newest and newest.address == address:
        return newest
    made = Pack.objects.create(meeting=meeting, address=address, spec=spec, snapshot=snapshot, library=library, hidden=hidden, by=by)
    record(by=by, verb="built the pack of", target="board meeting", target_id=meeting.pk, after={"address": address, "snapshot": snapshot})
    return made


@transaction.atomic
def put_rate(*, by: str, item: Item, phase: str, given: Mapping[str, Any]) -> Delegation:
    """The rate that maintained schools of a phase are asked for. Raises H-DESK-60 once the meeting is signed."""
    queries.unsigned(item.meeting_id)
    made, _ = Delegation.objects.update_or_create(item=item, phase=phase, defaults=dict(given))
    record(
        by=by,
        verb="proposed a rate of",
        target="board item",
        target_id=item.pk,
        after={"phase": phase, **{name: str(one) for name, one in given.items()}},
    )
    return made


@transaction.atomic
def put_question(*, by: str, words: str, committee: str, on: date, measure: str = "", board: Board | None = None) -> Question:
    made = Question.objects.create(words=words, committee=committee, on=on, measure=measure, board=board, by=by)
    record(by=by, verb="wrote down", target="question", target_id=made.pk, after={"committee": committee, "on": str(on)})
    return made


@transaction.atomic
def answer_question(*, by: str, question: Question, answer: str, evidence: Mapping[str, Any]) -> None:
    """An answer with what the figures were that day. One that was given stays; a later question asks again."""
    changed = Question.objects.filter(pk=question.pk, answered=None).update(answer=answer, evidence=canonical(evidence), answered=now())
    if changed:
        record(by=by, verb="answered", target="question", target_id=question.pk, after={"snapshot": evidence.get("snapshot", "")})


# --- minutes ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def write_minutes(*, by: str, meeting: Meeting, document: Mapping[str, Any]) -> Minutes:
    """A version of the minutes. Writes nothing where nothing changed."""
    fresh = queries.unsigned(meeting.pk)
    if fresh.state != State.HELD:
        raise HeadwayError("H-DESK-01", f"This meeting is {State(fresh.state).label}.", "Minutes are of a meeting that was held.",
                           "Write down first who was there.")  # fmt: skip
    newest, text = queries.newest_minutes(fresh), canonical(document)
    if newest and newest.document == text:
        return newest
    made = Minutes.objects.create(meeting=fresh, document=text, by=by)
    record(by=by, verb="wrote minutes of", target="board meeting", target_id=fresh.pk, after={"version": made.pk})
    return made


@transaction.atomic
def sign(*, by: str, meeting: Meeting, name: str) -> Meeting:
    """The chair signs the newest minutes. From then on nothing of the meeting changes; corrections are entries of their own."""
    fresh = _moved(meeting, State.SIGNED)
    newest = queries.newest_minutes(fresh)
    if newest is None:
        raise HeadwayError("H-DESK-63", "There are no minutes to sign.", remedy="Draft them from the record first.")
    fresh.signed, fresh.signed_by, fresh.digest = now(), name, digest(newest.document)
    fresh.save(update_fields=["state", "signed", "signed_by", "digest"])
    record(by=by, verb="signed minutes of", target="board meeting", target_id=fresh.pk, after={"digest": fresh.digest})
    return fresh


@transaction.atomic
def correct(*, by: str, meeting: Meeting, words: str, edition: str) -> Correction:
    """A correction of signed minutes: a new entry; the signed text stays as it is."""
    if meeting.state != State.SIGNED:
        raise HeadwayError("H-DESK-63", "The minutes are not signed.", "A draft is changed, not corrected.", "Change the draft.")
    made = Correction.objects.create(meeting=meeting, words=words, edition=edition, by=by)
    record(by=by, verb="corrected minutes of", target="board meeting", target_id=meeting.pk, after={"correction": made.pk})
    return made
