"""Places in sessions: the last goes to one, the waiting list moves up by rule, who came and what they say; names, needs, partners."""

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from headway.desk.accounts.permissions import Role
from headway.desk.audit.models import Event
from headway.desk.audit.queries import verify
from headway.desk.brokerage import actions as brokerage
from headway.desk.establishments.models import Establishment
from headway.desk.learning import actions, needing, partnering, queries
from headway.desk.learning.models import Booking, Evaluation, Programme, Session, State, TakeUp
from headway.readings.door import open_door
from headway.readings.establishment import of_authority
from headway.site import housekeeping
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError
from tests.integration.desk.test_databases import run

pytestmark = pytest.mark.django_db
NAME = "Robin Uncommon"


@pytest.fixture
def schools(example: Any, settings: Any) -> list[Establishment]:
    settings.HEADWAY = replace(settings.HEADWAY, home=example)
    there = [one for one in of_authority(open_door(example), "150").values() if one.phase == "primary" and one.status == "open"]
    return [Establishment.objects.create(urn=one.urn, name=one.name, phase="primary", status="open", authority="150") for one in there[:8]]


@pytest.fixture
def people(schools: list[Establishment], person: Any) -> dict[str, Any]:
    return {
        "lead": person(Role.HEAD_OF_SCHOOL_IMPROVEMENT, email="l@example.org"),
        "head": person(Role.HEADTEACHER, urns={schools[0].pk}, email="h@example.org"),
        "second": person(Role.HEADTEACHER, urns={schools[1].pk}, email="s@example.org"),
        "governor": person(Role.GOVERNOR, urns={schools[0].pk}, email="g@example.org"),
        "elected": person(Role.ELECTED_MEMBER, email="el@example.org"),
    }


@pytest.fixture
def session(people: Any) -> Session:
    programme = actions.make_programme(
        by=people["lead"], title="Reading", aim="Read", levels=["teacher", "governor"], area="reading", given_by="", price=Decimal(45)
    )
    day = clock.today() + timedelta(10)
    given = {"title": "Day one", "day": day, "begins": None, "ends": None, "place": "Hall", "lead": None}
    return actions.plan_session(by=people["lead"], programme=programme, places=2, **given)


def placed(by: Any, session: Session, school: Establishment, once: str, **more: Any) -> Booking:
    return actions.book(by=by, session=session, school=school, **{"level": "teacher", "name": NAME, "post": "", "once": once, **more})


def stands(booking: Booking) -> tuple[str, int | None]:
    fresh = Booking.objects.get(pk=booking.pk)
    return fresh.state, fresh.seat


def test_a_freed_place_goes_to_a_school_that_has_none_then_to_who_asked_first(people: Any, schools: Any, session: Session) -> None:
    lead = people["lead"]
    first = placed(lead, session, schools[0], "a")
    placed(lead, session, schools[1], "b")
    again = placed(lead, session, schools[1], "c")
    new = placed(lead, session, schools[2], "d")
    assert stands(again) == stands(new) == (State.WAITING, None)
    assert actions.give_back(by=people["head"], booking=first, because="Ill") == 1
    assert stands(new) == (State.BOOKED, 1)
    assert stands(again) == (State.WAITING, None)
    assert actions.change_session(by=lead, session=session, places=3) == 1
    assert stands(again) == (State.BOOKED, 3)
    with pytest.raises(HeadwayError, match="3 places are held"):
        actions.change_session(by=lead, session=session, places=2)
    actions.give_back(by=lead, booking=new, because="")
    actions.change_session(by=lead, session=session, places=2)
    assert sorted(seat for _, seat in map(stands, Booking.objects.filter(state=State.BOOKED))) == [1, 2]
    assert verify() == []


def test_the_way_through_the_pages_and_sent_twice_is_booked_once(people: Any, schools: Any, session: Session, browser_of: Any) -> None:
    head, lead = browser_of(people["head"]), browser_of(people["lead"])
    given = {"school": schools[0].pk, "level": "teacher", "name": NAME, "post": "Reading lead", "once": "one"}
    for _ in range(2):
        assert head.post(f"/learning/sessions/{session.pk}/book/", given).status_code == 302
    booking = Booking.objects.get()
    assert NAME in head.get("/learning/").content.decode()
    Session.objects.filter(pk=session.pk).update(day=clock.today() - timedelta(1))
    lead.post(f"/learning/sessions/{session.pk}/attendance/", {"came": [booking.pk]})
    assert "How was it?" in head.get("/learning/").content.decode()
    faults = head.post(f"/learning/places/{booking.pk}/how-it-was/", {"will": "Kept words"})
    assert faults.status_code == 422
    assert "Kept words" in faults.content.decode()
    head.post(f"/learning/places/{booking.pk}/how-it-was/", {"useful": 4, "will": "Read aloud"})
    assert Evaluation.objects.get().useful == 4
    shown = lead.get(f"/learning/sessions/{session.pk}/").content.decode()
    assert "1 of 1 who answered found it useful" in shown
    assert "Read aloud" in shown
    assert "1 place held so far" in (costs := lead.get(f"/learning/programmes/{session.programme_id}/").content.decode())
    assert "£45 in all" in costs


