"""Break-glass: an administrator reads a restricted note only with a reason, for an hour, after the officer was told, each reading written
down."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from headway.desk.accounts.permissions import NEEDS_STRONG_SIGN_IN, Permission, Role
from headway.desk.accounts.rules import faults_of_roles
from headway.desk.audit.models import Event
from headway.desk.audit.queries import verify
from headway.desk.establishments.models import Establishment
from headway.desk.framing import post
from headway.desk.glass import actions, queries
from headway.desk.glass.models import Breaking
from headway.desk.overview.happenings import waiting
from headway.desk.tiers import actions as tiers
from headway.desk.visits import actions as visits
from headway.desk.visits.models import Call
from headway.readings.door import open_door
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError

pytestmark = pytest.mark.django_db
CANARY, OTHER = "Wilhelmina Canary", "Theobald Canary"
REASON = "The head of service is away and a child may be in danger; the police ask."
NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def ready(example: Any, settings: Any, own_home: Any) -> None:
    settings.HEADWAY = replace(settings.HEADWAY, home=example, mail_server="smtp.example")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """at(minutes): so long after the glass is broken, for all that looks at the clock of this noun."""

    def move(minutes: float) -> None:
        moment = NOON + timedelta(minutes=minutes)
        monkeypatch.setattr(actions, "now", lambda: moment)
        monkeypatch.setattr(clock, "now", lambda: moment)

    move(0)
    yield move


@pytest.fixture
def schools(db: None) -> list[Establishment]:
    return [
        Establishment.objects.create(urn=900_100 + n, name=f"School {n}", phase="primary", status="open", authority="150") for n in (1, 2)
    ]


@pytest.fixture
def people(person: Any) -> dict[str, Any]:
    return {
        "admin": person(Role.ADMINISTRATOR, email="admin@example.org"),
        "officer": person(Role.DATA_PROTECTION_OFFICER, email="dpo@example.org"),
        "adviser": person(Role.ADVISER, email="a@example.org"),
        "lead": person(Role.HEAD_OF_SCHOOL_IMPROVEMENT, email="s@example.org"),
    }


@pytest.fixture
def call(people: Any, schools: Any) -> Call:
    """A restricted call on the first school, and one on the second."""
    made = [
        visits.log_call(by=people["adviser"], school=school, spoke_to="head", said=said, restricted=True, counts_as=None, way="", once=said)
        for school, said in zip(schools, (CANARY, OTHER), strict=True)
    ]
    return made[0]


def broken(people: Any, school: Establishment, once: str = "o") -> Breaking:
    return actions.break_glass(by=people["admin"], school=school, reason=REASON, once=once)


def note_of(one: Breaking, call: Call) -> str:
    return reverse("glass:note", args=[one.pk, "call", call.pk])


def test_without_it_a_note_is_not_there_and_with_it_each_reading_is_written_down(
    people: Any, schools: Any, call: Call, browser_of: Any
) -> None:
    admin = browser_of(people["admin"])
    nothing = admin.get("/no/such/page/")
    for where in (reverse("glass:note", args=[1, "call", call.pk]), reverse("glass:notes", args=[1])):
        assert admin.get(where).status_code == 404
    given = {"school": str(schools[0].pk), "reason": REASON, "once": "x"}
    answer = admin.post(reverse("glass:start"), given)
    one = Breaking.objects.get()
    assert answer.status_code == 302 and answer["Location"] == reverse("glass:notes", args=[one.pk])
    listed = admin.get(answer["Location"]).content.decode()
    assert "Telephone call" in listed and CANARY not in listed, "the list holds no word of a note"
    assert not Event.objects.filter(verb=queries.READ).exists()
    assert CANARY in admin.get(note_of(one, call)).content.decode()
    event = Event.objects.get(verb=queries.READ)
    assert (event.actor, event.target, event.target_id) == (people["admin"].label, "restricted call", str(call.pk))
    other = Call.objects.get(school=schools[1])
    assert admin.get(note_of(one, other)).status_code == 404, "another school's note is not there"
    assert admin.get(reverse("glass:note", args=[one.pk, "nonsense", call.pk])).status_code == 404
    written = "".join(Event.objects.values_list("after", flat=True))
    assert REASON not in written and CANARY not in written and REASON not in one.reason and verify() == []
    assert nothing.status_code == 404


def test_it_ends_by_itself_after_an_hour_to_the_minute(people: Any, schools: Any, call: Call, browser_of: Any, at: Any) -> None:
    one = broken(people, schools[0])
    at(59.9)
    admin = browser_of(people["admin"])
    assert CANARY in admin.get(note_of(one, call)).content.decode()
    assert "1 minute left" in admin.get("/account/").content.decode()
    at(60)
    admin = browser_of(people["admin"])
    for where in (note_of(one, call), reverse("glass:notes", args=[one.pk])):
        page = admin.get(where)
        assert page.status_code == 404 and CANARY not in page.content.decode()
    assert "minutes left" not in admin.get("/account/").content.decode()
    with pytest.raises(HeadwayError, match="whole again"):
        actions.read(by=people["admin"], one=one, kind="call", number=call.pk)
    assert Event.objects.filter(verb=queries.READ).count() == 1
    assert "ended by itself" in browser_of(people["officer"]).get(reverse("glass:uses")).content.decode()


def test_it_is_on_every_page_while_it_is_broken_and_ends_by_hand(people: Any, schools: Any, call: Call, browser_of: Any) -> None:
    one = broken(people, schools[0])
    admin = browser_of(people["admin"])
    for where in ("/account/", "/account/people/", "/account/audit/", reverse("glass:start"), note_of(one, call)):
        page = admin.get(where).content.decode()
        assert "The glass is broken" in page and "60 minutes left" in page, where
    assert "The glass is broken" not in browser_of(people["adviser"]).get("/account/").content.decode()
    assert admin.post(reverse("glass:end", args=[one.pk])).status_code == 302
    assert admin.get(note_of(one, call)).status_code == 404 and "The glass is broken" not in admin.get("/account/").content.decode()
    assert admin.post(reverse("glass:end", args=[one.pk])).status_code == 404


def test_the_officer_is_told_before_a_word_can_be_read_and_looks_at_it(people: Any, schools: Any, call: Call, browser_of: Any) -> None:
    one = broken(people, schools[0])
    [message] = mail.outbox
    assert message.to == ["dpo@example.org"] and reverse("glass:uses") in message.body
    assert not any(word in message.body for word in (REASON, schools[0].name, "A Person", CANARY)), "names nobody and no school"
    officer = browser_of(people["officer"])
    assert [thing.href for thing in waiting(open_door_of(), people["officer"], clock.today())] == [reverse("glass:use", args=[one.pk])]
    browser_of(people["admin"]).get(note_of(one, call))
    page = officer.get(reverse("glass:use", args=[one.pk])).content.decode()
    assert REASON in page and "restricted call" in page and CANARY not in page
    assert officer.post(reverse("glass:use", args=[one.pk]), {"remark": "It was right."}).status_code == 302
    assert officer.post(reverse("glass:use", args=[one.pk]), {"remark": "Another."}).status_code == 302
    one.refresh_from_db()
    assert queries.remark_of(one) == "It was right." and "right" not in one.remark
    assert waiting(open_door_of(), people["officer"], clock.today()) == []
    register = officer.get(reverse("glass:uses")).content.decode()
    assert "It was right." in register and REASON in register and schools[0].name in register


def open_door_of() -> Any:
    from django.conf import settings

    return open_door(settings.HEADWAY.home)


def test_it_stays_whole_where_nobody_can_be_told(people: Any, schools: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*given: Any) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as patched:
        patched.setattr(post, "deliver", refused)
        with pytest.raises(HeadwayError, match="could not be sent"):
            broken(people, schools[0])
    assert not Breaking.objects.exists() and not Event.objects.filter(verb="broke the glass").exists()
    type(people["officer"]).objects.filter(pk=people["officer"].pk).update(is_active=False)
    with pytest.raises(HeadwayError, match="No data protection officer"):
        broken(people, schools[0])
    monkeypatch.setattr(queries, "named_address", lambda: "office@example.org")
    assert broken(people, schools[0]).told == ["area.yaml"] and mail.outbox[-1].to == ["office@example.org"]


def test_a_reason_is_asked_for_and_one_glass_at_a_time(people: Any, schools: Any, browser_of: Any) -> None:
    admin = browser_of(people["admin"])
    for bad in ({"reason": ""}, {"reason": "Because."}, {"school": "999999"}, {"school": "x"}):
        answer = admin.post(reverse("glass:start"), {"school": str(schools[0].pk), "reason": REASON, "once": "x", **bad})
        assert answer.status_code == 422 and (REASON in answer.content.decode() or "reason" in bad)
    assert not Breaking.objects.exists() and not mail.outbox
    for _ in range(2):  # the button pressed twice
        admin.post(reverse("glass:start"), {"school": str(schools[0].pk), "reason": REASON, "once": "x"})
    assert Breaking.objects.count() == 1 and len(mail.outbox) == 1
    answer = admin.post(reverse("glass:start"), {"school": str(schools[1].pk), "reason": REASON, "once": "y"})
    assert answer.status_code == 422 and "one broken already" in answer.content.decode()


def test_who_may_break_it_and_who_may_see_the_register(people: Any, schools: Any, browser_of: Any, person: Any) -> None:
    one = broken(people, schools[0])
    second = browser_of(person(Role.ADMINISTRATOR, email="second@example.org"))
    assert second.get(reverse("glass:notes", args=[one.pk])).status_code == 404, "it is broken for who broke it"
    for who in ("officer", "adviser", "lead"):
        assert browser_of(people[who]).get(reverse("glass:start")).status_code == 403
    for who in ("admin", "adviser", "lead"):
        assert browser_of(people[who]).get(reverse("glass:uses")).status_code == 403
    both = frozenset({Role.DATA_PROTECTION_OFFICER, Role.ADMINISTRATOR})
    assert any("two people" in fault for fault in faults_of_roles(both, False, frozenset()))
    assert faults_of_roles(frozenset({Role.DATA_PROTECTION_OFFICER}), False, frozenset()) == []
    assert {Permission.BREAK_GLASS, Permission.SEE_GLASS} <= NEEDS_STRONG_SIGN_IN


def test_it_is_asked_who_one_is_before_it_is_broken(people: Any, schools: Any, browser_of: Any, settings: Any) -> None:
    admin = browser_of(people["admin"])
    session = admin.session
    session["account_authentication_methods"] = [{"method": "password", "at": 0}]
    session.save()
    answer = admin.post(reverse("glass:start"), {"school": str(schools[0].pk), "reason": REASON, "once": "x"})
    assert answer.status_code == 302 and "reauthenticate" in answer["Location"] and not Breaking.objects.exists()


def test_every_kind_of_restricted_note_is_listed_and_opens(people: Any, schools: Any, call: Call, browser_of: Any) -> None:
    tiers.give(by=people["lead"], school=schools[0], service="hr", kind="staffing", line=OTHER, on=clock.today(), restricted=True, once="r")
    found = queries.restricted_of(schools[0].pk)
    assert {one.kind for one in found} == {"call", "return"} and set(queries.OPENING) >= {one.kind for one in found}
    assert {queries.text_of(schools[0].pk, one.kind, one.number) for one in found} == {CANARY, OTHER}
    assert queries.text_of(schools[1].pk, "return", found[0].number) is None


def test_the_database_keeps_reason_and_who_looked(people: Any, schools: Any) -> None:
    one = broken(people, schools[0])
    for fault in ({"reason": ""}, {"looked": clock.now()}, {"looked_by": "user:1"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Breaking.objects.filter(pk=one.pk).update(**fault)
