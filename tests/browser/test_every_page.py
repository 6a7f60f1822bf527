"""Every page that links lead to, found as each role: accessible, and no wider than a small screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.crawling import Come, crawled, name_of
from tests.browser.serving import Served, signed_in
from tests.browser.test_engagements import PAGES as OF_ENGAGEMENTS
from tests.browser.test_pages import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROLES = {  # role → so many addresses of each route are read for links; 0: only of routes that nobody came to before
    "Head of school improvement": 3, "Headteacher": 1, "Attendance officer": 1, "Wellbeing contact": 1, "Administrator": 1,
    "Data protection officer": 1,
    "Adviser": 0, "Governor": 0, "Board chair": 0, "Service officer": 0, "Analyst": 0, "Elected member": 0,
}  # fmt: skip
PARTS = 6  # the pages are looked at in so many tests, so that none takes long


@pytest.fixture(scope="module")
def pages(browser: object, served: Served) -> dict[str, Come]:
    found: dict[str, Come] = {}
    for role, of_each in ROLES.items():
        context = browser.new_context()  # type: ignore[attr-defined]
        known = () if of_each else set(found)
        for name, come in crawled(signed_in(context.new_page(), served, role), served, role, of_each or 1, known).items():
            found.setdefault(name, come)
        context.close()
    return found


@pytest.mark.parametrize("part", range(PARTS))
def test_axe_finds_nothing_on_any_page(
    part: int, pages: dict[str, Come], page_at: Callable[..., Page], axe: Callable[[Page], list[str]], served: Served
) -> None:
    by_hand = {name_of(path.format(area="150")) for path in (*PAGES, *OF_ENGAGEMENTS)}  # looked at there, as the head of service
    mine = sorted(pages.keys() - by_hand)[part::PARTS]
    wrong = []
    for role in sorted({pages[name].role for name in mine}):
        page = signed_in(page_at(bypass_csp=True), served, role)
        for name in (name for name in mine if pages[name].role == role):
            page.goto(served.address + pages[name].path)
            wrong += [(pages[name], fault) for fault in axe(page)]
            page.set_viewport_size({"width": 320, "height": 700})
            if page.evaluate("document.documentElement.scrollWidth") > 320:
                wrong.append((pages[name], "wider than 320"))
            page.set_viewport_size({"width": 1280, "height": 900})
    assert wrong == []
