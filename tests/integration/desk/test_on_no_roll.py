"""A child on no roll: the order made for exactly these children, the papers of its record, the family's rights, and how it ends."""

import io
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from headway.definitions.loading import read_library
from headway.desk.accounts.permissions import Role
from headway.desk.attendance import ending, legal_actions, missing_actions, queries, rules, sharing_actions
from headway.desk.attendance.models import Enquiry, Missing, RightAsked, Step
from headway.desk.audit.models import Event
from headway.desk.audit.queries import verify
from headway.desk.establishments.models import Establishment
from headway.readings.attendance.morning_answers import Morning
from headway.readings.door import open_door
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError
from tests.integration.desk.test_attendance import CANARY, ME, found, home, page, people, pupil_of
from tests.integration.desk.test_missing_education import opened

__all__ = ["found", "home", "people"]
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WHY = f"{CANARY} is taught nowhere that anybody can show, after all that was asked."


def unplaced(by: Any, **more: Any) -> Missing:
    day = clock.today()
    told = {"who": f"{CANARY} Almeida", "kind": "missing", "ground": "never", "opened": day, "text": "Housing told us.",
            "review_by": day + timedelta(28)} | more  # fmt: skip
    return missing_actions.open_unplaced(by=by, **told)


def asked(by: Any, record: Missing) -> Enquiry:
    return missing_actions.enquire(by=by, of=record, kind="missing_ask", day=clock.today(), text=f"{CANARY}'s aunt", review_by=None)


def typed(kind: str, day: date | None = None, **more: Any) -> dict[str, str]:
    return {"kind": kind, "day": str(day or clock.today()), "names": "", "reason": WHY} | more


def words_of(answer: Any) -> str:
    made = b"".join(answer) if answer.streaming else answer.content
    return zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode()


def test_from_a_record_without_a_school_notice_order_and_what_follows(home: Path, found: Morning, people: Any, browser_of: Any) -> None:
    officer, one, today = browser_of(people["officer"]), unplaced(people["officer"]), clock.today()
    asked(people["officer"], one)
    where, school = f"/attendance/missing/{one.pk}/", Establishment.objects.get(pk=found.schools[0].urn)
    form = page(officer, f"{where}step/?kind={rules.ORDER}")
    assert f'value="{rules.ORDER}" selected' in form and "Asked where the child is taught" in form  # the enquiry is what was tried first
    assert 'value="penalty"' not in form and 'value="attendance_order_offence"' in form  # only what law knows of a child on no roll
    served = today - timedelta(14)  # the notice's fifteenth day is today
    notice = officer.post(f"{where}step/", typed(rules.ORDER, served)).url
    early = officer.post(f"{where}step/", typed("attendance_order", names=str(school.pk)))
    assert early.status_code == 422 and CANARY in early.content.decode() and "this may follow from" in early.content.decode()
    Step.objects.update(day=served - timedelta(1))
    nowhere = officer.post(f"{where}step/", typed("attendance_order"))
    assert nowhere.status_code == 422 and "Say which school the order names" in nowhere.content.decode()
    order = officer.post(f"{where}step/", typed("attendance_order", names=str(school.pk))).url
    step = Step.objects.get(kind="attendance_order")
    assert (step.record, step.school, step.pupil, step.names) == (one, None, one.pupil, school.pk)
    assert [item["what"] for item in step.support] == [
        "Legal step: Notice before a school attendance order",
        "Asked where the child is taught",
    ]
    told = page(officer, order)
    assert str(school) in told and "For legal check" in told and 'class="basis-tag">statutory' in told and "section 437" in told
    officer.post(order, {"act": "checked"})
    assert officer.post(f"{where}step/", typed("attendance_order_offence")).status_code == 302
    assert officer.post(order, {"because": "On roll now"}).status_code == 302
    record = page(officer, where)
    assert all(there in record for there in (notice, order, "naming", "not yet read by the lawyers", "read by the lawyers", "On roll now"))
    assert order in page(officer, "/attendance/steps/") and "on no roll here" in page(officer, "/attendance/steps/")
    kept = "".join(str(vars(row)) for model in (Step, Event) for row in model.objects.all())
    assert CANARY not in kept and one.pupil not in "".join(event.after for event in Event.objects.all())
    assert verify() == []


