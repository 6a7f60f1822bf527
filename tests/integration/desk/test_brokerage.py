"""From a need to help that was given: who is suggested and why, two heads who agree, days, costs, ends; and what each side may see."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from headway.desk.accounts.permissions import Role
from headway.desk.audit.queries import verify
from headway.desk.brokerage import actions, deploying, matching, queries
from headway.desk.brokerage.matching import Register, whole
from headway.desk.brokerage.models import Deployment, Match, Need, Offer, Provider
from headway.desk.establishments.models import Establishment
from headway.readings.door import open_door
from headway.readings.establishment import of_authority
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError
from tests.integration.desk.test_databases import run

pytestmark = pytest.mark.django_db
SECRET = "The deputy is married to the chair"


@pytest.fixture
def schools(example: Any, settings: Any) -> list[Establishment]:
    """The example behind the desk; some of its primaries, no two of one trust."""
    settings.HEADWAY = replace(settings.HEADWAY, home=example)
    found: dict[str, Any] = {}
    for one in of_authority(open_door(example), "150").values():
        if one.phase == "primary" and one.status == "open":
            found.setdefault(one.trust or str(one.urn), one)
    return [
        Establishment.objects.create(urn=one.urn, name=one.name, phase="primary", status="open", authority="150", trust=one.trust)
        for one in list(found.values())[:6]
    ]


@pytest.fixture(autouse=True)
def secure(monkeypatch: pytest.MonkeyPatch) -> None:
    """No school is itself in need: what tiers do to a giver is tested by itself."""
    monkeypatch.setattr("headway.desk.brokerage.matching.tiers", lambda door, urns: {})


@pytest.fixture
def people(schools: list[Establishment], person: Any) -> dict[str, Any]:
    return {
        "broker": person(Role.HEAD_OF_SCHOOL_IMPROVEMENT, email="b@example.org"),
        "receiver": person(Role.HEADTEACHER, urns={schools[0].pk}, email="r@example.org"),
        "giver": person(Role.HEADTEACHER, urns={schools[1].pk}, email="g@example.org"),
        "governor": person(Role.GOVERNOR, urns={schools[0].pk}, email="gov@example.org"),
        "elsewhere": person(Role.HEADTEACHER, urns={schools[2].pk}, email="e@example.org"),
    }


def offered(by: Any, school: Establishment, days: int = 4, **more: Any) -> Offer:
    given = {"areas": ["reading"], "phases": ["primary"], "days": days, "starts": clock.today(), "price": Decimal(300), **more}
    made = actions.offer(by=by, provider=actions.school_provider(by=by, school=school), **given)
    actions.confirm(by=by, offer=made, evidence={})
    return Offer.objects.get(pk=made.pk)


def wanted(by: Any, school: Establishment, days: int = 2, **more: Any) -> Need:
    return actions.need(by=by, school=school, **{"area": "reading", "urgency": 2, "days": days, "source": "plan", **more})


def test_the_whole_way_through_the_pages(people: Any, schools: Any, browser_of: Any) -> None:
    broker, receiver, giver, governor, elsewhere = (
        browser_of(people[who]) for who in ("broker", "receiver", "giver", "governor", "elsewhere")
    )
    today, end = clock.today(), clock.today() + timedelta(60)
    made = giver.post(
        "/brokerage/offers/new/", {"areas": ["reading"], "phases": ["primary"], "days": "4", "starts": str(today), "price": "300"}
    )
    offer = Offer.objects.get()
    assert made.url == f"/brokerage/offers/{offer.pk}/" and offer.state == "offered"
    assert elsewhere.get(made.url).status_code == 404  # not on the register yet
    assert giver.post(f"{made.url}confirm/").status_code == 403
    broker.post(f"{made.url}confirm/")
    assert elsewhere.get(made.url).status_code == 200

    typed = {"school": str(schools[0].pk), "area": "reading", "urgency": "2", "days": "", "source": "self", "context": "Year 2 <b>boys</b>"}
    refused = receiver.post("/brokerage/needs/new/", typed)
    assert refused.status_code == 422 and "Year 2 &lt;b&gt;boys" in refused.content.decode()  # nothing that was typed is lost
    asked = receiver.post("/brokerage/needs/new/", typed | {"days": "2", "measure": "ks2.rwm_expected"})
    assert asked.url == f"/brokerage/needs/{Need.objects.get().pk}/"
    assert elsewhere.get(asked.url).status_code == 404
    page = broker.get(asked.url).content.decode()
    assert schools[1].name in page and "km by road" in page and "Ask both heads" in page
    assert "Ask both heads" not in receiver.get(asked.url).content.decode()  # suggestions are the broker's
    why = broker.get(f"{asked.url}?why_not={schools[2].name}").content.decode()
    assert "No provider of that name" in why

    match = broker.post(f"{asked.url}ask/{offer.pk}/").url
    assert governor.get(match).status_code == 404 and elsewhere.get(match).status_code == 404
    assert schools[1].name not in governor.get("/brokerage/").content.decode()
    assert receiver.post(match, {"side": "receiver", "agrees": "no", "because": ""}).status_code == 422
    receiver.post(match, {"side": "giver", "agrees": "yes"})  # nobody answers for another school
    assert Match.objects.get().giver_agreed is None
    receiver.post(match, {"side": "receiver", "agrees": "yes"})
    assert governor.get(match).status_code == 404
    giver.post(match, {"side": "giver", "agrees": "yes"})
    assert Match.objects.get().state == "agreed" and Need.objects.get().state == "placed"
    assert governor.get(match).status_code == 200

    agreement = {"aim": "Phonics taught well in every class", "starts": str(today), "ends": str(today - timedelta(1))}
    assert "It ends before it starts" in giver.post(f"{match}agreement/", agreement).content.decode()
    help_ = giver.post(f"{match}agreement/", agreement | {"ends": str(end)}).url
    day = {"day": str(today), "share": "1", "what": "Saw four lessons"}
    assert giver.post(f"{help_}day/", day).status_code == 302
    assert giver.post(f"{help_}day/", day | {"what": "Saw four more"}).status_code == 422  # more than a whole day on one day
    receiver.post(f"{help_}review/", {"going": "well", "text": "The pace is right"})
    page = governor.get(help_).content.decode()
    assert "1 of 2 days are given" in page and "The pace is right" in page and "300" in page
    assert "What came of it" in page and ("No effect can be told" in page or "four times in five" in page)
    assert elsewhere.get(help_).status_code == 404 and governor.get(f"{help_}stop/").status_code == 404
    broker.post(f"{help_}complete/", {"thanks": "It made the difference"})
    assert Deployment.objects.get().state == "completed" and Need.objects.get().state == "met"
    assert queries.left_of(Offer.objects.get()) == 3  # one day was given, the other is free again
    assert "It made the difference" in broker.get(f"/brokerage/providers/{Provider.objects.get().pk}/").content.decode()
    assert not verify()


def test_why_not_tells_every_reason(people: Any, schools: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    broker = people["broker"]
    offer, need = offered(broker, schools[1], days=1, areas=["mathematics"]), wanted(broker, schools[0], days=2)
    monkeypatch.setattr("headway.desk.brokerage.matching.tiers", lambda door, urns: {schools[1].pk: "focus"})
    actions.declare(by=broker, provider=offer.provider, school=schools[0], why=SECRET, since=clock.today())
    told = " ".join(Register(open_door_of()).suggestion(need, offer).barred)
    for part in ("other areas", "focus support itself", SECRET, "1 day left, and 2 are wanted"):
        assert part in told


def open_door_of() -> Any:
    from headway.desk.framing.pages import the_door

    return the_door()


def test_a_conflict_of_interest_is_for_brokers_only(people: Any, schools: Any, browser_of: Any) -> None:
    broker = people["broker"]
    offer = offered(broker, schools[1])
    actions.declare(by=broker, provider=offer.provider, school=schools[0], why=SECRET, since=clock.today())
    assert SECRET in browser_of(broker).get(f"/brokerage/providers/{offer.provider_id}/").content.decode()
    assert SECRET not in browser_of(people["giver"]).get(f"/brokerage/providers/{offer.provider_id}/").content.decode()


def test_a_provider_withdrawn_in_the_middle_leaves_the_need_open_for_the_rest(people: Any, schools: Any, browser_of: Any) -> None:
    broker = people["broker"]
    offer, need = offered(broker, schools[1]), wanted(broker, schools[0], days=3)
    other = actions.ask(by=broker, need=wanted(broker, schools[2], days=1), offer=offer)
    match = actions.ask(by=broker, need=need, offer=offer)
    for side in ("giver", "receiver"):
        match = actions.agree(by=broker, match=match, side=side)
    running = deploying.deploy(by=broker, match=match, aim="Reading", starts=clock.today(), ends=clock.today(), shared="", leaves="")
    deploying.log_day(by=broker, deployment=running, day=clock.today(), share=Decimal("0.5"), what="Met")
    browser_of(broker).post(f"/brokerage/providers/{offer.provider_id}/withdraw/", {"because": "The head has left"})
    running.refresh_from_db()
    assert (running.state, running.ended) == ("stopped", clock.today()) and "The head has left" in running.ended_because
    need.refresh_from_db()
    assert (need.state, need.days) == ("open", 2)
    other.refresh_from_db()
    assert other.state == "lapsed"
    with pytest.raises(HeadwayError, match="H-DESK-86"):
        actions.ask(by=broker, need=need, offer=offer)


def test_a_round_is_solved_edited_by_hand_and_asked_for(people: Any, schools: Any, browser_of: Any) -> None:
    broker, page = people["broker"], browser_of(people["broker"])
    offers = [offered(broker, one, days=2) for one in schools[3:5]]
    needs = [wanted(broker, one) for one in schools[:3]]
    found = whole(Register(open_door_of()), needs, frozenset(), frozenset(), True)
    assert found.round is not None and found.round.optimal and len(found.got) == 2 and len(found.unmet) == 1
    [left] = found.unmet
    assert "Too little is on offer" in found.unmet[left]
    shown = page.get("/brokerage/round/").content.decode()
    assert "2 of 3 open needs can be helped" in shown and "it is proven" in shown
    held = page.get(f"/brokerage/round/?hold={left}-{offers[0].pk}").content.decode()
    assert "<strong>held</strong>" in held and "2 of 3" in held
    both = f"hold={needs[0].pk}-{offers[0].pk}&hold={needs[1].pk}-{offers[0].pk}"
    assert "would give more than there is" in page.get(f"/brokerage/round/?{both}").content.decode()
    pairs = [f"{need}-{one.offer.pk}" for need, one in found.got.items()]
    page.post("/brokerage/round/ask/", {"pair": [*pairs, "999-1", "x"]})
    assert Match.objects.filter(state="asked").count() == 2
    assert "No better round exists" in page.get("/brokerage/round/").content.decode()


def test_a_round_with_strengths_as_known_on_a_past_day_asks_nobody(
    people: Any, schools: Any, browser_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The day goes with every edit by hand; what is no past day is told and today’s strengths are shown."""
    broker, page = people["broker"], browser_of(people["broker"])
    offer, need = offered(broker, schools[3], days=2), wanted(broker, schools[0])
    asked: list[Any] = []
    real = matching.suggestions
    monkeypatch.setattr(matching, "suggestions", lambda door, area, day: asked.append(day) or real(door, area, day))
    now = page.get("/brokerage/round/").content.decode()
    today = clock.today()
    assert f"Strengths are as known on {today.day} {today:%B %Y}" in now and "Ask the heads" in now and 'name="pair"' in now
    edited = f"/brokerage/round/?hold={need.pk}-{offer.pk}&as-of=2024-08-31"
    then = page.get(edited).content.decode()
    assert asked == [None, date(2024, 8, 31)]
    assert "As it was known on 31 August 2024" in then and "Strengths are as known on 31 August 2024" in then
    assert "Ask the heads" not in then and 'name="pair"' not in then and "Nobody can be asked from here" in then
    assert then.count("as-of=2024-08-31") >= 3  # hold, not this one, beside another way
    assert f'name="hold" value="{need.pk}-{offer.pk}"' in then and "<strong>held</strong>" in then
    for wrong in (str(today + timedelta(2)), "2024-31-08"):
        told = page.get(f"/brokerage/round/?as-of={wrong}").content.decode()
        assert 'id="no-day"' in told and "Ask the heads" in told and f'value="{wrong}"' in told
        assert 'id="no-day"' in page.get(f"/brokerage/strengths/?as-of={wrong}").content.decode()


