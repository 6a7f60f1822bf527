"""The schools forum and what stands under an item: who votes on what, files by edition, the council’s report before the papers go out."""

import io
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import docx as word
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from headway.definitions.boards import Edition
from headway.desk.accounts.permissions import Role
from headway.desk.boards import actions, attaching, evidence, gathering, packing, pages, queries, reporting, voting
from headway.desk.boards.models import Ballot, Board, Decision, Item, ItemFile, Meeting
from headway.desk.boards.packs import writing
from headway.desk.framing.pages import the_door
from headway.papers.council import NEEDED
from headway.papers.outline import outline
from headway.papers.word import docx
from headway.readings.calendar import holidays
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError

pytestmark = pytest.mark.django_db
PARTS = {"options": "Keep it.", "finance": "Nothing.", "legal": "None.", "equality": "None.", "risk": "Low.", "recommendations": "Agree."}
SEATS = (("Ann", "maintained_primary"), ("Ben", "maintained_primary"), ("Cy", "maintained_primary"), ("Di", "maintained_secondary"),
         ("Ed", "academies"))  # fmt: skip
CSV = b"what,days\nVisits,3\n"


@pytest.fixture(autouse=True)
def home(example: Path, settings: Any, tmp_path: Path) -> Path:
    import shutil

    where = tmp_path / "area"
    shutil.copytree(example, where)
    settings.HEADWAY = replace(settings.HEADWAY, home=where)
    return where


@pytest.fixture
def people(person: Any) -> dict[str, Any]:
    return {
        "clerk": person(Role.HEAD_OF_SCHOOL_IMPROVEMENT, email="clerk@example.org"),
        "ann": person(Role.BOARD_CHAIR, email="ann@example.org"),
        "other": person(Role.ELECTED_MEMBER, email="other@example.org"),
    }


@pytest.fixture
def forum(people: Any) -> Board:
    kind, today = the_door().library.board_kinds["schools_forum"], clock.today()
    made = actions.set_up(by="t", kind=kind, title="Forum", purpose="Money.", quorum=40, agreement="Agreement",
                          agreement_until=today + timedelta(100))  # fmt: skip
    for name, group in SEATS:
        user = people["ann"] if name == "Ann" else None
        actions.seat(by="t", board=made, name=name, post=group, since=today - timedelta(9), until=today + timedelta(365), group=group,
                     chair=name == "Ann", user=user)  # fmt: skip
    return made


@pytest.fixture
def item(forum: Board) -> Item:
    """De-delegation, with a rate for primary; its papers are not out."""
    meeting = actions.plan(by="t", board=forum, kind=pages.kind_of(the_door(), forum), day=clock.today() + timedelta(21))
    found: Item = meeting.items.get(standing="de_delegation")
    actions.put_rate(by="t", item=found, phase="primary", given={"year": "2027-28", "rate": "8.50", "spent": 96_000, "bought": "Visits."})
    return found


def called(item: Item) -> Meeting:
    reporting.write(by="t", item=item, officer="An officer", parts=PARTS, ready=True)
    return actions.call(by="t", meeting=item.meeting, holidays=holidays(the_door().library))


def held(item: Item, *there: str) -> dict[str, int]:
    """The meeting is held with some there; name → seat."""
    meeting = called(item)
    members = {one.name: one.pk for one in queries.members_on(meeting.board, meeting.day)}
    actions.attend(by="t", meeting=meeting, presence={pk: "present" if name in there else "absent" for name, pk in members.items()})
    return members


def vote(item: Item, phase: str, voices: dict[int, str]) -> Ballot:
    fresh, door = queries.item(item.pk), the_door()
    kind = pages.kind_of(door, item.meeting.board)
    return voting.vote(
        by="t", item=fresh, kind=kind, phase=phase, motion="A rate.", voices=voices, evidence=evidence.of_rate(door, fresh, phase)
    )


