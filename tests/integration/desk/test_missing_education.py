"""Children missing education and elective home education: from a return or by hand to what came of it, and what is never told."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from headway.desk.accounts.permissions import Role
from headway.desk.attendance import legal_actions, missing_actions, queries, rules
from headway.desk.attendance.models import Enquiry, Missing, Return, Step
from headway.desk.audit.models import Event
from headway.desk.audit.queries import verify
from headway.desk.establishments.models import Establishment
from headway.language.attendance import records_sentence
from headway.readings.attendance.morning import numbers
from headway.readings.attendance.morning_answers import Morning
from headway.readings.door import open_door
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError
from tests.integration.desk.test_attendance import CANARY, ME, found, home, page, people, pupil_of

__all__ = ["found", "home", "people"]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def returned(by: Any, pupil: Any, kind: str = "deletion") -> Return:
    day = clock.today()
    return legal_actions.receive(by=by, school=Establishment.objects.get(pk=pupil.urn), pupil=pupil.key, kind=kind, happened=day, due=day,
                                 text=f"{CANARY} moved")  # fmt: skip


def opened(by: Any, pupil: Any, **more: Any) -> Missing:
    day = clock.today()
    told = {
        "kind": "missing",
        "ground": "absent",
        "opened": day,
        "text": CANARY,
        "review_by": day + timedelta(28),
        "came_from": None,
    } | more
    return missing_actions.open_record(by=by, school=Establishment.objects.get(pk=pupil.urn), pupil=pupil.key, **told)


def typed(**more: Any) -> dict[str, str]:
    day = clock.today()
    return {"kind": "missing", "ground": "absent", "opened": str(day), "text": CANARY, "review_by": str(day + timedelta(28))} | more


def kept() -> str:
    """All that a thief of the database would read of records, enquiries, returns and events."""
    return "".join(str(vars(row)) for model in (Missing, Enquiry, Return, Event) for row in model.objects.all())


def test_from_a_deletion_return_to_what_came_of_it(found: Morning, people: Any, browser_of: Any) -> None:
    officer, pupil = browser_of(people["officer"]), pupil_of(found, "persistent", found.schools[0].urn)
    told = returned(people["head"], pupil)
    answer = officer.post(f"/attendance/returns/{told.pk}/", {"outcome": "missing"})
    assert answer.url == f"/attendance/returns/{told.pk}/record/"  # what it is leads on to its record
    form = page(officer, answer.url)
    assert f"{CANARY} moved" in form  # what the school told stands above the form
    where = officer.post(answer.url, typed()).url
    one = Missing.objects.get()
    assert (one.came_from, one.pupil, one.school_id) == (told, pupil.key, pupil.urn)
    first = page(officer, where)
    assert "Joint enquiries of school and council are not written down yet" in first
    assert "section 436A" in first and "For legal check" in first and 'class="basis-tag">statutory' in first
    later, today = clock.today() + timedelta(50), clock.today()
    enquiry = {"kind": "missing_joint", "day": str(today), "text": f"{CANARY}'s aunt", "review_by": str(later)}
    assert officer.post(where, enquiry).status_code == 302
    assert officer.post(where, enquiry | {"kind": "missing_ask", "review_by": "", "text": "Asked admissions"}).status_code == 302
    assert [row.kind for row in Enquiry.objects.all()] == ["missing_joint", "missing_ask"]
    one.refresh_from_db()
    assert one.review_by == later  # and an enquiry without a day leaves it
    second = page(officer, where)
    assert "School and council asked together on" in second and f"{CANARY}&#x27;s aunt" in second
    assert officer.post(f"{where}close/", {"outcome": "roll", "where": " "}).status_code == 422
    assert officer.post(f"{where}close/", {"outcome": "roll", "where": f"{CANARY} Primary"}).status_code == 302
    assert f"{CANARY} Primary" in page(officer, where) and "Found on roll at another school" in page(officer, where)
    assert page(officer, f"/attendance/returns/{told.pk}/").count(f'href="{where}"') == 1
    assert pupil.key not in "".join(event.after for event in Event.objects.filter(target=missing_actions.TARGET))
    assert CANARY not in kept()
    verify()


def test_a_return_that_nobody_looked_at_is_looked_at_with_its_record(found: Morning, people: Any, browser_of: Any) -> None:
    pupil = pupil_of(found, "severe")
    told = returned(people["officer"], pupil)
    opened(people["officer"], pupil, kind="home", ground="home", came_from=told)
    told.refresh_from_db()
    assert (told.outcome, told.looked_at) == ("home", clock.today())
    sickness = returned(people["officer"], pupil, "sickness")
    assert browser_of(people["officer"]).get(f"/attendance/returns/{sickness.pk}/record/").status_code == 404  # leads to no record


def test_by_hand_with_the_number_which_is_not_kept(home: Path, found: Morning, people: Any, browser_of: Any) -> None:
    officer, pupil = browser_of(people["officer"]), pupil_of(found, "persistent")
    number = numbers(open_door(home), ME, [pupil.key])[pupil.key]
    address = f"/schools/{pupil.urn}/attendance/missing/"
    refused = officer.post(address, typed(number="NOBODY-1"))
    assert refused.status_code == 422 and CANARY in refused.content.decode()  # nothing typed is lost
    assert "hold no pupil with this number" in refused.content.decode()
    early = officer.post(address, typed(number=number, review_by="2020-01-01", opened=str(clock.today() + timedelta(1))))
    assert "has not come yet" in early.content.decode()
    where = officer.post(address, typed(number=number, kind="home", ground="home")).url
    assert Missing.objects.get().pupil == pupil.key and number not in kept()
    of_pupil = f"/schools/{pupil.urn}/attendance/pupils/{pupil.key}/"
    assert where in page(officer, of_pupil)
    twice = officer.post(f"{of_pupil}record/", typed(kind="home", ground="home", text="Again"))
    assert twice.status_code == 422 and "is open for this child already" in twice.content.decode() and "Again" in twice.content.decode()
    assert officer.post(f"{of_pupil}record/", typed()).status_code == 302  # of the other kind it may be


def test_an_order_goes_on_as_a_legal_step_and_home_education_as_a_record_of_its_own(found: Morning, people: Any, browser_of: Any) -> None:
    officer, pupil = browser_of(people["officer"]), pupil_of(found, "severe")
    one = opened(people["officer"], pupil)
    step = officer.post(f"/attendance/missing/{one.pk}/close/", {"outcome": "order"}).url
    assert step.endswith(f"/step/?kind={rules.ORDER}")
    assert f'value="{rules.ORDER}" selected' in page(officer, step)
    assert not Step.objects.exists()  # considered is not taken
    with pytest.raises(HeadwayError, match="H-DESK-01"):
        missing_actions.enquire(by=people["officer"], of=one, kind="missing_ask", day=clock.today(), text="x", review_by=None)
    with pytest.raises(HeadwayError, match="H-DESK-01"):
        missing_actions.close_record(by=people["officer"], of=one, outcome="wrong", where="")
    again = opened(people["officer"], pupil)  # a closed one does not stand in the way
    missing_actions.close_record(by=people["officer"], of=again, outcome="home", where="")
    assert "record/?kind=home" in page(officer, f"/attendance/missing/{again.pk}/")


def test_what_is_overdue_is_one_line_on_monday_and_in_the_list(found: Morning, people: Any, browser_of: Any) -> None:
    officer, today = browser_of(people["officer"]), clock.today()
    late, young = pupil_of(found, "severe"), pupil_of(found, "persistent")
    assert "taught at home are overdue" not in page(officer, "/attendance/") and "No record is open" in page(
        officer, "/attendance/missing/"
    )
    one = opened(people["officer"], late, opened=today - timedelta(40), review_by=today - timedelta(3))
    opened(people["officer"], young, kind="home", ground="home", review_by=today)  # due today is not overdue
    assert queries.reviews_overdue(people["officer"], today) == 1
    monday, listed = page(officer, "/attendance/"), page(officer, "/attendance/missing/")
    assert monday.count("One review of children missing education or taught at home is overdue") == 1
    assert records_sentence(1, 1, 1) in listed and "overdue by 3 days" in listed
    missing_actions.close_record(by=people["officer"], of=one, outcome="away", where="Leeds")
    assert "taught at home is overdue" not in page(officer, "/attendance/")
    assert "Moved away" in page(officer, "/attendance/missing/?closed=1")


def test_who_sees_a_record_and_who_writes_in_it(found: Morning, people: Any, browser_of: Any) -> None:
    one = opened(people["officer"], pupil_of(found, "persistent", found.schools[0].urn))
    where = f"/attendance/missing/{one.pk}/"
    head, elsewhere = browser_of(people["head"]), browser_of(people["elsewhere"])
    assert CANARY in page(head, where) and "Write an enquiry" not in page(head, where)
    assert head.post(where, {"kind": "missing_ask", "day": str(clock.today()), "text": "x"}).status_code == 404
    assert head.get(f"{where}close/").status_code == 403
    assert elsewhere.get(where).status_code == 404 and where not in page(elsewhere, "/attendance/missing/")
    assert browser_of(people["adviser"]).get(where).status_code == browser_of(people["governor"]).get(where).status_code == 403


def test_the_file_for_the_case_system_has_records_and_enquiries_and_no_text(found: Morning, people: Any, browser_of: Any) -> None:
    one = opened(people["officer"], pupil_of(found, "severe"))
    missing_actions.enquire(by=people["officer"], of=one, kind="home_ask", day=clock.today(), text=CANARY, review_by=None)
    lines = browser_of(people["officer"]).get("/attendance/cases.csv?kind=missing").content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines] == ["kind", "missing", "enquiry"]
    assert "missing: absent" in lines[1] and lines[1].endswith(",statutory,yes")
    assert f"record {one.pk}: home_ask" in lines[2] and lines[2].endswith(",local,yes")
    assert CANARY not in str(lines)


def test_a_child_who_was_never_on_a_roll_here_has_a_record_that_only_the_whole_area_opens_and_reads(
    found: Morning, people: Any, person: Any, browser_of: Any
) -> None:
    officer, new = browser_of(people["officer"]), "/attendance/missing/new/"
    assert new in page(officer, "/attendance/missing/") and new not in page(browser_of(people["head"]), "/attendance/missing/")
    refused = officer.post(new, typed(ground="never", who=""))
    assert refused.status_code == 422 and CANARY in refused.content.decode()
    where = officer.post(new, typed(ground="never", who=f"{CANARY} Almeida, born in March 2017")).url
    one = Missing.objects.get()
    assert one.school is None and CANARY not in kept() and "Almeida" not in kept()
    told = page(officer, where)
    assert "Almeida" in told and "On no roll of a school here" in told and rules.pseudonym(one.pupil) in told and f"{where}step/" in told
    assert "of this school read it" not in told
    assert "on no roll here" in page(officer, "/attendance/missing/")
    enquiry = {"kind": "missing_ask", "day": str(clock.today()), "text": "Housing knows the family.", "review_by": ""}
    assert officer.post(where, enquiry).status_code == 302 and "Housing knows the family." in page(officer, where)
    patched = browser_of(person(Role.ATTENDANCE_OFFICER, urns={found.schools[0].urn}, email="p@example.org"))
    assert patched.get(new).status_code == patched.get(where).status_code == 404 and where not in page(patched, "/attendance/missing/")
    assert browser_of(people["head"]).get(where).status_code == 404
    lines = officer.get("/attendance/cases.csv?kind=missing").content.decode("utf-8-sig").splitlines()
    assert lines[1].startswith(f"missing,{one.pk},,on no roll here,{one.pupil},") and "Almeida" not in str(lines)
    assert officer.post(f"{where}close/", {"outcome": "order"}).url == f"{where}step/?kind={rules.ORDER}"
    assert "School attendance order considered" in page(officer, where) and verify() == []


def test_the_database_refuses_a_record_of_nobody_and_one_of_a_school_with_a_name(found: Morning, people: Any) -> None:
    one = opened(people["officer"], pupil_of(found, "severe"))
    for fault in ({"school": None}, {"who": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Missing.objects.filter(pk=one.pk).update(**fault)