def test_a_school_is_named_by_an_order_and_by_nothing_else(home: Path, found: Morning, people: Any, browser_of: Any) -> None:
    officer, one = browser_of(people["officer"]), unplaced(people["officer"])
    wrong = officer.post(f"/attendance/missing/{one.pk}/step/", typed(rules.ORDER, names=str(found.schools[0].urn)))
    assert wrong.status_code == 422 and "This step names no school" in wrong.content.decode()
    elsewhere = officer.post(f"/attendance/missing/{one.pk}/step/", typed("attendance_order", names="1"))
    assert elsewhere.status_code == 422 and not Step.objects.exists()


def test_nothing_tried_and_no_notice_need_a_reason_of_a_sentence(found: Morning, people: Any, browser_of: Any) -> None:
    officer, one = browser_of(people["officer"]), unplaced(people["officer"])
    address = f"/attendance/missing/{one.pk}/step/"
    short = officer.post(address, typed("attendance_order", names=str(found.schools[0].urn), reason="Urgent."))
    assert short.status_code == 422
    assert "Nothing is written down that was tried first" in short.content.decode() and "comes before it" in short.content.decode()
    assert officer.post(address, typed("attendance_order", names=str(found.schools[0].urn))).status_code == 302


def test_the_named_school_reads_nothing_of_it_and_neither_does_a_patch(
    home: Path, found: Morning, people: Any, person: Any, browser_of: Any
) -> None:
    own = found.schools[0].urn  # the head's
    one = unplaced(people["officer"])
    step = missing_actions.take_step_of(by=people["officer"], of=one, kind="attendance_order", day=clock.today(), support=[], reason=WHY,
                                        names=own)  # fmt: skip
    right = sharing_actions.ask_right(by=people["officer"], school=None, pupil=one.pupil, of=one, kind="access", asked_by="parent",
                                      received=clock.today(), text=WHY)  # fmt: skip
    patched = person(Role.ATTENDANCE_OFFICER, urns={own}, email="p@example.org")
    pages = [f"/attendance/steps/{step.pk}/", f"/attendance/rights/{right.pk}/", *(
        f"/attendance/missing/{one.pk}/{end}" for end in ("step/", "right/", "evidence.docx", "held.docx"))]  # fmt: skip
    assert [browser_of(patched).get(at).status_code for at in pages] == [404] * 6
    assert {browser_of(people["head"]).get(at).status_code for at in pages} <= {403, 404}
    assert browser_of(people["head"]).get(pages[0]).status_code == 404
    assert pages[0] not in page(browser_of(people["head"]), "/attendance/steps/")
    assert not queries.steps_for(patched).exists() and not queries.rights_for(patched).exists()


