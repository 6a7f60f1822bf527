"""A broker finds help for a school and two heads agree; the pages of brokerage are accessible, narrow and work without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.serving import Served, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
BROKER = "Head of school improvement"
PAGES = (
    "/brokerage/", "/brokerage/needs/", "/brokerage/needs/?area=governance", "/brokerage/needs/new/", "/brokerage/needs/2/?why_not=hub",
    "/brokerage/offers/", "/brokerage/offers/1/", "/brokerage/offers/1/change/", "/brokerage/providers/1/", "/brokerage/providers/new/",
    "/brokerage/round/", "/brokerage/strengths/?way=weak", "/brokerage/matches/1/", "/brokerage/help/1/", "/brokerage/help/2/",
    "/brokerage/help/1/day/",
)  # fmt: skip


def test_axe_finds_nothing_in_the_pages_of_brokerage_wide_and_narrow(
    page_at: Callable[..., Page], axe: Callable[[Page], list[str]], served: Served
) -> None:
    page = signed_in(page_at(bypass_csp=True), served, BROKER)
    for path in PAGES:
        answer = page.goto(served.address + path)
        assert answer is not None
        assert answer.status == 200, path
        assert axe(page) == [], path
        page.set_viewport_size({"width": 320, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        page.set_viewport_size({"width": 1280, "height": 900})


def test_a_broker_looks_at_a_need_holds_a_pair_in_the_round_and_sees_both_ways(page_at: Callable[..., Page], served: Served) -> None:
    page = signed_in(page_at(java_script_enabled=False), served, BROKER)
    page.goto(f"{served.address}/brokerage/round/")
    assert "it is proven" in page.inner_text(".answer")
    page.locator("tbody a", has_text="Hold").first.click()
    assert "held" in page.inner_text("tbody")
    assert "1 held, 0 left out" in page.inner_text("main")
    page.locator("main a", has_text="Without what was changed by hand").click()
    assert "Without what was changed by hand" in page.inner_text("[aria-label='Two rounds side by side']")


def test_a_head_answers_a_match_and_offers_help_on_a_phone_without_javascript(page_at: Callable[..., Page], served: Served) -> None:
    head = signed_in(page_at(width=390, java_script_enabled=False), served, "Headteacher")
    head.goto(f"{served.address}/brokerage/")
    assert "Your answer is wanted" in head.inner_text("main")
    head.locator("main li a", has_text=" and ").first.click()
    assert "Nobody else knows of it before both heads agree" in head.inner_text(".visible-to")
    head.check("input[name=agrees][value=no]")
    head.click("main form button")
    assert "Say why in a few words" in head.inner_text("main")
    head.check("input[name=agrees][value=yes]")
    head.click("main form button")
    assert "Your yes is written down" in head.inner_text(".hw-message")
    head.goto(f"{served.address}/brokerage/offers/new/")
    head.check("input[name=areas][value=reading]")
    head.fill("input[name=days]", "0")
    head.click("main form button")
    assert "greater than or equal to 1" in head.inner_text("main")
    head.fill("input[name=days]", "3")
    head.click("main form button")
    assert "A broker confirms it" in head.inner_text(".hw-message")
