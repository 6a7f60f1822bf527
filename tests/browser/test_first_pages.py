"""“What must I do today?”: whoever signs in for the first time finds it on the first page, without a click and without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.serving import Served, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# role → (where they land, what the page says, the first thing that they can do from it)
FIRST = {
    "Head of school improvement": ("/my-schools/", "Needs you today", "main section a"),
    "Adviser": ("/my-day/", "need", "main ol a, main ul.todo a"),
    "Headteacher": ("/held/", "For you to do", "#do a"),
    "Governor": ("/governing/", "For you to do", "main section a"),
    "Attendance officer": ("/attendance/", "this week", "main a"),
    "Service officer": ("/support/returns/", "still waits for", "main a"),
    "Board chair": ("/boards/", "meeting", "main a"),
    "Wellbeing contact": ("/wellbeing/received/", "", "main"),
    "Administrator": ("/account/people/", "have an account", "main a"),
    "Analyst": ("/overview/", "", "main a"),
    "Elected member": ("/overview/", "", "main a"),
    "Data protection officer": ("/glass/uses/", "for you to look at", "main table a"),
}


@pytest.mark.parametrize("role", FIRST)
def test_the_first_page_says_what_there_is_to_do(role: str, page_at: Callable[..., Page], served: Served) -> None:
    where, says, leads = FIRST[role]
    page = signed_in(page_at(java_script_enabled=False, width=390), served, role)
    assert where in page.url
    top = page.inner_text("main")
    assert says.lower() in top.lower()
    assert page.locator(leads).count() > 0


def test_no_role_of_the_demonstration_is_left_out(served: Served) -> None:
    assert set(served.people) == set(FIRST)