def test_primary_members_decide_for_primary_and_the_decision_keeps_what_was_known(item: Item) -> None:
    of = held(item, "Ann", "Ben", "Cy", "Di", "Ed")
    made = vote(item, "primary", {of["Ann"]: "for", of["Ben"]: "for", of["Cy"]: "abstained"})
    assert made.decision.sort == "agreed"
    assert made.decision.words == "Members for maintained primary schools, 2 for, 0 against, 1 abstained. Carried: A rate."
    known = json.loads(made.decision.evidence)
    assert (
        known["delegation"]["rate"] == "8.50"
        and known["delegation"]["pupils"] > 0
        and known["vote"]["voices"][str(of["Cy"])] == "abstained"
    )
    assert float(known["delegation"]["comes_to"]) == pytest.approx(8.5 * known["delegation"]["pupils"])
    with pytest.raises(HeadwayError, match="voted on already"):
        vote(item, "primary", {of["Ann"]: "against"})
    assert vote(item, "secondary", {of["Di"]: "against"}).decision.sort == "refused"


@pytest.mark.parametrize(
    ("phase", "voices", "said"),
    [
        ("primary", {"Di": "for"}, "who may not"),  # of the other phase
        ("secondary", {"Ann": "for"}, "who may not"),
        ("primary", {"Ed": "for"}, "who may not"),  # of an academy
        ("primary", {"Cy": "for"}, "who may not"),  # was not there
        ("primary", {}, "Nobody voted"),
        ("", {"Ann": "for"}, "Each phase decides for itself"),
    ],
)
def test_nobody_votes_who_may_not(item: Item, phase: str, voices: dict[str, str], said: str) -> None:
    of = held(item, "Ann", "Ben", "Di", "Ed")
    with pytest.raises(HeadwayError, match=said):
        vote(item, phase, {of[name]: how for name, how in voices.items()})
    assert not Ballot.objects.exists() and not Decision.objects.exists()


def test_a_meeting_without_quorum_decides_nothing(item: Item) -> None:
    of = held(item, "Ann")
    with pytest.raises(HeadwayError, match="not quorate"):
        vote(item, "primary", {of["Ann"]: "for"})


def test_as_many_for_as_against_changes_nothing_and_whoever_has_an_interest_does_not_vote(item: Item) -> None:
    of = held(item, "Ann", "Ben", "Cy", "Di", "Ed")
    actions.declare_in(by="t", item=item, member=item.meeting.board.members.get(name="Cy"), what="Runs the service.")
    with pytest.raises(HeadwayError, match="with an interest"):
        vote(item, "primary", {of["Cy"]: "for"})
    made = vote(item, "primary", {of["Ann"]: "for", of["Ben"]: "against"})
    assert made.decision.sort == "refused" and "as many for as against" in made.decision.words


def test_a_vote_through_the_pages_and_not_after_signature(item: Item, people: Any, browser_of: Any) -> None:
    of = held(item, "Ann", "Ben", "Di")
    clerk = browser_of(people["clerk"])
    page = clerk.get(f"/boards/items/{item.pk}/vote/?phase=primary").content.decode()
    assert "A rate of £8.50 for each pupil" in page and "2 of them were there and may" in page and "Di" not in page.split("<form")[2]
    assert clerk.get(f"/boards/items/{item.pk}/vote/").status_code == 404
    given = {"motion": "A rate of £8.50", f"m{of['Ann']}": "for", f"m{of['Ben']}": "for"}
    assert clerk.post(f"/boards/items/{item.pk}/vote/?phase=primary", {**given, f"m{of['Ben']}": ""}).status_code == 422
    assert "Write down a vote, primary" in clerk.get(f"/boards/items/{item.pk}/").content.decode()
    assert clerk.post(f"/boards/items/{item.pk}/vote/?phase=primary", given).status_code == 302
    page = clerk.get(f"/boards/items/{item.pk}/").content.decode()
    assert "Write down a vote, primary" not in page and "Write down a vote, secondary" in page
    seen = clerk.get(f"/boards/items/{item.pk}/").content.decode()
    assert "2 for, 0 against, 0 abstained. Carried" in seen and "How each voted, primary" in seen
    meeting = Meeting.objects.get(pk=item.meeting_id)
    actions.write_minutes(by="t", meeting=meeting, document=pages.drafted(meeting))
    actions.sign(by="t", meeting=meeting, name="Ann")
    with pytest.raises(HeadwayError, match="H-DESK-60"):
        vote(item, "secondary", {of["Di"]: "for"})


