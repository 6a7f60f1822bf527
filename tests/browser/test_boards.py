"""A chair before a meeting and at the signing; a member of the public with neither account nor script; axe on what they see."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from headway.vocabulary.clock import today
from tests.browser.serving import Served, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PUBLIC = (
    "",
    "promises.html",
    "results.html",
    "schools.html",
    "support.html",
    "boards.html",
    "method.html",
    "glossary.html",
    "changes.html",
)


def meeting_of(page: Page, served: Served, day: str) -> str:
    page.goto(f"{served.address}/boards/1/")
    return str(page.get_attribute(f"table a:has-text('{day}')", "href"))


def test_a_chair_opens_the_meeting_of_3_december_and_reads_two_pages(page_at: Callable[..., Page], served: Served) -> None:
    page = signed_in(page_at(java_script_enabled=False), served, "Board chair")
    page.goto(f"{served.address}/boards/")
    page.click("a:has-text('3 December')")
    assert "Board meeting 3 December" in page.inner_text("h1")
    page.click("text=The two-page paper, public edition")
    paper = page.inner_text("article.paper")
    assert "The board is asked to" in paper and "Promises and where they stand" in paper and "Where the numbers come from" in paper
    page.click("text=Exempt edition")
    exempt = page.inner_text("article.paper")
    assert "What the members edition leaves out, and why" in exempt and "Schools of most concern" in exempt


def test_a_year_later_the_pack_is_what_it_was(page_at: Callable[..., Page], served: Served, tmp_path: Path) -> None:
    """A clerk takes pack.json away; the command, run on a day a year on, builds it again from its snapshot."""
    page = signed_in(page_at(), served)
    page.goto(f"{served.address}{meeting_of(page, served, '3 December')}packs/public/")
    with page.expect_download() as taken:
        page.click("a:has-text('pack.json')")
    file = tmp_path / "pack.json"
    taken.value.save_as(file)
    later = {**os.environ, "HEADWAY_TODAY": str(today() + timedelta(days=365))}
    command = [sys.executable, "-m", "headway", "pack", "verify", str(file), "--home", str(served.home)]
    said = subprocess.run(command, capture_output=True, text=True, check=False, env=later)
    assert said.returncode == 0 and said.stdout.startswith("Identical"), said.stdout + said.stderr
    file.write_text(file.read_text(encoding="utf-8").replace("Board meeting 3 December", "Board meeting 4 December"), encoding="utf-8")
    changed = subprocess.run(command, capture_output=True, text=True, check=False, env=later)
    assert changed.returncode == 3 and "Not identical" in changed.stdout


def test_a_member_with_an_interest_is_kept_from_the_item(page_at: Callable[..., Page], served: Served) -> None:
    page = signed_in(page_at(width=390), served, "Elected member")
    page.goto(served.address + meeting_of(page, served, "3 December"))
    row = page.locator("tr", has_text="Schools of most concern")
    assert "you have an interest" in row.inner_text() and row.locator("a").count() == 0
    page.click("text=exempt edition")
    assert "Withheld from you" in page.inner_text("article.paper")


def test_what_is_signed_has_no_way_to_change_it(page_at: Callable[..., Page], served: Served) -> None:
    page = signed_in(page_at(), served)
    page.goto(f"{served.address}/boards/1/")
    page.click("tr:has-text('minutes signed') a")
    assert "Signed by Dr Amara Whitlock" in page.inner_text("#minutes")
    acts = page.inner_text(".row.screen")
    assert "Add a correction" in acts and "Move it" not in acts and "Draft the minutes" not in acts


def test_anybody_reads_the_public_pages_without_an_account_or_script(
    page_at: Callable[..., Page], axe: Callable[[Page], list[str]], served: Served
) -> None:
    page = page_at(bypass_csp=True)
    for path in PUBLIC:
        answer = page.goto(f"{served.address}/area/{path}")
        assert answer is not None
        assert answer.status == 200, path
        assert axe(page) == [], path
        page.set_viewport_size({"width": 320, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        page.set_viewport_size({"width": 1280, "height": 900})
    plain = page_at(width=390, java_script_enabled=False)
    plain.goto(f"{served.address}/area/")
    plain.click("nav a:has-text('Boards')")
    plain.click("main a:has-text('17 September')")
    assert (
        "Signed by Dr Amara Whitlock" in plain.inner_text("main")
        and "Schools of most concern" not in plain.inner_text("main").split("Minutes")[0]
    )
    with plain.expect_download() as taken:
        plain.goto(f"{served.address}/area/method.html")
        plain.click("a:has-text('key_figures.csv')")
    assert taken.value.suggested_filename == "key_figures.csv"


def test_axe_finds_nothing_in_packs_publication_and_claims(
    page_at: Callable[..., Page], axe: Callable[[Page], list[str]], served: Served
) -> None:
    page = signed_in(page_at(bypass_csp=True), served)
    coming = meeting_of(page, served, "3 December")
    packs = [f"{coming}packs/{edition}/{whole}" for edition in ("public", "exempt") for whole in ("", "?whole=yes")]
    for path in (
        *packs,
        "/publication/",
        "/publication/1/",
        "/publication/1/take-down/",
        "/claims/",
        "/boards/questions/",
        "/boards/questions/new/",
    ):
        answer = page.goto(served.address + path)
        assert answer is not None
        assert answer.status == 200, path
        assert axe(page) == [], path
        page.set_viewport_size({"width": 320, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{served.address}/claims/")
    page.fill("textarea", "Our schools are in the national top ten for most improved performance. Overall absence was 1.2% in 2024.")
    page.click("main form button")
    assert re.search(r"Of 2 claims", page.inner_text(".answer")) and axe(page) == []
