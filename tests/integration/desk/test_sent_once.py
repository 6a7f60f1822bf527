"""A form that is sent twice is written once, whichever it is; a switch may be pressed again; what failed may be tried again."""

from dataclasses import replace
from typing import Any

import pytest

from headway.desk.accounts.permissions import Role
from headway.desk.establishments.models import Establishment
from headway.desk.visits.models import Visit
from headway.readings.door import open_door
from headway.readings.establishment import of_authority
from headway.vocabulary import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(example: Any, settings: Any) -> Establishment:
    settings.HEADWAY = replace(settings.HEADWAY, home=example)
    found = next(one for one in of_authority(open_door(example), "150").values() if one.phase == "primary" and one.status == "open")
    return Establishment.objects.create(urn=found.urn, name=found.name, phase="primary", status="open", authority="150")


def test_a_visit_is_booked_once_though_its_form_comes_twice(school: Establishment, person: Any, browser_of: Any) -> None:
    me = person(Role.ADVISER)
    adviser, other = browser_of(me), browser_of(person(Role.HEAD_OF_SCHOOL_IMPROVEMENT))
    where, form = f"/schools/{school.pk}/visits/new/", {"kind": "autumn_visit", "day": str(clock.today()), "adviser": me.pk, "purpose": ""}
    first, second = adviser.post(where, form), adviser.post(where, form)
    assert (first.status_code, second.status_code, first.url) == (302, 302, second.url) and Visit.objects.count() == 1
    assert "You sent this already" in adviser.get(second.url).content.decode()
    other.post(where, form)
    assert Visit.objects.count() == 2  # somebody else means it
    adviser.post(where, form | {"purpose": "Another one"})
    assert Visit.objects.count() == 3


def test_whoever_undid_something_may_send_it_again_and_faults_are_not_remembered(
    school: Establishment, person: Any, browser_of: Any
) -> None:
    me = person(Role.ADVISER)
    adviser = browser_of(me)
    where, form = f"/schools/{school.pk}/visits/new/", {"kind": "autumn_visit", "day": "never", "adviser": me.pk, "purpose": ""}
    assert [adviser.post(where, form).status_code for _ in range(2)] == [422, 422]
    form["day"] = str(clock.today())
    booked = adviser.post(where, form).url
    adviser.post(f"{booked}cancel/", {"because": "The head is ill"})
    adviser.post(where, form)
    assert sorted(Visit.objects.values_list("state", flat=True)) == ["booked", "cancelled"]


def test_a_switch_may_be_pressed_again(school: Establishment, person: Any, browser_of: Any) -> None:
    adviser = browser_of(person(Role.ADVISER))
    addresses = []
    for _ in range(2):
        adviser.post("/support/calendar/change/")
        addresses.append(adviser.get("/support/calendar/").content.decode().split('class="address">')[1].split("<")[0])
    assert addresses[0] != addresses[1]
