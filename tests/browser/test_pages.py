"""The pages in a real browser: accessible, narrow, within the content policy, by keyboard, without JavaScript, per role."""

import csv
import io
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.serving import Served, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
IMPROVED = "/measures/ks2.rwm_expected/improved/?level=school&from=2016&to=2024"
PAGES = (
    "/overview/",
    "/schools/",
    "/schools/?text=zzz",
    "/compare/",
    "/compare/?urn=999999&find=primary",
    "/measures/",
    "/measures/ks2.rwm_expected/",
    "/measures/ks2.rwm_expected/forecast/",
    "/measures/attendance.overall_absence/forecast/?as=gap",
    "/forecasts/",
    "/measures/ks2.rwm_expected/improved/",
    IMPROVED,
    "/measures/ks2.rwm_expected/places/?level=school",
    "/measures/ks2.rwm_expected/improved/?claim=top+ten+most+improved+at+key+stage+2+since+2017",
    "/measures/ks2.rwm_expected/improved/?claim=hello",
    "/map/",
    "/boards/",
    "/boards/calendar/",
    "/boards/new/",
    "/boards/1/",
    "/boards/1/record/",
    "/boards/1/members/new/",
    "/boards/meetings/1/",
    "/boards/meetings/2/",
    "/boards/meetings/2/items/new/",
    "/boards/items/1/",
    "/boards/items/1/decide/",
    "/boards/items/1/report/",
    "/boards/items/1/files/new/",
    "/brokerage/strengths/?as-of=2024-08-31",
    "/alerts/",
    "/support/day-one/returns/",
    "/my-day/",
    "/support/interests/",
    "/support/fairness/",
    "/support/tested/",
    "/alerts/mail/?show=weekly",
    "/groups/",
    "/groups/new/",
    "/evidence-library/",
    "/evidence-library/?text=zzzz",
    "/evidence-library/new/",
    "/evidence-library/1/",
    "/evidence-library/1/rewrite/",
    "/evidence-library/3/published/",
    "/learning/",
    "/learning/?over=yes",
    "/learning/programmes/",
    "/learning/programmes/1/",
    "/learning/programmes/1/take-up/",
    "/learning/programmes/new/",
    "/learning/sessions/1/",
    "/learning/sessions/2/",
    "/learning/sessions/1/attendance/",
    "/learning/sessions/3/book/",
    "/learning/partners/",
    "/learning/partners/1/",
    "/learning/partners/1/offers/new/",
    "/networks/",
    "/networks/new/",
    "/networks/unplaced/?kind=family",
    "/networks/1/",
    "/networks/1/members/",
    "/networks/1/reviews/new/",
    "/networks/meetings/1/",
    "/networks/meetings/1/correct/",
    "/networks/cycles/1/",
    "/networks/reviews/1/",
    "/strategy/",
    "/strategy/new/",
    "/strategy/take-up/",
    "/strategy/1/",
    "/strategy/1/doing/",
    "/strategy/1/board/?since=2025-06-30",
    "/strategy/1/versions/",
    "/strategy/1/actions/1/",
    "/strategy/1/actions/1/progress/",
    "/strategy/1/step/",
    "/strategy/1/add/action/",
    "/strategy/1/promises/write/",
    "/strategy/1/promises/adopt/",
    "/strategy/1/promises/strategy_1.in_school_every_day/",
    "/strategy/1/promises/strategy_1.reading_writing_and_maths_as_in_england/",
    "/strategy/1/promises/strategy_1.reading_writing_and_maths_as_in_england/?move-900001=5",
    "/strategy/1/promises/strategy_1.pupils_say_that_they_belong/",
    "/value-added/",
    "/scrutiny/1/",
    "/documents/",
    "/account/tokens/",
    "/my-schools/",
    "/my-schools/?show=quiet&sort=tier",
    "/support/owed/",
    "/support/owed/lines/?item=desktop",
    "/support/advisers/",
    "/account/look/",
    "/support/allocation/",
    "/support/costs/",
    "/support/costs/day/",
    "/support/offer/",
    "/support/offer/new/",
    "/attendance/",
    "/attendance/digest/",
    "/attendance/everybody/",
    "/consultations/",
    "/consultations/1/",
    "/consultations/2/you-said-we-did/",
    "/consultations/2/run/",
    "/consultations/new/",
    "/data/",
    "/search/?q=primary",
    "/search/?q=zzzz",
    "/explain/authority/{area}/attendance.overall_absence/2023/",
    "/explain/authority/neighbours:{area}/attendance.overall_absence/2023/",
)
NARROW = (
    "/boards/1/",
    "/evidence-library/",
    "/evidence-library/1/",
    "/learning/",
    "/learning/sessions/2/",
    "/learning/partners/",
    "/networks/",
    "/networks/1/",
    "/networks/cycles/1/",
    "/boards/meetings/1/",
    "/strategy/1/",
    "/strategy/1/promises/strategy_1.reading_writing_and_maths_as_in_england/",
    "/scrutiny/1/",
    "/documents/",
    "/account/tokens/",
    "/overview/",
    "/schools/",
    IMPROVED,
    "/map/",
    "/data/",
    "/forecasts/",
    "/measures/ks2.rwm_expected/forecast/",
)  # looked through at a phone's width too


