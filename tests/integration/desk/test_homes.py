"""Where each role lands and what they must do today, which is gone once somebody has done it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from headway.desk.accounts.permissions import Role
from headway.desk.boards.models import Board, Member
from headway.desk.entitlements import actions as ledger
from headway.desk.establishments.models import Establishment
from headway.desk.framing.pages import the_door
from headway.desk.overview.my_schools import today_words
from headway.desk.overview.needs import MANY, Need, needed
from headway.desk.tiers import actions as tiers
from headway.desk.tiers import deciding
from headway.desk.tiers.models import TierDecision
from headway.desk.visits import actions as visiting
from headway.desk.visits.models import FollowUp
from headway.readings.door import open_door
from headway.readings.establishment import of_authority
from headway.readings.tier_proposal.proposing import scheme_named
from headway.vocabulary import clock
from headway.vocabulary.viewer import PUBLIC

pytestmark = pytest.mark.django_db


@pytest.fixture
def schools(example: Any, settings: Any) -> list[Establishment]:
    settings.HEADWAY = replace(settings.HEADWAY, home=example)
    found = [one for one in of_authority(open_door(example), "150").values() if one.phase == "primary" and one.status == "open"][:5]
    return [Establishment.objects.create(urn=one.urn, name=one.name, phase="primary", status="open", authority="150") for one in found]


@pytest.mark.parametrize(
    ("role", "where"),
    [
        (Role.HEAD_OF_SCHOOL_IMPROVEMENT, "/my-schools/"), (Role.ADVISER, "/my-day/"), (Role.HEADTEACHER, "/schools/{urn}/held/"),
        (Role.GOVERNOR, "/schools/{urn}/governing/"), (Role.ATTENDANCE_OFFICER, "/attendance/"), (Role.BOARD_CHAIR, "/boards/{board}/"),
        (Role.SERVICE_OFFICER, "/support/returns/"), (Role.WELLBEING_CONTACT, "/wellbeing/received/"), (Role.ANALYST, "/overview/"),
        (Role.DATA_PROTECTION_OFFICER, "/glass/uses/"),
        (Role.ELECTED_MEMBER, "/overview/"), (Role.ADMINISTRATOR, "/account/people/"),
    ],
    ids=str,
)  # fmt: skip
def test_each_role_lands_on_its_work(role: Any, where: str, schools: Any, person: Any, browser_of: Any) -> None:
    user = person(role, urns=frozenset({schools[0].pk}) if role.bound_to_patch else frozenset())
    board = Board.objects.create(title="Board", kind="partnership_board") if role is Role.BOARD_CHAIR else None
    if board is not None:
        Member.objects.create(board=board, user=user, name="A", post="Chair", chair=True, since=clock.today(),
                              until=clock.today() + timedelta(300))  # fmt: skip
    answer = browser_of(user).get("/")
    assert answer.url == where.format(urn=schools[0].pk, board=board.pk if board else "")
    assert browser_of(user).get(answer.url).status_code == 200


def decided(lead: Any, schools: list[Establishment]) -> list[TierDecision]:
    scheme = scheme_named(the_door())
    meeting = tiers.call_meeting(by=lead, door=the_door(), viewer=PUBLIC, scheme=scheme, title="North", day=clock.today(), schools=schools,
                                 once="m", days_at_hand=None)  # fmt: skip
    for item in meeting.items.all():
        tiers.settle(by=lead, item=item, scheme=scheme, tier="secure", reason="So", began_from=0)
    tiers.confirm(by=lead, meeting=meeting, ways_out={}, advisers={}, urns=[one.pk for one in schools])
    return list(TierDecision.objects.order_by("school__name"))


def whats(user: Any) -> list[str]:
    return [one.what for one in needed(the_door(), user, clock.today())]


def test_heads_to_ring_letters_and_replies_need_somebody_until_they_are_done(schools: Any, person: Any) -> None:
    lead, adviser = person(Role.HEAD_OF_SCHOOL_IMPROVEMENT), person(Role.ADVISER)
    school = schools[0]
    ledger.name(by=lead, school=school, adviser=adviser, since=clock.today())
    (one,) = decided(lead, [school])
    assert f"Ring the head of {school.name}" in whats(adviser) and f"Ring the head of {school.name}" in whats(lead)
    deciding.tell(by=lead, decision=one, whom="head", adviser=adviser, phone="1")
    assert not any("Ring" in what for what in whats(adviser)) and f"Send the letter to {school.name}" in whats(lead)
    assert not any("letter" in what for what in whats(adviser))  # who may not send it is not asked to
    one.refresh_from_db()
    said = deciding.reply(by=person(Role.HEADTEACHER, urns=frozenset({school.pk})), decision=one, wish="facts", text="No", once="r")
    assert f"Answer the reply of {school.name}" in whats(adviser)
    deciding.answer(by=adviser, reply=said, text="Put right")
    assert not any("reply" in what for what in whats(adviser))


def test_many_of_one_kind_are_one_line(schools: Any, person: Any) -> None:
    lead = person(Role.HEAD_OF_SCHOOL_IMPROVEMENT)
    decided(lead, schools)
    rings = [one for one in needed(the_door(), lead, clock.today()) if "ring" in one.what.lower()]
    assert len(schools) > MANY and [one.what for one in rings] == ["Heads to ring: five"] and "three more schools" in rings[0].why


def test_a_promise_is_said_once_and_overdue_comes_first(schools: Any, person: Any, browser_of: Any) -> None:
    adviser, school = person(Role.ADVISER), schools[0]
    visiting.log_call(by=adviser, school=school, spoke_to="head", said="", restricted=False, counts_as=None, way="", once="c")
    FollowUp.objects.create(school=school, call=school.calls.get(), what="Send the plan", owner="council", keeper=adviser,
                            due=clock.today() - timedelta(3))  # fmt: skip
    visiting.book(by=adviser, school=school, kind="autumn_visit", adviser=adviser, day=clock.today())
    found = needed(the_door(), adviser, clock.today())
    assert [one.late for one in found] == [True, False] and found[0].what == f"Send the plan: {school.name}"
    page = browser_of(adviser).get("/my-day/").content.decode()
    assert "Two things need you today, one of them overdue" in page and "Overdue since" in page


def test_what_is_longest_overdue_comes_first_and_another_year_is_told(schools: Any, person: Any) -> None:
    adviser, today = person(Role.ADVISER), clock.today()
    for away in (9, 400, 30):
        visiting.book(by=adviser, school=schools[0], kind="autumn_visit", adviser=adviser, day=today - timedelta(away))
    found = [one for one in needed(the_door(), adviser, today) if one.late]
    assert [one.due for one in found] == sorted(one.due for one in found) and len(found) == 3
    oldest, newest = found[0], found[-1]
    assert oldest.when.endswith(f"{oldest.due:%B} {oldest.due.year}") and newest.when.endswith(f"{newest.due:%B}")


def test_my_schools_says_first_what_needs_somebody_today(schools: Any, person: Any, browser_of: Any) -> None:
    def words(late: str) -> str:
        return today_words([Need("a", "", "", "/", one == "l") for one in late])

    assert words("") == "Nothing needs you today." and words("l") == "One thing needs you today, overdue."
    assert words("ll") == "Two things need you today, all of them overdue." and words("--") == "Two things need you today."
    page = browser_of(person(Role.HEAD_OF_SCHOOL_IMPROVEMENT)).get("/my-schools/").content.decode()
    assert '<p class="answer">One thing needs you today. 0 of' in page  # to name an adviser for those that have none


def test_a_governor_reads_questions_actions_and_notes_of_their_own_school(schools: Any, person: Any, browser_of: Any) -> None:
    adviser, own, other = person(Role.ADVISER), schools[0], schools[1]
    governor = browser_of(person(Role.GOVERNOR, urns=frozenset({own.pk})))
    visiting.log_call(by=adviser, school=own, spoke_to="head", said="", restricted=False, counts_as=None, way="", once="c")
    FollowUp.objects.create(school=own, call=own.calls.get(), what="Send the plan", owner="school", keeper=adviser,
                            due=clock.today() - timedelta(3))  # fmt: skip
    page = governor.get(f"/schools/{own.pk}/governing/").content.decode()
    assert "Send the plan" in page and "from our data" in page and "overdue" in page
    assert page.count("How this was worked out<span") <= 10
    assert governor.get(f"/schools/{other.pk}/governing/").status_code == 404
