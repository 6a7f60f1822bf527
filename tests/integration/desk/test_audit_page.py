"""The page of the audit: who may read it, what it finds, and what stays sealed."""

import csv
import io
from typing import Any

import pytest

from headway.desk.accounts.permissions import Permission, Role
from headway.desk.audit.actions import record
from headway.desk.audit.models import Event
from tests.integration.desk.test_accounts import later, proved

pytestmark = pytest.mark.django_db
PAGE, FILE = "/account/audit/", "/account/audit.csv"


def words(answer: Any) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("address", [PAGE, FILE])
def test_only_those_who_may_read_the_audit_do(person: Any, browser_of: Any, role: Role, address: str) -> None:
    urns = {100001} if role.bound_to_patch else frozenset()
    expected = 200 if Permission.VIEW_AUDIT in role.permissions else 403
    assert proved(browser_of(person(role, urns=urns))).get(address).status_code == expected


def test_events_are_found_by_person_number_and_what_was_done(person: Any, browser_of: Any) -> None:
    browser = browser_of(person(Role.ADMINISTRATOR))
    record(by="command:load", verb="loaded", target="file", target_id="a-file.csv")
    assert "a-file.csv" in words(browser.get(PAGE))
    assert "a-file.csv" in words(browser.get(PAGE, {"q": "command:load"}))
    assert "a-file.csv" in words(browser.get(PAGE, {"verb": "loaded"}))
    assert "a-file.csv" not in words(browser.get(PAGE, {"verb": "invited"}))
    nothing = words(browser.get(PAGE, {"q": "no such thing"}))
    assert "No event is like that" in nothing


def test_events_are_paged(person: Any, browser_of: Any) -> None:
    browser = browser_of(person(Role.ADMINISTRATOR))
    for number in range(60):
        record(by="command:load", verb="loaded", target="file", target_id=f"file-{number:02}")
    assert "file-59" in words(browser.get(PAGE))
    older = words(browser.get(PAGE, {"page": 2}))
    assert "file-59" not in older
    assert "file-05" in older
    assert browser.get(PAGE, {"page": "no number"}).status_code == 200


def test_the_chain_is_checked_from_the_page(person: Any, browser_of: Any) -> None:
    browser = browser_of(person(Role.ADMINISTRATOR))
    assert "The audit holds" in words(browser.get(PAGE, {"check": "1"}))
    Event.objects.filter(seq=1).update(verb="did nothing")
    assert "Event 1: it was altered" in words(browser.get(PAGE, {"check": "1"}))


def test_the_file_holds_what_is_stored_escaped_and_is_itself_an_event(
    person: Any, browser_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = person(Role.ADMINISTRATOR, email="canary@example.org")
    with monkeypatch.context() as patch:
        later(patch)
        assert browser_of(user).get(FILE)["Location"].startswith("/sign-in/reauthenticate/")
    browser = browser_of(user)
    record(by="command:load", verb="=1+1", target="file")
    text = words(browser.get(FILE))
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [int(row["seq"]) for row in rows] == sorted((int(row["seq"]) for row in rows), reverse=True)
    assert "'=1+1" in {row["verb"] for row in rows}
    assert "canary" not in text
    assert Event.objects.filter(verb="exported", target_id=FILE, actor=user.label).count() == 1