# --- files ------------------------------------------------------------------------------------------------------------


def put(item: Item, edition: str, title: str) -> ItemFile:
    return attaching.attach(
        by="t", item=item, title=title, chunks=[CSV], edition=edition, grounds="business" if edition == "exempt" else ""
    )


def opened(browser: Any, file: ItemFile) -> int:
    """The status of a file, which is closed again."""
    answer = browser.get(f"/boards/files/{file.pk}/")
    answer.close()
    return int(answer.status_code)


def test_files_are_read_by_their_edition_listed_above_and_recalled_with_an_interest(item: Item, people: Any, browser_of: Any) -> None:
    files = {edition: put(item, edition, f"The {edition} file") for edition in ("public", "members", "exempt")}
    chair, other = browser_of(people["ann"]), browser_of(people["other"])
    assert all(opened(chair, one) == 404 for one in files.values())  # not out yet
    called(item)
    assert [opened(other, one) for one in files.values()] == [200, 404, 404]
    answer = chair.get(f"/boards/files/{files['exempt'].pk}/")
    assert answer.status_code == 200 and b"".join(answer.streaming_content) == CSV and "attachment" in answer["Content-Disposition"]
    answer.close()
    page = other.get(f"/boards/items/{item.pk}/").content.decode()
    assert f"/boards/files/{files['public'].pk}/" in page and f"/boards/files/{files['exempt'].pk}/" not in page
    spec, door = gathering.spec_of(the_door(), Meeting.objects.get(pk=item.meeting_id), clock.today()), the_door()
    told = {one: json.dumps(outline(writing.write(door, spec, one, full=True).paper)) for one in Edition}
    assert "The members file" not in told[Edition.PUBLIC] and "File: The members file" in told[Edition.MEMBERS]
    assert "The exempt file" not in told[Edition.MEMBERS] and "File: The exempt file" in told[Edition.EXEMPT]
    assert files["public"].document.sha256[:12] in told[Edition.PUBLIC]
    seat = item.meeting.board.members.get(name="Ann")
    declared = actions.declare_in(by="t", item=item, member=seat, what="A share in the supplier.")
    assert declared.recalled and declared.had_opened
    assert [opened(chair, one) for one in files.values()] == [200, 404, 404]


def test_a_file_is_not_read_by_more_than_its_item_and_is_checked(item: Item, people: Any, browser_of: Any) -> None:
    item.edition = "members"
    actions.put_item(by="t", item=item)
    with pytest.raises(HeadwayError, match="H-DESK-66"):
        put(item, "public", "Too open")
    clerk, where = browser_of(people["clerk"]), f"/boards/items/{item.pk}/files/new/"
    bad = clerk.post(where, {"title": "A page", "edition": "members", "file": SimpleUploadedFile("a.html", b"<html><script>x</script>")})
    assert bad.status_code == 422 and not ItemFile.objects.exists() and b"A page" in bad.content
    assert clerk.post(where, {"title": "x", "edition": "exempt", "file": SimpleUploadedFile("a.csv", CSV)}).status_code == 422
    assert clerk.post(where, {"title": "A table", "edition": "members", "file": SimpleUploadedFile("a.csv", CSV)}).status_code == 302
    kept = ItemFile.objects.get()
    assert clerk.post(f"/boards/files/{kept.pk}/withdraw/", {"because": "An older one."}).status_code == 302
    assert opened(clerk, kept) == 404


# --- the council’s report ---------------------------------------------------------------------------------------------


