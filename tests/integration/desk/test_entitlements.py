"""The ledger through its pages: what a tier brings, a visit that delivers, what is waived, who is named, what it costs, what is sold."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from headway.desk.accounts.permissions import Role
from headway.desk.audit.models import Event
from headway.desk.audit.queries import verify
from headway.desk.engagements.models import Engagement
from headway.desk.entitlements import actions, allocating, naming, pages, queries, selling
from headway.desk.entitlements.models import Allocation, Happening, Named, Order, Use
from headway.desk.entitlements.rules import State
from headway.desk.establishments.models import Establishment
from headway.desk.framing.pages import the_door
from headway.desk.interests import actions as interests
from headway.desk.interests.models import Interest
from headway.desk.overview.acting import acts
from headway.desk.tiers.models import Evidence, Review, TierDecision
from headway.desk.visits import actions as visits
from headway.desk.visits.models import Visit
from headway.desk.visits.pages import kind_of, weighs
from headway.readings.door import open_door
from headway.readings.establishment import of_authority
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError

pytestmark = pytest.mark.django_db
CANARY = "Wilhelmina Canary"
TODAY = date(2026, 11, 10)


@pytest.fixture(autouse=True)
def _in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWAY_TODAY", str(TODAY))


@pytest.fixture
def schools(example: Any, settings: Any) -> list[Establishment]:
    """The example behind the desk; three of its primaries."""
    settings.HEADWAY = replace(settings.HEADWAY, home=example)
    found = [one for one in of_authority(open_door(example), "150").values() if one.phase == "primary" and one.status == "open"][:3]
    return [Establishment.objects.create(urn=one.urn, name=one.name, phase="primary", status="open", authority="150") for one in found]


@pytest.fixture
def people(schools: list[Establishment], person: Any) -> dict[str, Any]:
    return {
        "lead": person(Role.HEAD_OF_SCHOOL_IMPROVEMENT, email="s@example.org"),
        "adviser": person(Role.ADVISER, email="a@example.org"),
        "head": person(Role.HEADTEACHER, urns={schools[0].pk}, email="h@example.org"),
        "elsewhere": person(Role.HEADTEACHER, urns={schools[1].pk}, email="e@example.org"),
        "member": person(Role.ELECTED_MEMBER, email="m@example.org"),
    }


def decided(school: Establishment, tier: str, since: date, state: str = "told") -> TierDecision:
    kept = Evidence.objects.create(school=school, snapshot="s", library="l", scheme="x", proposed=tier, points=0, shown={})
    when = {"told": clock.now(), "told_by": "user:1"} if state == "told" else {}
    return TierDecision.objects.create(
        school=school, tier=tier, scheme="aiming_higher.v1", since=since, route="meeting", evidence=kept, state=state, made_by="user:1",
        once=f"{school.pk}{since}", **when,
    )  # fmt: skip


def of(school: Establishment) -> dict[str, Any]:
    """item → the first line of this year's ledger that is of the school's tier or everybody's."""
    found: dict[str, Any] = {}
    for line in queries.ledgers(the_door(), [school], clock.today())[school.pk].lines:
        found.setdefault(line.item, line)
    return found


def test_a_visit_from_booking_to_a_shared_note_delivers_what_the_school_was_owed(people: Any, schools: Any, browser_of: Any) -> None:
    decided(schools[0], "light_touch", date(2026, 9, 15))
    adviser = browser_of(people["adviser"])
    assert of(schools[0])["initial_visit"].state is State.OVERDUE  # was due by the half term
    booked = {"kind": "initial_visit", "day": str(TODAY + timedelta(1)), "adviser": people["adviser"].pk}
    adviser.post(f"/schools/{schools[0].pk}/visits/new/", booked)
    visit = Visit.objects.get()
    assert visit.use.item == "initial_visit" and visit.use.days == Decimal("1.00")
    assert of(schools[0])["initial_visit"].state is State.BOOKED
    visits.change(by=people["adviser"], visit=visit, day=TODAY, begins=None, adviser=people["adviser"], purpose="", because="sooner")
    assert Use.objects.get().day == TODAY
    visits.write(by=people["adviser"], visit=visit, texts={("areas", False): "Number"}, began_from=0, known={})
    visits.share(by=people["adviser"], visit=visit, way="visit", holidays=frozenset())
    assert of(schools[0])["initial_visit"].state is State.DELIVERED
    visits.take_back(by=people["adviser"], visit=visit)
    visits.share(by=people["adviser"], visit=visit, way="visit", holidays=frozenset())  # a note mended is no second visit
    assert Use.objects.count() == 1
    page = adviser.get(f"/schools/{schools[0].pk}/owed/").content.decode()
    assert "Delivered on 10 November 2026, 18 days after its day" in page
    assert not list(verify())


