"""Signing in through the organisation's identity provider: a round trip with one that runs on this machine."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from headway.desk.accounts import actions
from headway.desk.accounts.models import User
from headway.desk.accounts.permissions import Role
from headway.desk.audit.models import Event

CLIENT, KEY = "headway-here", rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """What the provider says of the person, and of itself, at the next round."""

    root: str = ""
    person: dict[str, Any] = field(default_factory=dict)
    token: dict[str, Any] = field(default_factory=dict)
    exchanged: list[dict[str, list[str]]] = field(default_factory=list)
    nonce: str = ""  # the word given with the newest question

    def says(self, email: str, verified: bool = True) -> None:
        self.person = {"sub": f"person-{email}", "email": email, "email_verified": verified, "name": "A Person"}

    def id_token(self) -> str:
        now = int(time.time())
        claims = {"iss": self.root, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": self.nonce, **self.person, **self.token}
        claims = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": "one"})


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    known = Provider()

    class Handler(BaseHTTPRequestHandler):
        def _give(self, content: dict[str, Any]) -> None:
            body = json.dumps(content).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            if self.path.endswith("openid-configuration"):
                named = {
                    name: f"{known.root}/{name}" for name in ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
                }
                self._give({"issuer": known.root, **named})
            else:
                self._give(known.person)

        def do_POST(self) -> None:
            known.exchanged.append(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))
            self._give({"access_token": "for-userinfo", "token_type": "Bearer", "id_token": known.id_token()})

        def log_message(self, format: str, *values: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known.root = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    app = {
        "provider_id": "organisation",
        "name": "The council",
        "client_id": CLIENT,
        "secret": "shared",
        "settings": {"server_url": known.root},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "EMAIL_AUTHENTICATION": True, "APPS": [app]}}
    yield known
    server.shutdown()
    server.server_close()


def through(browser: Any, provider: Provider, state: str = "") -> Any:
    """The round trip: to the provider, and back with a code."""
    away = browser.post("/sign-in/oidc/organisation/login/")
    assert away.status_code == 302, away.content
    asked = parse_qs(urlsplit(away["Location"]).query)
    assert away["Location"].startswith(f"{provider.root}/authorization_endpoint?")
    assert asked["client_id"] == [CLIENT]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["nonce"] != [provider.nonce]  # another word each time
    provider.nonce = asked["nonce"][0]
    return browser.get("/sign-in/oidc/organisation/login/callback/", {"code": "once", "state": state or asked["state"][0]})


def is_in(browser: Any) -> bool:
    return "_auth_user_id" in browser.session


def test_an_invited_person_gets_in_and_it_is_recorded(client: Any, person: Any, provider: Provider) -> None:
    user = person(Role.ANALYST, email="known@example.org")
    provider.says("known@example.org")
    assert through(client, provider).status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
    assert provider.exchanged[0]["code_verifier"]
    assert Event.objects.filter(verb="signed in", actor=user.label).count() == 1
    client.post("/sign-in/logout/")
    assert not is_in(client)
    through(client, provider)
    assert is_in(client)


def test_whoever_was_not_invited_stays_out_and_no_account_is_made(client: Any, person: Any, provider: Provider) -> None:
    person(Role.ANALYST, email="known@example.org")
    provider.says("stranger@example.org")
    answer = through(client, provider)
    assert not is_in(client)
    assert not User.objects.filter(email="stranger@example.org").exists()
    page = client.get(answer["Location"]) if answer.status_code == 302 else answer
    assert page.status_code in (200, 403)
    assert "Traceback" not in page.content.decode()


@pytest.mark.parametrize(
    "fault",
    [{"iss": "https://elsewhere.example"}, {"aud": "another-client"}, {"exp": 1}, {"nonce": "of-another-question"}, {"nonce": None}],
    ids=["another issuer", "for another client", "long expired", "to another question", "to no question"],
)
def test_a_token_that_is_not_for_us_opens_nothing(client: Any, person: Any, provider: Provider, fault: dict[str, Any]) -> None:
    person(Role.ANALYST, email="known@example.org")
    provider.says("known@example.org")
    provider.token = fault
    assert through(client, provider).status_code < 500
    assert not is_in(client)


def test_an_answer_to_a_question_we_did_not_ask_opens_nothing(client: Any, person: Any, provider: Provider) -> None:
    person(Role.ANALYST, email="known@example.org")
    provider.says("known@example.org")
    assert through(client, provider, state="made-up").status_code < 500
    assert not is_in(client)
    assert not provider.exchanged


def test_an_address_that_the_provider_has_not_verified_opens_no_account(client: Any, person: Any, provider: Provider) -> None:
    person(Role.ANALYST, email="known@example.org")
    provider.says("known@example.org", verified=False)
    through(client, provider)
    assert not is_in(client)


def test_a_closed_account_stays_closed(client: Any, person: Any, provider: Provider) -> None:
    user = person(Role.ANALYST, email="known@example.org")
    provider.says("known@example.org")
    through(client, provider)
    client.post("/sign-in/logout/")
    actions.set_active(by="test", user=user, active=False)
    through(client, provider)
    assert not is_in(client)