def test_papers_do_not_go_out_without_the_report_unless_somebody_says_why(item: Item, people: Any, browser_of: Any) -> None:
    days = holidays(the_door().library)
    with pytest.raises(HeadwayError, match="Legal implications"):
        actions.call(by="t", meeting=item.meeting, holidays=days)
    reporting.write(by="t", item=item, officer="An officer", parts=PARTS, ready=False)  # a draft does not do
    with pytest.raises(HeadwayError, match="Still to be written"):
        actions.call(by="t", meeting=item.meeting, holidays=days)
    clerk = browser_of(people["clerk"])
    where = f"/boards/meetings/{item.meeting_id}/papers-out/"
    assert "Financial implications" in clerk.get(where).content.decode()
    assert clerk.post(where, {"because": ""}).status_code == 422
    assert clerk.post(where, {"because": "", "unwritten": "Counsel has still to answer."}).status_code == 302
    meeting = Meeting.objects.get(pk=item.meeting_id)
    assert meeting.state == "called" and meeting.unwritten_because == "Counsel has still to answer."
    paper = packing.written(the_door(), meeting, Edition.PUBLIC, whole=True).paper
    said = json.dumps(outline(paper), ensure_ascii=False)
    assert said.count("Not written when the papers went out: Counsel has still to answer.") == len(NEEDED)
    assert "To be written by the author" not in said


def test_the_newest_ready_version_goes_into_the_paper_and_its_word_file(item: Item, people: Any, browser_of: Any) -> None:
    clerk, where = browser_of(people["clerk"]), f"/boards/items/{item.pk}/report/"
    given = {**PARTS, "officer": "Ines Calloway, finance"}
    assert clerk.post(where, {**given, "officer": ""}).status_code == 422
    assert clerk.post(where, {**given, "finance": "It costs £96,000.", "ready": "on"}).status_code == 302
    assert clerk.post(where, {**given, "finance": "A later draft."}).status_code == 302
    assert clerk.post(where, {**given, "finance": "A later draft."}).status_code == 302  # nothing changed: no version
    assert item.reports.count() == 2
    history = clerk.get(where).content.decode()
    assert "A later draft." in history and "It costs £96,000." in history and "draft" in history
    actions.call(by="t", meeting=item.meeting, holidays=holidays(the_door().library))
    meeting = Meeting.objects.get(pk=item.meeting_id)
    paper = packing.written(the_door(), meeting, Edition.PUBLIC, whole=True).paper
    text = "\n".join(one.text for one in word.Document(io.BytesIO(docx(paper))).paragraphs)
    for wanted in ("It costs £96,000.", "Report by Ines Calloway, finance.", *(part.value for part in NEEDED), "Keep it.", "Low."):
        assert wanted in text
    assert "A later draft." not in text


def test_a_pack_where_no_item_needs_a_report_says_so(forum: Board) -> None:
    kind = the_door().library.board_kinds["challenge_board"]
    board = actions.set_up(by="t", kind=kind, title="Board", purpose="To watch.", quorum=40)
    meeting = actions.plan(by="t", board=board, kind=kind, day=clock.today() + timedelta(30))
    assert queries.unwritten(meeting) == []
    said = json.dumps(outline(packing.written(the_door(), meeting, Edition.PUBLIC, whole=True).paper))
    assert said.count("No item of this paper asks for a decision that needs this part.") == len(NEEDED)


def test_a_clerk_with_an_interest_writes_nothing_under_the_item(item: Item, people: Any, browser_of: Any) -> None:
    item.edition = "members"
    actions.put_item(by="t", item=item)
    today = clock.today()
    seat = actions.seat(by="t", board=item.meeting.board, name="Clerk", post="Clerk", since=today, until=today + timedelta(90), votes=False,
                        user=people["clerk"])  # fmt: skip
    actions.declare_in(by="t", item=item, member=seat, what="Married to the supplier.")
    clerk = browser_of(people["clerk"])
    assert [clerk.get(f"/boards/items/{item.pk}/{one}/").status_code for one in ("report", "files/new")] == [404, 404]
