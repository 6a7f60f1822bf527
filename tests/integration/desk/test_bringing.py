"""What the council has already, brought through a page: matched once, refused whole, and enough for a Monday without any mark."""

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from headway.desk.accounts.permissions import Role
from headway.desk.attendance import rules
from headway.desk.attendance.models import Plan
from headway.desk.audit.models import Event
from headway.desk.establishments.models import Establishment
from headway.readings.attendance.morning import morning, numbers
from headway.readings.attendance.morning_answers import Morning
from headway.readings.attendance.schools import schools
from headway.readings.door import open_door
from headway.vocabulary import clock
from headway.vocabulary.viewer import Viewer
from tests.integration.desk.test_attendance import found, home, page, people

__all__ = ["found", "home", "people"]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ME = Viewer("me", sees_pupils=True)
CANARY = "Wilhelmina Canary"


@pytest.fixture
def without_marks(found: Morning) -> int:
    """A school of the area that sends no marks."""
    urn = max(one.urn for one in found.sending if one.last is None)
    Establishment.objects.get_or_create(urn=urn, defaults={"name": "Without marks", "status": "open", "authority": "150"})
    return urn


@pytest.fixture
def officer(people: dict[str, Any], browser_of: Any) -> Any:
    return browser_of(people["officer"])


def table(head: Sequence[str], *rows: Sequence[object]) -> bytes:
    text = StringIO()
    csv.writer(text).writerows([head, *rows])
    return text.getvalue().encode()


def bring(browser: Any, content: bytes, name: str = "figures.csv", **given: str) -> Any:
    return browser.post("/attendance/load/", {"file": SimpleUploadedFile(name, content), **given})


def test_strange_columns_are_matched_once_and_the_school_stands_on_monday(
    home: Path, found: Morning, without_marks: int, officer: Any
) -> None:
    last = found.data_to - timedelta(1)
    heads = ("School no", "Up to", "Sessions (possible)", "Auth abs", "Unauth abs", "On roll", "Head teacher")
    answer = bring(officer, table(heads, (without_marks, last, 20_000, 900, 300, 210, CANARY)))
    assert answer.status_code == 302
    told = page(officer, answer.url)
    assert "Sessions (possible)" in told
    assert CANARY not in told  # headings only
    columns = {"urn": heads[0], "date": heads[1], "possible": heads[2], "authorised": heads[3], "unauthorised": heads[4]}
    lacking = officer.post(answer.url, columns | {"date": ""})
    assert lacking.status_code == 422
    assert "Choose its column" in lacking.content.decode()
    twice = officer.post(answer.url, columns | {"authorised": heads[4]})
    assert "One column cannot be two things" in twice.content.decode()
    done = officer.post(answer.url, columns | {"enrolments": heads[5]})
    assert done.status_code == 302
    assert "1 row of 1 school taken in" in page(officer, done.url)
    line = next(one for one in morning(open_door(home), ME).schools if one.urn == without_marks)
    assert (line.counts.possible, line.counts.absent, line.counts.enrolments, line.counts.decided) == (20_000, 1_200, 210, 0)
    monday = page(officer, "/attendance/?all=1")
    assert "94.0" in monday
    assert "figures to date and no marks" in monday
    assert "figures to date as the authority gets them" in page(officer, f"/schools/{without_marks}/attendance/")
    again = bring(officer, table(heads, (without_marks, last + timedelta(1), 20_100, 910, 300, 210, "")))
    assert again.url.endswith("/report/")  # known now
    assert not list((home / "registers" / "incoming").rglob("file.*"))
    assert CANARY not in "".join(str(vars(row)) for row in Event.objects.all())


