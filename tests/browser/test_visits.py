"""An adviser's day on a phone: a call written down, a note that survives a lost connection, nothing left for the next at the desk."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.serving import Served, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TYPED = "Year 4 illness explains most of it"


def first_visit(page: Page, served: Served, state: str) -> str:
    page.goto(f"{served.address}/support/visits/?state={state}")
    return str(page.get_attribute("table tbody td[data-label=What] a", "href"))


def test_axe_finds_nothing_in_the_pages_of_visits_wide_and_narrow(
    page_at: Callable[..., Page], axe: Callable[[Page], list[str]], served: Served
) -> None:
    page = signed_in(page_at(bypass_csp=True), served, "Adviser")
    booked, shared = first_visit(page, served, "booked"), first_visit(page, served, "shared")
    page.goto(served.address + booked)
    school = str(page.get_attribute(".crumb a:nth-of-type(2)", "href"))
    briefing = school.replace("/visits/", "/briefing/")
    come = school.replace("/visits/", "/visitors/")
    fixed = ("/support/", "/support/visits/?text=zzz", "/support/calls/new/", "/support/calendar/")
    for path in (*fixed, booked, shared, f"{booked}note/", f"{booked}change/", school, f"{school}new/", briefing, come, f"{come}new/"):
        answer = page.goto(served.address + path)
        assert answer is not None
        assert answer.status == 200, path
        assert axe(page) == [], path
        page.set_viewport_size({"width": 320, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        page.set_viewport_size({"width": 1280, "height": 900})


def test_a_call_is_written_down_on_a_phone_by_keyboard_without_javascript(page_at: Callable[..., Page], served: Served) -> None:
    page = signed_in(page_at(width=390, java_script_enabled=False), served, "Adviser")
    page.goto(f"{served.address}/schools/")
    urn = str(page.get_attribute("table tbody th a", "href")).split("/")[2]
    page.goto(f"{served.address}/support/calls/new/?urn={urn}")
    page.focus("textarea[name=said]")
    page.keyboard.type(TYPED)
    page.focus("form.written button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/visits/")
    assert TYPED in page.inner_text("main") and "is written down" in page.inner_text(".hw-message")


def test_a_note_survives_a_lost_connection_and_is_gone_for_whoever_signs_in_next(page_at: Callable[..., Page], served: Served) -> None:
    page = signed_in(page_at(), served, "Adviser")
    address = served.address + first_visit(page, served, "booked") + "note/"
    page.goto(address)
    box = page.locator("textarea").first
    box.type("Kept with the server")
    expect(page.locator("[data-kept]")).to_contain_text("Kept ", timeout=10_000)
    page.context.set_offline(True)
    box.type(f". {TYPED}")
    expect(page.locator("[data-kept]")).to_contain_text("No connection", timeout=10_000)
    page.context.set_offline(False)
    expect(page.locator("[data-kept]")).to_contain_text("Kept ", timeout=10_000)
    page.reload()
    assert page.locator("textarea").first.input_value() == f"Kept with the server. {TYPED}"
    page.context.set_offline(True)
    page.locator("textarea").first.type(" and more")
    expect(page.locator("[data-kept]")).to_contain_text("No connection", timeout=10_000)
    page.context.set_offline(False)
    page.evaluate("window.onbeforeunload = null")
    page.click(".hw-who button")
    page.wait_for_load_state()
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('headway-typed:')).length") == 0


def test_the_school_answers_a_note_on_its_own_page(page_at: Callable[..., Page], served: Served) -> None:
    head = signed_in(page_at(width=390), served, "Headteacher")
    head.goto(f"{served.address}/support/")
    assert head.inner_text("h1") == "For you to do"
    head.click("text=Read the note")
    assert "Restricted" not in head.inner_text("main").split("Visible to")[0]
    head.click("text=Say whether it is accurate")
    head.check("input[value=no]")
    head.click("main form button")
    assert "Say what is not accurate" in head.inner_text("main")
    head.fill("textarea", "It was writing, not reading")
    head.click("main form button")
    assert "The adviser has your answer" in head.inner_text(".hw-message")
