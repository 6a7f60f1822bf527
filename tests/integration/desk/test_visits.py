"""A visit from booking to an agreed note, a call in half a minute, and what each side sees of them."""

import json
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from headway.desk.accounts.permissions import Role
from headway.desk.attendance.models import Meeting
from headway.desk.audit.models import Event
from headway.desk.audit.queries import verify
from headway.desk.establishments.models import Establishment
from headway.desk.framing.pages import the_door
from headway.desk.plans import overseeing
from headway.desk.self_evaluation.models import Said, SelfEvaluation
from headway.desk.tiers.models import Evidence, TierDecision
from headway.desk.visits import actions, queries
from headway.desk.visits.models import Call, Draft, FollowUp, Passage, Visit
from headway.readings.door import open_door
from headway.readings.establishment import of_authority
from headway.readings.profile import profile
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import PUBLIC

pytestmark = pytest.mark.django_db
CANARY = "Wilhelmina Canary"


@pytest.fixture
def schools(example: Any, settings: Any) -> list[Establishment]:
    """The example behind the desk; two of its primaries."""
    settings.HEADWAY = replace(settings.HEADWAY, home=example)
    found = [one for one in of_authority(open_door(example), "150").values() if one.phase == "primary" and one.status == "open"][:2]
    return [Establishment.objects.create(urn=one.urn, name=one.name, phase="primary", status="open", authority="150") for one in found]


@pytest.fixture
def people(schools: list[Establishment], person: Any) -> dict[str, Any]:
    own, other = schools
    return {
        "adviser": person(Role.ADVISER, email="a@example.org"),
        "head": person(Role.HEADTEACHER, urns={own.pk}, email="h@example.org"),
        "governor": person(Role.GOVERNOR, urns={own.pk}, email="g@example.org"),
        "elsewhere": person(Role.HEADTEACHER, urns={other.pk}, email="e@example.org"),
        "officer": person(Role.ATTENDANCE_OFFICER, email="o@example.org"),
    }


@pytest.fixture
def visit(people: dict[str, Any], schools: list[Establishment]) -> Visit:
    adviser = people["adviser"]
    return actions.book(by=adviser, school=schools[0], kind="autumn_visit", adviser=adviser, day=clock.today())


def note(**texts: str) -> dict[str, str]:
    return {name.replace("_", "-"): text for name, text in texts.items()}


def test_the_whole_way_of_a_visit_through_the_pages(people: Any, schools: Any, browser_of: Any) -> None:
    adviser, head, governor = (browser_of(people[who]) for who in ("adviser", "head", "governor"))
    today = str(clock.today())
    booked = adviser.post(f"/schools/{schools[0].pk}/visits/new/", {"kind": "autumn_visit", "day": today, "adviser": people["adviser"].pk})
    where = booked.url
    assert "Autumn visit" in adviser.get("/support/").content.decode() and "Before you go" in adviser.get(where).content.decode()
    assert "Autumn visit" in head.get("/support/").content.decode()
    assert head.post(f"{where}school-part/", note(open_went_well="Reading", open_priorities="Number", open_help="")).status_code == 302
    assert "Reading" in adviser.get(where).content.decode()
    written = note(open_outcomes="Strong reading", restricted_leadership=CANARY) | {"began_from": "0"}
    assert adviser.post(f"{where}note/", written).status_code == 302
    assert "Strong reading" not in head.get(where).content.decode()  # not before it is shared
    adviser.post(f"{where}share/")
    for reader in (head, governor):
        page = reader.get(where).content.decode()
        assert "Strong reading" in page and CANARY not in page
    assert CANARY in adviser.get(where).content.decode()
    assert head.post(f"{where}answer/", {"accurate": "no", "comment": ""}).status_code == 422
    head.post(f"{where}answer/", {"accurate": "no", "comment": "It was writing"})
    adviser.post(f"{where}agree/")
    assert Visit.objects.get().state == "shared"  # what the school disputes is not agreed over its head
    adviser.post(f"{where}take-back/")
    newest = queries.newest_passage(Visit.objects.get())
    adviser.post(f"{where}note/", note(open_outcomes="Strong writing", restricted_leadership=CANARY) | {"began_from": str(newest)})
    adviser.post(f"{where}share/")
    head.post(f"{where}answer/", {"accurate": "yes"})
    adviser.post(f"{where}agree/")
    assert Visit.objects.get().state == "agreed"
    assert adviser.post(f"{where}note/", note(open_outcomes="Other")).status_code == 302
    assert "Strong writing" in governor.get(where).content.decode()
    assert not list(verify())