def test_a_visit_that_is_cancelled_is_owed_again(people: Any, schools: Any) -> None:
    decided(schools[0], "light_touch", date(2026, 9, 15))
    door = the_door()
    counts = weighs(door, schools[0], kind_of(door, "initial_visit"), TODAY)
    visit = visits.book(by=people["adviser"], school=schools[0], kind="initial_visit", adviser=people["adviser"], day=TODAY, weighs=counts)
    visits.cancel(by=people["adviser"], visit=visit, because="flu")
    assert of(schools[0])["initial_visit"].state is State.OVERDUE
    assert Use.objects.get().state == "withdrawn"


def test_a_call_that_counts_delivers_on_the_day_it_was_made(people: Any, schools: Any) -> None:
    decided(schools[0], "secure", date(2026, 9, 15))
    door = the_door()
    counts = weighs(door, schools[0], kind_of(door, "telephone_discussion"), TODAY)
    visit = visits.book(
        by=people["adviser"],
        school=schools[0],
        kind="telephone_discussion",
        adviser=people["adviser"],
        day=date(2026, 11, 3),
        weighs=counts,
    )
    told = {"by": people["adviser"], "school": schools[0], "said": "", "restricted": False, "counts_as": visit, "way": "call"}
    visits.log_call(**told, spoke_to="nobody", once="1")
    assert of(schools[0])["call_self_evaluation"].state is State.BOOKED
    visits.log_call(**told, spoke_to="head", once="2")
    line = of(schools[0])["call_self_evaluation"]
    assert (line.state, line.entry.day) == (State.DELIVERED, TODAY)


def test_an_inspectors_call_brings_what_it_brings(people: Any, schools: Any, browser_of: Any) -> None:
    adviser = browser_of(people["adviser"])
    adviser.post(f"/schools/{schools[0].pk}/visits/new/", {"kind": "inspection_call", "day": str(TODAY), "adviser": people["adviser"].pk})
    assert Happening.objects.get().kind == "inspection_call"
    assert of(schools[0])["inspection_support"].state is State.BOOKED


def test_what_is_waived_has_its_reason_and_comes_back_when_that_is_taken_back(people: Any, schools: Any, browser_of: Any) -> None:
    decided(schools[0], "light_touch", date(2026, 9, 15))
    adviser = browser_of(people["adviser"])
    where = f"/schools/{schools[0].pk}/owed/initial_visit/2026-10-23/waive/"
    assert adviser.post(where, {"because": ""}).status_code == 422 and not Use.objects.exists()
    assert adviser.post(where, {"because": "Visited in July"}).status_code == 302
    assert of(schools[0])["initial_visit"].state is State.WAIVED
    assert "Visited in July" in adviser.get(f"/schools/{schools[0].pk}/owed/").content.decode()
    assert adviser.post(where, {"because": "again"}).status_code == 404  # there is nothing left to waive
    adviser.post(f"/support/owed/{Use.objects.get().pk}/take-back/", {"because": "It was another school"})
    assert of(schools[0])["initial_visit"].state is State.OVERDUE


def test_the_school_sees_nothing_of_a_tier_before_its_head_was_rung(people: Any, schools: Any, browser_of: Any) -> None:
    decision = decided(schools[0], "focus", date(2026, 11, 3), state="decided")
    head, adviser = browser_of(people["head"]), browser_of(people["adviser"])
    where = f"/schools/{schools[0].pk}/owed/"
    assert "Focus" not in head.get(where).content.decode() and "Adviser-led review" not in head.get(where).content.decode()
    assert "Focus support since" in adviser.get(where).content.decode() or "Focus since" in adviser.get(where).content.decode()
    TierDecision.objects.filter(pk=decision.pk).update(state="told", told=clock.now(), told_by="user:1")
    assert "Adviser-led review" in head.get(where).content.decode()


