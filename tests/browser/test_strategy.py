"""Strategies in a real browser: written, decided and told about without JavaScript; read by a member, a board chair and the public."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.serving import Served, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PLAIN = {"java_script_enabled": False}


def filled(page: Page, **given: str) -> None:
    """Fill the form's fields by name and send it."""
    for name, value in given.items():
        field = page.locator(f"main form.written [name={name}]").first
        field.select_option(value) if field.evaluate("one => one.tagName") == "SELECT" else field.fill(value)
    page.click("main form.written button")


def test_a_strategy_is_written_decided_and_told_about_and_then_everybody_reads_it(page_at: Callable[..., Page], served: Served) -> None:
    page = signed_in(page_at(**PLAIN), served)
    page.goto(f"{served.address}/strategy/")
    page.click("text=Begin a strategy")
    words = {"title": "Numbers by seven", "summary": "Every child counts.", "owner": "Early years team"}
    filled(page, **words, starts="2026-09-01", ends="2028-08-31")
    page.wait_for_url("**/strategy/*/")
    home = page.url
    public = page_at(**PLAIN)
    answer = public.goto(home)
    assert answer is not None
    assert answer.status == 404
    page.click("text=Add a strand")
    filled(page, title="Counting")
    page.click("text=Add a priority")
    filled(page, title="Everyday maths")
    page.click("text=Add an action")
    filled(page, title="Count the stairs", activity="Count aloud.", owner="", starts="2026-09-01", due="2026-08-01")
    said = page.locator(".errorlist").all_inner_texts()
    assert len(said) == 2, said  # no owner, and over before it began; both at once
    assert page.input_value("[name=activity]") == "Count aloud."
    filled(page, owner="Early years team", due="2027-07-31")
    page.click("text=Say how it is going")
    page.check("input[name=standing][value=green]")
    filled(page, words="Every nursery counts its stairs.")
    assert "Every nursery counts its stairs." in page.inner_text(".answer")
    for target, more in (("consultation", {}), ("revised", {}), ("decided", {"body": "Cabinet", "minute": "minute 7"}), ("active", {})):
        page.goto(f"{home}step/")
        page.check(f"input[name=target][value={target}]")
        filled(page, **more)
    assert "decided by Cabinet" in page.inner_text(".facts")
    public.goto(home)
    assert public.inner_text("h1") == "Numbers by seven"
    assert public.locator("main form").count() == 0
    assert "Every nursery counts its stairs." in public.inner_text("#doing")


def test_a_contradictory_promise_has_its_faults_beside_their_fields(page_at: Callable[..., Page], served: Served) -> None:
    page = signed_in(page_at(**PLAIN), served)
    page.goto(f"{served.address}/strategy/1/promises/write/")
    told = {"title": "Absence down", "words": "Absence will fall.", "owner": "Attendance service", "measure": "attendance.overall_absence"}
    when = {
        "baseline": "2022/23",
        "due": "2021-08-31",
        "reference_title": "Paper",
        "reference_href": "papers/1",
        "reason": "The board asked.",
    }
    filled(page, **told, **when, relation="rise_by", amount="2", unit="points")
    assert "not after its baseline" in page.locator("fieldset > div:has([name=due])").inner_text()
    assert "would promise to get worse" in page.locator("fieldset > div:has([name=relation])").inner_text()
    assert page.input_value("[name=words]") == "Absence will fall."


def test_a_board_chair_sees_where_each_promise_stands_and_what_changed_since_the_last_meeting(
    page_at: Callable[..., Page], served: Served
) -> None:
    page = signed_in(page_at(**PLAIN), served, "Board chair")
    page.goto(f"{served.address}/strategy/1/")
    page.click("text=The page for the board")
    page.fill("[name=since]", "2025-06-30")
    page.click("text=Show what changed since")
    assert "since=2025-06-30" in page.url
    table = page.inner_text("#promises table")
    assert "on 30 June 2025" in table and any(words in table for words in ("At risk", "On course", "Off course"))
    page.locator("#promises tbody th a").first.click()
    assert "Verdicts so far" in page.inner_text("main")
    page.click("summary:has-text('How this was worked out')")


def test_an_elected_member_reads_on_a_phone_by_keyboard(page_at: Callable[..., Page], served: Served) -> None:
    page = signed_in(page_at(width=390, **PLAIN), served, "Elected member")
    page.goto(f"{served.address}/strategy/")
    page.focus("main h2 a[href='/strategy/1/']")  # other journeys may have written more of them
    page.keyboard.press("Enter")
    page.wait_for_url("**/strategy/1/")
    assert "Change" not in page.inner_text("main")
    page.focus("#promises tbody th a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/promises/**")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