def test_a_year_that_was_mistyped_books_nothing_and_a_day_that_is_over_is_told(people: Any, schools: Any, browser_of: Any) -> None:
    adviser, today = browser_of(people["adviser"]), clock.today()
    where, form = f"/schools/{schools[0].pk}/visits/new/", {"kind": "autumn_visit", "adviser": people["adviser"].pk}
    for away, said in ((-400, "more than a year ago"), (800, "more than two years ahead")):
        answer = adviser.post(where, form | {"day": str(today + timedelta(away))})
        assert answer.status_code == 422 and said in answer.content.decode() and not Visit.objects.exists()
    late = adviser.post(where, form | {"day": str(today - timedelta(3))})
    assert "That day is over: write its note" in adviser.get(late.url).content.decode()


def test_a_briefing_begins_with_the_newest_inspection_and_holds_all_of_it(people: Any, schools: Any, browser_of: Any) -> None:
    """Of a school with a long history the oldest would otherwise be told, and the newest left out."""
    door = the_door()
    seen = {one.urn: profile(door, one.urn, PUBLIC).inspections for one in of_authority(door, "150").values() if one.status == "open"}
    urn = max(seen, key=lambda one: (len({each.inspected for each in seen[one]}), one))
    days = sorted({each.inspected for each in seen[urn]})
    newest = [each for each in seen[urn] if each.inspected == days[-1]]
    assert len(days) > 3
    Establishment.objects.get_or_create(urn=urn, defaults={"name": "Of old", "phase": "primary", "status": "open", "authority": "150"})
    page = browser_of(people["adviser"]).get(f"/schools/{urn}/briefing/").content.decode()
    told = page.split("<h2>Inspection</h2>")[1].split("</ul>")[0]
    at = [told.index(f"{day.day} {day:%B %Y}") for day in reversed(days[-3:])]
    assert at == sorted(at) and f"{days[0].day} {days[0]:%B %Y}" not in told
    assert told.split("</li>")[0].count(";") == len(newest) - 1


def test_a_briefing_tells_the_tier_that_was_told_and_the_schools_own_view(people: Any, schools: Any, browser_of: Any) -> None:
    school, where = schools[0], f"/schools/{schools[0].pk}/briefing/"
    evidence = Evidence.objects.create(school=school, scheme="aiming_higher.v1", library="x", snapshot="x", points=0, shown={})
    made = {
        "school": school,
        "scheme": "aiming_higher.v1",
        "tier": "light_touch",
        "since": clock.today(),
        "evidence": evidence,
        "made_by": "x",
    }
    decision = TierDecision.objects.create(**made, route="meeting", once="one")
    before = told(browser_of(people["adviser"]).get(where))
    assert "No tier has been told to the school." in before and "It has sent no evaluation of itself." in before
    TierDecision.objects.filter(pk=decision.pk).update(state="told", told=clock.now(), told_by="x", adviser=people["adviser"])
    own = SelfEvaluation.objects.create(school=school, year="2026/27", scheme="aiming_higher.v1", sent=clock.now(), sent_by="x")
    criteria = the_door().library.tiers["aiming_higher.v1"].criteria
    name, criterion = next(iter(criteria.items()))
    Said.objects.create(evaluation=own, criterion=name, rating="secure", text="", by="x")
    for reader, leads in ((people["adviser"], "/tiers/"), (people["head"], "/held/")):
        after = told(browser_of(reader).get(where))
        assert "<strong>Light touch</strong>" in after and f"Adviser: {people['adviser']}." in after
        assert f"{criterion.title}: Secure" in after and f'/schools/{school.pk}{leads}"' in after


