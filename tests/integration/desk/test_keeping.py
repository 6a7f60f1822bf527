"""What is kept until anything is written: seen at once by everybody after a change, never by another than whom it is of."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.urls import NoReverseMatch, reverse

from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Role
from headway.desk.accounts.queries import permissions_of
from headway.desk.audit.actions import record
from headway.desk.audit.models import Head
from headway.desk.audit.queries import newest_seal
from headway.desk.entitlements import actions, pages, queries
from headway.desk.establishments.models import Establishment
from headway.desk.framing.addresses import address
from headway.desk.framing.keeping import as_written, for_patch, for_person, until_written
from headway.desk.framing.pages import the_door
from headway.desk.overview.my_schools import drawn, scope_of
from headway.desk.overview.needs import needed
from headway.desk.overview.standing import standing
from headway.desk.tiers.models import Evidence
from headway.desk.visits import actions as visits
from headway.readings.door import open_door
from headway.readings.establishment import of_authority

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 10)


@pytest.fixture(autouse=True)
def _in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWAY_TODAY", str(TODAY))


@pytest.fixture
def schools(example: Any, settings: Any) -> list[Establishment]:
    settings.HEADWAY = replace(settings.HEADWAY, home=example)
    found = [one for one in of_authority(open_door(example), "150").values() if one.phase == "primary" and one.status == "open"][:6]
    return [Establishment.objects.create(urn=one.urn, name=one.name, phase="primary", status="open", authority="150") for one in found]


@pytest.fixture
def lead(schools: Any, person: Any) -> User:
    return person(Role.HEAD_OF_SCHOOL_IMPROVEMENT)


def fresh(user: User) -> User:
    """As the next request has them."""
    return User.objects.get(pk=user.pk)


def call(by: User, school: Establishment, once: str) -> None:
    visits.log_call(by=by, school=school, spoke_to="head", said="", restricted=False, counts_as=None, way="", once=once)


def test_an_answer_is_kept_until_something_is_written_and_no_day_longer(lead: User) -> None:
    door, found = the_door(), []

    def asked() -> int:
        return until_written(door, TODAY, "count", lambda: found.append(1) or len(found))

    assert (asked(), asked()) == (1, 1)
    record(by="test", verb="wrote", target="thing", target_id=1)
    assert asked() == 2
    assert until_written(door, TODAY + timedelta(1), "count", lambda: 9) == 9
    assert asked() == 3, "and what was kept for another day is gone"
    record(by="test", verb="looked", target="thing", target_id=1, look=True)
    assert asked() == 3 and Head.objects.get().hash != newest_seal(), "a look changes nothing"


def test_an_answer_found_from_something_else_is_found_anew_of_another(lead: User) -> None:
    door, first, second = the_door(), object(), object()
    assert until_written(door, TODAY, "rests on", lambda: 1, first) == 1
    assert until_written(door, TODAY, "rests on", lambda: 2, first) == 1
    assert until_written(door, TODAY, "rests on", lambda: 2, second) == 2


def test_a_write_that_was_taken_back_leaves_nothing_behind(lead: User) -> None:
    """The number of the newest event would come again; its seal never does."""
    door = the_door()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(by="test", verb="wrote", target="thing", target_id=1)
        until_written(door, TODAY, "taken back", lambda: "never")
        raise ZeroDivisionError
    record(by="test", verb="wrote", target="thing", target_id=2)
    assert until_written(door, TODAY, "taken back", lambda: "as it is") == "as it is"


def test_a_desk_that_nothing_was_written_in_is_kept_by_nobody(schools: Any) -> None:
    assert newest_seal() == ""
    assert as_written(the_door(), TODAY) is not as_written(the_door(), TODAY)


def test_people_and_patches_never_share_and_whoever_looks_leaves_nothing(schools: Any, lead: User, person: Any) -> None:
    door, one, two = the_door(), schools[0].pk, schools[1].pk
    people = [lead, person(Role.ADVISER, urns={one}, email="1@example.org"), person(Role.ADVISER, urns={two}, email="2@example.org"),
              person(Role.ADVISER, urns={one}, email="3@example.org")]  # fmt: skip
    looking = fresh(people[1])
    looking.looked_at_by = people[2]
    assert for_person(door, looking, TODAY, "whose", lambda: "of both") == "of both"
    assert for_patch(door, looking, TODAY, "whose", lambda: "of both") == "of both"
    assert [for_person(door, who, TODAY, "whose", lambda who=who: who.pk) for who in people] == [who.pk for who in people]
    of_patches = [for_patch(door, who, TODAY, "whose", lambda who=who: who.pk) for who in people]
    assert of_patches == [people[0].pk, people[1].pk, people[2].pk, people[1].pk], "the same schools, the same answer"
    assert for_person(door, looking, TODAY, "whose", lambda: "of both") == "of both", "nor is anything kept given to whoever looks"


def test_a_person_who_is_given_another_role_or_patch_finds_another_answer(schools: Any, person: Any) -> None:
    door, adviser = the_door(), person(Role.ADVISER, urns={schools[0].pk})
    assert for_person(door, adviser, TODAY, "mine", lambda: "before") == "before"
    adviser.patches.update(urn=schools[1].pk)  # by hand, without an event
    assert for_person(door, fresh(adviser), TODAY, "mine", lambda: "after") == "after"


def test_what_a_person_may_is_found_out_anew_for_whoever_looks(lead: User, person: Any, schools: Any) -> None:
    head = person(Role.HEADTEACHER, urns={schools[0].pk})
    own = permissions_of(head)
    head.looked_at_by = lead
    assert permissions_of(head) < own
    head.looked_at_by = None
    assert permissions_of(head) == own
    head.is_active = False
    assert not permissions_of(head)


def test_my_schools_of_two_patches_are_two_and_each_change_is_there_at_once(schools: Any, lead: User, person: Any, browser_of: Any) -> None:
    adviser = person(Role.ADVISER, urns={schools[0].pk})
    of_lead, of_adviser = browser_of(lead), browser_of(adviser)
    for _ in range(2):  # the second from what is kept
        assert schools[1].name in of_lead.get("/my-schools/?all=1").content.decode()
        mine = of_adviser.get("/my-schools/?all=1").content.decode()
        assert schools[0].name in mine and not any(one.name in mine for one in schools[1:])
    call(adviser, schools[0], "a")
    for browser in (of_lead, of_adviser):
        assert "Call 10 Nov" in browser.get("/my-schools/?all=1").content.decode()
    actions.name(by=lead, school=schools[0], adviser=adviser, since=TODAY)
    assert str(adviser) in of_lead.get("/my-schools/?all=1").content.decode().split("</form>")[-1]


def test_whoever_looks_at_my_schools_sees_what_both_see_and_leaves_the_others_page_whole(
    schools: Any, lead: User, person: Any, browser_of: Any
) -> None:
    adviser = person(Role.ADVISER, urns={schools[0].pk})
    looks = browser_of(lead)
    assert looks.post(f"/account/look/{adviser.pk}/").status_code == 302
    seen = looks.get("/my-schools/?all=1").content.decode()
    assert schools[0].name in seen and schools[1].name not in seen
    assert looks.post("/account/look/stop/").status_code in (200, 302, 403, 404)
    whole = browser_of(lead).get("/my-schools/?all=1").content.decode()
    assert all(one.name in whole for one in schools)


def test_what_is_found_anew_of_few_schools_is_what_is_found_of_all(schools: Any, lead: User) -> None:
    """The plain twin: everything from the beginning, after each of many writes."""
    chance, door, kept_once = random.Random(7), the_door(), 0
    pages.held(door, TODAY)
    for turn in range(40):
        school, before = chance.choice(schools), dict(pages.held(door, TODAY).ledgers)
        way = turn % 4
        if way == 0:
            call(lead, school, f"c{turn}")
        elif way == 1:
            day = TODAY - timedelta(chance.randrange(60))
            actions.enter(by=lead, school=school, item="data_pack", state="delivered", day=day, days=Decimal("0.5"), adviser=lead,
                          once=f"e{turn}")  # fmt: skip
        elif way == 2:
            actions.happened(by=lead, school=school, kind="new_head", since=TODAY - timedelta(turn), because="")
        else:
            actions.name(by=lead, school=school, adviser=lead if chance.random() < 0.5 else None, since=TODAY)
        found = pages.held(door, TODAY)
        assert found.ledgers == queries.ledgers(door, found.schools.values(), TODAY)
        same = {urn for urn, one in found.ledgers.items() if one is before[urn]}
        assert {one.pk for one in schools} - {school.pk} <= same
        kept_once += len(same)
        rows, ready = standing(door, TODAY).rows, drawn(door, list(standing(door, TODAY).rows), TODAY)
        door.kept.pop("rows of my schools")
        door.kept.pop("as written")
        door.kept.pop("entitlements")
        assert standing(door, TODAY).rows == rows and drawn(door, list(rows), TODAY) == ready
    assert kept_once >= 40 * (len(schools) - 1)


def test_what_needs_somebody_is_kept_for_them_and_gone_once_it_is_done(schools: Any, lead: User) -> None:
    door = the_door()
    unnamed = scope_of(door, lead, TODAY).unnamed
    assert len(unnamed) == len(schools)
    first = needed(door, lead, TODAY, unnamed)
    assert needed(door, fresh(lead), TODAY, unnamed) is first and any("Name an adviser" in one.what for one in first)
    for one in schools:
        actions.name(by=lead, school=one, adviser=lead, since=TODAY)
    assert not any("Name an adviser" in one.what for one in needed(door, lead, TODAY, scope_of(door, lead, TODAY).unnamed))


def test_an_address_is_that_of_the_page_and_none_is_no_address() -> None:
    for given in (100001, "100001"):
        assert address("school", given) == reverse("school", args=[given]) == address("school", given)
    for _ in range(2):
        with pytest.raises(NoReverseMatch):
            address("no such page")


def test_proposals_that_are_held_back_are_gone_at_once_though_nothing_was_written(schools: Any, lead: User, monkeypatch: Any) -> None:
    """A test is kept in a file, by a command: no event of the desk tells of it."""
    shown = {"signals": [], "reasons": [], "tier": "focus"}
    Evidence.objects.create(school=schools[0], snapshot="s", library="l", scheme="x.v1", proposed="focus", points=6, shown=shown)
    door = the_door()
    assert any(row.proposed for row in scope_of(door, lead, TODAY).rows)
    monkeypatch.setattr("headway.desk.overview.standing.held_back", lambda door: frozenset({"x.v1"}))
    assert not any(row.proposed for row in scope_of(door, lead, TODAY).rows)
    assert any(row.held for row in scope_of(door, lead, TODAY).rows)
