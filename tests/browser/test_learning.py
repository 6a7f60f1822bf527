"""The last place, a waiting list that moves up, who came, how it was: two people, on a desk and on a phone, without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from headway.vocabulary import clock
from tests.browser.serving import Served, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LEAD = "Head of school improvement"


def test_the_last_place_is_given_back_and_who_waits_moves_up_comes_and_says_how_it_was(
    page_at: Callable[..., Page], served: Served
) -> None:
    lead = signed_in(page_at(java_script_enabled=False), served, LEAD)
    lead.goto(f"{served.address}/learning/programmes/new/")
    lead.fill("input[name=title]", "Poems by heart")
    lead.click("main form button")
    assert "Not saved yet" in lead.inner_text("main")
    assert lead.input_value("input[name=title]") == "Poems by heart"
    lead.fill("textarea[name=aim]", "Teach a poem a week")
    lead.check("input[name=levels][value=teacher]")
    lead.select_option("select[name=area]", "reading")
    lead.click("main form button")
    lead.click("main a:has-text('Plan a session')")
    lead.fill("input[name=title]", "Only one place")
    lead.fill("input[name=day]", str(clock.today()))
    lead.fill("input[name=places]", "1")
    lead.click("main form button")
    session = lead.url
    lead.click("main a:has-text('Book a place')")
    lead.select_option("select[name=school]", index=20)
    lead.fill("input[name=name]", "Somebody Elsewhere")
    lead.click("main form button")
    assert "The place is booked" in lead.inner_text(".hw-message")
    head = signed_in(page_at(width=390, java_script_enabled=False), served, "Headteacher")
    head.goto(session)
    assert "Somebody Elsewhere" not in head.inner_text("main")
    head.click("main a:has-text('Join the waiting list')")
    head.fill("input[name=name]", "Robin Ours")
    head.click("main form button")
    assert "waiting list" in head.inner_text(".hw-message")
    lead.goto(session)
    lead.locator("main li", has_text="Somebody Elsewhere").locator("a", has_text="Give back").click()
    lead.fill("input[name=because]", "Ill")
    lead.click("main form button")
    head.goto(f"{served.address}/learning/")
    assert "when a place was given back" in head.inner_text("main")
    lead.goto(session)
    lead.click("main a:has-text('Who came')")
    lead.check("main input[name=came]")
    lead.click("main form button")
    assert "1 of 1 who had a place came" in lead.inner_text(".answer")
    head.goto(f"{served.address}/learning/")
    head.locator("main li", has_text="Robin Ours").locator("a").first.click()
    head.check("input[name=useful][value='4']")
    head.fill("textarea[name=will]", "A poem on Mondays")
    head.click("main form button")
    lead.goto(session)
    assert "A poem on Mondays" in lead.inner_text("main")
    assert "1 of 1 who answered found it useful" in lead.inner_text("main")
