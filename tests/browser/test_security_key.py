"""A security key: added by its owner, then asked for at the next sign-in, with an authenticator that the browser pretends to have."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.serving import Served, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
KEY = {
    "protocol": "ctap2", "transport": "usb", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
    "automaticPresenceSimulation": True,
}  # fmt: skip
ROLE = "Governor"


def test_a_security_key_is_added_and_opens_the_next_sign_in(page_at: Callable[..., Page], served: Served) -> None:
    page = page_at()
    served_as_host = Served(served.address.replace("127.0.0.1", "localhost"), served.people)  # a key belongs to a name, not a number
    signed_in(page, served_as_host, ROLE)
    chrome = page.context.new_cdp_session(page)
    chrome.send("WebAuthn.enable")
    key = chrome.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]
    address = served_as_host.address
    page.goto(f"{address}/sign-in/2fa/webauthn/add/")
    if "reauthenticate" in page.url:
        page.fill("input[type=password]", served.people[ROLE][1])
        page.press("input[type=password]", "Enter")
        page.wait_for_url("**/webauthn/add/**")
    page.fill("input[name=name]", "The one on my keys")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda url: "webauthn/add" not in url)
    assert chrome.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]
    page.goto(f"{address}/sign-in/2fa/webauthn/")
    assert "The one on my keys" in page.inner_text("main")

    page.context.clear_cookies()
    email, word = served.people[ROLE]
    page.goto(f"{address}/sign-in/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", word)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/2fa/authenticate/**")
    page.goto(f"{address}/overview/")
    assert "sign-in" in page.url, "the password alone opens nothing once there is a key"
    page.goto(f"{address}/sign-in/2fa/authenticate/")
    page.click("#mfa_webauthn_authenticate")
    page.wait_for_url(lambda url: "sign-in" not in url)
