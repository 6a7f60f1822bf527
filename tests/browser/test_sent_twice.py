"""The back button, two presses, two people: nothing is written twice, nothing typed is lost, nobody is overwritten."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.serving import Served, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SEND = "main form button.govuk-button"
# posts the form that is shown, twice at once, as two presses do where no script holds the second back
AT_ONCE = """async () => {
  const form = document.querySelector("main form");
  const send = () => fetch(form.action, {method: "POST", body: new FormData(form)}).then(answer => answer.url);
  return Promise.all([send(), send()]);
}"""


def a_school(page: Page, served: Served) -> str:
    page.goto(f"{served.address}/schools/")
    return str(page.get_attribute("table tbody th a", "href"))


def counted(page: Page, address: str, text: str) -> int:
    page.goto(address)
    return page.locator("main li", has_text=text).count()


@pytest.mark.parametrize("script", [True, False])
def test_a_form_sent_again_after_going_back_is_written_once_and_what_was_typed_is_there(
    script: bool, page_at: Callable[..., Page], served: Served
) -> None:
    page = signed_in(page_at(java_script_enabled=script), served, "Adviser")
    school, said = a_school(page, served), f"The deputy leads from Monday, {'with' if script else 'without'} script"
    page.goto(f"{served.address}{school}concerns/new/")
    page.locator("main select[name=kind]").select_option(index=1)
    page.fill("main [name=summary]", said)
    page.fill("main [name=source]", "The chair of governors")
    page.click(SEND)
    page.wait_for_load_state()
    assert page.locator(".errorlist").count() == 0
    page.go_back()
    assert page.input_value("main [name=summary]") == said
    page.click(SEND)
    page.wait_for_load_state()
    assert page.locator(".hw-message", has_text="You sent this already").count() == 1
    assert counted(page, f"{served.address}{school}engagements/", said) == 1


def test_two_presses_at_once_write_one_visit(page_at: Callable[..., Page], served: Served) -> None:
    page = signed_in(page_at(), served, "Adviser")
    school = a_school(page, served)
    page.goto(f"{served.address}{school}visits/new/")
    page.fill("textarea[name=purpose]", "To see mathematics in year 4")
    first, second = page.evaluate(AT_ONCE)
    assert first == second and re.search(r"/support/visits/\d+/$", first)
    page.goto(f"{served.address}{school}visits/new/")
    page.fill("textarea[name=purpose]", "To see reading in year 2")
    page.dblclick(SEND)
    page.wait_for_url(re.compile(r"/support/visits/\d+/$"))
    page.goto(f"{served.address}/support/")
    assert page.inner_text("main").count("To see reading in year 2") <= 1


def test_two_people_moderate_one_school_at_once(page_at: Callable[..., Page], served: Served) -> None:
    """The second sees what the first settled, with their own words still in the form, and settles it anew only knowingly."""
    lead, adviser = signed_in(page_at(), served), signed_in(page_at(), served, "Adviser")
    adviser.goto(f"{served.address}/support/meetings/2/?order=points")
    at = adviser.url
    lead.goto(at)
    for page, tier, why in ((lead, "intensive", "Seen by the chair."), (adviser, "secure", "Seen by the adviser.")):
        page.check(f"input[name=tier][value={tier}]")
        page.fill("textarea[name=reason]", why)
    lead.click("form[data-settles] button")
    lead.wait_for_load_state()
    adviser.click("form[data-settles] button")
    adviser.wait_for_load_state()
    told = adviser.inner_text("[role=alert]")
    assert "Seen by the chair." in told and adviser.input_value("textarea[name=reason]") == "Seen by the adviser."
    lead.goto(at)
    assert "Seen by the chair." in lead.input_value("textarea[name=reason]")
    adviser.click("form[data-settles] button")
    adviser.wait_for_load_state()
    lead.goto(at)
    assert lead.input_value("textarea[name=reason]") == "Seen by the adviser."
