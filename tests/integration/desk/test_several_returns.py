"""Lines on many schools at once: pasted or in a file, every fault told, all sent or none; who has sent nothing is reminded."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from headway.desk.accounts.permissions import Role
from headway.desk.day_one import returns
from headway.desk.establishments.models import Establishment
from headway.desk.framing.pages import the_door
from headway.desk.tiers import queries
from headway.desk.tiers.models import Moderation, Return
from headway.readings.door import open_door
from headway.readings.establishment import of_authority
from headway.vocabulary import clock

pytestmark = pytest.mark.django_db
WHERE = "/support/day-one/returns/"


@pytest.fixture
def schools(example: Any, settings: Any) -> list[Establishment]:
    settings.HEADWAY = replace(settings.HEADWAY, home=example)
    found = [one for one in of_authority(open_door(example), "150").values() if one.phase == "primary" and one.status == "open"][:3]
    return [Establishment.objects.create(urn=one.urn, name=one.name, phase="primary", status="open", authority="150") for one in found]


def pasted(schools: Any, *rows: str) -> str:
    return "\n".join(["School\tComment\tKind\tFound\tDate", *rows])


def test_rows_are_looked_at_and_sent_once_all_together(schools: Any, person: Any, browser_of: Any) -> None:
    hr = person(Role.SERVICE_OFFICER)
    text = pasted(schools, f"{schools[0].pk}\tAn acting head since May\tleadership_change\tyes\t01/09/2026",
                  f"{schools[1].name}\tNothing\tleadership_change\tnot so\t", f"{schools[2].pk}\tA word for the meeting\t\t\t")  # fmt: skip
    form = {"service": "hr", "text": text, "once": "abc"}
    browser = browser_of(hr)
    page = browser.post(WHERE, form).content.decode()
    assert "All 3 rows can be sent" in page and not Return.objects.exists() and "is taken for in one line" in page
    for _ in range(2):  # the button pressed twice
        assert browser.post(WHERE, {**form, "send": "yes"}).status_code == 302
    assert [(one.school_id, one.kind, one.clear) for one in Return.objects.order_by("pk")] == [
        (schools[0].pk, "leadership_change", False), (schools[1].pk, "leadership_change", True), (schools[2].pk, "", False),
    ]  # fmt: skip


def test_every_fault_is_told_and_nothing_is_sent(schools: Any, person: Any, browser_of: Any) -> None:
    later = clock.today() + timedelta(3)
    text = pasted(schools, "zzzz\tA line\t\t\t", f"{schools[0].pk}\t\t\t\t", f"{schools[1].pk}\tA line\tnonsense\t\t",
                  f"{schools[2].pk}\tA line\t\tnot so\t{later:%d/%m/%Y}", f"{schools[0].pk}\tA line\tstatutory_notice\t\t")  # fmt: skip
    browser = browser_of(person(Role.SERVICE_OFFICER))
    page = browser.post(WHERE, {"service": "hr", "text": text, "once": "a", "send": "yes"}).content.decode()
    for said in ("No school of yours", "It is empty", "is not in the list", "Say what was looked into", "has not come yet", "cannot send"):
        assert said in page, said
    assert "0 of 5 rows" in page and not Return.objects.exists() and "zzzz" in page  # what was pasted is still there
    nameless = browser.post(WHERE, {"service": "hr", "text": "a\tb\n1\t2", "once": "a"}).content.decode()
    assert "No column is “School" in nameless and "No column is “In one line" in nameless
    assert browser.post(WHERE, {"service": "hr", "text": "", "once": "a"}).status_code == 422


def test_a_file_is_put_into_the_form_and_restricted_kinds_are_sealed(schools: Any, person: Any, browser_of: Any) -> None:
    rows = f"school,line,kind\n{schools[0].pk},Two in five are new,staffing\n".encode()
    browser = browser_of(person(Role.SERVICE_OFFICER))
    page = browser.post(WHERE, {"service": "hr", "once": "a", "file": SimpleUploadedFile("a.csv", rows)}).content.decode()
    assert "All 1 rows can be sent" in page and f"{schools[0].pk}\tTwo in five are new" in page
    browser.post(WHERE, {"service": "hr", "once": "a", "text": rows.decode(), "send": "yes"})
    assert Return.objects.get().restricted and "Two in five" not in Return.objects.get().line


def test_another_patch_is_not_written_to(schools: Any, person: Any) -> None:
    other = person(Role.SERVICE_OFFICER, urns=frozenset({schools[1].pk}))
    looked = returns.look(other, the_door().library, pasted(schools, f"{schools[0].pk}\tA line\t\t\t"))
    assert not looked.found.rows and "No school of yours" in looked.found.faults[0].words


def test_a_service_that_has_sent_nothing_is_reminded_until_it_has(schools: Any, person: Any, browser_of: Any) -> None:
    hr, lead = person(Role.SERVICE_OFFICER), person(Role.HEAD_OF_SCHOOL_IMPROVEMENT)
    Moderation.objects.create(title="North", day=clock.today() + timedelta(9), scheme="x", made_by="t", once="m")
    browser = browser_of(hr)
    assert "still waits for" in browser.get("/support/returns/").content.decode()
    assert "Send lines on schools" in browser.get("/alerts/?show=waits").content.decode()
    assert "No return yet from" in browser_of(lead).get("/my-schools/").content.decode()
    browser.post(WHERE, {"service": "hr", "once": "a", "text": f"school,line\n{schools[0].pk},Well led\n", "send": "yes"})
    assert "Send lines on schools" not in browser.get("/alerts/?show=waits").content.decode()
    (left,) = queries.wanted(clock.today())
    assert "hr" not in left.missing and "send" in left.missing