def test_lists_are_searched_and_taken_away(people: Any, schools: Any, browser_of: Any) -> None:
    broker = people["broker"]
    offered(broker, schools[1], conditions="=1+1")
    wanted(broker, schools[0])
    page = browser_of(broker)
    assert schools[0].name in page.get(f"/brokerage/needs/?text={schools[0].pk}").content.decode()
    assert "No need fits" in page.get("/brokerage/needs/?area=governance").content.decode()
    assert schools[1].name in page.get("/brokerage/offers/?area=reading").content.decode()
    assert schools[0].name in page.get("/brokerage/needs/as-seen.csv").content.decode()
    assert schools[1].name in page.get("/brokerage/offers/as-seen.csv").content.decode()
    shown = page.get("/brokerage/strengths/?way=weak").content.decode()
    assert "beyond chance" in shown or "figures enough" in shown


LAST_DAY = """
import json, sys, threading
from datetime import date
from pathlib import Path
from headway.site import running
running.migrate(Path(sys.argv[1]))
from django.db import connection
from headway.desk.accounts import actions as accounts
from headway.desk.accounts.permissions import Role
from headway.desk.brokerage import actions
from headway.desk.brokerage.models import Match
from headway.desk.brokerage.queries import left_of
from headway.desk.establishments.models import Establishment
from headway.vocabulary.errors import HeadwayError
brokers = [accounts.invite(by="test", email=f"b{n}@example.org", name="B", roles=frozenset({Role.HEAD_OF_SCHOOL_IMPROVEMENT}),
    whole_area=True, urns=frozenset(), password="correct horse battery") for n in range(2)]
schools = [Establishment.objects.create(urn=900000 + n, name=f"S{n}", phase="primary", status="open", authority="000") for n in range(3)]
provider = actions.make_provider(by=brokers[0], kind="school", name="S0", school=schools[0], trust="", most=9)
offer = actions.offer(by=brokers[0], provider=provider, areas=["reading"], phases=["primary"], days=1, starts=date(2026, 1, 1))
actions.confirm(by=brokers[0], offer=offer, evidence={})
needs = [actions.need(by=brokers[0], school=one, area="reading", urgency=2, days=1, source="plan") for one in schools[1:]]
said, ready = [], threading.Barrier(2)
def ask(number):
    ready.wait()
    try:
        actions.ask(by=brokers[number], need=needs[number], offer=offer)
        said.append("won")
    except HeadwayError as fault:
        said.append(fault.code)
    except Exception as fault:
        said.append(repr(fault))
    finally:
        connection.close()
threads = [threading.Thread(target=ask, args=(number,)) for number in range(2)]
[one.start() for one in threads]
[one.join() for one in threads]
print(json.dumps({"said": sorted(said), "matches": Match.objects.count(), "left": left_of(offer)}))
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "area.yaml").write_text('areas: ["000"]\nname: Wrenford\nexample: true\n')
    return tmp_path


@pytest.mark.slow
def test_of_two_brokers_who_ask_for_the_last_day_one_gets_it_on_sqlite(home: Path) -> None:
    assert json.loads(run(home, "-c", LAST_DAY, str(home))) == {"said": ["H-DESK-86", "won"], "matches": 1, "left": 0}


@pytest.mark.slow
def test_of_two_brokers_who_ask_for_the_last_day_one_gets_it_on_postgresql(home: Path, postgres_migrated: str) -> None:
    answer = run(home, "-c", LAST_DAY, str(home), HEADWAY_DATABASE_URL=postgres_migrated)
    assert json.loads(answer) == {"said": ["H-DESK-86", "won"], "matches": 1, "left": 0}


def test_a_need_serves_an_objective_of_the_schools_plan_and_leads_to_it(people: Any, schools: Any, browser_of: Any) -> None:
    from datetime import timedelta

    from headway.desk.plans.models import Objective, Plan

    day = clock.today()
    plan = Plan.objects.create(school=schools[0], title="Improvement plan", begins=day, ends=day + timedelta(300), by="x")
    told = {"area": "achievement", "success": "They read.", "measure": "phonics.year1", "start": 61.0, "aim": 75.0, "by": "x"}
    mine = Objective.objects.create(plan=plan, title="Every child reads by seven", **told)
    other = Plan.objects.create(school=schools[2], title="Another’s", begins=day, ends=day + timedelta(300), by="x")
    theirs = Objective.objects.create(plan=other, title="Not for this school", **told)
    head = browser_of(people["receiver"])
    shown = head.get(f"/brokerage/needs/new/?serves={mine.pk}&source=plan").content.decode()
    assert mine.title in shown and theirs.title not in shown
    given = {"school": str(schools[0].pk), "area": "reading", "urgency": "2", "days": "3", "source": "plan", "context": "", "measure": ""}
    refused = head.post("/brokerage/needs/new/", {**given, "serves": str(theirs.pk), "objective": ""})
    assert refused.status_code == 422 and not Need.objects.filter(serves=theirs).exists()
    head.post("/brokerage/needs/new/", {**given, "serves": str(mine.pk), "objective": ""})
    made = Need.objects.get(serves=mine)
    assert (made.objective, made.measure) == (mine.title, "phonics.year1")
    page = head.get(f"/brokerage/needs/{made.pk}/").content.decode()
    assert f"/support/plans/{plan.pk}/" in page and "from 61" in page and "75" in page