def test_places_are_found_by_their_school(people: Any, schools: Any, session: Session, browser_of: Any) -> None:
    for at in range(3):
        placed(people["lead"], session, schools[at], f"p{at}", name=f"Person {at} Uncommon")
    lead, head = browser_of(people["lead"]), browser_of(people["head"])
    shown = lead.get(f"/learning/sessions/{session.pk}/?school={schools[1].pk}").content.decode()
    assert "Person 1 Uncommon" in shown and "Person 0 Uncommon" not in shown and "Of 3 places and names that wait" in shown
    assert "Nobody of such a school" in lead.get(f"/learning/sessions/{session.pk}/?school=zzz").content.decode()
    assert "Reading" in lead.get(f"/learning/?school={schools[1].name}").content.decode().split("<tbody>")[1]
    other = head.get(f"/learning/?school={schools[1].name}").content.decode()
    assert "<tbody>" not in other and "that fits" in other  # which school has a place is told to nobody else
    assert "<tbody>" in head.get(f"/learning/?school={schools[0].pk}").content.decode()


def test_who_books_for_whom_and_who_reads_names(people: Any, schools: Any, session: Session, browser_of: Any) -> None:
    placed(people["head"], session, schools[0], "a")
    with pytest.raises(HeadwayError, match="governor books places for governors"):
        placed(people["governor"], session, schools[0], "b")
    placed(people["governor"], session, schools[0], "c", level="governor", name="Gov Uncommon")
    with pytest.raises(HeadwayError):
        placed(people["head"], session, schools[1], "d")
    pages = {who: browser_of(person).get(f"/learning/sessions/{session.pk}/").content.decode() for who, person in people.items()}
    assert {who: NAME in page for who, page in pages.items()} == {
        "lead": True, "head": True, "second": False, "governor": False, "elected": False,
    }  # fmt: skip
    assert "Gov Uncommon" in pages["governor"]
    assert browser_of(people["elected"]).get(f"/learning/sessions/{session.pk}/book/").status_code == 404
    assert browser_of(people["second"]).get(f"/learning/places/{Booking.objects.first().pk}/give-back/").status_code == 404


def test_a_name_is_sealed_in_no_event_and_erased_in_time(people: Any, schools: Any, session: Session) -> None:
    booking = placed(people["head"], session, schools[0], "a")
    assert NAME not in Booking.objects.values_list("sealed_name", flat=True).get()
    assert not any(NAME in str(one.after) + str(one.before) for one in Event.objects.all())
    Session.objects.filter(pk=session.pk).update(day=clock.today() - timedelta(183))
    assert queries.names_due(clock.today()).count() == 0
    Session.objects.filter(pk=session.pk).update(day=clock.today() - timedelta(184))
    done = {one.what: one.erased for one in housekeeping.keep_house(by="test")}
    assert done["names of who came to sessions"] == 1
    booking.refresh_from_db()
    assert booking.sealed_name == ""
    assert booking.erased
    assert queries.name_of(booking) == "teachers"


def test_a_session_called_off_or_over_is_not_booked(people: Any, schools: Any, session: Session) -> None:
    actions.call_off(by=people["lead"], session=session, because="Snow")
    with pytest.raises(HeadwayError, match="called off"):
        placed(people["head"], session, schools[0], "a")
    with pytest.raises(HeadwayError, match="has not taken place"):
        actions.attend(by=people["lead"], session=session, came=[])


def test_take_up_beside_need_names_who_missed_it_and_why(people: Any, schools: Any, session: Session, browser_of: Any) -> None:
    lead = people["lead"]
    for school in (schools[0], schools[1]):
        brokerage.need(by=lead, school=school, area="reading", urgency=2, days=2, source="plan")
    came = placed(lead, session, schools[0], "a")
    placed(lead, session, schools[2], "b")
    Session.objects.filter(pk=session.pk).update(day=clock.today())
    actions.attend(by=lead, session=session, came=[came.pk])
    found, over = needing.take_up(open_door(settings_home()), Programme.objects.get(), schools)
    by_school = {one.urn: one for one in found}
    assert over
    assert "Help with it was asked for." in by_school[schools[1].pk].reasons
    assert by_school[schools[1].pk].missed
    assert not by_school[schools[0].pk].missed
    shown = browser_of(lead).get(f"/learning/programmes/{session.programme_id}/take-up/?show=missed").content.decode()
    assert schools[1].name in shown
    assert schools[0].name not in shown
    sent = browser_of(lead).get(f"/learning/programmes/{session.programme_id}/take-up.csv").content.decode()
    assert "Help with it was asked for." in sent
    assert browser_of(people["head"]).get(f"/learning/programmes/{session.programme_id}/take-up/").status_code == 403