def test_its_evidence_and_everything_held_are_papers(home: Path, found: Morning, people: Any, browser_of: Any) -> None:
    officer, one = browser_of(people["officer"]), unplaced(people["officer"])
    asked(people["officer"], one)
    missing_actions.take_step_of(by=people["officer"], of=one, kind=rules.ORDER, day=clock.today(),
                                 support=[rules.Tried(clock.today(), "Asked the aunt")], reason=WHY, names=None)  # fmt: skip
    evidence = words_of(officer.get(f"/attendance/missing/{one.pk}/evidence.docx"))
    assert "Almeida" not in evidence and "Asked the aunt" in evidence and f"{CANARY}’s aunt" in evidence.replace("'", "’")
    assert "School attendance order: statutory" in evidence and "Penalty notice" not in evidence and "taught nowhere" in evidence
    where = officer.post(f"/attendance/missing/{one.pk}/right/", {"kind": "access", "asked_by": "parent", "received": str(clock.today()),
                                                                  "text": f"{CANARY} asks"}).url  # fmt: skip
    right = RightAsked.objects.get()
    assert (right.record, right.school, right.due) == (one, None, rules.a_month_on(clock.today())) and CANARY not in str(vars(right))
    listed, monday = page(officer, "/attendance/rights/"), page(officer, "/attendance/")
    assert where in listed and "on no roll here" in listed and monday
    assert f"/attendance/missing/{one.pk}/held.docx" in page(officer, where) and where in page(officer, f"/attendance/missing/{one.pk}/")
    held = words_of(officer.get(f"/attendance/missing/{one.pk}/held.docx"))
    for there in (
        "Almeida",
        "Housing told us.",
        "aunt",
        "taught nowhere",
        "Notice before a school attendance order",
        "not decided yet",
        "Tried first: ",
        "Asked the aunt",
    ):
        assert there in held, there
    assert officer.get(f"/attendance/missing/{one.pk}/held.pdf").content.startswith(b"%PDF")


def test_of_a_child_who_was_on_a_roll_steps_go_from_the_record_and_rights_from_the_pupil(
    home: Path, found: Morning, people: Any, browser_of: Any
) -> None:
    pupil = pupil_of(found, "persistent", found.schools[0].urn)
    officer, one = browser_of(people["officer"]), opened(people["officer"], pupil)
    of_pupil = f"/schools/{pupil.urn}/attendance/pupils/{pupil.key}/"
    assert officer.get(f"/attendance/missing/{one.pk}/right/").url == f"{of_pupil}right/"
    assert officer.get(f"/attendance/missing/{one.pk}/held.docx").status_code == 404
    step = officer.post(f"/attendance/missing/{one.pk}/step/", typed(rules.ORDER)).url
    assert Step.objects.get().school_id == pupil.urn
    assert step in page(officer, of_pupil) and step in page(officer, f"/attendance/missing/{one.pk}/")
    assert step in page(browser_of(people["head"]), "/attendance/steps/")  # it is of the head's school
    early = officer.post(f"{of_pupil}step/", typed("attendance_order", names=str(pupil.urn)))
    assert early.status_code == 422 and "this may follow from" in early.content.decode()  # the same rule from the pupil's page


def test_from_a_closed_record_no_step_is_taken_unless_an_order_was_considered(found: Morning, people: Any, browser_of: Any) -> None:
    officer = browser_of(people["officer"])
    for outcome, status in (("away", 404), ("order", 200)):
        one = unplaced(people["officer"])
        missing_actions.close_record(by=people["officer"], of=one, outcome=outcome, where="Leeds")
        assert officer.get(f"/attendance/missing/{one.pk}/step/").status_code == status
        assert (f"/attendance/missing/{one.pk}/step/" in page(officer, f"/attendance/missing/{one.pk}/")) is (status == 200)
    gone = Missing.objects.get(outcome="away")
    with pytest.raises(HeadwayError, match="H-DESK-01"):
        missing_actions.take_step_of(by=people["officer"], of=gone, kind=rules.ORDER, day=clock.today(), support=[], reason=WHY, names=None)