def test_pupils_by_figures_are_listed_without_a_mark_and_lead_to_a_plan_and_an_agenda(
    home: Path, found: Morning, without_marks: int, officer: Any
) -> None:
    day = clock.today() - timedelta(1)
    heads = ("URN", "UPN", "Date", "Possible sessions", "Authorised absence sessions", "Unauthorised absence sessions", "Surname")
    before, now = day - timedelta(16), day
    rows = [(without_marks, "S1", before, 80, 30, 20, CANARY), (without_marks, "S1", now, 100, 40, 25, CANARY),
            (without_marks, "D2", before, 80, 0, 0, CANARY), (without_marks, "D2", now, 100, 5, 0, CANARY),
            (without_marks, "P3", now, 100, 10, 0, CANARY), (without_marks, "W4", now, 100, 9, 0, CANARY),
            (without_marks, "E5", now, 10, 9, 0, CANARY)]  # fmt: skip
    answer = bring(officer, table(heads, *rows), name="pupils.csv")
    assert "7 rows of 1 school taken in" in page(officer, answer.url)
    door = open_door(home)
    own = {one.kind: one for one in morning(door, ME).watched if one.urn == without_marks}
    named = numbers(door, ME, [one.key for one in own.values()])
    assert {kind: named[one.key] for kind, one in own.items()} == {"severe": "S1", "drop": "D2", "persistent": "P3"}
    assert (own["drop"].recent_rate, own["drop"].before_rate) == (75.0, 100.0)
    line = next(one for one in morning(door, ME).schools if one.urn == without_marks)
    assert (line.counts.enrolments, line.counts.persistent, line.counts.severe, line.counts.too_early) == (5, 2, 1, 1)
    monday = page(officer, "/attendance/?pupils=all")
    for one in (own["severe"], own["drop"]):
        assert rules.pseudonym(one.key) in monday
    pupil = f"/schools/{without_marks}/attendance/pupils/{own['severe'].key}/"
    assert "no single session is known" in page(officer, pupil)
    today = clock.today()
    form = {"kind": "voluntary", "lead": "R. Idowu", "agreed": "", "begins": today, "review_by": today + timedelta(28)}
    assert officer.post(f"{pupil}plan/", form).status_code == 302
    assert Plan.objects.get().pupil == own["severe"].key
    assert officer.get(f"/schools/{without_marks}/attendance/agenda/").status_code == 200
    assert CANARY not in monday


def test_a_faulty_file_is_refused_whole_and_says_no_cell(home: Path, found: Morning, without_marks: int, officer: Any) -> None:
    heads = ("urn", "pupil", "date", "possible", "authorised", "unauthorised")
    rows = [(without_marks, "A1", date(2026, 10, 2), 40, 1, 0), (without_marks, CANARY, date(2026, 10, 2), 40, 1, 0)]
    answer = bring(officer, table(heads, *rows))
    told = page(officer, answer.url)
    assert "refused, and nothing of it is stored" in told
    assert "Not a pupil" in told
    assert CANARY not in told
    faults = officer.get(answer.url.replace("report/", "faults.csv")).content.decode()
    assert "2,pupil" in faults
    assert CANARY not in faults
    kept = [path for path in (home / "registers").rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]
    assert kept == []


def test_who_may_bring_and_what_is_no_file(
    home: Path, found: Morning, people: dict[str, Any], officer: Any, browser_of: Any, person: Any
) -> None:
    assert bring(officer, b"<html>", name="page.html").status_code == 422
    answer = bring(officer, table(("one", "two", "three"), (1, 2, 3)))
    other = browser_of(person(Role.ATTENDANCE_OFFICER, email="second@example.org"))
    assert other.get(answer.url).status_code == 404  # another's
    assert officer.get(f"/attendance/load/{'0' * 32}/").status_code == 404
    for who in ("head", "adviser", "governor"):
        assert browser_of(people[who]).get("/attendance/load/").status_code == 403
    patched = browser_of(person(Role.ATTENDANCE_OFFICER, urns={found.schools[0].urn}, email="patch@example.org"))
    assert patched.get("/attendance/load/").status_code == 404
    assert officer.get("/attendance/load/template-school_totals.csv").content.decode("utf-8-sig").startswith("urn,date,possible")
    assert officer.get("/attendance/load/template-nothing.csv").status_code == 404


