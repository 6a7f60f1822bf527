"""What people do on the pages of support, as they do it: each function is one person's one act in the browser."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

SEND = "main form button.govuk-button"


def filled(page: Page, fields: Mapping[str, str], button: str = SEND) -> None:
    """Fill in the form of a page, each field as its kind is filled in, and send it."""
    for name, value in fields.items():
        found = page.locator(f"main [name='{name}']")
        kind = found.first.evaluate("one => one.tagName + ':' + one.type")
        if kind in ("INPUT:radio", "INPUT:checkbox"):
            page.locator(f"main [name='{name}'][value='{value}']").check()
        elif kind.startswith("SELECT"):
            found.select_option(value)
        else:
            found.fill(value)
    sent(page, page.locator(button).first)


def sent(page: Page, button: Locator) -> None:
    with page.expect_navigation():
        button.click()
    assert page.locator(".errorlist").count() == 0, page.inner_text("main")[:2000]


def number_in(page: Page, noun: str) -> int:
    found = re.search(rf"/{noun}/(\d+)/", page.url)
    assert found is not None, page.url
    return int(found[1])


def returns(page: Page, address: str, urn: int, service: str, kind: str, line: str) -> None:
    page.goto(f"{address}/support/returns/new/?urn={urn}")
    filled(page, {"service": service, "kind": kind, "found": "found", "line": line})


def calls_a_meeting(page: Page, address: str, title: str, urns: list[int]) -> int:
    page.goto(f"{address}/support/meetings/new/")
    filled(page, {"title": title, "urns": " ".join(map(str, urns)), "days_at_hand": "40"})
    return number_in(page, "meetings")


def settles_by_keyboard(page: Page, tier: str, reason: str) -> str:
    """Settle the school that is open, touching the keyboard only; gives the days that the page then tells of."""
    urn = number_in(page, "schools")
    page.keyboard.press("c" if page.locator("input[name=tier]").first.get_attribute("value") != tier else "a")
    for _ in range(8):
        if page.locator("input[name=tier]:checked").count() and page.locator("input[name=tier]:checked").input_value() == tier:
            break
        page.keyboard.press("ArrowDown")
    days = page.inner_text("[data-plan-days]")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "reason"
    page.keyboard.type(reason)
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".hw-message").count() == 1 and page.locator(f"a[href*='/schools/{urn}/']").count()
    return days


def moderates(page: Page, address: str, meeting: int, tiers: Mapping[int, str]) -> None:
    """Each school of a meeting, in the order in which the page brings them."""
    page.goto(f"{address}/support/meetings/{meeting}/")
    for _ in tiers:
        urn = number_in(page, "schools")
        settles_by_keyboard(page, tiers[urn], f"Agreed by those present; URN {urn}.")
    expect(page.locator(".hw-message")).to_contain_text("Nothing is left open")


def confirms(page: Page, address: str, meeting: int, urns: list[int], adviser: str) -> None:
    page.goto(f"{address}/support/meetings/{meeting}/confirm/")
    for urn in urns:
        page.locator(f"[name=adviser-{urn}]").select_option(label=adviser)
        ends = page.locator(f"textarea[name=way_out-{urn}]")
        if ends.count():
            assert "green review" in ends.input_value()  # a first draft from the tier's own rule
    sent(page, page.locator("main form.confirms button"))


def rings(page: Page, address: str, name: str, adviser: str, phone: str) -> None:
    """From the list of heads to ring."""
    page.goto(f"{address}/support/letters/")
    page.locator("ol.owed li", has_text=name).locator("a:has-text('Log the call')").click()
    page.locator("select[name=adviser]").select_option(label=adviser)
    filled(page, {"whom": "head", "said": "Heard, and will reply.", "phone": phone})


def sends_letter(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/support/letters/")
    for box in page.locator("input[name=decision]").all():
        box.uncheck()
    page.get_by_label(name, exact=True).check()
    sent(page, page.locator("button:has-text('Send those ticked')"))


def taken(page: Page, words: str, folder: Path) -> bytes:
    """A file that a link gives, as the browser keeps it."""
    with page.expect_download() as waiting:
        page.click(f"main a:has-text('{words}')")
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path.read_bytes()


def books_a_visit(page: Page, address: str, urn: int, kind: str, day: date) -> int:
    page.goto(f"{address}/schools/{urn}/visits/new/")
    filled(page, {"kind": kind, "day": str(day), "purpose": "What we read in the self-evaluation, and what you want first."})
    return number_in(page, "visits")


def reviews_the_plan(page: Page, address: str, plan: int, day: date, colour: str) -> None:
    page.goto(f"{address}/support/plans/{plan}/review/")
    page.fill("input[name=day]", str(day))
    for one in page.locator(f"input[type=radio][name^=rag-][value={colour}]").all():
        one.check()
    for box in page.locator("textarea[name^=narrative-]").all():
        box.fill("Books of two classes in each year, with the mathematics leader.")
    for source in ("books", "leaders", "lessons"):
        page.check(f"input[name=sources][value={source}]")
    sent(page, page.locator(SEND).first)


def moves(page: Page, address: str, urn: int, tier: str, reason: str) -> None:
    """Asked for; whether it is granted is for the page to say."""
    page.goto(f"{address}/schools/{urn}/tiers/move/")
    page.select_option("select[name=tier]", tier)
    page.fill("textarea[name=reason]", reason)
    page.fill("textarea[name=way_out]", "One green review in the spring.")
    with page.expect_navigation():
        page.locator(SEND).first.click()
