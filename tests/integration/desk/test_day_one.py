"""Today's spreadsheets: matched, looked at row by row, loaded whole or not at all, taken back as a whole."""

import io
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from headway.desk.accounts.permissions import Role
from headway.desk.audit.models import Event
from headway.desk.contacts.models import Contact
from headway.desk.day_one.models import Batch, Category
from headway.desk.entitlements import actions as entitlements
from headway.desk.entitlements.models import Named, Use
from headway.desk.establishments.models import Establishment
from headway.desk.visits import actions as visits
from headway.desk.visits.models import FollowUp, Visit

pytestmark = pytest.mark.django_db
CANARY = "Wilhelmina Canary"


@pytest.fixture
def schools(db: None) -> list[Establishment]:
    return [
        Establishment.objects.create(urn=900001 + n, name=f"School {n}", phase="primary", status="open", authority="150") for n in range(3)
    ]


@pytest.fixture
def lead(person: Any, browser_of: Any, schools: Any) -> Any:
    person(Role.ADVISER, email="ada@example.org")
    return browser_of(person(Role.HEAD_OF_SCHOOL_IMPROVEMENT, email="l@example.org"))


def workbook(*sheets: list[list[Any]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    for rows in sheets:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def brought(lead: Any, kind: str, content: bytes | str, name: str = "ours.csv") -> Batch:
    raw = content.encode() if isinstance(content, str) else content
    answer = lead.post("/support/day-one/", {"kind": kind, "file": SimpleUploadedFile(name, raw)})
    assert answer.status_code == 302, answer.content.decode()
    return Batch.objects.latest("pk")


def text(answer: Any) -> str:
    return answer.content.decode()


def test_visits_come_in_with_likely_columns_and_go_back_as_a_whole(lead: Any) -> None:
    rows = [["Our visits 2026", ""], ["URN", "Date of visit", "Advisor", "Purpose", "Mileage"],
            [900001, "14/09/2026", "ada@example.org", "Autumn", 12], ["School 1", "3rd March 2031", "ADA@example.org", "", ""]]  # fmt: skip
    one = brought(lead, "visits", workbook(rows), "visits.xlsx")
    assert one.columns == {"school": 0, "day": 1, "adviser": 2, "purpose": 3}
    assert "Date of visit" in text(lead.get(f"/support/day-one/{one.pk}/columns/"))
    assert "2 rows: all can be loaded" in text(lead.get(f"/support/day-one/{one.pk}/"))
    assert not Visit.objects.exists()  # a preview makes nothing
    lead.post(f"/support/day-one/{one.pk}/load/")
    assert {(v.school_id, v.state) for v in Visit.objects.all()} == {(900001, "held"), (900002, "booked")}
    lead.post(f"/support/day-one/{one.pk}/load/")  # pressed twice
    assert Visit.objects.count() == 2
    assert {(use.school_id, use.state, use.days) for use in Use.objects.all()} == {(900001, "delivered", 0.5), (900002, "booked", 0.5)}
    lead.post(f"/support/day-one/{one.pk}/take-back/")
    assert {use.state for use in Use.objects.all()} == {"withdrawn"}  # the ledger goes along
    assert {v.state for v in Visit.objects.all()} == {"cancelled"} and Batch.objects.get(pk=one.pk).undone
    lead.post(f"/support/day-one/{one.pk}/take-back/")
    assert "Taken back on" in text(lead.get(f"/support/day-one/{one.pk}/"))


def test_one_bad_row_in_many_and_nothing_is_loaded_and_every_fault_is_told(lead: Any) -> None:
    rows = [f"90000{n % 3 + 1},Do thing {n},school,{n % 28 + 1}/10/2026," for n in range(60)]
    bad = ["900009,Ring,school,1/10/2026,", ",Ring,nobody,32/10/2026,", rows[0]]
    one = brought(lead, "actions", "\n".join(["urn,action,owner,due date,outcome", *rows, *bad]))
    page = text(lead.get(f"/support/day-one/{one.pk}/"))
    for said in ("No school of yours has the URN 900009", "It is empty", "say whether the school does it", "is not a day",
                 "It says the same as row 2"):  # fmt: skip
        assert said in page, said
    assert "63 rows: 3 with a fault" in page and "Load all" not in page
    lead.post(f"/support/day-one/{one.pk}/load/")
    assert not FollowUp.objects.exists() and not Batch.objects.get(pk=one.pk).loaded
    faults = text(lead.get(f"/support/day-one/{one.pk}/faults.csv"))
    assert faults.count("\n") == 6 and "62," in faults  # rows as the file numbers them


def test_a_head_over_two_lines_is_one_and_a_name_that_is_nearly_right_is_told_the_urn(lead: Any) -> None:
    rows = [["CATEGORIES (Jo)", ""], ["School", "Support", "", ""], ["", "Category", "Date agreed", "Why"],
            ["School 1", "Focus", "Monday 8 Sept 2025", ""], ["Scool 2", "Secure", "1.9.25", ""]]  # fmt: skip
    one = brought(lead, "categories", workbook(rows), "categories.xlsx")
    assert one.heads == ["School", "Category", "Date agreed", "Why"] and one.columns == {"school": 0, "category": 1, "since": 2}
    page = text(lead.get(f"/support/day-one/{one.pk}/"))
    assert "2 rows: 1 with a fault" in page and "Do you mean URN 90000" in page and "is not a day" not in page


def test_a_name_means_the_school_that_is_open_not_the_one_it_was(lead: Any) -> None:
    for urn, status in ((900_050, "closed"), (900_051, "open"), (900_052, "open"), (900_053, "open")):
        name = "Twin" if urn > 900_051 else "Renamed"
        Establishment.objects.create(urn=urn, name=name, phase="primary", status=status, authority="150")
    one = brought(lead, "categories", "school,category\nRenamed,Focus\nTwin,Focus\n")
    page = text(lead.get(f"/support/day-one/{one.pk}/"))
    assert "2 rows: 1 with a fault" in page and "2 schools are called “Twin”. Give the URN." in page


@pytest.mark.parametrize("content", [b"%PDF-1.7 a, b\n1, 2\n", b"\x89PNG\r\n\x00\x00a,b\n1,2\n"])
def test_a_document_or_a_picture_is_no_spreadsheet(lead: Any, content: bytes) -> None:
    answer = lead.post("/support/day-one/", {"kind": "actions", "file": SimpleUploadedFile("letter.pdf", content)})
    assert answer.status_code == 422 and "is no spreadsheet" in text(answer) and not Batch.objects.exists()


def test_what_somebody_has_worked_on_since_is_not_taken_back_and_then_nothing_is(lead: Any) -> None:
    one = brought(lead, "visits", "urn,date,adviser\n900001,2026-09-14,ada@example.org\n900002,2026-09-15,ada@example.org\n")
    lead.post(f"/support/day-one/{one.pk}/load/")
    first = Visit.objects.get(school_id=900001)
    visits.promise(by=first.adviser, school=first.school, what="Ring", owner="school", due=first.day, visit=first)
    answer = lead.post(f"/support/day-one/{one.pk}/take-back/", follow=True)
    assert "the visit of 14 September 2026" in text(answer) and "row 2" in text(answer)
    assert {v.state for v in Visit.objects.all()} == {"held"} and Batch.objects.get(pk=one.pk).undone is None


def test_contacts_and_categories_and_columns_matched_by_hand(lead: Any) -> None:
    one = brought(lead, "contacts", f"Schule,Rolle,Wer,Post\n900001,Head,{CANARY},w@example.org\n")
    assert lead.get(f"/support/day-one/{one.pk}/").status_code == 302  # not matched: to the columns
    wrong = lead.post(f"/support/day-one/{one.pk}/columns/", {"school": "0", "post": "1", "name": "1"})
    assert wrong.status_code == 422 and "This column is also" in text(wrong)
    lead.post(f"/support/day-one/{one.pk}/columns/", {"school": "0", "post": "1", "name": "2", "email": "3"})
    lead.post(f"/support/day-one/{one.pk}/load/")
    assert Contact.objects.get().name == CANARY and CANARY not in Batch.objects.get(pk=one.pk).sealed
    assert CANARY in text(lead.get("/schools/900001/contacts/"))
    lead.post(f"/support/day-one/{one.pk}/take-back/")
    assert Contact.objects.get().until and "no longer" not in text(lead.get("/schools/900001/contacts/")).lower().split("<details")[0]
    two = brought(lead, "categories", "School,Category,Since\nSchool 2,Focus,1 Sept 2026\n")
    lead.post(f"/support/day-one/{two.pk}/load/")
    assert Category.objects.get().since.isoformat() == "2026-09-01" and "Focus" in text(lead.get("/support/day-one/categories/"))
    assert CANARY not in "".join(Event.objects.values_list("after", flat=True))


def test_a_file_that_is_none_is_refused_with_its_reason(lead: Any) -> None:
    answer = lead.post("/support/day-one/", {"kind": "visits", "file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04 no")})
    assert answer.status_code == 422 and "x.xlsx" in text(answer) and not Batch.objects.exists()


def test_advisers_are_named_and_whoever_was_before_is_named_again(lead: Any, person: Any, schools: Any) -> None:
    before = person(Role.ADVISER, email="bo@example.org")
    entitlements.name(by=before, school=schools[0], adviser=before, since=date(2026, 1, 5))
    one = brought(lead, "advisers", "School,Link adviser,From\nSchool 0,ada@example.org,1/9/2026\nSchool 1,ada@example.org,\n")
    lead.post(f"/support/day-one/{one.pk}/load/")
    now = {named.school_id: named.adviser.email for named in Named.objects.filter(until=None)}
    assert now == {schools[0].pk: "ada@example.org", schools[1].pk: "ada@example.org"}
    lead.post(f"/support/day-one/{one.pk}/take-back/")
    assert [named.adviser for named in Named.objects.filter(until=None)] == [before]