def test_an_objection_and_a_restriction_stand_on_the_record_and_in_the_file(
    home: Path, found: Morning, people: Any, browser_of: Any
) -> None:
    officer, one, door = browser_of(people["officer"]), unplaced(people["officer"]), open_door(home)
    asked(people["officer"], one)
    legal_actions.take_step(by=people["officer"], school=None, pupil=one.pupil, of=one, kind=rules.ORDER, day=clock.today(), support=[],
                            reason=WHY)  # fmt: skip
    before = (home / "registers" / "rights" / "rights.json").exists()
    for kind, said in (("object", "The family objected on"), ("restrict", "Use is restricted since")):
        right = sharing_actions.ask_right(by=people["officer"], school=None, pupil=one.pupil, of=one, kind=kind, asked_by="parent",
                                          received=clock.today(), text="")  # fmt: skip
        assert "On no roll of a school here" in page(officer, f"/attendance/rights/{right.pk}/")
        sharing_actions.decide_right(by=people["officer"], door=door, viewer=ME, asked=right, granted=True, reason="x")
        assert said in page(officer, f"/attendance/missing/{one.pk}/")
    kinds = [line.split(",")[0] for line in officer.get("/attendance/cases.csv").content.decode("utf-8-sig").splitlines()]
    assert "step" in kinds and "missing" not in kinds and "enquiry" not in kinds  # what the law asks for stands
    assert officer.post(f"/attendance/rights/{RightAsked.objects.get(kind='restrict').pk}/lift/").status_code == 302
    assert "Use is restricted" not in page(officer, f"/attendance/missing/{one.pk}/")
    assert "missing," in officer.get("/attendance/cases.csv").content.decode()
    assert (home / "registers" / "rights" / "rights.json").exists() is before  # the registers hold no such child


def test_the_file_for_the_case_system_has_the_order_with_its_school(home: Path, found: Morning, people: Any, browser_of: Any) -> None:
    one = unplaced(people["officer"])
    missing_actions.take_step_of(
        by=people["officer"], of=one, kind="attendance_order", day=clock.today(), support=[], reason=WHY, names=1234
    )
    line = browser_of(people["officer"]).get("/attendance/cases.csv?kind=steps").content.decode("utf-8-sig").splitlines()[1]
    assert line.startswith(f"step,1,,on no roll here,{one.pupil},") or f",,on no roll here,{one.pupil}," in line
    assert "attendance_order: 1234" in line and line.endswith(",statutory,yes") and CANARY not in line


def test_a_record_is_erased_with_what_hangs_on_it_and_stays_as_long_as_any_of_that(found: Morning, people: Any) -> None:
    long_ago, before, by = clock.today() - timedelta(900), clock.today() - timedelta(400), people["officer"]
    one = unplaced(by)
    step = legal_actions.take_step(by=by, school=None, pupil=one.pupil, of=one, kind=rules.ORDER, day=long_ago, support=[], reason=WHY)
    right = sharing_actions.ask_right(
        by=by, school=None, pupil=one.pupil, of=one, kind="access", asked_by="parent", received=long_ago, text=""
    )
    Missing.objects.update(closed=long_ago, outcome="away")
    assert ending.count(before) == 0  # an open step and an unanswered right hold it
    Step.objects.update(closed=long_ago, outcome="On roll")
    assert ending.count(before) == 1  # the step is over, the record is not
    RightAsked.objects.update(kind="object", decided=long_ago, granted=True)
    assert ending.count(before) == 1  # an objection stands until it is lifted
    RightAsked.objects.update(lifted=long_ago)
    assert ending.count(before) == 3
    ending.erase(by="test", before=before)
    assert not any(model.objects.exists() for model in (Missing, Step, RightAsked)), (step.pk, right.pk)
    assert verify() == []


def test_the_database_refuses_a_step_and_a_right_of_nobody(found: Morning, people: Any) -> None:
    for model, more in ((Step, {"kind": "x", "day": clock.today()}), (RightAsked, {"kind": "access", "received": clock.today(),
                                                                                  "due": clock.today()})):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(pupil="0" * 32, by="x", **more)


def test_every_step_that_follows_another_names_one_that_is_there() -> None:
    duties = read_library().attendance.duties
    assert [name for name, one in duties.items() if one.follows and one.follows not in duties] == []
    assert {name for name, one in duties.items() if one.of_no_roll} == {
        "attendance_order_notice", "attendance_order", "attendance_order_offence", "supervision_order",
    }  # fmt: skip
    assert [name for name, one in duties.items() if one.names_school] == ["attendance_order"]