def settings_home() -> Any:
    from django.conf import settings

    return settings.HEADWAY.home


def test_the_calendar_names_sessions_and_nobody(people: Any, schools: Any, session: Session, browser_of: Any) -> None:
    placed(people["head"], session, schools[0], "a")
    sent = browser_of(people["head"]).get("/learning/sessions.ics").content.decode()
    assert f"DTSTART;VALUE=DATE:{session.day:%Y%m%d}" in sent
    assert "SUMMARY:Reading: Day one" in sent
    assert NAME not in sent


def test_what_partners_offer_is_taken_up_until_it_is_full(people: Any, schools: Any, browser_of: Any) -> None:
    lead = people["lead"]
    partner = partnering.make_partner(by=lead, name="Museum", kind="culture", about="", href="")
    given = {"title": "Boxes", "what": "A box", "for_whom": "pupils", "phases": ["primary"], "starts": clock.today(), "most": 1}
    offer = partnering.offer(by=lead, partner=partner, **given)
    head = browser_of(people["head"])
    assert head.post(f"/learning/offers/{offer.pk}/take-up/", {"school": schools[0].pk}).status_code == 302
    second = browser_of(people["second"]).post(f"/learning/offers/{offer.pk}/take-up/", {"school": schools[1].pk})
    assert "As many schools have it as can" in second.content.decode()
    taken = TakeUp.objects.get()
    with pytest.raises(HeadwayError, match="cannot become"):
        partnering.move(by=lead, taken=taken, to="done")
    partnering.move(by=lead, taken=taken, to="agreed")
    head.post(f"/learning/taken/{taken.pk}/move/", {"to": "done", "pupils": 3})
    assert "pupils: 3" in head.get("/learning/partners/").content.decode()
    assert "fewer than 5" in browser_of(lead).get("/learning/partners/").content.decode()
    assert browser_of(people["second"]).get(f"/learning/taken/{taken.pk}/move/").status_code == 404


LAST_PLACE = """
import json, sys, threading
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from headway.site import running
running.migrate(Path(sys.argv[1]))
from django.db import connection
from headway.desk.accounts import actions as accounts
from headway.desk.accounts.permissions import Role
from headway.desk.establishments.models import Establishment
from headway.desk.learning import actions
from headway.desk.learning.models import Booking
from headway.vocabulary import clock
MANY = 4
schools = [Establishment.objects.create(urn=900000 + n, name=f"S{n}", phase="primary", status="open", authority="000") for n in range(MANY)]
lead = accounts.invite(by="test", email="l@example.org", name="L", roles=frozenset({Role.HEAD_OF_SCHOOL_IMPROVEMENT}),
    whole_area=True, urns=frozenset(), password="correct horse battery")
programme = actions.make_programme(by=lead, title="P", aim="A", levels=["teacher"], area="reading", given_by="", price=Decimal(0))
session = actions.plan_session(by=lead, programme=programme, title="S", day=clock.today() + timedelta(1), begins=None, ends=None,
    place="", places=1, lead=None)
said, ready = [], threading.Barrier(MANY)
def one(number):
    ready.wait()
    try:
        made = actions.book(by=lead, session=session, school=schools[number], level="teacher", name="", post="", once=str(number))
        said.append(made.state)
    except Exception as fault:
        said.append(repr(fault))
    finally:
        connection.close()
def all_at_once(act):
    threads = [threading.Thread(target=act, args=(number,)) for number in range(MANY)]
    [each.start() for each in threads]
    [each.join() for each in threads]
all_at_once(one)
booked = Booking.objects.get(state="booked")
ready = threading.Barrier(MANY)
again = []
def back(number):
    ready.wait()
    try:
        again.append(actions.give_back(by=lead, booking=booked, because="Ill"))
    except Exception as fault:
        again.append(getattr(fault, "code", repr(fault)))
    finally:
        connection.close()
all_at_once(back)
print(json.dumps({"said": sorted(said), "again": sorted(map(str, again)), "booked": Booking.objects.filter(state="booked").count(),
    "seats": list(Booking.objects.filter(state="booked").values_list("seat", flat=True))}))
"""
SAID = {"said": ["booked", *["waiting"] * 3], "again": ["1", *["H-DESK-01"] * 3], "booked": 1, "seats": [1]}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "area.yaml").write_text('areas: ["000"]\nname: Wrenford\nexample: true\n')
    return tmp_path


@pytest.mark.slow
def test_of_four_who_book_the_last_place_one_has_it_and_one_moves_up_on_sqlite(home: Path) -> None:
    assert json.loads(run(home, "-c", LAST_PLACE, str(home))) == SAID


@pytest.mark.slow
def test_of_four_who_book_the_last_place_one_has_it_and_one_moves_up_on_postgresql(home: Path, postgres_migrated: str) -> None:
    assert json.loads(run(home, "-c", LAST_PLACE, str(home), HEADWAY_DATABASE_URL=postgres_migrated)) == SAID
