"""The made-up area’s boards: a challenge board with a meeting that is signed and one to come on 3 December, a forum, a concern meeting."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from headway.site.demo_strategy import clock_at
from headway.vocabulary.clock import today

if TYPE_CHECKING:  # Django is not ready when this module loads
    from headway.desk.boards.models import Board, Item, Meeting, Member

BY = "command:demo"
AGREEMENT = "Sharing agreement of the Education Challenge Board, 2026"
SEATS = (  # name, whom they stand for, the demonstration's account, chair, votes
    ("Dr Amara Whitlock", "Independent chair", "board.chair", True, True),
    ("Cllr Jonah Reade", "Elected member, education", "elected.member", False, True),
    ("Prof Ilse Brandt", "Regional director’s representative", "", False, True),
    ("Sunil Varghese", "Chief executive, Harrow Vale Trust", "", False, True),
    ("Grace Okonjo", "Primary headteachers", "", False, True),
    ("Tomasz Lind", "Diocesan board of education", "", False, False),
)
DECIDED = {  # standing item → (sort, words, dissent, action, owner, days after the meeting, outcome or "")
    "promises": ("agreed", "The board asks for a review of what keeps absence from falling.",
                 "Sunil Varghese would have waited for the autumn figures.",
                 "Report on what keeps severe absence from falling", "Director of education", 70, ""),
    "attendance": ("noted", "Attendance rose again; the board notes that it is still below England.", "",
                   "Offer every junior school a reading partner", "Head of school improvement", 40, "Done: 14 schools have one."),
    "told": ("agreed", "Heads find the reply form too long; it is to be one page.", "",
             "Shorten the reply form for heads to one page", "Head of school improvement", 30, "Done in October."),
    "support": ("noted", "Support goes where the signals are; the board asks about trusts that share no registers.", "",
                "Agree with two trusts on sharing marks", "Data protection officer", 60, ""),
}  # fmt: skip

QUESTIONS = (  # words, committee, days before the meeting, measure, answer
    ("Is absence here falling faster than elsewhere?", "Children’s scrutiny committee", 60, "attendance.overall_absence",
     "It fell again, and is still above England. Whether it falls faster than elsewhere the figures do not show."),
    ("How many children leave primary school ready for the next?", "Children’s scrutiny committee", 60, "ks2.rwm_expected",
     "Six in ten reach the expected standard in reading, writing and maths; the promise asks for England’s level by 2028."),
    ("What did the reading partners cost?", "Overview committee", 12, "", ""),
)  # fmt: skip


def make_demo_boards() -> None:
    """Once: a second demonstration finds them there."""
    from headway.desk.boards.models import Board

    if Board.objects.exists():
        return
    day = _third_of_december()
    board = _challenge_board(day)
    _past(board, day - timedelta(weeks=11))
    _coming(board, day)
    _others(day)


def _third_of_december() -> date:
    day = today()
    return date(day.year + (day > date(day.year, 12, 3)), 12, 3)


def _set_up(kind: str, title: str, agreement: str) -> "Board":
    from headway.desk.boards import actions
    from headway.desk.framing.pages import the_door

    found = the_door().library.board_kinds[kind]
    return actions.set_up(
        by=BY, kind=found, title=title, purpose=" ".join(found.purpose.split()), quorum=round(found.quorum * 100), agreement=agreement,
        agreement_until=today() + timedelta(days=500) if agreement else None,
    )  # fmt: skip


def _challenge_board(day: date) -> "Board":
    from headway.desk.accounts.models import User
    from headway.desk.boards import actions

    since = day - timedelta(days=400)
    with clock_at(since):
        board = _set_up("challenge_board", "Wrenford Education Challenge Board", AGREEMENT)
        for name, post, account, chair, votes in SEATS:
            user = User.objects.filter(email=f"{account}@wrenford.example").first() if account else None
            actions.seat(
                by=BY,
                board=board,
                name=name,
                post=post,
                since=since,
                until=since + timedelta(days=1_095),
                chair=chair,
                votes=votes,
                user=user,
            )
        actions.put_terms(by=BY, board=board, purpose=board.terms.first().purpose, quorum=34, agreement=AGREEMENT,
                          agreement_until=day + timedelta(days=600), reason="The agreement is renewed.")  # fmt: skip
    return board


def _planned(board: "Board", day: date, begins: str = "10:00") -> "Meeting":
    from datetime import time

    from headway.desk.boards import actions
    from headway.desk.boards.pages import kind_of
    from headway.desk.framing.pages import the_door

    return actions.plan(
        by=BY, board=board, kind=kind_of(the_door(), board), day=day, begins=time.fromisoformat(begins), place="Guildhall, room 2"
    )


def _called(meeting: "Meeting") -> None:
    from headway.desk.boards import actions, packing, rules
    from headway.desk.framing.pages import the_door
    from headway.readings.calendar import holidays

    days = holidays(the_door().library)
    out = min(today(), rules.papers_by(meeting.day, days))
    with clock_at(out):
        called = actions.call(by=BY, meeting=meeting, holidays=days)
        packing.keep(by=BY, door=the_door(), meeting=called)


def _past(board: "Board", day: date) -> None:
    """A meeting that was held: its actions are done, late or open, its minutes signed by the chair."""
    from headway.desk.boards import actions, pages, queries
    from headway.desk.boards.rules import Presence

    with clock_at(day - timedelta(days=60)):
        meeting = _planned(board, day)
    _called(meeting)
    members = queries.members_on(board, day)
    with clock_at(day):
        presence = {one.pk: Presence.APOLOGIES if one.name == "Prof Ilse Brandt" else Presence.PRESENT for one in members}
        actions.attend(by=BY, meeting=meeting, presence=presence)
        for item in meeting.items.filter(standing__in=DECIDED):
            _decided(item, day)
    with clock_at(day + timedelta(days=9)):
        meeting.refresh_from_db()
        actions.write_minutes(by=BY, meeting=meeting, document=pages.drafted(meeting))
        chair = next(one for one in members if one.chair)
        actions.sign(by=BY, meeting=meeting, name=chair.name)
    with clock_at(min(day + timedelta(days=48), today())):
        for item in meeting.items.filter(standing__in=DECIDED):
            outcome = DECIDED[item.standing][6]
            if outcome:
                actions.close(by=BY, action=item.actions.get(), outcome=outcome)


def _decided(item: "Item", day: date) -> None:
    from headway.desk.boards import actions, evidence
    from headway.desk.framing.pages import the_door

    sort, words, dissent, what, owner, days, _ = DECIDED[item.standing]
    actions.decide(by=BY, item=item, sort=sort, words=words, dissent=dissent, evidence=evidence.of_item(the_door(), item))
    actions.ask(by=BY, item=item, what=what, owner=owner, due=day + timedelta(days=days))


def _coming(board: "Board", day: date) -> None:
    """The next meeting, its papers out; one member has an interest in a school of its exempt part."""
    from headway.desk.boards import actions

    meeting = _planned(board, day)
    schools = _two_schools()
    named = meeting.items.get(standing="named")
    named.urns = schools
    named.text = "Two schools are proposed for intensive support. The heads and chairs of governors know, and have read what is said here."
    actions.put_item(by=BY, item=named)
    member: Member = board.members.get(name="Cllr Jonah Reade")
    if schools:
        actions.declare(
            by=BY, member=member, what="Governor of a school that is spoken of", urn=schools[0], since=day - timedelta(days=300)
        )
    actions.declare(
        by=BY,
        member=board.members.get(name="Sunil Varghese"),
        what="Chief executive of a trust in the area",
        since=day - timedelta(days=300),
    )
    _called(meeting)


def _two_schools() -> list[int]:
    from headway.desk.establishments.models import Establishment

    found: Any = Establishment.objects.filter(listed=True, status="open", phase="primary").order_by("-pk").values_list("pk", flat=True)
    return sorted(found[:2])


def _others(day: date) -> None:
    from headway.desk.boards import actions
    from headway.desk.boards.forum_views import evidence
    from headway.desk.framing.pages import the_door

    _forum(day)
    for words, committee, days, measure, answer in QUESTIONS:
        asked = actions.put_question(by=BY, words=words, committee=committee, on=day - timedelta(days=days), measure=measure)
        if answer:
            actions.answer_question(by=BY, question=asked, answer=answer, evidence=evidence(the_door(), asked))
    _planned(
        _set_up("concern_meeting", "Monthly concern meeting", "Terms of the monthly concern meeting, section 4"),
        day + timedelta(days=7),
        "09:00",
    )


def _forum(day: date) -> None:
    """A meeting that voted, and one to come."""
    from headway.site import demo_forum

    then = demo_forum.past_day(day)
    with clock_at(then - timedelta(days=60)):
        board = _set_up("schools_forum", "Wrenford Schools Forum", "")
        demo_forum.seat_all(board, then - timedelta(days=60))
        past = _planned(board, then, "16:00")
    demo_forum.make_demo_forum(board, _planned(board, day + timedelta(days=41), "16:00"), past)
    demo_forum.ready(past)
    _called(past)
    past.refresh_from_db()
    demo_forum.held(past)


def make_demo_public_pages() -> None:
    """The public pages, proposed and approved once; whoever changes a figure or a paper proposes them again."""
    from django.conf import settings

    from headway.desk.framing.pages import the_door
    from headway.desk.publication import actions, building
    from headway.desk.publication.models import Release

    if Release.objects.exists():
        return
    door = the_door()
    files, made = building.files_of(door, today())
    facts = door.published
    release = actions.propose(
        by=BY, home=settings.HEADWAY.home, files=files, facts=made.facts, snapshot=facts.id, library=door.library.digest, ways=made.ways
    )
    actions.approve(by=BY, home=settings.HEADWAY.home, release=release, reason="The first public pages of the made-up area.")