def test_another_school_has_the_same_answer_as_one_that_does_not_exist(people: Any, schools: Any, browser_of: Any) -> None:
    other = browser_of(people["elsewhere"])
    absent = other.get("/schools/999999/owed/")
    for where in (f"/schools/{schools[0].pk}/owed/", f"/schools/{schools[0].pk}/owed/order/"):
        assert other.get(where).status_code == absent.status_code == 404
    assert schools[0].name not in other.get("/support/offer/").content.decode()
    for where in ("/support/owed/", "/support/owed/lines/", "/support/advisers/", "/my-schools/"):
        assert other.get(where).status_code == 403


def test_one_thing_is_written_down_for_many_schools_at_once(people: Any, schools: Any, browser_of: Any) -> None:
    adviser = browser_of(people["adviser"])
    given = {"item": "data_pack", "urn": [one.pk for one in schools[:2]], "day": str(TODAY), "once": "abc"}
    for _ in range(2):  # the button pressed twice
        adviser.post("/support/owed/lines/written-down/", given)
    assert Use.objects.filter(item="data_pack").count() == 2
    assert of(schools[0])["data_pack"].state is State.DELIVERED and of(schools[2])["data_pack"].state is State.DUE
    adviser.post("/support/owed/lines/written-down/", given | {"day": str(TODAY + timedelta(1)), "once": "def"})
    assert Use.objects.count() == 2  # nothing is delivered tomorrow


def test_the_next_review_follows_from_how_the_last_one_went(people: Any, schools: Any) -> None:
    decided(schools[0], "focus", date(2026, 9, 1))
    actions.enter(by=people["adviser"], school=schools[0], item="review", day=date(2026, 11, 5), days=Decimal(1))

    def due() -> date:
        lines = queries.ledgers(the_door(), [schools[0]], TODAY)[schools[0].pk].lines
        return next(line.due for line in lines if line.item == "review" and line.state is State.DUE)

    middle = due()
    Review.objects.create(school=schools[0], day=date(2026, 11, 5), colour="red", line="", by="user:1", once="r")
    assert due() < middle  # the review's own word


def test_who_is_named_has_a_history_and_nobody_is_named_against_an_interest(people: Any, schools: Any, browser_of: Any) -> None:
    lead, adviser, where = browser_of(people["lead"]), people["adviser"], f"/schools/{schools[0].pk}/owed/named/"
    assert browser_of(adviser).get(where).status_code == 403
    lead.post(where, {"adviser": adviser.pk, "since": "2026-09-01", "because": ""})
    assert queries.named_now()[schools[0].pk] == adviser
    browser_of(adviser).post("/support/interests/", {"found": "something", "school": str(schools[1].pk), "what": CANARY})
    assert CANARY not in Interest.objects.get().sealed and CANARY not in "".join(Event.objects.values_list("after", flat=True))
    answer = lead.post(f"/schools/{schools[1].pk}/owed/named/", {"adviser": adviser.pk, "since": str(TODAY), "because": ""})
    assert answer.status_code == 422 and "conflict of interest" in answer.content.decode()
    assert CANARY in lead.get(f"/support/advisers/{adviser.pk}/").content.decode()
    lead.post(where, {"adviser": "", "since": str(TODAY), "because": "moved"})
    assert schools[0].pk not in queries.named_now() and Named.objects.get().until == TODAY


def test_days_and_cost_by_financial_year_name_no_school_and_the_file_is_the_teams(people: Any, schools: Any, browser_of: Any) -> None:
    lead, member = browser_of(people["lead"]), browser_of(people["member"])
    for day in (date(2026, 3, 31), date(2026, 4, 1), date(2026, 10, 1)):
        actions.enter(by=people["adviser"], school=schools[0], item="review", day=day, days=Decimal("1.5"))
    assert "No cost of a day is set" in member.get("/support/costs/").content.decode()
    lead.post("/support/costs/day/", {"year": "2026", "pounds": "500", "source": "Payroll"})
    page = member.get("/support/costs/").content.decode()
    assert "3.0 adviser days. They cost £1,500" in page and schools[0].name not in page
    assert "Support now" not in page and "Support now" in lead.get("/support/costs/").content.decode()
    assert "1.5 adviser days" in member.get("/support/costs/?year=2025").content.decode()  # the last day of March is the year before's
    assert member.get("/support/costs/as-seen.csv").status_code in (302, 403, 404)


