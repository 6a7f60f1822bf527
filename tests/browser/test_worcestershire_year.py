"""“Done when” of the issue on tiers: a school's whole year by Worcestershire's policy, in the browser, each act by whom it belongs to."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Page

from tests.browser import driving
from tests.browser.season import Season
from tests.browser.season_people import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WHY = "Mathematics has been low for three years, and the head is new. The school should not be alone with it."
SECRET = "The head is tired; speak with the chair about cover"
UAPART = b"<pdfuaid:part>1</pdfuaid:part>"


def test_from_a_line_of_hr_to_a_lighter_tier(page_at: Callable[..., Page], season: Season, tmp_path: Path) -> None:
    urn = season.schools["own"]
    name = season.name(urn)
    season.on(9, 15)
    officer, lead, adviser, head = (season.enters(page_at(), who) for who in ("officer", "lead", "adviser", "head"))
    _decided(officer, lead, head, season, urn)
    _told_and_written(lead, adviser, head, season, urn, tmp_path)
    _replied(adviser, head, season, name, urn)
    visit = driving.books_a_visit(adviser, season.address, urn, "initial_visit", season.day.replace(month=10, day=6))
    head.goto(f"{season.address}/support/visits/{visit}/school-part/")
    driving.filled(head, {"open-self_evaluation": "Secure in reading; not yet in mathematics."})

    first = season.on(10, 6)
    _visited(adviser, head, season.enters(page_at(), "chair"), season, visit)
    plan = _planned(adviser, season, urn)
    driving.reviews_the_plan(adviser, season.address, plan, first, "green")

    last = season.on(12, 1)
    driving.reviews_the_plan(adviser, season.address, plan, last.replace(month=11, day=3), "green")
    driving.moves(lead, season.address, urn, "light_touch", "It stands.")
    said = lead.inner_text("main")
    assert "at least 6 school weeks apart; so far" in said and "It stands." in lead.input_value("textarea[name=reason]")
    driving.reviews_the_plan(adviser, season.address, plan, last, "green")
    driving.moves(lead, season.address, urn, "light_touch", "Two green reviews, two months apart: the way out as it was written.")
    assert "Decided" in lead.inner_text(".hw-message")
    assert "Focus support" in _held(head, season, urn)  # as told; the lighter tier too waits for the call
    driving.rings(adviser, season.address, name, "The adviser", PHONE)
    assert "Light touch support" in _held(head, season, urn)
    driving.sends_letter(lead, season.address, name)
    _whole(season)


def _decided(officer: Page, lead: Page, head: Page, season: Season, urn: int) -> None:
    """Returns → proposals → a meeting by keyboard → decisions of which nobody outside knows."""
    driving.returns(officer, season.address, urn, "hr", "leadership_change", "A new head since the first of September.")
    meeting = driving.calls_a_meeting(lead, season.address, "One school of the autumn", [urn])
    assert "Worcestershire" in lead.inner_text(".basis")
    assert "A new head since the first of September." in lead.inner_text("#analysis")
    before = lead.inner_text("[data-plan-days]")
    assert driving.settles_by_keyboard(lead, "focus", WHY) != before  # the days were counted as the tier moved
    driving.confirms(lead, season.address, meeting, [urn], "The adviser")
    assert "No tier has been told to your school yet" in _held(head, season, urn)
    assert WHY not in head.inner_text("main")
    for path in (f"/schools/{urn}/", f"/schools/{urn}/owed/", f"/schools/{urn}/story/", "/", "/alerts/"):
        head.goto(season.address + path)
        assert "Focus" not in head.inner_text("main"), path


def _held(head: Page, season: Season, urn: int) -> str:
    head.goto(f"{season.address}/schools/{urn}/held/")
    return head.inner_text("p.answer")


def _told_and_written(lead: Page, adviser: Page, head: Page, season: Season, urn: int, folder: Path) -> None:
    """The call, then the letter: read on the page, opened as Word and as a PDF for everybody's reader."""
    name = season.name(urn)
    lead.goto(f"{season.address}/support/letters/")
    assert lead.locator("input[name=decision]").count() == 0  # no letter before the call
    driving.rings(adviser, season.address, name, "The adviser", PHONE)
    assert "Focus support" in _held(head, season, urn) and PHONE in head.inner_text("p.answer")
    assert WHY in head.inner_text("#why")
    driving.sends_letter(lead, season.address, name)
    head.goto(f"{season.address}/schools/{urn}/held/")
    head.click("main a:has-text('The letter')")
    written = head.inner_text("main")
    wanted = (WHY, "The adviser", PHONE, "green reviews", "project board", "reply by")
    assert all(one.lower() in written.lower() for one in wanted), written
    word = zipfile.ZipFile(io.BytesIO(driving.taken(head, "Word", folder))).read("word/document.xml").decode()
    pdf = pypdf.PdfReader(io.BytesIO(driving.taken(head, "PDF", folder)))
    assert UAPART in pdf.trailer["/Root"]["/Metadata"].get_data()
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    for one in (name, "Focus support", PHONE):
        assert one in word and one in text, one


