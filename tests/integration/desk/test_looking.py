"""Looking as somebody else: what both may see, nothing changed, everything written down."""

from typing import Any

import pytest

from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission, Role
from headway.desk.accounts.queries import may, patch_of, viewer_for
from headway.desk.audit import queries as audit
from headway.desk.audit.models import Event

pytestmark = pytest.mark.django_db
MINE, OTHER = 100001, 100002


@pytest.fixture
def lead(person: Any) -> User:
    return person(Role.HEAD_OF_SCHOOL_IMPROVEMENT)


@pytest.fixture
def head(person: Any) -> User:
    return person(Role.HEADTEACHER, urns={MINE})


def looking(lead: User, other: User) -> User:
    found = User.objects.get(pk=other.pk)
    found.looked_at_by = lead
    return found


def test_one_sees_what_both_may_see(lead: User, head: User, person: Any) -> None:
    as_head = looking(lead, head)
    assert may(as_head, Permission.VIEW_SCHOOL, MINE) and not may(as_head, Permission.VIEW_SCHOOL, OTHER)
    assert not may(as_head, Permission.SEE_TIERS), "the lead may, the head may not"
    refused = may(as_head, Permission.ASK_WELLBEING)
    assert not refused and "you yourself may not" in refused.reason
    assert may(as_head, Permission.VIEW_SCHOOL, OTHER).hidden
    for permission in Permission:
        assert bool(may(as_head, permission)) <= (bool(may(lead, permission)) and bool(may(head, permission)))
    assert not may(as_head, Permission.EXPORT) and may(head, Permission.EXPORT)


def test_the_patch_is_that_of_both(head: User, person: Any) -> None:
    adviser = person(Role.ADVISER, urns={OTHER})
    both = looking(adviser, head)
    assert patch_of(both) == frozenset()
    assert not may(both, Permission.VIEW_SCHOOL, MINE) and not may(both, Permission.VIEW_SCHOOL, OTHER)


def test_pages_are_kept_apart_from_those_of_either(lead: User, head: User) -> None:
    assert viewer_for(looking(lead, head)).roles not in (viewer_for(head).roles, viewer_for(lead).roles)


def test_whoever_looks_reads_pages_and_each_is_written_down_under_their_name(lead: User, head: User, browser_of: Any) -> None:
    browser = browser_of(lead)
    assert browser.post(f"/account/look/{head.pk}/").status_code == 302
    page = browser.get("/measures/")
    assert page.status_code == 200 and f"You look as {head}" in page.content.decode()
    assert browser.get("/my-schools/").status_code == 403  # the head has no such page
    seen = [(one.actor, one.verb, one.target_id) for one in Event.objects.filter(verb__contains="look").order_by("seq")]
    assert seen[0] == (lead.label, "began to look as", str(head.pk))
    assert seen[1:] == [(lead.label, "looked as", str(head.pk))] * 2
    assert browser.post("/account/look/stop/").status_code == 302
    assert browser.get("/my-schools/").status_code == 200
    assert Event.objects.order_by("-seq").filter(verb="stopped looking as").exists() and not audit.verify()


def test_nothing_can_be_changed_nor_taken_away_and_the_account_is_theirs(lead: User, head: User, browser_of: Any) -> None:
    browser = browser_of(lead)
    browser.post(f"/account/look/{head.pk}/")
    before = Event.objects.exclude(verb="looked as").count()
    answer = browser.post("/groups/new/", {"title": "Mine"})
    assert answer.status_code == 403 and "Nothing was changed" in answer.content.decode()
    for path in ("/account/", "/account/tokens/", "/sign-in/password/change/", "/sign-in/2fa/", "/schools/as-seen.csv"):
        assert browser.get(path).status_code in (403, 404), path
    assert Event.objects.exclude(verb="looked as").count() == before
    assert browser.post("/sign-in/logout/").status_code == 302  # one may always leave


def test_what_a_page_writes_as_it_is_read_is_taken_back(lead: User, head: User, browser_of: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from headway.desk.audit.actions import record
    from headway.site import frame

    plain = frame.tasks

    def writing(*given: Any) -> Any:
        record(by="somebody", verb="wrote as it was read", target="page")
        return plain(*given)

    monkeypatch.setattr(frame, "tasks", writing)
    browser = browser_of(lead)
    browser.post(f"/account/look/{head.pk}/")
    already = Event.objects.filter(verb="wrote as it was read").count()
    assert browser.get("/measures/").status_code == 200
    assert Event.objects.filter(verb="wrote as it was read").count() == already
    assert not audit.verify()


def test_only_who_may_looks_and_not_after_the_right_is_gone(head: User, lead: User, person: Any, browser_of: Any) -> None:
    assert browser_of(head).post(f"/account/look/{lead.pk}/").status_code == 403
    browser = browser_of(lead)
    assert browser.post(f"/account/look/{lead.pk}/").status_code == 404  # not as oneself
    browser.post(f"/account/look/{head.pk}/")
    User.objects.filter(pk=head.pk).update(is_active=False)
    assert "You look as" not in browser.get("/measures/").content.decode()
