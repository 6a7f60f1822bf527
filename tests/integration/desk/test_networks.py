"""Networks from making to closing: members by date, minutes that stand, promises followed, reviews among peers, and who reads what."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from headway.desk.accounts.permissions import Role
from headway.desk.audit.queries import verify
from headway.desk.establishments.models import Establishment
from headway.desk.networks import actions, making, queries, reviewing
from headway.desk.networks.models import Cycle, Meeting, Network, Promise, Review
from headway.readings.door import open_door
from headway.readings.establishment import of_authority
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError

pytestmark = pytest.mark.django_db
SAID = "The deputy of the third school spoke of her class"


@pytest.fixture
def schools(example: Any, settings: Any) -> list[Establishment]:
    """Primaries of the example, which the desk knows; the first twelve."""
    settings.HEADWAY = replace(settings.HEADWAY, home=example)
    there = [one for one in of_authority(open_door(example), "150").values() if one.phase == "primary" and one.status == "open"]
    return [Establishment.objects.create(urn=one.urn, name=one.name, phase="primary", status="open", authority="150") for one in there[:12]]


@pytest.fixture
def people(schools: list[Establishment], person: Any) -> dict[str, Any]:
    return {
        "lead": person(Role.HEAD_OF_SCHOOL_IMPROVEMENT, email="l@example.org"),
        "convenor": person(Role.HEADTEACHER, urns={schools[0].pk}, email="c@example.org"),
        "member": person(Role.HEADTEACHER, urns={schools[1].pk}, email="m@example.org"),
        "governor": person(Role.GOVERNOR, urns={schools[1].pk}, email="g@example.org"),
        "elsewhere": person(Role.HEADTEACHER, urns={schools[9].pk}, email="e@example.org"),
        "elected": person(Role.ELECTED_MEMBER, email="el@example.org"),
    }


@pytest.fixture
def network(people: Any, schools: Any) -> Network:
    day = clock.today() - timedelta(100)
    urns = [one.pk for one in schools[:5]]
    return actions.make(
        by=people["lead"], name="Readers of Pellwick", kind="family", purpose="", convenor=people["convenor"], schools=urns, since=day
    )


def test_a_family_is_made_from_the_comparison_engine(people: Any, schools: Any, browser_of: Any) -> None:
    assert "Begin with a trust" in browser_of(people["lead"]).get("/networks/").content.decode()
    near = making.nearest(open_door(schools_home()), schools[0], 4)
    assert [far for _, far in near] == sorted(far for _, far in near)
    page = browser_of(people["lead"])
    shown = page.get(f"/networks/new/?family={schools[0].pk}").content.decode()
    assert str(near[0][0].pk) in shown
    given = {"name": "Readers", "kind": "family", "convenor": people["convenor"].pk, "since": str(clock.today())}
    listed = "\n".join(str(one.pk) for one in (schools[0], *(one for one, _ in near)))
    answer = page.post(f"/networks/new/?family={schools[0].pk}", {**given, "schools": listed})
    made = Network.objects.get()
    assert answer["Location"] == f"/networks/{made.pk}/"
    assert made.known["of"] == schools[0].pk
    assert made.known["snapshot"]
    assert "away in intake" in page.get(f"/networks/{made.pk}/").content.decode()
    assert verify() == []


def schools_home() -> Any:
    from django.conf import settings

    return settings.HEADWAY.home


def test_every_fault_of_a_new_network_is_told_and_nothing_typed_is_lost(people: Any, network: Network, browser_of: Any) -> None:
    answer = browser_of(people["lead"]).post("/networks/new/", {
        "name": "readers of pellwick", "kind": "theme",
            "schools": "123\nNo such school",
            "since": str(clock.today() + timedelta(1)), "purpose": "Kept words",
    })  # fmt: skip
    shown = answer.content.decode()
    assert answer.status_code == 422
    for told in (
        "of that name already",
        "called or numbered 123",
        "called or numbered No such school",
        "today or an earlier day",
        "Kept words",
    ):
        assert told in shown
    assert Network.objects.count() == 1


def test_members_change_by_date_and_history_stays(people: Any, schools: Any, network: Network) -> None:
    day = clock.today() - timedelta(10)
    actions.set_members(by=people["convenor"], network=network, schools=[one.pk for one in schools[1:6]], since=day, because="Moved")
    fresh = Network.objects.get(pk=network.pk)
    assert queries.members(fresh, day - timedelta(1)) == tuple(sorted(one.pk for one in schools[:5]))
    assert queries.members(fresh, day) == tuple(sorted(one.pk for one in schools[1:6]))
    actions.set_members(by=people["convenor"], network=fresh, schools=[one.pk for one in schools[:6]], since=day, because="")
    assert fresh.memberships.filter(school=schools[0]).count() == 1  # out and in again on one day: never out
    assert queries.unplaced(schools, "family", clock.today()) == schools[6:]


def test_minutes_are_versions_until_agreed_then_only_corrections(people: Any, network: Network, schools: Any, browser_of: Any) -> None:
    page = browser_of(people["convenor"])
    page.post(f"/networks/{network.pk}/meetings/new/", {"day": str(clock.today() - timedelta(3)), "agenda": "Books"})
    one = Meeting.objects.get()
    given = {"present": [schools[0].pk, schools[1].pk], "text": SAID, "began_from": 0}
    assert page.post(f"/networks/meetings/{one.pk}/minutes/", given).status_code == 302
    lost = page.post(f"/networks/meetings/{one.pk}/minutes/", {**given, "text": "What somebody else typed"})
    assert lost.status_code == 422 or b"Somebody else saved" in lost.content
    assert b"What somebody else typed" in lost.content
    page.post(f"/networks/meetings/{one.pk}/agree/")
    with pytest.raises(HeadwayError, match="not changed any more"):
        actions.minute(by=people["lead"], meeting=one, present=[], text="Other", began_from=one.minutes.last().pk)
    page.post(f"/networks/meetings/{one.pk}/correct/", {"text": "Read fourth"})
    shown = page.get(f"/networks/meetings/{one.pk}/").content.decode()
    assert SAID in shown
    assert "Read fourth" in shown
    assert "2 of 5 schools came" in shown


def test_who_reads_what(people: Any, network: Network, browser_of: Any) -> None:
    met = actions.call(by=people["convenor"], network=network, day=clock.today() - timedelta(3), begins=None, place="", agenda="Books")
    actions.minute(by=people["convenor"], meeting=met, present=[], text=SAID, began_from=0)
    status = {
        who: (
            browser_of(person).get(f"/networks/{network.pk}/").status_code,
            browser_of(person).get(f"/networks/meetings/{met.pk}/").status_code,
        )
        for who, person in people.items()
    }
    inside = dict.fromkeys(("lead", "convenor", "member", "governor"), (200, 200))
    assert status == {**inside, "elsewhere": (404, 404), "elected": (200, 404)}
    assert browser_of(people["member"]).get(f"/networks/{network.pk}/members/").status_code == 404
    assert network.name not in browser_of(people["elsewhere"]).get("/networks/").content.decode()


def test_promises_are_followed_until_closed_and_hold_a_network_open(people: Any, schools: Any, network: Network, browser_of: Any) -> None:
    late = clock.today() - timedelta(1)
    made = actions.promise(by=people["convenor"], network=network, what="A list of books", due=late, school=schools[1])
    shown = browser_of(people["member"]).get("/networks/").content.decode()
    assert "A list of books" in shown
    assert "overdue" in shown
    with pytest.raises(HeadwayError, match="1 promise is still open"):
        actions.close(by=people["lead"], network=network, because="Done")
    assert browser_of(people["governor"]).get(f"/networks/promises/{made.pk}/close/").status_code == 404
    browser_of(people["member"]).post(f"/networks/promises/{made.pk}/close/", {"outcome": "Sent round"})
    assert Promise.objects.get().outcome == "Sent round"
    actions.close(by=people["lead"], network=network, because="Done")
    with pytest.raises(HeadwayError, match="is closed"):
        actions.call(by=people["lead"], network=network, day=late, begins=None, place="", agenda="x")


def test_a_cycle_pairs_each_school_once_and_findings_open_when_the_host_agrees(
    people: Any, schools: Any, network: Network, browser_of: Any
) -> None:
    page = browser_of(people["convenor"])
    urns = [one.pk for one in schools[:5]]
    term = making.terms(open_door(schools_home()))[0]
    page.post(f"/networks/{network.pk}/reviews/new/", {"term": term, "focus": "Reading", "schools": urns})
    cycle = Cycle.objects.get()
    pairs = queries.pairs_of(cycle)
    assert sorted(one for one, _ in pairs) == sorted(other for _, other in pairs) == sorted(urns)
    assert not {(other, one) for one, other in pairs} & set(pairs)
    refused = page.post(f"/networks/cycles/{cycle.pk}/pair/", {"reviewer": pairs[0][1], "host": pairs[0][0]})
    assert "review one another" in refused.content.decode()
    review = Review.objects.get(host=schools[1])
    reviewing.find(by=people["lead"], review=review, text="What works: the list")
    third = Establishment.objects.exclude(pk__in=(review.reviewer_id, schools[1].pk, schools[0].pk)).filter(pk__in=urns).first()
    other = people_of(third, people)
    assert "What works" not in browser_of(other).get(f"/networks/reviews/{review.pk}/").content.decode()
    assert browser_of(people["governor"]).post(f"/networks/reviews/{review.pk}/agree/").status_code == 403
    browser_of(people["member"]).post(f"/networks/reviews/{review.pk}/agree/")
    assert "What works" in browser_of(other).get(f"/networks/reviews/{review.pk}/").content.decode()
    with pytest.raises(HeadwayError, match="over"):
        reviewing.find(by=people["lead"], review=review, text="Other words")


def people_of(school: Any, people: dict[str, Any]) -> Any:
    from headway.desk.accounts import actions as accounts

    return accounts.invite(
        by="test", email="third@example.org", name="T", roles=frozenset({Role.HEADTEACHER}), whole_area=False, urns=frozenset({school.pk}),
        password="correct horse battery staple",
    )  # fmt: skip


def test_the_list_goes_out_with_dates_and_without_formulas(people: Any, network: Network, browser_of: Any) -> None:
    Network.objects.filter(pk=network.pk).update(name="=1+1")
    sent = browser_of(people["lead"]).get("/networks/as-seen.csv").content.decode()
    assert "'=1+1" in sent
    assert str(clock.today() - timedelta(100)) in sent