def _replied(adviser: Page, head: Page, season: Season, name: str, urn: int) -> None:
    head.goto(f"{season.address}/schools/{urn}/held/")
    head.click("a.govuk-button:has-text('Reply')")
    driving.filled(head, {"wish": "facts", "text": "The head began on the second, not the first."})
    adviser.goto(f"{season.address}/support/letters/")
    adviser.locator("ol.owed li", has_text=name).locator("a:has-text('Answer')").click()
    driving.filled(adviser, {"text": "Put right, with thanks."})
    head.reload()
    _held(head, season, urn)
    assert "Put right, with thanks." in head.inner_text("#said")


def _visited(adviser: Page, head: Page, chair: Page, season: Season, visit: int) -> None:
    """Prepared, noted, checked by the school, agreed; what is restricted stays with the adviser team."""
    at = f"{season.address}/support/visits/{visit}/"
    adviser.goto(at)
    assert adviser.locator("#prepare").count() == 1 and "not yet in mathematics" in adviser.inner_text("main")
    adviser.goto(f"{at}note/")
    driving.filled(adviser, {"open-areas": "Mathematics in years 3 and 4.", "restricted-support": SECRET})
    head.goto(at)
    assert "Mathematics in years 3 and 4." not in head.inner_text("main")  # not before it is shared
    adviser.goto(at)
    driving.sent(adviser, adviser.locator("button:has-text('Send for factual check')"))
    head.goto(f"{at}answer/")
    driving.filled(head, {"accurate": "yes"})
    adviser.goto(at)
    driving.sent(adviser, adviser.locator("button:has-text('Agree the note')"))
    for who in (head, chair):
        who.goto(at)
        assert "Mathematics in years 3 and 4." in who.inner_text("main") and SECRET not in who.content()


def _planned(adviser: Page, season: Season, urn: int) -> int:
    adviser.goto(f"{season.address}/schools/{urn}/plans/new/")
    ends = season.day.replace(year=season.day.year + 1, month=7, day=9)
    driving.filled(adviser, {"title": "Mathematics together", "programme_tier": "1", "ends": str(ends)})
    plan = driving.number_in(adviser, "plans")
    adviser.click("a:has-text('Add an objective')")
    driving.filled(adviser, {"title": "Years 3 and 4 reason in words", "success": "Books of each class show it each week."})
    adviser.click("a:has-text('Add an action')")
    driving.filled(adviser, {"what": "Teach beside each colleague", "owner": "school", "due": str(season.day.replace(day=20))})
    return plan


def _whole(season: Season) -> None:
    """The audit of everything above, verified as an operator would."""
    said = subprocess.run(
        [sys.executable, "-m", "headway", "audit", "verify", "--home", str(season.home)], capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stdout + said.stderr