def a_school(page: Page, served: Served, phase: str) -> str:
    page.goto(f"{served.address}/schools/?phase={phase}")
    return str(page.get_attribute("table tbody th a", "href"))


def test_axe_finds_nothing_and_no_page_scrolls_sideways(
    page_at: Callable[..., Page], axe: Callable[[Page], list[str]], served: Served
) -> None:
    page = signed_in(page_at(bypass_csp=True), served)
    schools = [a_school(page, served, phase) for phase in ("primary", "secondary")]
    page.goto(f"{served.address}/data/")
    load = str(page.get_attribute("#loads ~ div a", "href"))
    compared = f"/compare/?{'&'.join('urn=' + path.split('/')[2] for path in schools)}"
    of_family = (
        f"{schools[0]}family/",
        f"{schools[0]}family/?on=ks2.rwm_expected&sort=name",
        f"{schools[0]}what-worked/?on=ks2.rwm_expected",
    )
    for path in (*pages(page, served), load, *schools, *of_family, compared):
        answer = page.goto(served.address + path)
        assert answer is not None
        assert answer.status == 200, path
        assert axe(page) == [], path
        page.set_viewport_size({"width": 320, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        if path in NARROW or path in (schools[0], compared):
            assert axe(page) == [], f"{path} on a phone"
        page.set_viewport_size({"width": 1280, "height": 900})


def pages(page: Page, served: Served) -> list[str]:
    """Their addresses, with the demonstration's own area in them."""
    page.goto(f"{served.address}/overview/")
    found = str(page.get_attribute("table a[href^='/explain/authority/']", "href")).split("/")
    return [path.format(area=found[3]) for path in PAGES]


def test_a_page_that_is_not_there_says_so_accessibly(
    page_at: Callable[..., Page], axe: Callable[[Page], list[str]], served: Served
) -> None:
    page = signed_in(page_at(bypass_csp=True), served)
    answer = page.goto(f"{served.address}/data/loads/20200101T000000000000Z/")
    assert answer is not None
    assert answer.status == 404
    assert "There is no such page" in page.inner_text("h1")
    assert axe(page) == []


def test_a_slash_goes_to_the_search_and_typing_is_left_alone(page_at: Callable[..., Page], served: Served) -> None:
    page = signed_in(page_at(), served)
    page.goto(f"{served.address}/measures/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "find"
    page.keyboard.type("a/b")
    assert page.input_value("#find") == "a/b"


def test_the_list_of_schools_narrows_sorts_and_is_taken_away_as_seen(page_at: Callable[..., Page], served: Served) -> None:
    page = signed_in(page_at(java_script_enabled=False), served)
    page.goto(f"{served.address}/schools/")
    page.select_option("#phase", "secondary")
    page.click("main form button")
    assert "secondary" in page.inner_text(".answer")
    page.click("thead a:has-text('Pupils')")
    shown = [name.inner_text() for name in page.query_selector_all("tbody th a")]
    pupils = [
        int(cell.inner_text().replace(",", ""))
        for cell in page.query_selector_all("tbody td[data-label=Pupils]")
        if "–" not in cell.inner_text()
    ]
    assert pupils == sorted(pupils)
    href = str(page.get_attribute("a:has-text('csv')", "href"))
    taken = page.request.get(served.address + href)
    rows = list(csv.reader(io.StringIO(taken.body().decode("utf-8-sig"))))
    assert [row[1] for row in rows[1:]][: len(shown)] == shown


def test_schools_ticked_in_the_list_are_compared_without_javascript_and_the_address_is_kept(
    page_at: Callable[..., Page], served: Served
) -> None:
    page = signed_in(page_at(java_script_enabled=False), served)
    page.goto(f"{served.address}/schools/?phase=primary")
    ticks = page.query_selector_all("tbody input[name=urn]")[:2]
    wanted = [tick.get_attribute("value") for tick in ticks]
    for tick in ticks:
        tick.check()
    page.click("button:has-text('Compare those ticked')")
    page.wait_for_url("**/compare/**")
    assert page.locator("h1").inner_text() == "Compare schools"
    assert all(f"urn={urn}" in page.url for urn in wanted)
    assert "beyond chance" in page.inner_text("main") or "cannot be told apart" in page.inner_text("main")
    page.click("summary:has-text('Choose schools')")
    page.uncheck("input[name=beside][value=england]")
    page.click("main form button:has-text('Compare')")
    assert "beside=england" not in page.url
    assert page.locator("#figures ~ .scroll thead").inner_text().count("│") == 0
    page.goto(page.url)
    assert page.locator("#figures ~ .scroll thead").inner_text().count("│") == 0


def test_a_school_page_has_its_sections_and_each_year_leads_to_how_it_was_worked_out(page_at: Callable[..., Page], served: Served) -> None:
    page = signed_in(page_at(), served)
    page.goto(served.address + a_school(page, served, "primary"))
    for link in page.query_selector_all("nav.jump a"):
        assert page.query_selector(str(link.get_attribute("href"))), link.inner_text()
    page.click("#attendance details summary >> nth=0")
    page.click("#attendance details a >> nth=0")
    page.wait_for_url("**/explain/**")


def test_early_results_are_set_beside_the_newest_year_that_others_have(page_at: Callable[..., Page], served: Served) -> None:
    page = signed_in(page_at(), served)
    page.goto(served.address + a_school(page, served, "primary"))
    assert "the newest year with others’ figures" in page.inner_text("#attainment")


def test_nothing_on_a_page_breaks_its_own_content_policy(page_at: Callable[..., Page], served: Served) -> None:
    page = page_at()
    logged: list[str] = []
    page.on("console", lambda message: logged.append(message.text) if message.type in ("error", "warning") else None)
    signed_in(page, served)
    for path in (*pages(page, served), a_school(page, served, "primary")):
        page.goto(served.address + path)
    assert logged == []


def test_a_number_is_found_and_explained_by_keyboard_alone_without_javascript(page_at: Callable[..., Page], served: Served) -> None:
    page = signed_in(page_at(java_script_enabled=False), served)
    page.keyboard.press("Tab")
    assert page.inner_text(":focus") == "Skip to the page"
    page.focus("#find")
    page.keyboard.type("primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    page.focus("main table tbody th a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/schools/9*/")
    page.focus("a:has-text('How this was worked out') >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_url("**/explain/**")
    assert "Where it came from" in page.inner_text("main")


def test_a_head_sees_the_own_school_and_another_is_as_one_that_does_not_exist(page_at: Callable[..., Page], served: Served) -> None:
    page = signed_in(page_at(), served)
    page.goto(f"{served.address}/schools/")
    every = {str(link.get_attribute("href")) for link in page.query_selector_all("table tbody th a")}
    head = signed_in(page_at(), served, "Headteacher")
    head.goto(f"{served.address}/schools/")
    own = {str(link.get_attribute("href")) for link in head.query_selector_all("table tbody th a")}
    assert len(own) == 1
    other = next(iter(every - own))
    refused, absent = head.goto(served.address + other), head.goto(f"{served.address}/schools/999999/")
    assert refused is not None
    assert absent is not None
    assert (refused.status, absent.status) == (404, 404)