def test_the_traded_offer_from_catalogue_to_balance(people: Any, schools: Any, browser_of: Any) -> None:
    lead, head = browser_of(people["lead"]), browser_of(people["head"])
    lead.post("/support/offer/new/", {"title": "Two days of review", "what": "", "unit": "package", "pounds": "900", "days": "2"})
    order = {"offer": "1", "units": "1", "wish": "In the spring"}
    from headway.desk.entitlements.models import Offer

    offer = Offer.objects.get()
    assert head.post(f"/schools/{schools[0].pk}/owed/order/", order | {"offer": offer.pk}).status_code == 302
    selling.change_offer(by=people["lead"], one=offer, title=offer.title, what="", unit="package", pounds=Decimal(1200), days=Decimal(2))
    one = Order.objects.get()
    assert one.pounds == 900  # the price at which it was asked for
    lead.post(f"/support/offer/orders/{one.pk}/agreed/")
    day = {
        "item": "",
        "what": "Review of maths",
        "day": str(TODAY),
        "days": "1.5",
        "adviser": people["lead"].pk,
        "rag": "",
        "order": one.pk,
        "once": "z",
    }
    assert lead.post(f"/schools/{schools[0].pk}/owed/new/", day).status_code == 302
    page = head.get(f"/schools/{schools[0].pk}/owed/").content.decode()
    assert "0.50" in page and "900.00" in page
    with pytest.raises(HeadwayError):
        selling.move_order(by=people["lead"], one=one, to="asked")
    assert "sold" not in page


def test_the_page_of_all_is_made_anew_when_anything_is_written(people: Any, schools: Any) -> None:
    first = pages.held(the_door(), TODAY)
    assert pages.held(the_door(), TODAY) is first
    decided(schools[0], "focus", date(2026, 9, 1))
    actions.enter(by=people["adviser"], school=schools[0], item="desktop", day=TODAY, days=Decimal("0.25"))
    second = pages.held(the_door(), TODAY)
    assert second is not first and second.ledgers[schools[0].pk].tier == "focus"


def test_my_schools_says_who_has_been_forgotten(people: Any, schools: Any, browser_of: Any) -> None:
    decided(schools[0], "focus", date(2026, 9, 1))
    visits.log_call(by=people["adviser"], school=schools[1], spoke_to="head", said="", restricted=False, counts_as=None, way="", once="c")
    lead = browser_of(people["lead"])
    quiet = lead.get("/my-schools/?show=quiet").content.decode()
    assert schools[0].name in quiet and f"/schools/{schools[1].pk}/owed/" not in quiet
    assert "Name an adviser for" in lead.get("/my-schools/").content.decode()
    csv = lead.get("/my-schools/as-seen.csv?tier=Focus")
    assert csv.status_code in (200, 302)


def test_a_flag_is_cleared_by_any_honest_act(people: Any, schools: Any, browser_of: Any) -> None:
    decided(schools[0], "secure", date(2026, 9, 1))
    kept = Evidence.objects.create(
        school=schools[0], snapshot="s", library="l", scheme="x", proposed="focus", points=6, shown={"signals": [], "reasons": []}
    )
    Evidence.objects.filter(pk=kept.pk).update(at=clock.now() - timedelta(30))
    TierDecision.objects.update(made=clock.now() - timedelta(40))  # before the flag
    lead = browser_of(people["lead"])
    assert "nobody has acted" in lead.get("/my-schools/?show=unanswered").content.decode()
    visits.log_call(by=people["adviser"], school=schools[0], spoke_to="head", said="", restricted=False, counts_as=None, way="", once="d")
    assert "No school fits" in lead.get("/my-schools/?show=unanswered").content.decode()


