"""What a head writes of themselves is read by listeners alone; those who decide about schools do not even learn that it was written."""

from typing import Any

import pytest

from headway.desk.accounts.permissions import Permission, Role
from headway.desk.accounts.rules import faults_of_roles
from headway.desk.audit.models import Event
from headway.desk.audit.queries import verify
from headway.desk.wellbeing import actions, queries
from headway.desk.wellbeing.models import Line, Talk
from headway.desk.wellbeing.rules import may_listen

pytestmark = pytest.mark.django_db
CANARY = "Wilhelmina Canary is tired"


@pytest.fixture
def people(person: Any) -> dict[str, Any]:
    return {
        "head": person(Role.HEADTEACHER, urns={100001}, email="h@example.org"),
        "other": person(Role.HEADTEACHER, urns={100002}, email="o@example.org"),
        "listener": person(Role.WELLBEING_CONTACT, email="w@example.org"),
        "lead": person(Role.HEAD_OF_SCHOOL_IMPROVEMENT, email="l@example.org"),
        "both": person(Role.WELLBEING_CONTACT, Role.HEAD_OF_SCHOOL_IMPROVEMENT, email="b@example.org"),
    }


def test_a_head_is_heard_and_answered(people: Any, browser_of: Any) -> None:
    head, listener = browser_of(people["head"]), browser_of(people["listener"])
    assert head.post("/wellbeing/", {"text": ""}).status_code == 422
    where = head.post("/wellbeing/", {"text": CANARY}).url
    assert CANARY not in Line.objects.get().sealed
    assert "1 waits" in listener.get("/wellbeing/received/").content.decode()
    page = listener.get(f"/wellbeing/received/{Talk.objects.get().pk}/").content.decode()
    assert CANARY in page
    listener.post(f"/wellbeing/received/{Talk.objects.get().pk}/", {"text": "Shall we talk on Friday?"})
    assert "Shall we talk on Friday?" in head.get(where).content.decode()
    assert "Nobody waits" in listener.get("/wellbeing/received/").content.decode()
    listener.post(f"/wellbeing/received/{Talk.objects.get().pk}/end/")
    assert Talk.objects.get().ended and not list(verify())


def test_nobody_who_decides_about_schools_sees_it_nor_that_there_is_any(people: Any, browser_of: Any) -> None:
    talk = actions.begin(by=people["head"], text=CANARY)
    lead, both, other = (browser_of(people[who]) for who in ("lead", "both", "other"))
    for address in ("/wellbeing/", "/wellbeing/received/", f"/wellbeing/received/{talk.pk}/", f"/wellbeing/{talk.pk}/"):
        assert lead.get(address).status_code == 403, address
    assert both.get("/wellbeing/received/").status_code == 404  # given both roles by mistake, one has neither's secret
    assert not queries.received(people["both"]).exists() and not queries.received(people["lead"]).exists()
    assert other.get(f"/wellbeing/{talk.pk}/").status_code == 404
    audit = lead.get("/account/audit/").content.decode()
    assert CANARY not in audit
    told = "".join(f"{one.actor} {one.target_id} {one.before} {one.after}" for one in Event.objects.filter(target="wellbeing"))
    assert people["head"].label not in told and "100001" not in told


def test_the_role_is_given_to_nobody_who_decides() -> None:
    both = frozenset({Role.WELLBEING_CONTACT, Role.ADVISER})
    assert any("listens to heads" in fault for fault in faults_of_roles(both, True, frozenset()))
    assert faults_of_roles(frozenset({Role.WELLBEING_CONTACT}), True, frozenset()) == []
    assert may_listen({Permission.SEE_WELLBEING}) and not may_listen({Permission.SEE_WELLBEING, Permission.WRITE_SUPPORT})
