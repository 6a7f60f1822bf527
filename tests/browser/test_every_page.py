"""Every page of the url conf, found by following links as each role: accessible, and no wider than a small screen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.crawling import Come, crawled, name_of, ours
from tests.browser.serving import Served, signed_in
from tests.browser.test_engagements import PAGES as OF_ENGAGEMENTS
from tests.browser.test_pages import PAGES
from tests.integration.desk.test_who_opens_what import POSTED

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROLES = {  # role → so many addresses of each route are read for links; 0: only of routes that nobody came to before
    "Head of school improvement": 3, "Headteacher": 1, "Attendance officer": 1, "Wellbeing contact": 1, "Administrator": 1,
    "Data protection officer": 1,
    "Adviser": 0, "Governor": 0, "Board chair": 0, "Service officer": 0, "Analyst": 0, "Elected member": 0,
}  # fmt: skip
FILES = {"everything", "ours", "feed", "attendance:bundle", "attendance:held", "attendance:letter", "attendance:template",
         "attendance:load_faults", "attendance:record_bundle", "attendance:record_held",
         "boards:pack_json", "documents:document", "learning:calendar", "networks:paper", "self_evaluation:document",
         "strategy:blueprint"}  # fmt: skip
ONLY_WHEN = "only where there is one, which the demonstration has not; looked at in the tests of its noun"
FURTHER_ON = "behind more addresses of one route than are read here, or after a step there; who opens it is tested for every route"
NOT_LINKED = {
    "home": "leads on to each role’s own page", "most_improved": "leads on to the newest measure", "search": "found by its form",
    "alerts:open": "leads on to what it tells of", "alerts:off": "from a message",
    "consultation:by_invitation": "from a message", "consultation:thanks": "after a form was sent",
    "attendance:match": "after a file was sent", "attendance:load_report": "after a file was sent",
    "day_one:match": "after a file was sent",
    "day_one:batch": "after a file was sent", "day_one:categories": "after a file was sent",
    "strategy:milestone": "after a form was sent", "publication:area_page": "made when a release is approved",
    **dict.fromkeys((
        "accounts:active", "attendance:action", "attendance:close_action", "attendance:improve", "attendance:issue", "attendance:notice",
        "attendance:period", "attendance:step", "boards:correct", "boards:minutes", "boards:pack_own", "boards:rate",
        "brokerage:agreement", "brokerage:review", "consultation:add_question", "consultation:erase", "consultation:invite",
        "consultation:question", "consultation:step", "consultation:themed", "engagements:answer_notice", "engagements:end_action",
        "engagements:note", "groups:change", "groups:group", "learning:attendance", "networks:agree", "plans:follow",
        "publication:approve", "publication:refuse", "publication:see", "self_evaluation:write", "tiers:answer", "tiers:hear",
        "visits:not_coming", "wellbeing:answer", "wellbeing:end", "wellbeing:talk",
    ), ONLY_WHEN),
    **dict.fromkeys((
        "attendance:lift", "attendance:record_of_return", "attendance:record_right", "attendance:withdraw",
        "boards:file", "boards:file_withdraw",
        "boards:vote", "consultation:revoke", "engagements:notice", "fairness:sign", "fairness:withdraw", "glass:note", "glass:notes",
        "moderation:meeting", "report",
    ), FURTHER_ON),
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


def test_every_route_that_is_a_page_is_come_to_by_links(pages: dict[str, Come]) -> None:
    """What is not is named with its reason, so that a new page without a way to it is seen."""
    sent = {name for name in ours() if name.endswith(("_file", "_calendar")) or name in FILES or name in POSTED}
    assert sorted(ours() - sent - pages.keys() - NOT_LINKED.keys()) == []


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
