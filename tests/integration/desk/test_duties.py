"""The council's duties with their proof, and the yearly returns of a school: asked, answered, sent, looked at."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from headway.definitions.loading import library_for
from headway.desk.accounts.permissions import Role
from headway.desk.audit.queries import verify
from headway.desk.duties import actions, queries, rules
from headway.desk.duties.models import Return
from headway.desk.establishments.models import Establishment
from headway.vocabulary import clock

FORMS = library_for().school_returns
DAY = date(2026, 10, 1)


@pytest.fixture
def school(example: Any, settings: Any, db: None) -> Establishment:
    settings.HEADWAY = replace(settings.HEADWAY, home=example)
    return Establishment.objects.create(urn=900001, name="School", phase="primary", status="open", authority="150")


def text(answer: Any) -> str:
    return answer.content.decode()


@pytest.mark.django_db
def test_a_school_keeps_sends_and_hears_back(school: Any, person: Any, browser_of: Any) -> None:
    head, governor = (browser_of(person(role, urns={school.pk})) for role in (Role.HEADTEACHER, Role.GOVERNOR))
    lead = browser_of(person(Role.HEAD_OF_SCHOOL_IMPROVEMENT))
    where = f"/schools/{school.pk}/returns/safeguarding_audit/"
    assert governor.get(where).status_code == 404 and head.get("/schools/900002/returns/safeguarding_audit/").status_code == 404
    some = {"say-lead": "yes", "say-governor": "part", "note-governor": "From January"}
    assert head.post(where, some).status_code == 302
    assert "From January" in text(head.get(where))
    answer = head.post(where, some | {"send": "yes"})
    assert answer.status_code == 422 and "Answer it before you send" in text(answer) and "From January" in text(answer)
    whole = {f"say-{one.id}": "yes" for one in FORMS["safeguarding_audit"].items} | some
    assert head.post(where, whole | {"send": "yes"}).status_code == 302
    found = Return.objects.get()
    page = text(lead.get("/support/school-returns/safeguarding_audit/"))
    assert "1 of 1 schools have sent it" in page
    read = f"/support/school-returns/read/{found.pk}/"
    assert head.post(read, {"word": "x"}).status_code == 404
    lead.post(read, {"word": "Thank you; the governor by Easter."})
    assert "by Easter" in text(governor.get(read))
    assert head.post(where, whole).status_code == 422  # it stands
    first = next(one for one in FORMS["policies"].items if one.answer == "day")
    ahead = head.post(f"/schools/{school.pk}/returns/policies/", {f"day-{first.id}": str(clock.today() + timedelta(1))})
    assert ahead.status_code == 422 and "That day has not come." in text(ahead) and Return.objects.get() == found
    assert not list(verify())


@pytest.mark.django_db
def test_a_form_changed_meanwhile_leaves_what_was_asked(school: Any, person: Any) -> None:
    head = person(Role.HEADTEACHER, urns={school.pk})
    form = FORMS["governance_checklist"]
    one = actions.asked(by=head, school=school, form=form, year=2026)
    changed = form.model_copy(update={"items": form.items[:2]})
    again = actions.asked(by=head, school=school, form=changed, year=2026)
    assert again.pk == one.pk and len(queries.form_of(again).items) == len(form.items)


@pytest.mark.django_db
def test_the_register_says_who_owns_what_and_what_is_overdue(school: Any, person: Any, browser_of: Any) -> None:
    lead = browser_of(person(Role.HEAD_OF_SCHOOL_IMPROVEMENT))
    assert "owned by nobody yet" in text(lead.get("/support/duties/"))
    late = clock.today() - timedelta(3)
    lead.post("/support/duties/safeguarding/owner/", {"post": "Head of safeguarding", "due": str(late)})
    page = text(lead.get("/support/duties/"))
    assert "1 overdue" in page and "Head of safeguarding" in page
    assert lead.post("/support/duties/safeguarding/proof/", {"day": str(clock.today() + timedelta(1)), "what": "x"}).status_code == 422
    lead.post("/support/duties/safeguarding/proof/", {"day": str(clock.today()), "what": "The audit, read by members"})
    assert "overdue" not in text(lead.get("/support/duties/")).split("<table")[0] and "read by members" in text(
        lead.get("/support/duties/")
    )


def test_unknown_is_never_in_place_and_a_policy_goes_out_of_date() -> None:
    audit, policies = FORMS["safeguarding_audit"], FORMS["policies"]
    assert rules.open_lines(audit, {}, DAY) == list(audit.items)
    yearly = next(one for one in policies.items if one.months == 12)
    assert rules.in_place(yearly, {"day": "2025-10-01"}, DAY) is True
    assert rules.in_place(yearly, {"day": "2025-09-30"}, DAY) is False
    for ahead in (str(DAY + timedelta(1)), "9999-12-31"):
        assert rules.in_place(yearly, {"day": ahead}, DAY) is None, "what was not agreed yet is not in place"
    assert rules.in_place(yearly, {"day": ""}, DAY) is None is rules.in_place(audit.items[0], {"say": ""}, DAY)
    assert rules.in_place(audit.items[0], {"say": "part"}, DAY) is False


def test_a_return_is_wanted_in_its_own_school_year_and_proof_is_wanted_anew() -> None:
    assert rules.due_on(FORMS["safeguarding_audit"], 2026) == date(2026, 12, 15)
    assert rules.due_on(FORMS["governance_checklist"], 2026) == date(2027, 3, 31)
    assert rules.next_due(None, None, 12) is None and rules.next_due(None, DAY, 12) == DAY
    assert rules.next_due(date(2026, 3, 31), DAY, 12) == date(2027, 3, 31)
    assert rules.standing(None, DAY) == "nobody owns it yet" and rules.standing(DAY - timedelta(1), DAY) == "overdue"
