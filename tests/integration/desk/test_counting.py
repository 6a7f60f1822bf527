"""What is done under another noun answers what a tier promised: nobody types it twice, and it is never counted twice."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from headway.desk.accounts.permissions import Role
from headway.desk.audit.queries import verify
from headway.desk.entitlements import actions, queries
from headway.desk.entitlements.counting import count
from headway.desk.entitlements.models import Use
from headway.desk.entitlements.rules import Owed, State
from headway.desk.establishments.models import Establishment
from headway.desk.framing.pages import the_door
from headway.desk.plans.models import Sitting
from headway.desk.tiers import actions as tiers
from headway.desk.tiers.models import Evidence, Review, TierDecision
from headway.readings.door import open_door
from headway.readings.establishment import of_authority
from headway.readings.tier_proposal.proposing import scheme_named
from headway.vocabulary import clock
from headway.vocabulary.viewer import PUBLIC

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 10)
SINCE = date(2026, 9, 15)
WORCESTERSHIRE = "worcestershire_2017.v1"


@pytest.fixture(autouse=True)
def _in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWAY_TODAY", str(TODAY))


@pytest.fixture
def school(example: Any, settings: Any) -> Establishment:
    settings.HEADWAY = replace(settings.HEADWAY, home=example)
    found = next(one for one in of_authority(open_door(example), "150").values() if one.phase == "primary" and one.status == "open")
    return Establishment.objects.create(urn=found.urn, name=found.name, phase="primary", status="open", authority="150")


@pytest.fixture
def people(school: Establishment, person: Any) -> dict[str, Any]:
    found = {
        "lead": person(Role.HEAD_OF_SCHOOL_IMPROVEMENT, email="s@example.org"),
        "adviser": person(Role.ADVISER, email="a@example.org"),
        "head": person(Role.HEADTEACHER, urns={school.pk}, email="h@example.org"),
    }
    actions.name(by=found["lead"], school=school, adviser=found["adviser"], since=SINCE)
    return found


def decided(school: Establishment, tier: str, scheme: str = WORCESTERSHIRE) -> None:
    kept = Evidence.objects.create(school=school, snapshot="s", library="l", scheme=scheme, proposed=tier, points=0, shown={})
    TierDecision.objects.create(
        school=school, tier=tier, scheme=scheme, since=SINCE, route="meeting", evidence=kept, state="told", made_by="user:1",
        once=f"{tier}{scheme}", told=clock.now(), told_by="user:1",
    )  # fmt: skip


def lines(school: Establishment, item: str) -> list[Owed]:
    return [one for one in queries.ledgers(the_door(), [school], TODAY)[school.pk].lines if one.item == item]


def held(browser: Any, school: Establishment, day: date) -> Sitting:
    where = browser.post(f"/schools/{school.pk}/boards/new/", {"opened": str(SINCE)}).url
    browser.post(f"{where}call/", {"day": str(day)})
    sitting = Sitting.objects.get(day=day)
    minutes = {"minutes": "Much was said", "held": "on", "exit_criteria": "Two green reviews"}
    assert browser.post(f"/support/sittings/{sitting.pk}/minutes/", minutes).status_code == 302
    return sitting


@pytest.mark.parametrize(("tier", "soonest", "latest"), [("focus", 6, 12), ("intensive", 4, 6)])
@pytest.mark.parametrize("colour", ["red", "green"])
def test_a_board_that_met_is_delivered_and_the_next_follows_from_need(
    people: Any, school: Any, browser_of: Any, tier: str, soonest: int, latest: int, colour: str
) -> None:
    """Worcestershire: “Project Board meetings – frequency proportionate to need”."""
    decided(school, tier)
    day = date(2026, 11, 4)
    Review.objects.create(school=school, day=day - timedelta(9), colour=colour, line="", by="user:1", once="r")
    held(browser_of(people["lead"]), school, day)
    first, following = lines(school, "project_board")[:2]
    assert first.state is State.DELIVERED and first.entry is not None and first.entry.day == day and first.days == 0.5
    assert Use.objects.get(item="project_board").adviser == people["adviser"]
    days = queries.school_days(the_door())
    assert following.due == days.week_after(day, soonest if colour == "red" else latest)
    assert not list(verify())


def test_what_was_booked_for_the_board_is_what_was_held(people: Any, school: Any, browser_of: Any) -> None:
    decided(school, "focus")
    actions.enter(by=people["lead"], school=school, item="project_board", day=date(2026, 11, 6), days=Decimal("0.5"), state="booked")
    held(browser_of(people["lead"]), school, date(2026, 11, 4))
    one = Use.objects.get(item="project_board")
    assert (one.state, one.day) == ("delivered", date(2026, 11, 4))


def test_a_plan_brings_the_plan_and_the_programme_that_the_tier_gives(people: Any, school: Any, browser_of: Any) -> None:
    decided(school, "focus", "aiming_higher.v1")
    form = {"title": "Plan", "programme_tier": "2", "begins": "2026-11-02", "ends": "2027-07-20"}
    assert browser_of(people["adviser"]).post(f"/schools/{school.pk}/plans/new/", form).status_code == 302
    for item in ("plan", "programme"):
        [line] = lines(school, item)
        assert line.state is State.DELIVERED, item


def test_a_plan_without_the_programme_leaves_the_programme_owed(people: Any, school: Any, browser_of: Any) -> None:
    decided(school, "intensive")
    form = {"title": "Plan", "programme_tier": "", "begins": "2026-11-02", "ends": "2027-07-20"}
    assert browser_of(people["adviser"]).post(f"/schools/{school.pk}/plans/new/", form).status_code == 302
    [line] = lines(school, "programme")
    assert line.state in (State.DUE, State.OVERDUE) and not Use.objects.exists()  # Worcestershire’s tiers give no plan by name


def test_the_invitation_is_taken_up_when_the_self_evaluation_is_sent(people: Any, school: Any, browser_of: Any) -> None:
    decided(school, "secure_plus")
    head, where = browser_of(people["head"]), f"/schools/{school.pk}/self-evaluation/write/"
    head.post(where, {"tier": "secure", "summary": "All well"})
    assert lines(school, "self_evaluation")[0].entry is None  # a draft is not sent
    head.post(where, {"tier": "secure", "summary": "All well", "send": "yes"})
    assert lines(school, "self_evaluation")[0].state is State.DELIVERED


@pytest.mark.parametrize(("tier", "many"), [("secure", 1), ("focus", 1), ("intensive", 0)])
def test_a_decision_in_a_meeting_is_the_desk_top_analysis_where_the_tier_gives_one(
    people: Any, school: Any, browser_of: Any, tier: str, many: int
) -> None:
    """The seed names desk-top analysis in every tier but Intensive."""
    scheme = scheme_named(the_door(), WORCESTERSHIRE)
    made = tiers.call_meeting(by=people["lead"], door=the_door(), viewer=PUBLIC, scheme=scheme, title="North", day=TODAY,
                              schools=[school], once="m")  # fmt: skip
    tiers.settle(by=people["lead"], item=made.items.get(), scheme=scheme, tier=tier, reason="As we saw it", began_from=0)
    form = {f"way_out-{school.pk}": "Two green reviews.", f"adviser-{school.pk}": "", f"seen-{school.pk}": "1"}
    for _ in range(2):  # the button pressed twice
        browser_of(people["lead"]).post(f"/support/meetings/{made.pk}/confirm/", form)
    assert TierDecision.objects.count() == 1
    assert sum(one.state is State.DELIVERED for one in lines(school, "desktop")) == Use.objects.filter(item="desktop").count() == many


def test_what_no_tier_gives_is_written_only_where_days_were_spent(people: Any, school: Any) -> None:
    decided(school, "secure")
    told = {"by": people["lead"], "door": the_door(), "school": school, "day": TODAY}
    assert count(item="programme", once="a", **told) is None
    assert count(item="no_such_item", once="b", beside=True, **told) is None
    assert count(item="project_board", once="c", beside=True, **told) is not None
    assert count(item="project_board", once="d", beside=True, **told) is None  # somebody wrote it down for that day already
