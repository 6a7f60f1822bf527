"""Who may do what on the pages of accounts, and the answers outside a patch."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from headway.desk.accounts import adapters
from headway.desk.accounts.access import needs
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Permission, Role
from headway.desk.accounts.queries import may, roles_of, viewer_of
from headway.desk.audit.models import Event

pytestmark = pytest.mark.django_db
MINE, OTHER = 100001, 100002
MANAGED = ("/account/people/", "/account/people/invite/")
PASSWORD = "correct horse battery staple"


@needs(Permission.VIEW_SCHOOL)
def school(request: Any, urn: int) -> HttpResponse:
    return HttpResponse(f"{urn}")


def ask(user: User, urn: int) -> HttpResponse:
    request = RequestFactory().get("/")
    request.user = user
    return school(request, urn=urn)


def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quarter of an hour and a bit has passed since anybody proved who they are; the session goes on."""
    monkeypatch.setattr(adapters, "RECENT", -1.0)


def proved(browser: Any) -> Any:
    """The browser after its person has given the password again."""
    assert browser.post("/sign-in/reauthenticate/", {"password": PASSWORD}).status_code == 302
    return browser


def test_a_school_of_the_patch_is_shown_and_another_is_as_if_it_were_not_there(person: Any) -> None:
    head = person(Role.HEADTEACHER, urns={MINE})
    assert ask(head, MINE).content == b"100001"
    with pytest.raises(Http404):
        ask(head, OTHER)


def test_a_role_without_the_permission_is_refused(person: Any) -> None:
    with pytest.raises(PermissionDenied, match="None of your roles may see a school's page"):
        ask(person(Role.ADMINISTRATOR), MINE)


def test_a_closed_account_may_nothing(person: Any) -> None:
    user = person(Role.ANALYST)
    user.is_active = False
    assert not any(may(user, permission) for permission in Permission)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
@pytest.mark.parametrize("address", MANAGED)
def test_only_administrators_keep_accounts(person: Any, browser_of: Any, role: Role, address: str) -> None:
    urns = {MINE} if role.bound_to_patch else frozenset()
    assert browser_of(person(role, urns=urns)).get(address).status_code == 403


@pytest.mark.parametrize("role", list(Role))
def test_everybody_has_their_own_account_and_reads_why(person: Any, browser_of: Any, role: Role) -> None:
    answer = browser_of(person(role, urns={MINE} if role.bound_to_patch else frozenset())).get("/account/")
    assert answer.status_code == 200
    assert f"Your role of {role.words.lower()} may" in answer.content.decode()


def test_the_viewer_sees_early_results_of_their_patch_only(person: Any) -> None:
    request = RequestFactory().get("/")
    request.user = person(Role.HEADTEACHER, urns={MINE})
    viewer = viewer_of(request)
    assert (viewer.sees_early, viewer.urns, viewer.roles) == (True, frozenset({MINE}), frozenset({"headteacher"}))
    request.user = person(Role.ELECTED_MEMBER)
    assert (viewer_of(request).sees_early, viewer_of(request).urns) == (False, None)


def test_keeping_accounts_asks_for_the_password_again_some_time_after_sign_in(
    person: Any, browser_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = browser_of(person(Role.ADMINISTRATOR))
    assert browser.get("/account/people/").status_code == 200
    later(monkeypatch)
    answer = browser.post("/account/people/invite/", {"name": "N", "email": "n@example.org", "roles": ["analyst"], "whole_area": "on"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/reauthenticate/")
    assert not User.objects.filter(email="n@example.org").exists()


def test_inviting_a_person(person: Any, browser_of: Any) -> None:
    browser = proved(browser_of(person(Role.ADMINISTRATOR)))
    form = {"name": "New Person", "email": "New@Example.org", "roles": ["headteacher"], "urns": "100001, 100002"}
    assert browser.post("/account/people/invite/", form).status_code == 302
    made = User.objects.get(email="new@example.org")
    assert (roles_of(made), made.has_usable_password()) == (frozenset({Role.HEADTEACHER}), False)
    assert b"New Person" in browser.get("/account/people/").content
    assert "New Person" not in "".join(Event.objects.values_list("after", flat=True))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"roles": []}, "Choose at least one role"),
        ({"roles": ["governor"], "whole_area": "on"}, "work with named schools"),
        ({"urns": "12"}, "is not a URN"),
        ({"email": "administrator@example.org"}, "has an account already"),
    ],
)
def test_an_invitation_that_cannot_be(person: Any, browser_of: Any, change: dict[str, Any], words: str) -> None:
    browser = proved(browser_of(person(Role.ADMINISTRATOR)))
    answer = browser.post(
        "/account/people/invite/", {"name": "N", "email": "n@example.org", "roles": ["analyst"], "whole_area": "on"} | change
    )
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_changing_roles_is_recorded(person: Any, browser_of: Any) -> None:
    admin, user = person(Role.ADMINISTRATOR), person(Role.ANALYST)
    browser = proved(browser_of(admin))
    assert browser.post(f"/account/people/{user.pk}/", {"roles": ["board_chair"], "whole_area": "on"}).status_code == 302
    event = Event.objects.filter(verb="set roles", target_id=str(user.pk)).order_by("-seq").first()
    assert event is not None
    assert (event.actor, "analyst" in event.before, "board_chair" in event.after) == (admin.label, True, True)


def test_the_last_administrator_stays(person: Any, browser_of: Any) -> None:
    admin = person(Role.ADMINISTRATOR)
    browser = proved(browser_of(admin))
    assert browser.post(f"/account/people/{admin.pk}/", {"roles": ["analyst"], "whole_area": "on"}).status_code == 422
    browser.post(f"/account/people/{admin.pk}/active/", {"active": "no"})
    assert User.objects.get(pk=admin.pk).is_active


def test_closing_and_opening_an_account(person: Any, browser_of: Any) -> None:
    user = person(Role.ANALYST)
    browser = proved(browser_of(person(Role.ADMINISTRATOR)))
    browser.post(f"/account/people/{user.pk}/active/", {"active": "no"})
    assert not User.objects.get(pk=user.pk).is_active
    browser.post(f"/account/people/{user.pk}/active/", {"active": "yes"})
    assert User.objects.get(pk=user.pk).is_active


def test_a_person_who_is_not_there(person: Any, browser_of: Any) -> None:
    assert proved(browser_of(person(Role.ADMINISTRATOR))).get("/account/people/999999/").status_code == 404


def test_a_view_that_says_nothing_answers_nobody(person: Any, settings: Any, browser_of: Any) -> None:
    browser = browser_of(person(Role.ADMINISTRATOR))
    settings.ROOT_URLCONF = "tests.integration.desk.undeclared"
    assert browser.get("/undeclared/").status_code == 403