def register(pupil: str, days: Sequence[date], *, heads: Sequence[str] = ("Forename",)) -> bytes:
    """A register of one school as its system exports it: a row a pupil, a column a session, and no word of the school."""
    sessions = [f"{day:%d/%m/%Y} {half}" for day in days for half in ("AM", "PM")]
    return table((pupil, *heads, *sessions), *((f"W{n}1", *(CANARY for _ in heads), *("/\\" * len(days))) for n in range(3)))


def test_a_register_that_does_not_say_its_school_asks_for_the_school_and_nothing_else(
    home: Path, found: Morning, without_marks: int, officer: Any
) -> None:
    content = register("UPN", [found.data_to - timedelta(1), found.data_to])
    where = bring(officer, content, "register.csv").url
    form = page(officer, where)
    assert "it does not say which school it is of" in form and CANARY not in form and form.count("<select") == 1
    assert officer.post(where, {"school": "12"}).status_code == 422
    told = page(officer, officer.post(where, {"school": str(without_marks)}).url)
    assert "3 rows of 1 school taken in; 12 new or altered" in told
    assert f'href="/schools/{without_marks}/attendance/">Without marks</a>' in told  # which school it became


def test_a_register_with_a_strange_heading_is_matched_by_its_pupils_not_its_sessions(
    home: Path, found: Morning, without_marks: int, officer: Any
) -> None:
    where = bring(officer, register("Roll ref", [found.data_to - timedelta(1), found.data_to], heads=("Forename", "Reg")), "odd.csv").url
    form = page(officer, where)
    assert "a column a session" in form and "AM</option>" not in form  # what is a session is nobody's column
    assert 'value="Forename" selected' not in form
    answer = officer.post(where, {"pupil": "Roll ref", "urn": "", "school": ""})
    assert answer.status_code == 422 and "Choose its column" in answer.content.decode()
    told = page(officer, officer.post(where, {"pupil": "Roll ref", "urn": "", "school": str(without_marks)}).url)
    assert "taken in" in told


def test_of_a_school_without_marks_the_agenda_says_not_known_and_never_nobody(
    home: Path, found: Morning, without_marks: int, officer: Any
) -> None:
    heads, last = ("urn", "date", "possible", "authorised", "unauthorised", "enrolments", "persistent", "severe"), found.data_to
    bring(officer, table(heads[:5], (without_marks, last - timedelta(2), 20_000, 900, 300)), "first.csv")
    agenda = page(officer, f"/schools/{without_marks}/attendance/agenda/")
    assert agenda.count("only figures of the whole school are held") == 2 and "Nobody." not in agenda
    bring(officer, table(heads, (without_marks, last, 20_000, 900, 300, 210, 42, 0)), "second.csv")
    agenda = page(officer, f"/schools/{without_marks}/attendance/agenda/")
    assert "42 pupils by the school’s figures; who they are is not held" in agenda and agenda.count("Nobody.") == 1


def test_of_last_year_only_schools_that_sent_then_too_are_set_against_it(
    home: Path, found: Morning, without_marks: int, officer: Any
) -> None:
    bring(
        officer, table(("urn", "date", "possible", "authorised", "unauthorised"), (without_marks, found.data_to, 90_000, 900, 300)), "n.csv"
    )
    told = schools(open_door(home), ME)
    both = [one for one in morning(open_door(home), ME).schools if one.before]
    rate = lambda counts: 100 * sum(one.attended for one in counts) / sum(one.possible for one in counts)  # noqa: E731
    now, was = rate([one.counts for one in both]), rate([one.before for one in both])
    assert told.total.change is None and told.like is not None and told.like.schools == len(both) < told.sending
    assert (told.like.attendance, told.like.before) == pytest.approx((now, was)) and abs(now - (told.total.attendance or 0)) > 0.1
    assert f"that sent last year too it is {now:.1f}%" in page(officer, "/attendance/")
    assert schools(open_door(home), Viewer("adviser")).like == told.like  # nobody is few here
