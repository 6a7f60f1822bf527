"""An attendance officer's Monday in a real browser: every page accessible, a plan begun by keyboard, a meeting run from its agenda."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page

from tests.browser.serving import Served, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
OFFICER = "Attendance officer"
LISTS = (
    "shared",
    "rights",
    "proof",
    "early",
    "early/year-end",
    "load",
    "meetings",
    "plans",
    "notices",
    "returns",
    "steps",
    "shocks",
    "digest",
)


def first(page: Page, selector: str) -> str:
    return str(page.locator(selector).first.get_attribute("href"))


def test_axe_finds_nothing_in_the_pages_of_attendance_wide_and_narrow(
    page_at: Callable[..., Page], axe: Callable[[Page], list[str]], served: Served
) -> None:
    page = signed_in(page_at(bypass_csp=True), served, OFFICER)
    page.goto(f"{served.address}/attendance/?pupils=all")
    school, pupil = first(page, "#schools tbody th a"), first(page, "#severe tbody th a")
    meeting, plan = first(page, "#meetings tbody th a"), first(page, "#dues tbody a")
    page.goto(f"{served.address}/attendance/shared/")
    shared = first(page, "tbody th a")
    page.goto(f"{served.address}/attendance/rights/")
    right = first(page, "tbody th a")
    page.goto(f"{served.address}/attendance/?pupils=all")
    consider, back = first(page, "#threshold a[href$='/consider/']"), first(page, "#returns a")
    of_school = (school, *(f"{school}{name}/" for name in ("pupils", "proof", "agenda", "meeting", "lead", "return")))
    of_pupil = (pupil, *(f"{pupil}{name}/" for name in ("plan", "referral", "step", "right")), f"{school}pupils/share/?kind=persistent")
    of_others = (meeting, f"{meeting}held/", plan, consider, back, shared, right, "/attendance/?text=zzzz", "/attendance/?numbers=1")
    for path in ("/attendance/", *(f"/attendance/{name}/" for name in LISTS), *of_school, *of_pupil, *of_others):
        answer = page.goto(served.address + path)
        assert answer is not None
        assert answer.status == 200, path
        assert axe(page) == [], path
        page.set_viewport_size({"width": 320, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        page.set_viewport_size({"width": 1280, "height": 900})


def test_from_monday_to_a_plan_by_keyboard_without_javascript(page_at: Callable[..., Page], served: Served) -> None:
    page = signed_in(page_at(width=390, java_script_enabled=False), served, OFFICER)
    page.goto(f"{served.address}/attendance/")
    link = page.locator("#severe a", has_text="Begin a plan").first
    sign = link.inner_text().split(" for ")[-1]
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan/")
    page.focus("input[name=kind]")
    page.keyboard.press("Space")
    page.focus("input[name=lead]")
    page.keyboard.type("R. Idowu")
    page.focus("form.written button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/attendance/plans/*/")
    assert sign in page.inner_text("h1")
    page.goto(f"{served.address}/attendance/?pupils=all")
    assert sign not in page.locator("#severe").inner_text()


def test_a_meeting_is_run_from_its_agenda(page_at: Callable[..., Page], served: Served) -> None:
    page = signed_in(page_at(), served, OFFICER)
    page.goto(f"{served.address}/attendance/")
    page.locator("#schools tbody th a").nth(5).click()
    page.click("text=Offer a meeting")
    page.fill("input[name=day]", str(date.today()))  # noqa: DTZ011 (the browser's own day)
    page.click("form.written button")
    page.click("text=Agenda as of today")
    assert "Severely absent" in page.inner_text("article")
    page.go_back()
    page.click("text=Write what came of it")
    page.fill("input[name=what1]", "Ring on the first day of absence")
    page.fill("input[name=due1]", str(date.today() + timedelta(14)))  # noqa: DTZ011
    page.click("form.written button")
    assert "1 action agreed, 1 open" in page.inner_text(".answer")
    assert "frozen on" in page.inner_text("main")


def test_a_head_sees_the_own_school_and_sends_a_return(page_at: Callable[..., Page], served: Served) -> None:
    page = signed_in(page_at(width=390), served, "Headteacher")
    page.goto(f"{served.address}/attendance/")
    assert page.locator("#schools tbody tr").count() == 1
    page.locator("#schools tbody th a").click()
    page.click("text=Send a return")
    page.fill("input[name=number]", "nobody")
    page.click("form.written button")
    assert "hold no pupil with this number" in page.inner_text("main")
