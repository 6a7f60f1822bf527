"""An engagement from entry to close through the pages; conversions, mergers, an adviser who leaves; what each side sees."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from headway.desk.accounts.permissions import Role
from headway.desk.audit.models import Event
from headway.desk.audit.queries import verify
from headway.desk.engagements import actions, climbing, convening, noting, pages, queries, rules
from headway.desk.engagements.models import Concern, Engagement, LadderAction, Minute, NoteDraft, NoteVersion, State, Step
from headway.desk.establishments.models import Establishment
from headway.readings.calendar import days_after
from headway.readings.door import open_door
from headway.readings.establishment import of_authority
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError

pytestmark = pytest.mark.django_db
CANARY = "Wilhelmina Canary"


@pytest.fixture
def door(example: Any, settings: Any) -> Any:
    settings.HEADWAY = replace(settings.HEADWAY, home=example)
    return open_door(example)


@pytest.fixture
def schools(door: Any) -> list[Establishment]:
    """Two maintained primaries and an academy of the example, as the desk knows them."""
    known = [one for one in of_authority(door, "150").values() if one.phase == "primary" and one.status == "open"]
    chosen = [one for one in known if one.governance == "maintained"][:2] + [one for one in known if one.governance == "academy"][:1]
    return [Establishment.objects.create(urn=one.urn, name=one.name, phase="primary", status="open", authority="150") for one in chosen]


@pytest.fixture
def people(schools: list[Establishment], person: Any) -> dict[str, Any]:
    own, other, _ = schools
    return {
        "lead": person(Role.HEAD_OF_SCHOOL_IMPROVEMENT, email="l@example.org"),
        "adviser": person(Role.ADVISER, email="a@example.org"),
        "second": person(Role.ADVISER, email="s@example.org"),
        "head": person(Role.HEADTEACHER, urns={own.pk}, email="h@example.org"),
        "elsewhere": person(Role.ADVISER, urns={other.pk}, email="e@example.org"),
    }


@pytest.fixture
def engagement(people: Any, schools: Any, door: Any) -> Engagement:
    return entered(people, schools[0], door)


def entered(people: Any, school: Establishment, door: Any, flow: str = "intensive") -> Engagement:
    return actions.enter(
        by=people["lead"], school=school, workflow=door.library.workflows[flow], route=pages.route_of(door, school.pk),
        day=clock.today() - timedelta(30), aim="Pupils catch up", point="Two green reviews",
    )  # fmt: skip


def named(people: Any, engagement: Engagement, who: str = "adviser") -> None:
    actions.check(by=people["lead"], engagement=engagement, person=people[who], clear=True, what="")
    actions.allocate(by=people["lead"], engagement=engagement, adviser=people[who], since=clock.today())


def text(answer: Any) -> str:
    return answer.content.decode()


def test_the_whole_way_through_the_pages(people: Any, schools: Any, browser_of: Any) -> None:
    lead, adviser, head = (browser_of(people[who]) for who in ("lead", "adviser", "head"))
    urn, today = schools[0].pk, str(clock.today())
    lead.post(f"/schools/{urn}/concerns/new/", {"kind": "standards", "summary": "Low in number", "source": "Analysis", "raised": today,
                                                "details": CANARY})  # fmt: skip
    form = {"workflow": "focus", "entered": today, "aim": "Catch up", "point": "", "concerns": Concern.objects.get().pk}
    assert lead.post(f"/schools/{urn}/engagements/new/", form).status_code == 422  # the point is written at entry
    where = lead.post(f"/schools/{urn}/engagements/new/", form | {"point": "Two green reviews"}).url
    page = text(lead.get(where))
    assert "Two green reviews" in page and CANARY in page and "no adviser is named" in page
    assert lead.post(f"{where}adviser/", {"adviser": people["adviser"].pk, "since": today}).status_code == 422  # no check yet
    assert adviser.get(f"{where}check/").status_code == 403
    lead.post(f"{where}check/", {"person": people["adviser"].pk, "clear": "yes"})
    assert lead.post(f"{where}adviser/", {"adviser": people["adviser"].pk, "since": today}).status_code == 302
    assert adviser.post(f"{where}steps/diagnosis/", {"state": "done", "done": today, "choice": "partner", "seen": 0}).status_code == 422
    assert adviser.post(f"{where}steps/initial_visit/", {"state": "done", "done": today, "text": "", "seen": 0}).status_code == 302
    answer = adviser.post(f"{where}steps/diagnosis/", {"state": "done", "done": today, "choice": "", "text": "Because", "seen": 0})
    assert answer.status_code == 422 and "Say how it came out." in text(answer) and "Because" in text(answer)
    assert adviser.post(f"{where}steps/diagnosis/", {"state": "done", "done": today, "choice": "own_plan", "seen": 0}).status_code == 302
    assert "Not needed" in text(adviser.get(where))
    adviser.post(f"{where}direction/", {"way": "up", "rationale": "Books show it"})
    adviser.post(f"{where}notes/new/", {"text": CANARY, "restricted": "on"})
    seen = text(head.get(f"/schools/{urn}/engagements/"))
    assert "Two green reviews" in seen and "Books show it" in seen and "Initial visit" in seen
    assert CANARY not in seen and "Low in number" not in seen
    assert head.get(where).status_code == 403
    lead.post(f"{where}turn/closed/", {"because": "The point is met"})
    assert "closed" in text(adviser.get(where)) and adviser.post(f"{where}notes/new/", {"text": "More"}).status_code == 422
    assert CANARY not in "".join(Event.objects.values_list("after", flat=True))
    assert not list(verify())


def test_another_patch_has_the_same_answer_as_an_engagement_that_is_not_there(engagement: Any, people: Any, browser_of: Any) -> None:
    other = browser_of(people["elsewhere"])
    note = noting.write(by=people["lead"], engagement=engagement, text="…", restricted=False)
    for address in (f"/support/engagements/{engagement.pk}/", f"/support/engagements/{engagement.pk}/steps/body_told/",
                    f"/support/notes/{note.pk}/", f"/schools/{engagement.school_id}/engagements/",
                    "/support/engagements/9999/"):  # fmt: skip
        assert other.get(address).status_code == 404, address
    assert engagement.school.name not in text(other.get("/support/engagements/")) + text(other.get("/support/concerns/"))


def test_one_open_engagement_of_a_programme(engagement: Any, people: Any, schools: Any, door: Any) -> None:
    with pytest.raises(HeadwayError) as fault:
        entered(people, schools[0], door, "focus")
    assert fault.value.code == "H-DESK-71"
    actions.turn(by=people["lead"], engagement=engagement, to="closed", because="Done")
    second = entered(people, schools[0], door, "focus")
    with pytest.raises(HeadwayError):  # the first cannot be opened again beside it
        actions.turn(by=people["lead"], engagement=engagement, to="open", because="Again")
    assert [one.pk for one in queries.live_of(schools[0].pk)] == [second.pk]


def test_paused_work_is_frozen_and_goes_on_with_all_it_held(engagement: Any, people: Any) -> None:
    lead = people["lead"]
    named(people, engagement)
    note = noting.write(by=lead, engagement=engagement, text="Before", restricted=False)
    held = list(queries.course_of(queries.engagement_for(lead, engagement.pk)).facts)
    actions.turn(by=lead, engagement=engagement, to="paused", because="Illness")
    for act in (
        lambda: actions.direct(by=lead, engagement=engagement, way="up", rationale="…"),
        lambda: noting.revise(by=lead, note=note, text="After"),
        lambda: actions.allocate(by=lead, engagement=engagement, adviser=lead, since=clock.today()),
        lambda: actions.write_step(by=lead, engagement=engagement, key="body_told", done=clock.today(), not_needed=False, choice="",
                                   ticks=[], text="", seen=0),
    ):  # fmt: skip
        with pytest.raises(HeadwayError) as fault:
            act()
        assert fault.value.code == "H-DESK-72"
    actions.turn(by=lead, engagement=engagement, to="open", because="Back")
    assert list(queries.course_of(queries.engagement_for(lead, engagement.pk)).facts) == held


def test_a_workflow_changed_meanwhile_leaves_the_steps_as_they_were(engagement: Any, people: Any, schools: Any, door: Any) -> None:
    flow = door.library.workflows["intensive"]
    before = list(Step.objects.filter(engagement=engagement).values_list("key", "definition"))
    changed = flow.model_copy(update={"steps": (flow.steps[0].model_copy(update={"title": "Another title"}), *flow.steps[3:5])})
    library = replace(door.library, workflows=door.library.workflows | {"intensive": changed})
    shown = pages.shown(queries.engagement_for(people["lead"], engagement.pk), library, clock.today())
    assert [(one.step.id, one.step.title) for phase in shown.phases for one in phase.lines] == [
        (key, definition["title"]) for key, definition in before
    ]
    fresh = actions.enter(by=people["lead"], school=schools[1], workflow=changed, route="maintained", day=clock.today(), aim="…", point="…")
    assert [one.key for one in fresh.steps.all()] == [one.id for one in changed.steps]


def taken(people: Any, engagement: Engagement, door: Any, rung: str, ladder: str = "maintained") -> LadderAction:
    """Prepared, whole, and issued today."""
    of = door.library.ladders[ladder]
    wanted = of.rung(rung)
    made = climbing.prepare(by=people["lead"], engagement=engagement, ladder=of, rung=wanted)
    whole = {part.id: "…" for part in wanted.parts}
    climbing.write(by=people["lead"], action=made, ticks=[one.id for one in wanted.conditions], parts=whole, passed_over="It cannot wait")
    issued = {"issued": clock.today(), "due": None, "after": lambda day, count, unit: days_after(day, count, unit, door.library)}
    climbing.issue(by=people["lead"], action=made, ladder=of, **issued)
    return LadderAction.objects.get(pk=made.pk)


def test_the_ladder_has_clocks_and_conditions(engagement: Any, people: Any, door: Any, browser_of: Any) -> None:
    notice = taken(people, engagement, door, "warning_notice")
    assert notice.due is not None and notice.due > clock.today()
    with pytest.raises(HeadwayError) as fault:
        climbing.prepare(by=people["lead"], engagement=engagement, ladder=door.library.ladders["maintained"],
                         rung=door.library.ladders["maintained"].rung("interim_board"))  # fmt: skip
    assert fault.value.code == "H-DESK-75"
    taken(people, engagement, door, "eligible")
    board = climbing.prepare(by=people["lead"], engagement=engagement, ladder=door.library.ladders["maintained"],
                             rung=door.library.ladders["maintained"].rung("interim_board"))  # fmt: skip
    page = browser_of(people["lead"])
    answer = page.post(f"/support/ladder/{board.pk}/", {"issue": "yes", "issued": str(clock.today()), "part-members": CANARY})
    assert answer.status_code == 422 and "Every condition must hold" in text(answer) and CANARY in text(answer)
    assert LadderAction.objects.get(pk=board.pk).parts["members"] == CANARY  # kept, not issued
    shown = text(page.get(f"/support/engagements/{engagement.pk}/"))
    assert "Statutory" in shown and "section 65" in shown and "to be checked by a lawyer" in shown
    climbing.end(by=people["lead"], action=notice, outcome="complied", said="All done", day=clock.today())
    with pytest.raises(HeadwayError):  # pressed twice
        climbing.end(by=people["lead"], action=notice, outcome="not_complied", said="…", day=clock.today())


def test_a_school_that_becomes_an_academy_takes_its_engagement_along_and_the_powers_change(
    engagement: Any, people: Any, schools: Any, door: Any, browser_of: Any
) -> None:
    named(people, engagement)
    concern = actions.raise_concern(by=people["lead"], school=schools[0], kind="other", source="HR", summary="…", raised=clock.today(),
                                    engagement=engagement)  # fmt: skip
    taken(people, engagement, door, "warning_notice")
    half = climbing.prepare(by=people["lead"], engagement=engagement, ladder=door.library.ladders["maintained"],
                            rung=door.library.ladders["maintained"].rung("eligible"))  # fmt: skip
    steps = list(engagement.steps.values_list("key", flat=True))
    actions.follow(by=people["lead"], engagement=engagement, school=schools[2], route="academy", day=clock.today(), because="Converted")
    fresh = queries.engagement_for(people["lead"], engagement.pk)
    assert (fresh.school_id, fresh.route) == (schools[2].pk, "academy")
    assert list(fresh.steps.values_list("key", flat=True)) == steps and queries.adviser_of(fresh).adviser == people["adviser"]
    assert Concern.objects.get(pk=concern.pk).school_id == schools[2].pk
    with pytest.raises(HeadwayError) as fault:  # what was being prepared is a power no more
        climbing.issue(by=people["lead"], action=half, ladder=door.library.ladders["maintained"], issued=clock.today(), due=None,
                       after=lambda *_: None)  # fmt: skip
    assert "an academy" in fault.value.why
    page = text(browser_of(people["lead"]).get(f"/support/engagements/{engagement.pk}/"))
    assert "academy: by dialogue, no powers" in page and "it gives no power now: Warning notice" in page and "Letter to the trust" in page
    letter = taken(people, fresh, door, "dialogue", "academy")
    assert letter.ladder == "academy"


def test_two_schools_that_merge_keep_both_histories(engagement: Any, people: Any, schools: Any, door: Any) -> None:
    other = entered(people, schools[1], door)
    with pytest.raises(HeadwayError) as fault:
        actions.follow(by=people["lead"], engagement=other, school=schools[0], route="maintained", day=clock.today(), because="Merged")
    assert fault.value.code == "H-DESK-71" and Engagement.objects.get(pk=other.pk).school_id == schools[1].pk
    actions.turn(by=people["lead"], engagement=engagement, to="closed", because="Merged; the other goes on")
    actions.follow(by=people["lead"], engagement=other, school=schools[0], route="maintained", day=clock.today(), because="Merged")
    found = {one.pk: one.state for one in Engagement.objects.filter(school=schools[0])}
    assert found == {engagement.pk: State.CLOSED, other.pk: State.OPEN}
    assert other.followings.get().before_id == schools[1].pk


def test_an_adviser_who_leaves_is_told_and_replaced_and_stays_in_the_history(engagement: Any, people: Any, browser_of: Any) -> None:
    named(people, engagement)
    people["adviser"].is_active = False
    people["adviser"].save()
    lead = people["lead"]
    assert queries.without_adviser(queries.engagements_for(lead)) == [engagement]
    browser = browser_of(lead)
    assert "who has left" in text(browser.get("/support/engagements/")) and "1 has no adviser" in text(browser.get("/support/engagements/"))
    with pytest.raises(HeadwayError):
        actions.allocate(by=lead, engagement=engagement, adviser=people["second"], since=clock.today())  # not checked
    named(people, engagement, "second")
    fresh = queries.engagement_for(lead, engagement.pk)
    assert [one.adviser for one in fresh.allocations.all()] == [people["adviser"], people["second"]]
    assert queries.adviser_of(fresh).adviser == people["second"] and not queries.without_adviser([fresh])


def test_a_conflict_keeps_somebody_from_being_named(engagement: Any, people: Any, browser_of: Any) -> None:
    adviser = browser_of(people["adviser"])
    adviser.post("/support/interests/", {"found": "something", "school": str(engagement.school_id), "what": "My daughter is in year 4"})
    page = text(browser_of(people["lead"]).get(f"/support/engagements/{engagement.pk}/check/"))
    assert "My daughter is in year 4" in page and "Nothing is on record" in page
    actions.check(by=people["lead"], engagement=engagement, person=people["adviser"], clear=False, what="A daughter in the school")
    with pytest.raises(HeadwayError) as fault:
        actions.allocate(by=people["lead"], engagement=engagement, adviser=people["adviser"], since=clock.today())
    assert "A daughter in the school" in fault.value.why


def test_head_and_governors_reply_to_a_notice_and_are_answered(
    engagement: Any, people: Any, door: Any, browser_of: Any, person: Any
) -> None:
    notice, urn = taken(people, engagement, door, "warning_notice"), engagement.school_id
    head = browser_of(people["head"])
    governor = browser_of(person(Role.GOVERNOR, urns=frozenset({urn}), email="gov@example.org"))
    where = f"/support/notices/{notice.pk}/"
    assert "The governing body may reply until" in text(governor.get(where)) and "Warning notice" in text(
        head.get(f"/schools/{urn}/engagements/")
    )
    assert "A notice to reply to" in text(governor.get("/alerts/?show=waits"))
    held = f"/schools/{urn}/held/"
    assert "Reply: Warning notice" in text(head.get(held))
    assert governor.post(where, {"text": " ", "once": "a"}).status_code == 422
    for _ in range(2):  # pressed twice
        governor.post(where, {"text": f"The books show it: {CANARY}", "once": "a"})
    said = notice.replies.get()
    assert said.in_time and CANARY in text(head.get(where)) and CANARY not in "".join(Event.objects.values_list("after", flat=True))
    assert "A notice to reply to" not in text(governor.get("/alerts/?show=waits")) and "Reply: Warning notice" not in text(head.get(held))
    assert browser_of(people["elsewhere"]).get(where).status_code == 404
    assert head.get(f"/support/notices/replies/{said.pk}/answer/").status_code == 403
    assert browser_of(people["adviser"]).post(where, {"text": "We", "once": "b"}).status_code == 404  # the council does not reply to itself
    lead = browser_of(people["lead"])
    assert "Answer what" in text(lead.get("/alerts/?show=waits"))
    lead.post(f"/support/notices/replies/{said.pk}/answer/", {"text": "We have read it", "once": "-"})
    assert "We have read it" in text(governor.get(where)) and "Answer what" not in text(lead.get("/alerts/?show=waits"))
    again = lead.post(f"/support/notices/replies/{said.pk}/answer/", {"text": "Twice", "once": "-"})
    assert again.status_code == 422 and "answered already" in text(again)


def test_two_who_write_a_step_at_once_lose_nothing(engagement: Any, people: Any, browser_of: Any) -> None:
    one, two = browser_of(people["adviser"]), browser_of(people["second"])
    where = f"/support/engagements/{engagement.pk}/steps/body_told/"
    one.post(where, {"state": "started", "text": "First", "seen": 0})
    answer = two.post(where, {"state": "started", "text": "Second", "seen": 0})
    assert answer.status_code == 422 and "First" in text(answer) and "Second" in text(answer) and "Somebody else wrote" in text(answer)


def test_notes_are_drafted_sealed_revised_and_restricted(engagement: Any, people: Any, browser_of: Any) -> None:
    adviser = browser_of(people["adviser"])
    where = f"/support/engagements/{engagement.pk}/"
    assert ":" in adviser.post(f"{where}draft/new/", {"text": CANARY}).json()["saved"]
    assert CANARY not in NoteDraft.objects.get().sealed and CANARY in text(adviser.get(f"{where}notes/new/"))
    adviser.post(f"{where}notes/new/", {"text": CANARY, "restricted": "on"})
    assert not NoteDraft.objects.exists() and CANARY not in NoteVersion.objects.get().text
    note = engagement.notes.get()
    adviser.post(f"/support/notes/{note.pk}/revise/", {"text": "Calmer words"})
    assert "Calmer words" in text(adviser.get(where)) and CANARY not in text(adviser.get(where))
    assert CANARY in text(adviser.get(f"/support/notes/{note.pk}/"))  # every version stays


def test_three_concerns_flag_a_school_and_the_meeting_is_confidential(people: Any, schools: Any, browser_of: Any) -> None:
    lead, today = people["lead"], clock.today()
    for number in range(3):
        actions.raise_concern(by=lead, school=schools[1], kind="other", source="HR", summary=f"Number {number}", raised=today)
        assert bool(queries.flagged(lead, today)) is (number == 2)
    browser, adviser = browser_of(lead), browser_of(people["adviser"])
    where = browser.post("/support/concern-meetings/", {"day": str(today)}).url
    assert schools[1].name in text(browser.get(where)) and "3 concerns within a year" in text(browser.get(where))
    form = {f"item-{one.pk}": CANARY for one in convening.Meeting.objects.get().items.all()} | {"present": "All", "held": "yes"}
    browser.post(where, form)
    assert CANARY in text(browser.get(where)) and CANARY not in Minute.objects.get().text
    assert adviser.get(where).status_code == 403 and adviser.get("/support/concern-meetings/").status_code == 403
    assert browser.post("/support/concern-meetings/", {"day": str(today)}).status_code == 422  # one a day
    adviser.post(f"/support/concerns/{Concern.objects.last().pk}/", {"upheld": "no", "outcome": "It is not so"})
    assert not queries.flagged(lead, today)
    assert CANARY not in "".join(Event.objects.values_list("after", flat=True))


def test_the_list_narrows_watches_and_is_taken_away(engagement: Any, people: Any, schools: Any, door: Any, browser_of: Any) -> None:
    entered(people, schools[1], door, "focus")
    lead = browser_of(people["lead"])
    lead.post(f"/support/engagements/{engagement.pk}/watch/", {"on": "yes"})
    page = text(lead.get("/support/engagements/?watched=yes"))
    assert schools[0].name in page and schools[1].name not in page
    assert schools[1].name in text(lead.get(f"/support/engagements/?text={schools[1].pk}"))
    taken_away = lead.get("/support/engagements/as-seen.csv")
    assert taken_away.status_code == 200 and schools[0].name in text(taken_away)
    assert "No engagement fits" in text(lead.get("/support/engagements/?text=zzz"))
    assert rules.MOVES[rules.OPEN] == {"paused", "stopped", "closed"}