def test_that_a_tier_stays_or_an_engagement_begins_is_an_honest_act_too(people: Any, schools: Any) -> None:
    decided(schools[0], "secure", date(2026, 9, 1))
    for at, one in enumerate(schools[1:3]):
        Engagement.objects.create(school=one, workflow="focus", title="Focus", programme=f"p{at}", route="maintained",
                                  entered=TODAY - timedelta(at), made_by="user:1")  # fmt: skip
    found = acts()
    assert found[schools[0].pk] == clock.today()  # decided today that it stays: the tier itself is since September
    assert (found[schools[1].pk], found[schools[2].pk]) == (TODAY, TODAY - timedelta(1))


def test_advisers_are_allocated_settled_by_hand_solved_again_and_named(people: Any, schools: Any, browser_of: Any) -> None:
    lead, adviser = browser_of(people["lead"]), people["adviser"]
    year = queries.year_of(the_door(), TODAY).name
    for who in (adviser, people["lead"]):
        actions.keep_diary(by=people["lead"], adviser=who, year=year, days=Decimal(20), phases=[], latitude=None, longitude=None)
    interests.declare(by=adviser, person=adviser, school=schools[0], what="", since=TODAY)
    assert lead.post("/support/allocation/solve/", {"change": "80"}).status_code == 302
    first = Allocation.objects.get()
    assert {line["urn"]: line["adviser"] for line in first.result["lines"]}[schools[0].pk] == people["lead"].pk
    assert first.result["proven"] and "no allocation is better" in lead.get("/support/allocation/?show=all").content.decode()
    lead.post("/support/allocation/solve/", {"after": first.pk, "urn": schools[1].pk, "adviser": adviser.pk})
    second = Allocation.objects.order_by("-pk")[0]
    assert {line["urn"]: line["why"] for line in second.result["lines"]}[schools[1].pk] == "Settled by hand."
    assert not queries.named_now()  # nothing changes until it is adopted
    for _ in range(2):  # the button pressed twice
        lead.post(f"/support/allocation/{second.pk}/adopt/")
    assert queries.named_now()[schools[1].pk] == adviser and Named.objects.count() == 3
    assert browser_of(adviser).get("/support/allocation/").status_code == 403


def test_what_two_people_settle_by_hand_at_once_is_kept_and_a_worth_that_is_no_number_changes_nothing(
    people: Any, schools: Any, browser_of: Any
) -> None:
    lead, adviser = browser_of(people["lead"]), people["adviser"]
    year = queries.year_of(the_door(), TODAY).name
    for who in (adviser, people["lead"]):
        actions.keep_diary(by=people["lead"], adviser=who, year=year, days=Decimal(20), phases=[], latitude=None, longitude=None)
    interests.declare(by=adviser, person=adviser, school=schools[0], what="", since=TODAY)
    lead.post("/support/allocation/solve/", {"change": "80"})
    first = Allocation.objects.get()
    for school in schools[1:3]:  # both from the page as it was first
        lead.post("/support/allocation/solve/", {"after": first.pk, "urn": school.pk, "adviser": adviser.pk})
    newest = Allocation.objects.first()
    assert newest is not None and newest.asked["held"] == [[school.pk, adviser.pk] for school in schools[1:3]]
    assert "Somebody had worked it out since" in lead.get("/support/allocation/").content.decode()
    for form, said in (
        ({"change": "80 km"}, "whole number of kilometres"), ({"change": "9999"}, "from 0 to 2000"),
        ({"urn": schools[0].pk, "adviser": adviser.pk}, "conflict of interest keeps the two apart"),
    ):  # fmt: skip
        lead.post("/support/allocation/solve/", form)
        assert said in lead.get("/support/allocation/").content.decode()
        assert Allocation.objects.first() == newest


def test_nothing_is_locked_while_an_allocation_is_searched_for(
    people: Any, schools: Any, browser_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside, found = len(connection.atomic_blocks), allocating.allocate([], [], allocating.Wishes())
    within: list[int] = []
    monkeypatch.setattr(naming, "allocate", lambda *_: within.append(len(connection.atomic_blocks)) or found)
    browser_of(people["lead"]).post("/support/allocation/solve/", {"change": "80"})
    assert within == [outside] and Allocation.objects.count() == 1