def test_another_school_has_the_same_answer_as_a_visit_that_does_not_exist(visit: Visit, people: Any, browser_of: Any) -> None:
    other = browser_of(people["elsewhere"])
    follow = actions.promise(by=people["adviser"], school=visit.school, what="Ring", owner="school", due=clock.today(), visit=visit)
    other.get("/account/")  # tells once that one is signed in
    absent = other.get("/support/visits/99999/")
    for address in (f"/support/visits/{visit.pk}/", f"/support/visits/{visit.pk}/answer/", f"/support/visits/{visit.pk}/school-part/",
                    f"/support/actions/{follow.pk}/close/", f"/schools/{visit.school_id}/visits/"):  # fmt: skip
        answer = other.get(address)
        assert (answer.status_code, told(answer)) == (404, told(absent)), address
    assert other.post(f"/support/visits/{visit.pk}/draft/school/", {"open-x": "y"}).status_code == 404
    assert visit.school.name not in other.get("/support/visits/").content.decode() + other.get("/support/").content.decode()


def test_what_is_typed_is_kept_sealed_and_comes_back(visit: Visit, people: Any, browser_of: Any) -> None:
    adviser = browser_of(people["adviser"])
    kept = adviser.post(f"/support/visits/{visit.pk}/draft/note/", {"open-outcomes": CANARY})
    assert kept.status_code == 200 and ":" in kept.json()["saved"]
    assert CANARY not in Draft.objects.get().sealed
    assert CANARY in adviser.get(f"/support/visits/{visit.pk}/note/").content.decode()
    adviser.post(f"/support/visits/{visit.pk}/note/", {"open-outcomes": CANARY, "began_from": "0"})
    assert not Draft.objects.exists() and Passage.objects.get().text == CANARY
    assert CANARY not in "".join(Event.objects.values_list("after", flat=True))  # what was written is in no event


