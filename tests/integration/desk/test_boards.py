"""A board from its terms to signed minutes: who reads what, interests that recall papers, what is signed stays."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from headway.desk.accounts.permissions import Role
from headway.desk.audit.models import Event
from headway.desk.audit.queries import verify
from headway.desk.boards import actions, pages, queries
from headway.desk.boards.models import Action, Board, Decision, Declaration, Item, Meeting, Member, Minutes
from headway.desk.boards.rules import State
from headway.desk.establishments.models import Establishment
from headway.desk.framing.pages import the_door
from headway.readings.calendar import holidays
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError

pytestmark = pytest.mark.django_db
CANARY = "Wilhelmina Canary"
URN = 900020


@pytest.fixture
def people(example: Any, settings: Any, person: Any) -> dict[str, Any]:
    settings.HEADWAY = replace(settings.HEADWAY, home=example)
    Establishment.objects.create(urn=URN, name="A school", phase="primary", status="open", authority="150")
    return {
        "clerk": person(Role.HEAD_OF_SCHOOL_IMPROVEMENT, email="clerk@example.org"),
        "chair": person(Role.BOARD_CHAIR, email="chair@example.org"),
        "member": person(Role.ELECTED_MEMBER, email="member@example.org"),
        "other": person(Role.ELECTED_MEMBER, email="other@example.org"),
        "head": person(Role.HEADTEACHER, urns={URN}, email="head@example.org"),
        "admin": person(Role.ADMINISTRATOR, email="admin@example.org"),
    }


@pytest.fixture
def board(people: dict[str, Any]) -> Board:
    kind, today = the_door().library.board_kinds["challenge_board"], clock.today()
    made = actions.set_up(by="test", kind=kind, title="Challenge board", purpose="To watch.", quorum=50, agreement="Agreement 1",
                          agreement_until=today + timedelta(100))  # fmt: skip
    for who, chair in (("chair", True), ("member", False)):
        actions.seat(
            by="test",
            board=made,
            name=f"The {who}",
            post="A post",
            since=today,
            until=today + timedelta(365),
            chair=chair,
            user=people[who],
        )
    return made


@pytest.fixture
def meeting(board: Board) -> Meeting:
    """Its papers are out; its exempt item is about a school."""
    one = actions.plan(by="test", board=board, kind=pages.kind_of(the_door(), board), day=clock.today() + timedelta(21))
    named = one.items.get(standing="named")
    named.text, named.urns = CANARY, [URN]
    actions.put_item(by="test", item=named)
    return actions.call(by="test", meeting=one, holidays=holidays(the_door().library))


def named_of(meeting: Meeting) -> Item:
    return meeting.items.get(standing="named")


def test_the_whole_way_of_a_meeting_through_the_pages(board: Board, people: Any, browser_of: Any) -> None:
    clerk, chair = browser_of(people["clerk"]), browser_of(people["chair"])
    planned = clerk.post(f"/boards/{board.pk}/meetings/new/", {"day": str(clock.today() + timedelta(30)), "place": "Guildhall"})
    where = planned.url
    pk = int(where.split("/")[3])
    assert "Papers go out by" in clerk.get(where).content.decode()
    assert "not out yet" in chair.get(where).content.decode()
    clerk.post(f"{where}papers-out/", {"because": ""})
    item = Meeting.objects.get(pk=pk).items.first()
    assert chair.get(f"/boards/items/{item.pk}/").status_code == 200
    present = {f"m{one.pk}": "present" for one in board.members.all()}
    assert clerk.post(f"{where}attendance/", present).status_code == 302
    assert "quorate" in clerk.get(where).content.decode()
    decided = {"sort": "agreed", "words": "To look again", "what": "A report", "owner": "", "due": ""}
    refused = clerk.post(f"/boards/items/{item.pk}/decide/", decided)
    assert refused.status_code == 422 and "Say who does it." in refused.content.decode() and "To look again" in refused.content.decode()
    clerk.post(f"/boards/items/{item.pk}/decide/", decided | {"owner": "Director", "due": str(clock.today() + timedelta(60))})
    known = json.loads(Decision.objects.get().evidence)
    assert known["snapshot"] == the_door().facts.id and known["library"] == the_door().facts.library_digest
    assert chair.post(f"{where}sign/").status_code == 302 and Meeting.objects.get(pk=pk).state == State.HELD  # there is nothing to sign yet
    clerk.post(f"{where}minutes/", {f"i{item.pk}": "It was a long talk."})
    assert clerk.post(f"{where}sign/").status_code == 404  # nobody but the chair
    chair.post(f"{where}sign/")
    page = clerk.get(where).content.decode()
    assert "Signed by The chair" in page and "It was a long talk." in page and "To look again" in page
    record = chair.get(f"/boards/{board.pk}/record/").content.decode()
    assert "A report" in record and "1 not yet due" in record
    clerk.post(f"/boards/actions/{Action.objects.get().pk}/close/", {"outcome": "It is written"})
    assert "It is written" in chair.get(f"/boards/{board.pk}/record/").content.decode()
    assert not list(verify())


def test_who_reads_which_papers(meeting: Meeting, people: Any, browser_of: Any) -> None:
    named = f"/boards/items/{named_of(meeting).pk}/"
    readers = {who: browser_of(people[who]) for who in people}
    assert {who: CANARY in each.get(named).content.decode() for who, each in readers.items()} == {
        "clerk": True, "chair": True, "member": True, "other": False, "head": False, "admin": False
    }  # fmt: skip
    assert readers["admin"].get("/boards/").status_code == 403
    for who in ("other", "head"):
        assert str(URN) not in readers[who].get(named).content.decode()


def test_without_an_agreement_members_read_public_papers_only(meeting: Meeting, board: Board, people: Any, browser_of: Any) -> None:
    member = browser_of(people["member"])
    assert CANARY in member.get(f"/boards/items/{named_of(meeting).pk}/").content.decode()
    actions.put_terms(
        by="test", board=board, purpose="x", quorum=50, agreement="Agreement 1", agreement_until=clock.today() - timedelta(1), reason=""
    )
    assert CANARY not in member.get(f"/boards/items/{named_of(meeting).pk}/").content.decode()
    assert "has run out" in member.get(f"/boards/{board.pk}/").content.decode()


def test_an_interest_declared_after_the_papers_went_out_recalls_them(meeting: Meeting, board: Board, people: Any, browser_of: Any) -> None:
    member, named = browser_of(people["member"]), named_of(meeting)
    address = f"/boards/items/{named.pk}/"
    assert CANARY in member.get(address).content.decode()
    actions.declare(by="test", member=board.members.get(user=people["member"]), what="Governor there", urn=URN)
    page = member.get(address).content.decode()
    assert CANARY not in page and "you have an interest" in page
    recalled = Declaration.objects.get()
    assert recalled.recalled and recalled.had_opened
    assert Event.objects.filter(verb="recalled papers from").count() == 1
    told = browser_of(people["chair"]).get(address).content.decode()
    assert "are recalled" in told and "they had been opened" in told
    assert CANARY in browser_of(people["chair"]).get(address).content.decode()  # from the others they are not


def test_an_interest_in_one_item_is_declared_by_the_member_for_themselves_only(
    meeting: Meeting, board: Board, people: Any, browser_of: Any
) -> None:
    named, member = named_of(meeting), browser_of(people["member"])
    chair = board.members.get(user=people["chair"])
    other = member.post(f"/boards/items/{named.pk}/interest/", {"member": chair.pk, "what": "Not mine to say"})
    assert other.status_code == 422 and not Declaration.objects.exists()
    own = board.members.get(user=people["member"])
    member.post(f"/boards/items/{named.pk}/interest/", {"member": own.pk, "what": "Parent there"})
    assert Declaration.objects.get().member == own
    assert browser_of(people["other"]).post(f"/boards/items/{named.pk}/interest/", {"what": "x"}).status_code == 404


def test_a_clerk_who_sits_on_the_board_is_excluded_too(meeting: Meeting, board: Board, people: Any, browser_of: Any) -> None:
    today = clock.today()
    seat = actions.seat(by="test", board=board, name="Clerk", post="x", since=today, until=today + timedelta(90), user=people["clerk"])
    actions.declare(by="test", member=seat, what="Governor", urn=URN)
    assert CANARY not in browser_of(people["clerk"]).get(f"/boards/items/{named_of(meeting).pk}/").content.decode()


def test_fewer_than_five_clear_working_days_need_a_reason(board: Board, people: Any, browser_of: Any) -> None:
    clerk = browser_of(people["clerk"])
    one = actions.plan(by="test", board=board, kind=pages.kind_of(the_door(), board), day=clock.today() + timedelta(3))
    clerk.post(f"/boards/meetings/{one.pk}/papers-out/", {"because": ""})
    assert Meeting.objects.get(pk=one.pk).state == State.PLANNED
    clerk.post(f"/boards/meetings/{one.pk}/papers-out/", {"because": "A school closes"})
    assert Meeting.objects.get(pk=one.pk).urgent_because == "A school closes"


def signed(meeting: Meeting) -> Meeting:
    actions.attend(by="test", meeting=meeting, presence={one.pk: "present" for one in Member.objects.all()})
    item = meeting.items.first()
    actions.decide(by="test", item=item, sort="agreed", words="As proposed", dissent="", evidence={})
    actions.write_minutes(by="test", meeting=meeting, document=pages.drafted(Meeting.objects.get(pk=meeting.pk)))
    return actions.sign(by="test", meeting=meeting, name="The chair")


def test_what_is_signed_is_refused_to_be_edited_and_corrected_by_a_new_entry(meeting: Meeting) -> None:
    one = signed(meeting)
    item = one.items.first()
    before = Minutes.objects.last().document
    for change in (
        lambda: actions.decide(by="test", item=item, sort="noted", words="Otherwise", dissent="", evidence={}),
        lambda: actions.put_item(by="test", item=item),
        lambda: actions.withdraw(by="test", item=item, reason="x"),
        lambda: actions.ask(by="test", item=item, what="x", owner="y", due=date(2027, 1, 1)),
        lambda: actions.write_minutes(by="test", meeting=one, document={"items": []}),
        lambda: actions.attend(by="test", meeting=one, presence={}),
        lambda: actions.move_day(by="test", meeting=one, day=date(2027, 1, 1), begins=None, place="", because="x"),
        lambda: actions.declare_in(by="test", item=item, member=Member.objects.first(), what="x"),
        lambda: actions.sign(by="test", meeting=one, name="Another"),
    ):  # fmt: skip
        with pytest.raises(HeadwayError, match="H-DESK-60"):
            change()
    actions.correct(by="test", meeting=one, words="The vote was 4 to 1.", edition="public")
    first = Decision.objects.get()
    actions.decide(by="test", item=item, sort="agreed", words="As amended", dissent="", evidence={}, corrects=first)
    assert Minutes.objects.last().document == before and first.corrections.get().words == "As amended"
    assert "As proposed" in before


def test_minutes_that_were_changed_behind_the_back_are_told(meeting: Meeting, people: Any, browser_of: Any) -> None:
    one, clerk = signed(meeting), browser_of(people["clerk"])
    assert "not those that were signed" not in clerk.get(f"/boards/meetings/{one.pk}/").content.decode()
    Minutes.objects.filter(meeting=one).update(document='{"items": []}')
    assert "not those that were signed" in clerk.get(f"/boards/meetings/{one.pk}/").content.decode()


def test_the_area_reads_public_minutes_only_once_they_are_signed(meeting: Meeting, people: Any, browser_of: Any) -> None:
    named, other = named_of(meeting), browser_of(people["other"])
    actions.attend(by="test", meeting=meeting, presence={one.pk: "present" for one in Member.objects.all()})
    actions.decide(by="test", item=named, sort="advised", words=CANARY, dissent="", evidence={})
    public = meeting.items.get(standing="attendance")
    actions.decide(by="test", item=public, sort="noted", words="It rose", dissent="", evidence={})
    actions.ask(by="test", item=named, what=f"Look at {CANARY}", owner="Director", due=clock.today())
    actions.write_minutes(by="test", meeting=meeting, document=pages.drafted(Meeting.objects.get(pk=meeting.pk)))
    address = f"/boards/meetings/{meeting.pk}/"
    assert "read here once they are signed" in other.get(address).content.decode()
    actions.sign(by="test", meeting=meeting, name="The chair")
    page = other.get(address).content.decode() + other.get(f"/boards/{meeting.board_id}/record/").content.decode()
    page += other.get(f"/boards/{meeting.board_id}/").content.decode()
    assert "It rose" in page and CANARY not in page
    assert CANARY in browser_of(people["chair"]).get(address).content.decode()


def test_two_chairs_at_once_are_refused_and_terms_are_versions(board: Board) -> None:
    today = clock.today()
    with pytest.raises(HeadwayError, match="H-DESK-61"):
        actions.seat(by="test", board=board, name="Second", post="x", since=today, until=today + timedelta(9), chair=True)
    actions.put_terms(by="test", board=board, purpose="New", quorum=40, agreement="", agreement_until=None, reason="Reviewed")
    assert [one.purpose for one in board.terms.all()] == ["New", "To watch."] and queries.terms_of(board).purpose == "New"
