"""Tiers in a real browser: a meeting by keyboard, the whole way from a line to a reply, the pages under axe."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.serving import Served, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def own_school(page: Page, served: Served) -> str:
    page.goto(f"{served.address}/support/")
    href = str(page.get_attribute("a:has-text('What the council holds about us')", "href"))
    return href.split("/")[2]


def test_axe_finds_nothing_in_the_pages_of_tiers_wide_and_narrow(
    page_at: Callable[..., Page], axe: Callable[[Page], list[str]], served: Served
) -> None:
    page, head = signed_in(page_at(bypass_csp=True), served), signed_in(page_at(bypass_csp=True), served, "Headteacher")
    urn = own_school(head, served)
    ours = ("/support/meetings/", "/support/meetings/new/", "/support/meetings/2/", "/support/meetings/2/present/",
            "/support/meetings/2/confirm/", "/support/letters/", "/support/tiers/", "/support/returns/", "/support/returns/new/",
            "/support/self-evaluations/", f"/schools/{urn}/self-evaluation/", f"/schools/{urn}/self-evaluation/validate/",
            f"/schools/{urn}/tiers/", f"/schools/{urn}/tiers/move/", f"/schools/{urn}/tiers/review/")  # fmt: skip
    theirs = (f"/schools/{urn}/held/", f"/schools/{urn}/ask-for-help/", f"/schools/{urn}/tell-us/", f"/schools/{urn}/self-evaluation/")
    for who, paths in ((page, ours), (head, theirs)):
        for path in paths:
            answer = who.goto(served.address + path)
            assert answer is not None
            assert answer.status == 200, path
            assert axe(who) == [], path
            who.set_viewport_size({"width": 320, "height": 700})
            assert who.evaluate("document.documentElement.scrollWidth") <= 320, path
            who.set_viewport_size({"width": 1280, "height": 900})
    head.goto(f"{served.address}/schools/{urn}/held/")
    head.click("text=The letter")
    assert axe(head) == []


def test_a_meeting_is_moderated_by_keyboard_and_the_days_follow(page_at: Callable[..., Page], served: Served) -> None:
    page = signed_in(page_at(), served)
    page.goto(f"{served.address}/support/meetings/2/")
    first = page.inner_text("#analysis-h")
    page.keyboard.press("j")
    page.wait_for_load_state()
    expect(page.locator("#analysis-h")).not_to_have_text(first)
    page.keyboard.press("k")
    expect(page.locator("#analysis-h")).to_have_text(first)
    days = page.inner_text("[data-plan-days]")
    page.keyboard.press("c")
    assert page.evaluate("document.activeElement.name") == "tier"
    page.locator("input[name=tier][value=intensive]").check()
    assert page.inner_text("[data-plan-days]") != days
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    assert first in page.inner_text(".hw-message")
    assert page.inner_text("#analysis-h") != first
    page.go_back()
    page.locator("form[data-settles] button").click()  # the old form, sent again after the back button
    page.wait_for_load_state()
    assert page.locator("[role=alert]").count() == 0


def test_from_a_line_to_a_reply_without_javascript(page_at: Callable[..., Page], served: Served) -> None:
    """Returns, propose, moderate, call, letter, reply: each as the person whose work it is."""
    plain = {"java_script_enabled": False}
    head = signed_in(page_at(**plain), served, "Headteacher")
    urn = own_school(head, served)
    officer = signed_in(page_at(**plain), served, "Service officer")
    officer.goto(f"{served.address}/support/returns/new/?urn={urn}")
    officer.select_option("select[name=service]", "hr")
    officer.fill("input[name=line]", "A new deputy from January.")
    officer.click("main form button")
    assert "Here is the form for the next" in officer.inner_text(".hw-message")

    chair = signed_in(page_at(**plain), served)
    chair.goto(f"{served.address}/support/meetings/new/")
    chair.fill("input[name=title]", "One school, looked at again")
    chair.fill("textarea[name=urns]", urn)
    chair.click("main form button")
    chair.wait_for_url(re.compile(r"/support/meetings/\d+/schools/\d+/"))
    assert "A new deputy from January." in chair.inner_text("#analysis")
    chair.check("input[name=tier][value=light_touch]")
    chair.fill("textarea[name=reason]", "The plan works; one more look in summer.")
    chair.click("form[data-settles] button")
    chair.click("a:has-text('Confirm what is settled')")
    chair.fill("textarea[name^=way_out]", "One green review.")
    chair.click("main form button:has-text('Confirm')")

    head.goto(f"{served.address}/schools/{urn}/held/")
    assert "Light touch" not in head.inner_text(".answer")  # nothing before the call
    where = chair.get_attribute(f"li:has(a[href='/schools/{urn}/tiers/']) a:has-text('Log the call')", "href")
    chair.goto(f"{served.address}{where}")
    chair.check("input[name=whom][value=head]")
    chair.select_option("select[name=adviser]", index=1)
    chair.fill("input[name=phone]", "01632 960 118")
    chair.click("main form button")
    head.reload()
    assert "Light touch" in head.inner_text(".answer") and "01632 960 118" in head.inner_text("main")
    chair.goto(f"{served.address}/support/letters/")
    if chair.locator("main .caution").count() == 0:  # at the end of a term no letter goes
        chair.click("button:has-text('Send those ticked')")
        head.reload()
        head.click("text=The letter")
        assert "One green review." in head.inner_text("main")
        head.go_back()
    head.click("a.govuk-button:has-text('Reply')")
    head.check("input[name=wish][value=noted]")
    head.click("main form button")
    assert "Your reply is kept" in head.inner_text(".hw-message")
