"""Signing in, staying in, and being sent out."""

import time
from typing import Any

import pytest

from headway.desk.accounts import actions, middleware
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Role
from headway.desk.audit.models import Event

pytestmark = pytest.mark.django_db
ACCOUNT = "/account/"


def is_in(browser: Any) -> bool:
    return browser.get(ACCOUNT).status_code == 200


def at(monkeypatch: pytest.MonkeyPatch, moment: float) -> None:
    monkeypatch.setattr(middleware.time, "time", lambda: moment)


def test_sign_in_changes_the_session_and_is_recorded(client: Any, person: Any) -> None:
    user = person(Role.ANALYST)
    session = client.session
    session["before"] = 1
    session.save()
    before = session.session_key
    client.cookies["headway"] = before
    assert client.post("/sign-in/login/", {"login": user.email.upper(), "password": "correct horse battery staple"}).status_code == 302
    assert client.session.session_key != before
    assert is_in(client)
    assert Event.objects.filter(verb="signed in", actor=user.label).count() == 1


def test_a_stranger_is_sent_to_sign_in(client: Any) -> None:
    answer = client.get(ACCOUNT)
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/login/?next=/account/")


def test_a_wrong_password_and_an_unknown_address_answer_alike(client: Any, person: Any) -> None:
    person(Role.ANALYST, email="known@example.org")
    known = client.post("/sign-in/login/", {"login": "known@example.org", "password": "wrong"})
    unknown = client.post("/sign-in/login/", {"login": "unknown@example.org", "password": "wrong"})
    assert known.status_code == unknown.status_code == 200
    assert _without_tokens(known, "known@example.org") == _without_tokens(unknown, "unknown@example.org")


def _without_tokens(answer: Any, address: str) -> str:
    return "\n".join(line for line in answer.content.decode().replace(address, "").splitlines() if "csrf" not in line)


def test_five_failures_are_followed_by_a_wait_even_for_the_right_password(client: Any, person: Any) -> None:
    user = person(Role.ANALYST)
    answers = [client.post("/sign-in/login/", {"login": user.email, "password": "wrong"}).status_code for _ in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    right = client.post("/sign-in/login/", {"login": user.email.upper(), "password": "correct horse battery staple"})
    assert (right.status_code, right["Retry-After"]) == (429, "900")


def test_the_wait_is_for_one_account_from_one_address(client: Any, person: Any, browser_of: Any) -> None:
    user, other = person(Role.ANALYST), person(Role.ADVISER)
    for _ in range(5):
        client.post("/sign-in/login/", {"login": user.email, "password": "wrong"})
    assert is_in(browser_of(other))
    elsewhere = client.post("/sign-in/login/", {"login": user.email, "password": "correct horse battery staple"}, REMOTE_ADDR="127.0.0.9")
    assert elsewhere.status_code == 302


def test_the_wait_ends_by_itself(client: Any, person: Any) -> None:
    from datetime import timedelta

    from axes.models import AccessAttempt

    user = person(Role.ANALYST)
    for _ in range(5):
        client.post("/sign-in/login/", {"login": user.email, "password": "wrong"})
    for attempt in AccessAttempt.objects.all():
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=attempt.attempt_time - timedelta(minutes=16))
    assert client.post("/sign-in/login/", {"login": user.email, "password": "correct horse battery staple"}).status_code == 302


def test_a_made_up_forwarding_header_does_not_go_round_the_wait(client: Any, person: Any) -> None:
    user = person(Role.ANALYST)
    answers = [
        client.post("/sign-in/login/", {"login": user.email, "password": "wrong"}, HTTP_X_FORWARDED_FOR=f"10.0.0.{n}").status_code
        for n in range(5)
    ]
    assert answers[-1] == 429