def test_two_who_write_at_once_both_keep_their_text(visit: Visit, people: Any, browser_of: Any) -> None:
    one, two = browser_of(people["adviser"]), browser_of(people["officer"])
    one.post(f"/support/visits/{visit.pk}/note/", {"open-outcomes": "First", "began_from": "0"})
    answer = two.post(f"/support/visits/{visit.pk}/note/", {"open-outcomes": "Second", "began_from": "0"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "First" in page and "Second" in page and "Both texts are kept" in page
    again = {"open-outcomes": "First. Second", "began_from": str(queries.newest_passage(visit))}
    assert two.post(f"/support/visits/{visit.pk}/note/", again).status_code == 302
    assert queries.note_of(visit)[("outcomes", False)] == "First. Second"
    assert [one.text for one in Passage.objects.all()] == ["First", "First. Second"]


def test_restricted_paragraphs_are_sealed_and_for_the_team_only(visit: Visit, people: Any, browser_of: Any) -> None:
    actions.write(by=people["adviser"], visit=visit, texts={("outcomes", True): CANARY}, began_from=0, known={})
    assert CANARY not in Passage.objects.get().text
    assert CANARY in browser_of(people["adviser"]).get(f"/support/visits/{visit.pk}/").content.decode()
    officer = browser_of(people["officer"])
    assert CANARY not in officer.get(f"/support/visits/{visit.pk}/").content.decode()
    assert "restricted-outcomes" not in officer.get(f"/support/visits/{visit.pk}/note/").content.decode()


def told(answer: Any) -> str:
    """What a page says, without its frame: which task is current follows from the address, not from what there is."""
    return answer.content.decode().split("<main")[1].split("</main>")[0]


def called(school: Establishment, **given: str) -> dict[str, str]:
    return {"school": str(school.pk), "spoke_to": "head", "said": "All well", "owner": "school", "once": "abc", **given}


def test_a_call_sent_twice_is_one_call_and_counts_as_the_one_that_was_owed(people: Any, schools: Any, browser_of: Any) -> None:
    adviser, me = browser_of(people["adviser"]), people["adviser"]
    owed = actions.book(by=me, school=schools[0], kind="telephone_follow_up", adviser=me, day=clock.today() - timedelta(4))
    assert "Overdue by 4 days" in adviser.get("/support/").content.decode()
    form = called(schools[0], counts_as=str(owed.pk), what="Ring the families", due=str(clock.today() + timedelta(3)))
    for _ in range(2):
        assert adviser.post("/support/calls/new/", form).status_code == 302
    assert Call.objects.count() == FollowUp.objects.count() == 1
    assert Visit.objects.get().state == "held" and "Overdue" not in adviser.get("/support/").content.decode()
    head = browser_of(people["head"]).get(f"/schools/{schools[0].pk}/visits/").content.decode()
    assert "Ring the families" in head and "All well" not in head  # the school sees the action, not what was noted of the talk


def test_nobody_answered_is_no_call_made(people: Any, schools: Any, browser_of: Any) -> None:
    me = people["adviser"]
    owed = actions.book(by=me, school=schools[0], kind="telephone_follow_up", adviser=me, day=clock.today())
    browser_of(me).post("/support/calls/new/", called(schools[0], counts_as=str(owed.pk), spoke_to="nobody"))
    assert Call.objects.count() == 1 and Visit.objects.get().state == "booked"


def test_a_call_of_another_day_is_of_that_day(people: Any, schools: Any, browser_of: Any) -> None:
    adviser, rung = browser_of(people["adviser"]), clock.today() - timedelta(2)
    for day, why in ((clock.today() + timedelta(1), "That day has not come."), (clock.today() - timedelta(400), "more than a year ago")):
        answer = adviser.post("/support/calls/new/", called(schools[0], day=str(day)))
        assert answer.status_code == 422 and why in answer.content.decode() and not Call.objects.exists()
    adviser.post("/support/calls/new/", called(schools[0], day=str(rung)))
    assert Call.objects.get().at.date() == rung


def test_every_fault_of_a_call_is_told_at_once_and_nothing_typed_is_lost(people: Any, schools: Any, browser_of: Any) -> None:
    answer = browser_of(people["adviser"]).post(
        "/support/calls/new/", {"school": "zzz", "spoke_to": "", "said": "Much was said", "what": "Ring", "owner": "school", "once": "x"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and "Much was said" in page
    assert "No school of yours" in page and "Give the day by which" in page and "This field is required" in page
    assert not Call.objects.exists()


def test_a_promise_is_carried_until_it_is_closed_by_whom_it_concerns(visit: Visit, people: Any, browser_of: Any) -> None:
    me, due = people["adviser"], clock.today() - timedelta(2)
    theirs, ours = (
        actions.promise(by=me, school=visit.school, what=f"{who} does", owner=who, due=due, visit=visit) for who in ("school", "council")
    )
    actions.write(by=me, visit=visit, texts={("outcomes", False): "x"}, began_from=0, known={})
    actions.share(by=me, visit=visit, way="visit", holidays=frozenset())
    head = browser_of(people["head"])
    assert head.get(f"/support/actions/{ours.pk}/close/").status_code == 404
    assert head.post(f"/support/actions/{theirs.pk}/close/", {"outcome": ""}).status_code == 422
    assert head.post(f"/support/actions/{theirs.pk}/close/", {"outcome": "Done"}).status_code == 302
    actions.close(by=me, follow_up=theirs, outcome="Again")  # the second to close it changes nothing
    assert FollowUp.objects.get(pk=theirs.pk).outcome == "Done"
    assert "council does" in browser_of(me).get("/support/").content.decode()


def test_a_move_that_cannot_be_says_why(visit: Visit, people: Any) -> None:
    me = people["adviser"]
    with pytest.raises(HeadwayError, match="H-DESK-01"):
        actions.share(by=me, visit=visit, way="visit", holidays=frozenset())
    actions.cancel(by=me, visit=visit, because="Snow")
    with pytest.raises(HeadwayError, match="H-DESK-01"):
        actions.write(by=me, visit=visit, texts={("outcomes", False): "x"}, began_from=0, known={})


def test_a_calendar_address_shows_no_note_and_ends_with_the_sessions(visit: Visit, people: Any, browser_of: Any, client: Any) -> None:
    me = people["adviser"]
    adviser = browser_of(me)
    adviser.post("/support/calendar/change/")
    page = adviser.get("/support/calendar/").content.decode()
    address = page.split('class="address">')[1].split("<")[0]
    path = address.split("testserver")[1]
    file = client.get(path)
    assert file.status_code == 200 and file["Content-Type"].startswith("text/calendar")
    text = file.content.decode()
    assert f"DTSTART;VALUE=DATE:{visit.day:%Y%m%d}" in text and "Autumn visit" in text.replace("\r\n ", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert address not in adviser.get("/support/calendar/").content.decode()  # shown once
    type(me).objects.filter(pk=me.pk).update(sign_outs=me.sign_outs + 1)
    assert client.get(path).status_code == 404


def test_other_services_say_when_they_come_and_everybody_who_comes_sees_it(
    visit: Visit, people: Any, schools: Any, person: Any, browser_of: Any
) -> None:
    """The calendar of every visitor across services: no note in it, and nobody else's visit is called off."""
    today, school = clock.today(), visit.school
    officer, other = person(Role.SERVICE_OFFICER, email="hr@example.org"), person(Role.SERVICE_OFFICER, email="send@example.org")
    hr, send, head = browser_of(officer), browser_of(other), browser_of(people["head"])
    where, day = f"/schools/{school.pk}/visitors/", visit.day + timedelta(0 if visit.day >= today else 30)
    faulty = hr.post(f"{where}new/", {"day": str(today - timedelta(1)), "purpose": ""})
    assert faulty.status_code == 422 and "This day is over." in faulty.content.decode()
    assert hr.post(f"{where}new/", {"day": str(day), "purpose": "Pay of two new teachers"}).status_code == 302
    made = Visit.objects.get(kind="service_visit")
    assert (made.adviser, made.use) == (officer, None)
    for reader in (send, browser_of(people["adviser"])):
        page = reader.get(where).content.decode()
        assert "Pay of two new teachers" in page and str(officer) in page
    assert (
        f"/support/visits/{made.pk}/" not in send.get(where).content.decode() and send.get(f"/support/visits/{made.pk}/").status_code == 403
    )
    assert "Visit of another service" in head.get(f"/schools/{school.pk}/visits/").content.decode() and head.get(where).status_code == 403
    off = f"/support/visitors/{made.pk}/call-off/"
    assert send.post(off, {"because": "x"}).status_code == 404
    assert hr.post(off, {"because": "Settled by telephone"}).status_code == 302
    made.refresh_from_db()
    assert made.state == "cancelled" and "Pay of two new teachers" not in send.get(where).content.decode()


def test_boards_and_attendance_meetings_are_visitors_too_and_stand_in_calendars(
    visit: Visit, people: Any, schools: Any, person: Any, browser_of: Any, client: Any
) -> None:
    """Colleagues of other services learn that somebody comes, and not that a project board sits or that attendance is looked at."""
    adviser, school, day = people["adviser"], visit.school, clock.today() + timedelta(10)
    adviser.name = "R. Okafor"
    adviser.save()
    board = overseeing.open_board(by=adviser, school=school, opened=clock.today())
    overseeing.seat(by=adviser, board=board, post="adviser", name=str(adviser))
    overseeing.call(by=adviser, board=board, day=day)
    officer = person(Role.ATTENDANCE_OFFICER, email="att@example.org")
    Meeting.objects.create(
        school=school, by=officer.label, officer=officer, state="agreed", offered=clock.today(), day=day, begins=time(14)
    )
    Meeting.objects.create(school=schools[1], by=officer.label, officer=officer, state="agreed", offered=clock.today(), day=day)
    where = f"/schools/{school.pk}/visitors/"
    ours, hr = (browser_of(one).get(where).content.decode() for one in (adviser, person(Role.SERVICE_OFFICER, email="hr@example.org")))
    assert "Project board" in ours and "targeting support meeting" in ours
    assert hr.count("Meeting with the school") == 2 and "Project board" not in hr and "ttendance" not in hr.split("<h1>")[1]
    held = browser_of(people["head"]).get(f"/schools/{school.pk}/held/").content.decode()
    assert "Project board" in held and "14:00" in held
    files = {
        who: _calendar(browser_of(user), client) for who, user in (("adviser", adviser), ("officer", officer), ("head", people["head"]))
    }
    assert f"{school.name}: Project board" in files["adviser"] and "targeting" not in files["adviser"]
    assert files["officer"].count("targeting support meeting") == 2 and "Project board" not in files["officer"]
    assert files["head"].count("BEGIN:VEVENT") == 3 and schools[1].name not in files["head"] and str(adviser) in files["head"]


def _calendar(browser: Any, client: Any) -> str:
    browser.post("/support/calendar/change/")
    address = browser.get("/support/calendar/").content.decode().split('class="address">')[1].split("<")[0]
    return str(client.get(address.split("testserver")[1]).content.decode().replace("\r\n ", ""))


def test_what_is_new_since_the_last_visit_is_told(visit: Visit, people: Any, browser_of: Any) -> None:
    me = people["adviser"]
    last = actions.book(by=me, school=visit.school, kind="autumn_visit", adviser=me, day=date(2020, 10, 1))
    actions.write(by=me, visit=last, texts={("outcomes", False): "x"}, began_from=0, known={"years": {"ks2.rwm_expected": 2018}})
    page = browser_of(me).get(f"/support/visits/{visit.pk}/").content.decode()
    assert "New since then" in page and "1 October 2020" in page
    assert json.loads(json.dumps(Visit.objects.get(pk=last.pk).known)) == {"years": {"ks2.rwm_expected": 2018}}


def test_an_agreed_note_is_mailed_to_head_and_chair_once_without_a_word_of_it(
    people: Any, schools: Any, visit: Visit, browser_of: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.core import mail

    from headway.desk.contacts.models import Contact
    from headway.desk.framing import post
    from headway.desk.visits import telling

    settings.HEADWAY = replace(settings.HEADWAY, mail_server="smtp.example")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert telling.addresses(schools[0]) == ["h@example.org", "g@example.org"], "governors, where no chair is among the contacts"
    chair = {"school": schools[0], "place": "governors", "post": "Chair of governors", "name": "B", "since": clock.today(), "by": "test"}
    Contact.objects.create(email="chair@example.org", **chair)
    adviser, where = browser_of(people["adviser"]), f"/support/visits/{visit.pk}/"
    adviser.post(f"{where}note/", note(open_outcomes=CANARY) | {"began_from": "0"})
    adviser.post(f"{where}share/")
    browser_of(people["head"]).post(f"{where}answer/", {"accurate": "yes", "comment": ""})

    def refused(*given: Any) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as patched:
        patched.setattr(post, "deliver", refused)
        assert adviser.post(f"{where}agree/").status_code == 302
    assert Visit.objects.get(pk=visit.pk).state == "agreed" and not mail.outbox, "the note stands though the mail did not go"
    assert "has not gone yet" in adviser.get(where).content.decode()
    assert [went for _, went in telling.tell_waiting(by="command:alerts")] == [True]
    assert [one.to for one in mail.outbox] == [["h@example.org"], ["chair@example.org"]]
    assert all(CANARY not in one.body and schools[0].name in one.body and where in one.body for one in mail.outbox)
    assert list(telling.tell_waiting(by="command:alerts")) == [] and telling.tell(by="x", visit=visit) == 0
    today = clock.today()
    assert f"Mailed to head and chair on {today.day} {today:%B %Y}" in adviser.get(where).content.decode()
    assert Event.objects.get(verb="mailed").target_id == str(visit.pk)
