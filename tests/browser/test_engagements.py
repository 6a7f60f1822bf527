"""Work with a school in a real browser: accessible, narrow, by keyboard and without JavaScript; an engagement's step, a review, a sheet."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.serving import Served, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LEAD = "Head of school improvement"
ENGAGEMENT, PLAN, BOARD = "/support/engagements/1/", "/support/plans/1/", "/support/boards/1/"
PAGES = (
    "/support/engagements/", "/support/engagements/?text=zzz", ENGAGEMENT, f"{ENGAGEMENT}steps/diagnosis/", f"{ENGAGEMENT}direction/",
    f"{ENGAGEMENT}check/", f"{ENGAGEMENT}adviser/", f"{ENGAGEMENT}notes/new/", f"{ENGAGEMENT}turn/paused/", "/support/ladder/2/",
    "/support/concerns/", "/support/interests/", "/support/concern-meetings/", "/support/concern-meetings/1/", PLAN, f"{PLAN}review/",
    f"{PLAN}objectives/new/", BOARD, f"{BOARD}call/", "/support/sittings/3/paper/", "/support/sittings/3/minutes/",
    "/support/out-of-order/", "/support/duties/", "/support/duties/safeguarding/proof/", "/support/school-returns/safeguarding_audit/",
    "/support/school-returns/read/1/", "/support/day-one/",
)  # fmt: skip


def of_school(page: Page, served: Served) -> str:
    page.goto(served.address + ENGAGEMENT)
    return str(page.get_attribute(".crumb a:nth-of-type(2)", "href")).removesuffix("engagements/")


def test_axe_finds_nothing_and_no_page_scrolls_sideways(
    page_at: Callable[..., Page], axe: Callable[[Page], list[str]], served: Served
) -> None:
    page = signed_in(page_at(bypass_csp=True), served, LEAD)
    school = of_school(page, served)
    own = ("engagements/", "engagements/new/", "concerns/new/", "plans/", "contacts/", "contacts/new/", "returns/")
    for path in (*PAGES, *(school + part for part in own)):
        answer = page.goto(served.address + path)
        assert answer is not None
        assert answer.status == 200, path
        assert axe(page) == [], path
        page.set_viewport_size({"width": 320, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        page.set_viewport_size({"width": 1280, "height": 900})


def test_a_head_sees_aim_and_plan_fills_in_a_return_and_may_write_of_themselves(
    page_at: Callable[..., Page], axe: Callable[[Page], list[str]], served: Served
) -> None:
    head = signed_in(page_at(width=390, bypass_csp=True), served, "Headteacher")
    head.goto(f"{served.address}/schools/")
    school = str(head.get_attribute("table tbody th a", "href"))
    for path in (f"{school}engagements/", f"{school}plans/", f"{school}returns/", f"{school}returns/governance_checklist/", "/wellbeing/"):
        answer = head.goto(served.address + path)
        assert answer is not None and answer.status == 200, path
        assert axe(head) == [], path
        assert head.evaluate("document.documentElement.scrollWidth") <= 390, path
    head.fill("textarea", "It has been a long term")
    head.click("main form button")
    assert "with those who listen" in head.inner_text(".hw-message")
    lead = signed_in(page_at(), served, LEAD)
    refused = lead.goto(served.address + head.url.removeprefix(served.address))
    assert refused is not None and refused.status == 403


def test_a_step_and_a_review_are_written_without_javascript_by_keyboard(page_at: Callable[..., Page], served: Served) -> None:
    page = signed_in(page_at(width=390, java_script_enabled=False), served, "Adviser")
    page.goto(served.address + ENGAGEMENT)
    page.click("text=Finance and staffing looked at")
    page.check("input[value=started]")
    page.focus("textarea[name=text]")
    page.keyboard.type("The forecast is asked for")
    page.focus("form.written button")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{ENGAGEMENT}")
    assert "In progress" in page.inner_text("#steps")
    page.goto(f"{served.address}{PLAN}review/")
    for group in page.query_selector_all("form.written input[value=green]"):
        group.check()
    for box in page.query_selector_all("textarea[name^=narrative]"):
        box.fill("Seen in every class")
    page.check("input[value=books]")
    page.click("form.written button")
    assert "The review is kept" in page.inner_text(".hw-message")
    assert "3 green" in page.inner_text(".answer")


def test_a_sheet_is_brought_in_looked_at_and_taken_back(page_at: Callable[..., Page], served: Served, tmp_path: Path) -> None:
    page = signed_in(page_at(java_script_enabled=False), served, LEAD)
    school = of_school(page, served).split("/")[2]
    file = tmp_path / "ours.csv"
    file.write_text(f"URN,Action,Owner,Due date\n{school},Ring the families,school,14/09/2026\n999999,Ring,us,14/09/2026\n")
    page.goto(f"{served.address}/support/day-one/")
    page.check("input[value=actions]")
    page.set_input_files("input[type=file]", str(file))
    page.click("text=Bring it")
    page.click("text=Look at the rows")
    assert "1 with a fault" in page.inner_text(".answer") and "999999" in page.inner_text("main")
    file.write_text(f"URN,Action,Owner,Due date\n{school},Ring the families,school,14/09/2026\n")
    page.goto(f"{served.address}/support/day-one/")
    page.check("input[value=actions]")
    page.set_input_files("input[type=file]", str(file))
    page.click("text=Bring it")
    page.click("text=Look at the rows")
    page.click("text=Load it")
    assert "1 row is in" in page.inner_text(".hw-message")
    page.click("button:has-text('Take all of it back')")
    assert "Taken back" in page.inner_text(".hw-message")
