"""One register of interests: what is declared anywhere is read everywhere, sealed, and nothing of the old ones is lost."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from headway.desk.accounts.permissions import Role
from headway.desk.accounts.sealing import seal
from headway.desk.audit.models import Event
from headway.desk.entitlements import actions as ledger
from headway.desk.entitlements.naming import ask
from headway.desk.entitlements.queries import named_now
from headway.desk.establishments.models import Establishment
from headway.desk.framing.pages import the_door
from headway.desk.interests import actions, queries
from headway.desk.interests.models import Interest
from headway.desk.moderation import naming
from headway.desk.moderation.views import interested
from headway.desk.tiers import actions as tiers
from headway.desk.tiers.models import TierDecision
from headway.readings.door import open_door
from headway.readings.establishment import of_authority
from headway.readings.tier_proposal.proposing import scheme_named
from headway.vocabulary import clock
from headway.vocabulary.viewer import PUBLIC

CANARY = "Wilhelmina Canary"


@pytest.fixture
def schools(example: Any, settings: Any) -> list[Establishment]:
    settings.HEADWAY = replace(settings.HEADWAY, home=example)
    found = [one for one in of_authority(open_door(example), "150").values() if one.phase == "primary" and one.status == "open"][:2]
    return [Establishment.objects.create(urn=one.urn, name=one.name, phase="primary", status="open", authority="150") for one in found]


@pytest.fixture
def people(schools: Any, person: Any) -> dict[str, Any]:
    return {
        "lead": person(Role.HEAD_OF_SCHOOL_IMPROVEMENT, email="s@example.org"),
        "adviser": person(Role.ADVISER, email="a@example.org"),
        "second": person(Role.ADVISER, email="b@example.org"),
    }


@pytest.mark.django_db
def test_what_one_declares_bars_them_from_the_allocation_and_from_the_letter(people: Any, schools: Any, browser_of: Any) -> None:
    adviser, school = people["adviser"], schools[0]
    given = {"found": "something", "school": str(school.pk), "what": CANARY}
    assert browser_of(adviser).post("/support/interests/", given).status_code == 302
    assert CANARY not in Interest.objects.get().sealed and CANARY not in "".join(Event.objects.values_list("after", flat=True))
    for one in ("adviser", "second"):
        ledger.keep_diary(by=people["lead"], adviser=people[one], year="2026/27", days=100, phases=[], latitude=None, longitude=None)
    lines = ask(by=people["lead"], door=the_door(), told={}).result["lines"]
    assert next(line["adviser"] for line in lines if line["urn"] == school.pk) != adviser.pk
    assert naming.offered(school.pk) != adviser and "adviser" in naming.faults(school.pk, adviser, "all the same")
    register = browser_of(people["lead"]).get("/support/interests/register/").content.decode()
    assert CANARY in register and school.name in register
    assert browser_of(people["second"]).get("/support/interests/register/").status_code == 403
    assert CANARY not in browser_of(people["second"]).get(f"/support/advisers/{adviser.pk}/").content.decode()


@pytest.mark.django_db
def test_a_meeting_reads_the_register_and_writes_into_it(people: Any, schools: Any) -> None:
    lead, second, urn = people["lead"], people["second"], schools[0].pk
    actions.declare(by=lead, person=people["adviser"], school=schools[0], what=CANARY)
    meeting = tiers.call_meeting(by=lead, door=the_door(), viewer=PUBLIC, scheme=scheme_named(the_door()), title="North",
                                 day=clock.today(), schools=schools, once="m", days_at_hand=None)  # fmt: skip
    tiers.attend(by=lead, meeting=meeting, name="The adviser", part="member", user=people["adviser"])
    assert interested(meeting.present.all(), urn) == [("The adviser", "in the register of interests")]
    tiers.attend(by=lead, meeting=meeting, name="The second", part="member", user=second, interest="governor", interest_in=schools[0])
    assert dict(interested(meeting.present.all(), urn))["The second"] == "governor"
    assert [queries.what_of(one) for one in queries.apart(clock.today()).filter(person=second)] == ["governor"]


@pytest.mark.django_db
def test_a_declaration_ends_and_stays_in_the_history_and_only_its_own(people: Any, schools: Any, browser_of: Any) -> None:
    adviser = people["adviser"]
    one = actions.declare(by=adviser, person=adviser, school=schools[0], what="", since=clock.today() - timedelta(30))
    assert queries.is_kept_from(adviser, [schools[0].pk], clock.today()) == [schools[0].name]
    assert browser_of(people["second"]).post(f"/support/interests/{one.pk}/end/").status_code == 404
    assert browser_of(adviser).post(f"/support/interests/{one.pk}/end/").status_code == 302
    assert not queries.is_kept_from(adviser, [schools[0].pk], clock.today()) and queries.of(adviser).count() == 1
    wrong = browser_of(adviser).post("/support/interests/", {"found": "nothing", "school": str(schools[0].pk), "what": CANARY})
    assert wrong.status_code == 422 and CANARY in wrong.content.decode()
    assert browser_of(adviser).post("/support/interests/", {"found": "nothing", "school": "", "what": ""}).status_code == 302
    assert not queries.in_force(clock.today()).get(person=adviser).apart


@pytest.mark.django_db
def test_the_letter_names_whom_the_ledger_names_and_another_only_with_a_reason(people: Any, schools: Any, browser_of: Any) -> None:
    lead, adviser, second, school = people["lead"], people["adviser"], people["second"], schools[0]
    ledger.name(by=lead, school=school, adviser=second, since=clock.today())
    meeting = tiers.call_meeting(by=lead, door=the_door(), viewer=PUBLIC, scheme=scheme_named(the_door()), title="North",
                                 day=clock.today(), schools=schools, once="m", days_at_hand=None)  # fmt: skip
    item = meeting.items.get(school=school)
    tiers.settle(by=lead, item=item, scheme=scheme_named(the_door()), tier="light_touch", reason="So", began_from=0)
    where, urn = f"/support/meetings/{meeting.pk}/confirm/", school.pk
    page = browser_of(lead).get(where).content.decode()
    assert f'value="{second.pk}" selected' in page
    form = {f"seen-{urn}": "1", f"way_out-{urn}": "A green review.", f"adviser-{urn}": str(adviser.pk), f"because-{urn}": ""}
    refused = browser_of(lead).post(where, form)
    assert refused.status_code == 422 and "The ledger names" in refused.content.decode() and not TierDecision.objects.exists()
    assert browser_of(lead).post(where, {**form, f"because-{urn}": "They know the trust"}).status_code == 302
    assert TierDecision.objects.get().adviser == adviser and named_now()[urn] == adviser
    call = {"whom": "head", "said": "", "adviser": str(second.pk), "because": "", "phone": "1", "once": "c"}
    decision = TierDecision.objects.get()
    assert browser_of(lead).post(f"/support/decisions/{decision.pk}/call/", call).status_code == 422
    browser_of(lead).post(f"/support/decisions/{decision.pk}/call/", {**call, "because": "Ill"})
    assert TierDecision.objects.get().adviser == second and named_now()[urn] == second


@pytest.mark.django_db(transaction=True)
def test_nothing_of_the_two_old_registers_is_lost() -> None:
    before = [("engagements", "0002_ladder_and_meetings"), ("entitlements", "0001_initial"), ("interests", None)]
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    try:
        executor.migrate(before)
        old = executor.loader.project_state(before[:2]).apps
        user = old.get_model("accounts", "User").objects.create(email="x@example.org", name="X")
        school = old.get_model("establishments", "Establishment").objects.create(
            urn=100_001, name="A", phase="primary", status="open", authority="150"
        )
        told = old.get_model("engagements", "Interest")
        told.objects.create(person=user, school=school, what=CANARY, day=date(2026, 1, 5), by="user:1")
        told.objects.create(person=user, school=None, what="", day=date(2026, 2, 5), ended=date(2026, 3, 5), by="user:1")
        old.get_model("entitlements", "Interest").objects.create(
            school=school, adviser=user, sealed=seal("a niece", "interest"), since=date(2026, 4, 5), by="user:2"
        )
        MigrationExecutor(connection).migrate(leaves)
        found = [(one.school_id, one.apart, queries.what_of(one), str(one.since), str(one.until), one.by) for one in
                 Interest.objects.order_by("since")]  # fmt: skip
        assert found == [
            (100_001, True, CANARY, "2026-01-05", "None", "user:1"),
            (None, False, "", "2026-02-05", "2026-03-05", "user:1"),
            (100_001, True, "a niece", "2026-04-05", "None", "user:2"),
        ]
    finally:
        MigrationExecutor(connection).migrate(leaves)