def test_twenty_idle_minutes_end_a_session(person: Any, browser_of: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, start = browser_of(person(Role.ANALYST)), time.time()
    at(monkeypatch, start + 19 * 60)
    assert is_in(browser)
    at(monkeypatch, start + 38 * 60)
    assert is_in(browser)
    at(monkeypatch, start + 59 * 60)
    assert not is_in(browser)
    at(monkeypatch, start + 38 * 60)
    assert not is_in(browser)


def test_ten_hours_end_a_session_in_use(person: Any, browser_of: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, start = browser_of(person(Role.ANALYST)), time.time()
    for minutes in range(15, 600, 15):
        at(monkeypatch, start + minutes * 60)
        assert is_in(browser)
    at(monkeypatch, start + 10 * 3600 + 5)
    assert not is_in(browser)


def test_sign_out_everywhere_ends_the_other_browsers(person: Any, browser_of: Any) -> None:
    user = person(Role.ANALYST)
    one, two = browser_of(user), browser_of(user)
    assert one.post("/account/sign-out-everywhere/").status_code == 302
    assert not is_in(one)
    assert not is_in(two)
    assert is_in(browser_of(user))


def test_a_closed_account_is_out_at_once_and_stays_out(client: Any, person: Any, browser_of: Any) -> None:
    user = person(Role.ANALYST)
    browser = browser_of(user)
    actions.set_active(by="test", user=user, active=False)
    assert not is_in(browser)
    client.post("/sign-in/login/", {"login": user.email, "password": "correct horse battery staple"})
    assert not is_in(client)


def test_a_change_of_roles_changes_the_session(person: Any, browser_of: Any) -> None:
    user = person(Role.ANALYST)
    browser = browser_of(user)
    before = browser.session.session_key
    actions.set_roles(by="test", user=user, roles=frozenset({Role.BOARD_CHAIR}), whole_area=True, urns=frozenset())
    assert is_in(browser)
    assert browser.session.session_key != before


def test_a_changed_password_ends_other_sessions(person: Any, browser_of: Any) -> None:
    user = person(Role.ANALYST)
    browser = browser_of(user)
    actions.set_password(by="test", user=User.objects.get(pk=user.pk), password="another long enough one")
    assert not is_in(browser)


def test_headers_of_a_signed_in_page(person: Any, browser_of: Any) -> None:
    answer = browser_of(person(Role.ANALYST)).get(ACCOUNT)
    policy = {part.split()[0]: part.split()[1:] for part in answer["Content-Security-Policy"].split("; ")}
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == policy["object-src"] == ["'none'"]
    assert policy["form-action"] == ["'self'"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "private, no-store"
    assert (answer["X-Content-Type-Options"], answer["Referrer-Policy"]) == ("nosniff", "same-origin")


def test_the_cookie_is_out_of_reach_of_scripts(client: Any, person: Any) -> None:
    client.post("/sign-in/login/", {"login": person(Role.ANALYST).email, "password": "correct horse battery staple"})
    assert client.cookies["headway"]["httponly"]
    assert client.cookies["headway"]["samesite"] == "Lax"


@pytest.mark.parametrize("address", ["/sign-in/signup/", "/sign-in/3rdparty/signup/", "/sign-in/email/"])
def test_there_is_no_sign_up(client: Any, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/sign-in/login/", "/sign-in/password/reset/", "/sign-in/password/reset/done/"])
def test_pages_before_sign_in_answer(client: Any, address: str) -> None:
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/sign-in/2fa/", "/sign-in/password/change/"])
def test_pages_of_ones_own_sign_in_answer(person: Any, browser_of: Any, address: str) -> None:
    assert browser_of(person(Role.ANALYST)).get(address).status_code == 200


def test_a_second_factor_is_asked_for_once_it_is_set_up(client: Any, person: Any) -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value, yield_hotp_counters_from_time

    user, secret = person(Role.ANALYST), generate_totp_secret()
    TOTP.activate(user, secret)
    assert secret not in str(Authenticator.objects.get(user=user).data)
    answer = client.post("/sign-in/login/", {"login": user.email, "password": "correct horse battery staple"})
    assert answer["Location"].startswith("/sign-in/2fa/authenticate/")
    assert not is_in(client)
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    client.post("/sign-in/2fa/authenticate/", {"code": code})
    assert is_in(client)


def code_of(secret: str) -> str:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def asked_for_a_code(client: Any, user: Any) -> None:
    answer = client.post("/sign-in/login/", {"login": user.email, "password": "correct horse battery staple"})
    assert answer["Location"].startswith("/sign-in/2fa/authenticate/")


def test_a_second_factor_is_set_up_by_the_person_and_its_code_opens_once(client: Any, person: Any, browser_of: Any) -> None:
    user = person(Role.ANALYST)
    browser = browser_of(user)
    browser.post("/sign-in/reauthenticate/", {"password": "correct horse battery staple"})
    page = browser.get("/sign-in/2fa/totp/activate/")
    secret = page.context["form"].secret
    assert browser.post("/sign-in/2fa/totp/activate/", {"code": "000000"}).status_code == 200
    code = code_of(secret)
    assert browser.post("/sign-in/2fa/totp/activate/", {"code": code}).status_code == 302
    asked_for_a_code(client, user)
    client.post("/sign-in/2fa/authenticate/", {"code": "000000"})
    assert not is_in(client)
    from django.core.cache import cache

    cache.clear()  # the code just used to set it up is refused for as long as it would be valid
    client.post("/sign-in/2fa/authenticate/", {"code": code_of(secret)})
    assert is_in(client)
    client.post("/sign-in/logout/")
    asked_for_a_code(client, user)
    client.post("/sign-in/2fa/authenticate/", {"code": code_of(secret)})
    assert not is_in(client)


def test_a_recovery_code_opens_once(client: Any, person: Any) -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    user = person(Role.ANALYST)
    TOTP.activate(user, generate_totp_secret())
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    assert code not in "".join(str(one.data) for one in Authenticator.objects.filter(user=user))
    for opens in (True, False):
        asked_for_a_code(client, user)
        client.post("/sign-in/2fa/authenticate/", {"code": code})
        assert is_in(client) is opens
        if opens:
            client.post("/sign-in/logout/")
