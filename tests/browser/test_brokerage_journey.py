"""One need from the first look to its effect; a provider; an officer’s press release; pages that nobody had driven."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page

from headway.vocabulary.clock import today
from tests.browser.driving import filled, number_in
from tests.browser.serving import Served, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
BROKER, HEAD = "Head of school improvement", "Headteacher"
HUB = "Wren Valley Teaching School Hub"


def own_school(page: Page, served: Served) -> str:
    """The URN of the school that the demonstration’s head answers for."""
    page.goto(f"{served.address}/brokerage/needs/")
    page.locator("tbody th a").first.click()
    page.goto(f"{served.address}/schools/")
    found = re.search(r"/schools/(\d{6})/", page.content())
    assert found is not None
    return found[1]


def test_from_need_to_effect(page_at: Callable[..., Page], axe: Callable[[Page], list[str]], served: Served) -> None:
    """Three explained suggestions, why not another, both agree, days are written down, and what came of it has its margin."""
    broker, head = signed_in(page_at(bypass_csp=True), served, BROKER), signed_in(page_at(width=390), served, HEAD)
    head.goto(f"{served.address}/brokerage/needs/new/")
    own = head.input_value("main [name=school]") or own_school(head, served)
    filled(head, {"school": own, "area": "reading", "urgency": "3", "days": "2",
                  "source": "self", "objective": "Every child reads by seven", "measure": "attendance.overall_absence"})  # fmt: skip
    need = number_in(head, "needs")
    broker.goto(f"{served.address}/brokerage/needs/{need}/?why_not=hub")
    suggested = broker.locator(".reason")
    assert suggested.count() >= 3 and axe(broker) == []
    for at in range(3):
        told = suggested.nth(at).inner_text()
        assert all(word in told for word in ("Strength", "Intake", "Distance", "Availability", "Past links", "Cost")), told
    why = broker.locator("section", has_text="Why not somebody else?").inner_text()
    assert HUB in why and ("It can help" in why or "." in why)
    broker.goto(f"{served.address}/brokerage/needs/{need}/?all=yes")
    broker.locator("button", has_text=f"about {HUB}").click()
    match = broker.url.split(served.address)[1]
    assert "has not answered yet" in broker.inner_text(".answer")
    filled(broker, {"agrees": "yes"})  # for who is no school a broker writes down what they said
    head.goto(served.address + match)
    assert "Nobody else knows of it before both heads agree" in head.inner_text(".visible-to")
    filled(head, {"agrees": "yes"})
    broker.goto(served.address + match)
    assert "Both have agreed" in broker.inner_text(".answer")
    broker.click("text=Write the agreement")
    first = date(today().year - 3, 10, 4)
    filled(broker, {"aim": "Phonics in every class", "starts": str(first), "ends": str(first.replace(month=12)), "shared": "Lesson notes.",
                    "leaves": "The lead coaches others."})  # fmt: skip
    help_ = number_in(broker, "help")
    for day in (11, 18):
        broker.goto(f"{served.address}/brokerage/help/{help_}/day/")
        filled(broker, {"day": str(first.replace(day=day)), "share": "1", "what": "Taught beside two teachers"})
    said = broker.inner_text("main")
    assert "2 of 2 days are given" in broker.inner_text(".answer")
    effect = broker.locator("section", has_text="What came of it").inner_text()
    assert "No effect can be told" in effect and "fewer than 5 matched schools" in effect, effect  # an infant school has few like it
    assert axe(broker) == [], said
    assert broker.evaluate("document.documentElement.scrollWidth") <= 1280


def test_what_came_of_help_is_told_with_its_margin_or_plainly_why_it_is_not(page_at: Callable[..., Page], served: Served) -> None:
    """Help that ended years ago among schools of many pupils shows what it moved, for whom it helped and who gave it; new help none."""
    page = signed_in(page_at(), served, BROKER)
    page.goto(f"{served.address}/brokerage/help/2/")
    assert "completed" in page.inner_text("main")
    effect = page.locator("section", has_text="What came of it").inner_text()
    assert len(re.findall(r"95% margin", effect)) == 2 and "proves neither that the help worked nor that it did not" in effect, effect
    page.goto(f"{served.address}/brokerage/help/1/")
    effect = page.locator("section", has_text="What came of it").inner_text()
    assert "No effect can be told" in effect and "no comparable figures from before and after" in effect, effect


def test_a_provider_reads_its_own_record_and_withdraws_an_offer(
    page_at: Callable[..., Page], axe: Callable[[Page], list[str]], served: Served
) -> None:
    head = signed_in(page_at(bypass_csp=True), served, HEAD)
    head.goto(f"{served.address}/brokerage/offers/")
    head.locator("tbody a", has_text="Primary").first.click()
    assert axe(head) == []
    head.goto(f"{served.address}/brokerage/offers/new/")
    filled(head, {"areas": "writing", "days": "4", "starts": str(today())})
    assert "A broker confirms it" in head.inner_text(".hw-message")
    offer = number_in(head, "offers")
    broker = signed_in(page_at(bypass_csp=True), served, BROKER)
    broker.goto(f"{served.address}/brokerage/offers/{offer}/")
    assert axe(broker) == []
    broker.locator("main button", has_text="Confirm").first.click()
    head.goto(f"{served.address}/brokerage/offers/{offer}/withdraw/")
    filled(head, {"because": "Our deputy has left."})
    head.goto(f"{served.address}/brokerage/offers/{offer}/")
    assert "Our deputy has left." in head.inner_text("main")


def test_an_officer_checks_a_press_release_before_it_goes_out(
    page_at: Callable[..., Page], axe: Callable[[Page], list[str]], served: Served
) -> None:
    page = signed_in(page_at(width=390, java_script_enabled=True, bypass_csp=True), served, "Elected member")
    page.goto(f"{served.address}/claims/")
    page.fill(
        "textarea",
        "Wrenford is in the national top ten for most improved performance at key stage 2 since 2017.\n"
        "Overall absence was 1.2% in 2024. Attendance will be above 97% by 2030. We are proud of our schools.",
    )
    page.click("main form button")
    said = page.inner_text("main")
    assert re.search(r"Of \d claims", page.inner_text(".answer")), said
    assert "False" in said and "Not checkable" in said
    assert axe(page) == [] and page.evaluate("document.documentElement.scrollWidth") <= 390


def test_what_nobody_had_looked_at_is_whole_for_everybody(
    page_at: Callable[..., Page], axe: Callable[[Page], list[str]], served: Served
) -> None:
    """Findings of a peer review, a partner’s page, a practice with our own results, votes, files and the council’s report."""
    page = signed_in(page_at(bypass_csp=True), served, BROKER)
    page.goto(f"{served.address}/boards/")
    page.click("main a:has-text('Schools Forum')")
    forum = page.url
    page.click("tr:has-text('papers are out') a, tr:has-text('held') a")
    page.click("main a:has-text('De-delegation')")
    item = page.url
    said = page.inner_text("main")
    assert "Carried: A rate of £8.50" in said and "as many for as against" in said and "What officers report" in said
    page.goto(f"{served.address}/boards/1/members/new/")
    paths = [item, forum, f"{item}report/", f"{item}files/new/", f"{item}decide/"]
    paths += [f"{served.address}{one}" for one in ("/networks/reviews/1/", "/networks/cycles/1/", "/learning/partners/1/",
                                                   "/evidence-library/1/", "/evidence-library/3/", "/publication/1/")]  # fmt: skip
    for path in paths:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        assert axe(page) == [], path
        page.set_viewport_size({"width": 320, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        page.set_viewport_size({"width": 1280, "height": 900})
