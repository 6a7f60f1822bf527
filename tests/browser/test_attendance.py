"""An attendance officer's Monday in a real browser: every page accessible, a plan begun by keyboard, a meeting run from its agenda."""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.serving import Served, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]
OFFICER = "Attendance officer"
LISTS = (
    "shared",
    "rights",
    "proof",
    "early",
    "early/year-end",
    "load",
    "meetings",
    "plans",
    "notices",
    "returns",
    "missing",
    "steps",
    "shocks",
    "digest",
)


def first(page: Page, selector: str) -> str:
    return str(page.locator(selector).first.get_attribute("href"))


def test_axe_finds_nothing_in_the_pages_of_attendance_wide_and_narrow(
    page_at: Callable[..., Page], axe: Callable[[Page], list[str]], served: Served
) -> None:
    page = signed_in(page_at(bypass_csp=True), served, OFFICER)
    page.goto(f"{served.address}/attendance/?pupils=all")
    school, pupil = first(page, "#schools tbody th a"), first(page, "#severe tbody th a")
    meeting, plan = first(page, "#meetings tbody th a"), first(page, "#dues tbody a")
    page.goto(f"{served.address}/attendance/shared/")
    shared = first(page, "tbody th a")
    page.goto(f"{served.address}/attendance/missing/")
    record = first(page, "tbody th a")
    page.goto(f"{served.address}/attendance/rights/")
    right = first(page, "tbody th a")
    page.goto(f"{served.address}/attendance/?pupils=all")
    consider, back = first(page, "#threshold a[href$='/consider/']"), first(page, "#returns a")
    of_school = (school, *(f"{school}{name}/" for name in ("pupils", "proof", "agenda", "meeting", "lead", "return", "missing")))
    of_pupil = (pupil, *(f"{pupil}{name}/" for name in ("plan", "referral", "step", "right", "record")))
    of_others = (meeting, f"{meeting}held/", plan, consider, back, shared, right, record, f"{record}close/", "/attendance/?text=zzzz",
                 "/attendance/?numbers=1", f"{school}pupils/share/?kind=persistent")  # fmt: skip
    for path in ("/attendance/", *(f"/attendance/{name}/" for name in LISTS), *of_school, *of_pupil, *of_others):
        answer = page.goto(served.address + path)
        assert answer is not None
        assert answer.status == 200, path
        assert axe(page) == [], path
        page.set_viewport_size({"width": 320, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        page.set_viewport_size({"width": 1280, "height": 900})


def test_from_monday_to_a_plan_by_keyboard_without_javascript(page_at: Callable[..., Page], served: Served) -> None:
    page = signed_in(page_at(width=390, java_script_enabled=False), served, OFFICER)
    page.goto(f"{served.address}/attendance/")
    link = page.locator("#severe a", has_text="Begin a plan").first
    sign = link.inner_text().split(" for ")[-1]
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan/")
    page.focus("input[name=kind]")
    page.keyboard.press("Space")
    page.focus("input[name=lead]")
    page.keyboard.type("R. Idowu")
    page.focus("form.written button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/attendance/plans/*/")
    assert sign in page.inner_text("h1")
    page.goto(f"{served.address}/attendance/?pupils=all")
    assert sign not in page.locator("#severe").inner_text()


def test_a_meeting_is_run_from_its_agenda(page_at: Callable[..., Page], served: Served) -> None:
    page = signed_in(page_at(), served, OFFICER)
    page.goto(f"{served.address}/attendance/")
    page.locator("#schools tbody th a").nth(5).click()
    page.click("text=Offer a meeting")
    page.fill("input[name=day]", str(date.today()))  # noqa: DTZ011 (the browser's own day)
    page.click("form.written button")
    page.click("text=Agenda as of today")
    assert "Severely absent" in page.inner_text("article")
    page.go_back()
    page.click("text=Write what came of it")
    page.fill("input[name=what1]", "Ring on the first day of absence")
    page.fill("input[name=due1]", str(date.today() + timedelta(14)))  # noqa: DTZ011
    page.click("form.written button")
    assert "1 action agreed, 1 open" in page.inner_text(".answer")
    assert "frozen on" in page.inner_text("main")


def test_a_head_sees_the_own_school_and_sends_a_return(page_at: Callable[..., Page], served: Served) -> None:
    page = signed_in(page_at(width=390), served, "Headteacher")
    page.goto(f"{served.address}/attendance/")
    assert page.locator("#schools tbody tr").count() == 1
    page.locator("#schools tbody th a").click()
    page.click("text=Send a return")
    page.fill("input[name=number]", "nobody")
    page.click("form.written button")
    assert "hold no pupil with this number" in page.inner_text("main")


def weekdays_before(day: date, many: int) -> list[date]:
    back = [day - timedelta(at) for at in range(1, 2 * many)]
    return sorted([one for one in back if one.weekday() < 5][:many])


def csv_file(folder: Path, name: str, head: str, rows: list[tuple[object, ...]]) -> Path:
    path = folder / name
    path.write_text("\n".join([head, *(",".join(map(str, row)) for row in rows)]) + "\n", encoding="utf-8")
    return path


def brought(page: Page, served: Served, path: Path, year: str = "") -> None:
    page.goto(f"{served.address}/attendance/load/")
    page.set_input_files("input[name=file]", path)
    if year:
        page.fill("input[name=year]", year)
    page.click("form.written button, main form button")


def test_from_what_the_council_has_to_a_figure_that_is_proved(page_at: Callable[..., Page], served: Served, tmp_path: Path) -> None:
    """The whole of an officer's journey: figures with strange columns, a register, Monday, a meeting, a plan, a threshold, the proof."""
    page = signed_in(page_at(), served, OFFICER)
    page.goto(f"{served.address}/attendance/?all=1")
    silent = page.locator("#schools tbody tr", has_text="sends nothing").locator("th a")
    of_figures, of_marks = (str(silent.nth(at).get_attribute("href")).split("/")[2] for at in (0, 1))
    today = date.today()  # noqa: DTZ011 (the browser's own day)
    figures = csv_file(tmp_path, "figures.csv", "School no,Up to,Sessions (possible),Auth abs,Unauth abs,On roll",
                       [(of_figures, today - timedelta(1), 20_000, 900, 300, 210)])  # fmt: skip
    brought(page, served, figures)
    assert "which of these columns is which" in page.inner_text("main")
    assert page.input_value("select[name=authorised]") == "Auth abs"  # likely, and to be corrected
    page.click("text=Keep this and take the file in")
    assert "1 row of 1 school taken in" in page.inner_text(".answer")
    days = weekdays_before(today, 40)
    away = {0: "O" * 56, 1: "I" * 9}  # one pupil away without permission from the first day on, one ill for a week
    marks = [(of_marks, f"J{pupil:02}", day, half, (away.get(pupil, "")[at : at + 1] or "/"))
             for pupil in range(12) for at, (day, half) in enumerate((day, half) for day in days for half in ("AM", "PM"))]  # fmt: skip
    brought(page, served, csv_file(tmp_path, "marks.csv", "urn,pupil,date,session,code", marks))
    assert "960 rows of 1 school taken in" in page.inner_text(".answer")
    year = today.year if today.month >= 8 else today.year - 1
    listed = [(of_marks, f"J{pupil:02}", 4, "2020-09-01") for pupil in range(12)]
    brought(page, served, csv_file(tmp_path, "pupils.csv", "urn,pupil,year_group,admitted", listed), f"{year}/{(year + 1) % 100:02}")
    page.click("text=See what needs doing")
    row = page.locator("#severe tbody tr", has=page.locator(f"a[href='/schools/{of_marks}/attendance/']"))
    assert "24 of 80" in row.inner_text()  # the reason
    pupil = str(row.locator("th a").get_attribute("href"))
    # a meeting from it, with who leads, what is agreed and the next day
    page.goto(f"{served.address}/schools/{of_marks}/attendance/lead/")
    page.fill("input[name=lead]", "R. Idowu")
    page.fill("input[name=champion]", "T. Brannock")
    page.click("form.written button")
    page.click("text=Offer a meeting")
    page.fill("input[name=day]", str(today))
    page.click("form.written button")
    page.click("text=Agenda as of today")
    agenda = page.inner_text("article")
    assert all(words in agenda for words in ("R. Idowu", "T. Brannock", "Severely absent", "24 of 80", "Cohorts"))
    page.go_back()
    page.click("text=Write what came of it")
    page.fill("input[name=what1]", "Ring on the first day of absence")
    page.fill("input[name=due1]", str(today + timedelta(14)))
    page.click("form.written button")
    assert "the next is due by" in page.inner_text(".answer")
    # a plan, and its review
    page.goto(f"{served.address}{pupil}plan/")
    page.check("input[name=kind][value=formal]")
    page.fill("input[name=lead]", "R. Idowu")
    page.click("form.written button")
    page.fill("textarea[name=text]", "Comes three mornings a week now")
    page.fill("input[name=review_by]", str(today + timedelta(42)))
    page.click("form.written button")
    assert "Comes three mornings a week now" in page.inner_text("main")
    # the threshold, with the very sessions, and what goes to a lawyer
    page.goto(f"{served.address}{pupil}consider/")
    assert "10 sessions counted" in page.inner_text("main")
    assert "Formal support plan begun" in page.inner_text("main")
    page.check("input[name=decision][value=support]")
    page.fill("textarea[name=reason]", "The plan has only begun")
    page.click("form.written button")
    page.goto(f"{served.address}{pupil}")
    with page.expect_download() as file:
        page.click("text=Evidence bundle, Word")
    assert file.value.suggested_filename.endswith(".docx")
    # and each figure proves itself
    page.goto(f"{served.address}/attendance/?text={of_marks}")
    page.click("#schools tbody td a.proves >> nth=0")
    assert f"{960 - 65} sessions attended of 960 possible" in page.inner_text(".answer")
    told = page.inner_text("#files")
    assert hashlib.sha256((tmp_path / "marks.csv").read_bytes()).hexdigest()[:16] in told
    page.goto(f"{served.address}/schools/{of_figures}/attendance/proof/")
    assert "18,800 sessions attended of 20,000 possible" in page.inner_text(".answer")
    assert "figures to date" in page.inner_text(".facts").lower()
