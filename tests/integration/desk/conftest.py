"""People of every role, and browsers signed in as them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.desk_site import ready

ready()

PASSWORD = "correct horse battery staple"
LOCAL = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}


@pytest.fixture(autouse=True)
def own_home(settings: Any, tmp_path: Path) -> Path:
    """Each test has its own folder of audit heads and its own counts of attempts."""
    from django.core.cache import cache

    settings.HEADWAY = replace(settings.HEADWAY, home=tmp_path)
    settings.CACHES = {"default": LOCAL, "pages": LOCAL}
    cache.clear()
    return tmp_path


@pytest.fixture
def person(db: None) -> Callable[..., Any]:
    """person(Role.ADVISER, urns={…}) makes a user; without URNs, one of the whole area where the role allows it."""
    from headway.desk.accounts import actions

    def make(*roles: Any, urns: frozenset[int] = frozenset(), email: str = "") -> Any:
        whole = not urns and not any(role.bound_to_patch for role in roles)
        address = email or f"{'-'.join(roles) or 'nobody'}@example.org"
        return actions.invite(
            by="test", email=address, name="A Person", roles=frozenset(roles), whole_area=whole, urns=frozenset(urns), password=PASSWORD
        )

    return make


@pytest.fixture
def browser_of(client: Any) -> Callable[..., Any]:
    """browser_of(user): a client that signed in through the page."""
    from django.test import Client

    def sign_in(user: Any, password: str = PASSWORD) -> Any:
        browser = Client()
        answer = browser.post("/sign-in/login/", {"login": user.email, "password": password})
        assert answer.status_code == 302, answer.content
        return browser

    return sign_in
