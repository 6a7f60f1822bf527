"""What is stricter outside demonstrations."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from headway.desk.accounts.permissions import Role
from headway.site import demo, running
from headway.site.config import Config
from headway.site.content_policy import policy
from headway.vocabulary.errors import HeadwayError
from tests.integration.desk.test_databases import run

SAFE = {"HEADWAY_PRODUCTION": "1", "HEADWAY_HOSTS": "desk.example.org", "HEADWAY_SECRET_KEY": "0123456789abcdef" * 4}
NAMES = (
    "SESSION_COOKIE_NAME SESSION_COOKIE_SECURE CSRF_COOKIE_NAME CSRF_COOKIE_SECURE SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS ALLOWED_HOSTS"
)


@pytest.mark.parametrize(("change", "code"), [({"HEADWAY_SECRET_KEY": "short"}, "H-USAGE-30"), ({"HEADWAY_HOSTS": ""}, "H-USAGE-31")])
def test_an_unsafe_configuration_is_refused(tmp_path: Path, change: dict[str, str], code: str) -> None:
    with pytest.raises(HeadwayError) as refused:
        Config.read({"HEADWAY_HOME": str(tmp_path), **SAFE, **change})
    assert refused.value.code == code


def test_the_made_up_area_is_not_served_in_production(tmp_path: Path) -> None:
    (tmp_path / "area.yaml").write_text("example: true\n")
    with pytest.raises(HeadwayError) as refused:
        Config.read({"HEADWAY_HOME": str(tmp_path), **SAFE})
    assert refused.value.code == "H-USAGE-32"


def test_cookies_and_transport(tmp_path: Path) -> None:
    program = f"from django.conf import settings\nfor name in '{NAMES}'.split(): print(getattr(settings, name))"
    assert run(tmp_path, "-c", program, **SAFE).split() == [
        "__Host-headway", "True", "__Host-headway-form", "True", "True", "31536000", "['desk.example.org']",
    ]  # fmt: skip


def test_the_deployment_check_finds_nothing(tmp_path: Path) -> None:
    run(tmp_path, "-m", "django", "check", "--deploy", "--fail-level", "WARNING", **SAFE)


def test_a_key_is_made_once_for_a_workspace(tmp_path: Path) -> None:
    first = Config.read({"HEADWAY_HOME": str(tmp_path)}).secret_key
    assert len(first) >= 50
    assert Config.read({"HEADWAY_HOME": str(tmp_path)}).secret_key == first


def test_the_identity_provider_may_be_sent_to(tmp_path: Path) -> None:
    config = Config.read({"HEADWAY_HOME": str(tmp_path), "HEADWAY_OIDC_SERVER": "https://id.example.org/realm"})
    assert policy(config)["form-action"] == ["'self'", "https://id.example.org"]


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "sent"), [(Role.ANALYST, True), (Role.ADMINISTRATOR, True), (Role.ELECTED_MEMBER, False)])
def test_strong_roles_go_no_further_without_a_second_factor(person: Any, browser_of: Any, settings: Any, role: Role, sent: bool) -> None:
    browser = browser_of(person(role))
    settings.HEADWAY = replace(settings.HEADWAY, production=True)
    answer = browser.get("/account/")
    assert (answer.status_code, answer.get("Location")) == ((302, "/sign-in/2fa/") if sent else (200, None))
    assert browser.get("/sign-in/2fa/").status_code == 200


@pytest.mark.django_db
def test_demonstration_people_sign_in_each_in_one_role(browser_of: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from headway.desk.accounts.models import User
    from headway.desk.accounts.queries import roles_of

    monkeypatch.setattr(running, "prepare", lambda home: None)
    first, second = demo.make_demo_users(settings.HEADWAY.home), demo.make_demo_users(settings.HEADWAY.home)
    assert [person.role for person in second] == [role.words for role in Role]
    assert not {person.password for person in first} & {person.password for person in second}
    user = User.objects.get(email=second[0].email)
    assert roles_of(user) == {Role.HEAD_OF_SCHOOL_IMPROVEMENT}
    assert browser_of(user, second[0].password).get("/account/").status_code == 200


@pytest.mark.django_db
def test_no_demonstration_people_where_figures_are_real(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "prepare", lambda home: None)
    settings.HEADWAY = replace(settings.HEADWAY, example=False)
    with pytest.raises(HeadwayError) as refused:
        demo.make_demo_users(settings.HEADWAY.home)
    assert refused.value.code == "H-ACCESS-31"


@pytest.mark.django_db
def test_the_first_administrator_is_made_once(browser_of: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from headway.desk.accounts.models import User

    monkeypatch.setattr(running, "migrate", lambda home: None)
    password = running.first_administrator(settings.HEADWAY.home, "First@example.org", "First")
    assert browser_of(User.objects.get(email="first@example.org"), password).get("/account/people/").status_code == 200
    with pytest.raises(HeadwayError) as refused:
        running.first_administrator(settings.HEADWAY.home, "second@example.org", "Second")
    assert refused.value.code == "H-ACCESS-32"


@pytest.mark.django_db
def test_the_command_says_whether_the_audit_holds(person: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from headway.desk.audit.models import Event

    monkeypatch.setattr(running, "migrate", lambda home: None)
    person(Role.ANALYST)
    assert running.verify_audit(settings.HEADWAY.home) == 2
    Event.objects.filter(seq=1).update(verb="did nothing")
    with pytest.raises(HeadwayError, match="event 1: it was altered") as broken:
        running.verify_audit(settings.HEADWAY.home)
    assert (broken.value.code, int(broken.value.exit)) == ("H-ACCESS-33", 7)
