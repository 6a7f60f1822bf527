"""A plan with its reviews and a project board through the pages; what a school may write; what is out of order."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from headway.desk.accounts.permissions import Role
from headway.desk.accounts.queries import viewer_for
from headway.desk.audit.models import Event
from headway.desk.audit.queries import verify
from headway.desk.engagements import actions as engaging
from headway.desk.establishments.models import Establishment
from headway.desk.plans import actions, overseeing, pages, queries
from headway.desk.plans.following import go_with
from headway.desk.plans.models import Action, Objective, Plan, Progress, ProjectBoard, Review, Sitting
from headway.desk.tiers import queries as tiers
from headway.desk.tiers.rules import lacks_to_leave
from headway.readings.door import open_door
from headway.readings.establishment import of_authority
from headway.readings.tier_proposal.proposing import scheme_named
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import PUBLIC

pytestmark = pytest.mark.django_db
CANARY = "Wilhelmina Canary"


@pytest.fixture
def door(example: Any, settings: Any) -> Any:
    settings.HEADWAY = replace(settings.HEADWAY, home=example)
    return open_door(example)


@pytest.fixture
def school(door: Any) -> Establishment:
    primaries = (one for one in of_authority(door, "150").values() if one.phase == "primary" and one.status == "open")
    found = next(one for one in primaries if "ks2.rwm_expected" in dict(pages.measures(pages.lines_of(door, one.urn, PUBLIC))))
    return Establishment.objects.create(urn=found.urn, name=found.name, phase="primary", status="open", authority="150")


@pytest.fixture
def people(school: Establishment, person: Any) -> dict[str, Any]:
    return {
        "lead": person(Role.HEAD_OF_SCHOOL_IMPROVEMENT, email="l@example.org"),
        "adviser": person(Role.ADVISER, email="a@example.org"),
        "head": person(Role.HEADTEACHER, urns={school.pk}, email="h@example.org"),
        "governor": person(Role.GOVERNOR, urns={school.pk}, email="g@example.org"),
        "elsewhere": person(Role.HEADTEACHER, urns={999999}, email="e@example.org"),
    }


@pytest.fixture
def plan(people: Any, school: Establishment) -> Plan:
    today = clock.today()
    return actions.begin(by=people["adviser"], school=school, engagement=None, title="Improvement plan", programme_tier=1,
                         begins=today - timedelta(200), ends=today + timedelta(300))  # fmt: skip


def objective(people: Any, plan: Plan, title: str = "More pupils can add") -> Objective:
    return actions.aim_at(by=people["adviser"], plan=plan, area="achievement", title=title, success="Books show it")


def reviewed(people: Any, plan: Plan, day: date, **found: str) -> Review:
    """A review that gives each objective the colour of its number, or green."""
    colours = {one.pk: (found.get(f"of_{one.pk}", "green"), CANARY) for one in plan.objectives.filter(withdrawn=None)}
    return actions.review(by=people["adviser"], plan=plan, day=day, reviewer="A", overall="", next_day=None, outside_because="",
                          sources=["books"], found=colours, known={})  # fmt: skip


def text(answer: Any) -> str:
    return answer.content.decode()


def test_the_whole_way_of_a_plan_through_the_pages(people: Any, school: Any, browser_of: Any) -> None:
    adviser, head, governor = (browser_of(people[who]) for who in ("adviser", "head", "governor"))
    today = clock.today()
    form = {"title": "Plan", "programme_tier": "2", "begins": str(today - timedelta(5)), "ends": str(today + timedelta(500))}
    assert adviser.post(f"/schools/{school.pk}/plans/new/", form | {"ends": form["begins"]}).status_code == 422
    where = adviser.post(f"/schools/{school.pk}/plans/new/", form).url
    wanted = {"area": "achievement", "title": "Number", "success": "SATs", "measure": "ks2.rwm_expected", "start": "50", "aim": ""}
    answer = adviser.post(f"{where}objectives/new/", wanted)
    assert answer.status_code == 422 and "With a measure, give the figure." in text(answer) and "Number" in text(answer)
    assert adviser.post(f"{where}objectives/new/", wanted | {"aim": "65"}).status_code == 302
    made = Objective.objects.get()
    assert made.points.count() >= 3 and made.points.last().value == pytest.approx(65)
    page = text(adviser.get(where))
    assert "Summer term" in page and "explain" in page and "programme, tier 2" in page
    early = {"what": "Teach it", "owner": "school", "due": str(made.plan.begins - timedelta(1))}
    refused = adviser.post(f"/support/objectives/{made.pk}/actions/new/", early)
    assert refused.status_code == 422 and "this day lies before it" in text(refused) and not Action.objects.exists()
    adviser.post(f"/support/objectives/{made.pk}/actions/new/", {"what": "Teach it", "owner": "school", "due": str(today)})
    act = Action.objects.get()
    assert "Teach it" in text(governor.get(where)) and governor.get(f"/support/plan-actions/{act.pk}/").status_code == 404
    assert head.post(f"/support/plan-actions/{act.pk}/", {"done": str(today), "evidence": ""}).status_code == 422
    assert head.post(f"/support/plan-actions/{act.pk}/", {"done": str(today), "evidence": "Seen"}).status_code == 302
    coloured = {
        f"rag-{made.pk}": "amber",
        f"narrative-{made.pk}": CANARY,
        "day": str(today),
        "reviewer": "A",
        "overall": "",
        "sources": ["books"],
    }
    answer = adviser.post(f"{where}review/", coloured | {f"narrative-{made.pk}": "", "next_day": str(today + timedelta(3))})
    assert answer.status_code == 422 and "the interval is" in text(answer) and "At risk, but can be recovered" in text(answer)
    ahead = coloured | {"day": str(today + timedelta(9)), "next_day": str(today + timedelta(60))}
    assert adviser.post(f"{where}review/", ahead).status_code == 422  # told beside the day, whatever the next is
    assert adviser.post(f"{where}review/", coloured).status_code == 302
    assert Progress.objects.get().known["year"]  # what was known then stays, whatever is published later
    assert CANARY in text(head.get(where)) and "Amber" in text(governor.get(where))
    assert head.get(f"{where}review/").status_code == 403
    assert CANARY not in "".join(Event.objects.values_list("after", flat=True)) and not list(verify())


def test_another_school_has_the_same_answer_as_a_plan_that_is_not_there(plan: Plan, people: Any, school: Any, browser_of: Any) -> None:
    other = browser_of(people["elsewhere"])
    board = overseeing.open_board(by=people["lead"], school=school, opened=clock.today())
    sitting = overseeing.call(by=people["lead"], board=board, day=clock.today())
    for address in (f"/support/plans/{plan.pk}/", f"/support/boards/{board.pk}/", f"/support/sittings/{sitting.pk}/paper/",
                    f"/schools/{school.pk}/plans/", "/support/plans/9999/"):  # fmt: skip
        assert other.get(address).status_code == 404, address


def test_one_open_plan_of_a_school(plan: Plan, people: Any, school: Any) -> None:
    again = {"by": people["adviser"], "school": school, "engagement": None, "title": "Another", "programme_tier": None,
             "begins": clock.today(), "ends": clock.today() + timedelta(9)}  # fmt: skip
    with pytest.raises(HeadwayError) as fault:
        actions.begin(**again)
    assert fault.value.code == "H-DESK-77"
    actions.close(by=people["adviser"], plan=plan, because="A new year")
    assert actions.begin(**again).pk
    with pytest.raises(HeadwayError) as fault:
        objective(people, plan)
    assert fault.value.code == "H-DESK-78"


def test_paused_work_freezes_the_plan(people: Any, school: Any, door: Any) -> None:
    today = clock.today()
    work = engaging.enter(by=people["lead"], school=school, workflow=door.library.workflows["focus"], route="maintained",
                          day=today, aim="…", point="…")  # fmt: skip
    plan = actions.begin(by=people["lead"], school=school, engagement=work, title="Plan", programme_tier=None, begins=today,
                         ends=today + timedelta(9))  # fmt: skip
    engaging.turn(by=people["lead"], engagement=work, to="paused", because="Illness")
    with pytest.raises(HeadwayError) as fault:
        objective(people, plan)
    assert fault.value.code == "H-DESK-78"
    engaging.turn(by=people["lead"], engagement=work, to="open", because="Back")
    assert objective(people, plan).pk


def test_each_review_gives_the_tier_its_one_word_for_the_rule_of_leaving(
    plan: Plan, people: Any, school: Any, door: Any, browser_of: Any
) -> None:
    first, second = objective(people, plan), objective(people, plan, "More pupils come")
    start = clock.today() - timedelta(150)
    reviewed(people, plan, start)
    with pytest.raises(HeadwayError) as fault:
        reviewed(people, plan, start)
    assert fault.value.code == "H-DESK-79"
    reviewed(people, plan, start + timedelta(120))
    words = tiers.reviews_of(school.pk, start)
    assert [(one.day, one.colour) for one in words] == [(start, "green"), (start + timedelta(120), "green")]
    leaving = next(one.leaving for one in scheme_named(door).tiers.values() if one.leaving and one.leaving.green_reviews == 2)
    lacks = lacks_to_leave(leaving, words, door.library)
    assert not any("green" in one for one in lacks)  # two green ones, six school weeks apart
    reviewed(people, plan, start + timedelta(130), **{f"of_{first.pk}": "red"})
    assert tiers.reviews_of(school.pk, start)[-1].colour == "red"
    assert any("green" in one for one in lacks_to_leave(leaving, tiers.reviews_of(school.pk, start), door.library))
    reviewed(people, plan, start + timedelta(140), **{f"of_{first.pk}": "amber"})
    found = queries.worsening(queries.plan_for(people["lead"], plan.pk))
    assert [one.pk for one in found] == [first.pk]
    page = text(browser_of(people["lead"]).get("/support/out-of-order/"))
    assert "Amber or red twice in a row" in page and first.title in page and second.title not in page
    assert "Amber or red twice" not in text(browser_of(people["head"]).get("/support/out-of-order/"))
    actions.withdraw(by=people["adviser"], objective=second, because="Met")
    with pytest.raises(HeadwayError, match="H-DESK-79"):  # somebody has withdrawn one since the form was opened
        actions.review(by=people["adviser"], plan=plan, day=clock.today(), reviewer="A", overall="", next_day=None, outside_because="",
                       sources=["books"], found={first.pk: ("green", "…"), second.pk: ("green", "…")}, known={})  # fmt: skip


def test_a_board_from_its_first_meeting_to_its_exit_report(people: Any, school: Any, plan: Plan, browser_of: Any) -> None:
    lead, head, today = browser_of(people["lead"]), browser_of(people["head"]), clock.today()
    where = lead.post(f"/schools/{school.pk}/boards/new/", {"opened": str(today - timedelta(30))}).url
    lead.post(f"{where}seat/", {"post": "governors", "name": "The chair"})
    assert lead.post(f"{where}call/", {"day": str(today - timedelta(10))}).status_code == 302
    assert lead.post(f"{where}call/", {"day": str(today - timedelta(10))}).status_code == 422
    sitting = Sitting.objects.get()
    lead.post(f"/support/sittings/{sitting.pk}/sent/", {"day": str(today - timedelta(12))})
    answer = lead.post(f"/support/sittings/{sitting.pk}/minutes/", {"minutes": "Much was said", "held": "on"})
    assert answer.status_code == 422 and "what must be true for the board to end" in text(answer) and "Much was said" in text(answer)
    minutes = {"minutes": "Much was said", "held": "on", "exit_criteria": "Two green reviews"}
    assert lead.post(f"/support/sittings/{sitting.pk}/minutes/", minutes).status_code == 302
    lead.post(f"/support/sittings/{sitting.pk}/actions/new/", {"what": "Find a deputy", "owner": "HR", "due": str(today)})
    seen = text(head.get(where))
    assert "Two green reviews" in seen and "Find a deputy" in seen and "The chair" in seen
    assert "they were due by" in seen  # the papers were late, and the page says so
    objective(people, plan)
    paper = text(head.get(f"/support/sittings/{sitting.pk}/paper/"))
    assert "More pupils can add" in paper and "Find a deputy" in paper
    assert "were due by" in text(lead.get("/support/out-of-order/"))
    assert lead.post(f"{where}end/", {"report": ""}).status_code == 422
    lead.post(f"{where}end/", {"report": "Every criterion is met"})
    assert ProjectBoard.objects.get().closed == today and "Every criterion is met" in text(head.get(where))
    assert lead.post(f"{where}call/", {"day": str(today)}).status_code == 422
    assert not list(verify())


def test_plan_and_board_go_along_with_a_school_that_becomes_another_or_nothing_does(people: Any, school: Any, door: Any) -> None:
    lead, today = people["lead"], clock.today()
    other = Establishment.objects.create(urn=999998, name="The academy", phase="primary", status="open", authority="150")
    work = engaging.enter(by=lead, school=school, workflow=door.library.workflows["focus"], route="maintained", day=today, aim="…",
                          point="…")  # fmt: skip
    plan = actions.begin(by=lead, school=school, engagement=work, title="Plan", programme_tier=None, begins=today,
                         ends=today + timedelta(9))  # fmt: skip
    board = overseeing.open_board(by=lead, school=school, opened=today)
    theirs = overseeing.open_board(by=lead, school=other, opened=today)
    going = {"by": lead, "engagement": work, "school": other, "route": "academy", "day": today, "because": "Converted"}
    with pytest.raises(HeadwayError) as fault:
        go_with(**going)
    assert fault.value.code == "H-DESK-77"
    assert (Plan.objects.get(pk=plan.pk).school_id, type(work).objects.get(pk=work.pk).school_id) == (school.pk, school.pk)
    overseeing.end(by=lead, board=theirs, report="One board for both")
    go_with(**going)
    assert Plan.objects.get(pk=plan.pk).school_id == ProjectBoard.objects.get(pk=board.pk).school_id == other.pk
    assert objective(people, plan).pk  # and it goes on


def test_no_early_figure_is_put_into_a_plan(people: Any, school: Any, plan: Plan, door: Any, browser_of: Any) -> None:
    """A plan is read by governors, who may not see early results."""
    bound = actions.aim_at(by=people["adviser"], plan=plan, area="achievement", title="Number", success="…",
                           measure="ks2.rwm_expected", start=50, aim=60)  # fmt: skip
    early = pages.lines_of(door, school.pk, viewer_for(people["adviser"]))["ks2.rwm_expected"].own.latest
    assert early.release.value == "early"  # else this tests nothing
    coloured = {f"rag-{bound.pk}": "green", f"narrative-{bound.pk}": "…", "day": str(clock.today()), "reviewer": "A", "sources": ["books"]}
    browser_of(people["adviser"]).post(f"/support/plans/{plan.pk}/review/", coloured)
    assert Progress.objects.get().known["release"] != "early"
    assert str(early.year) not in text(browser_of(people["governor"]).get(f"/support/plans/{plan.pk}/")).split("<main")[1]
