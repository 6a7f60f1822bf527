"""From the returns of services to a decision: what feeds a proposal, what a meeting says, what two people at once get."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from headway.desk.accounts.permissions import Role
from headway.desk.audit.models import Event
from headway.desk.audit.queries import verify
from headway.desk.establishments.models import Establishment
from headway.desk.framing.pages import the_door
from headway.desk.tiers import actions, deciding, evidence, letters, queries
from headway.desk.tiers.advisers import likely_adviser
from headway.desk.tiers.models import Evidence, Moderation, Outcome, Return, TierDecision
from headway.readings.door import open_door
from headway.readings.establishment import of_authority
from headway.readings.tier_proposal.proposing import scheme_named
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import PUBLIC, Viewer

pytestmark = pytest.mark.django_db
CANARY = "Wilhelmina Canary"


@pytest.fixture
def schools(example: Any, settings: Any) -> list[Establishment]:
    """The example behind the desk; three of its primaries."""
    settings.HEADWAY = replace(settings.HEADWAY, home=example)
    found = [one for one in of_authority(open_door(example), "150").values() if one.phase == "primary" and one.status == "open"][:3]
    return [Establishment.objects.create(urn=one.urn, name=one.name, phase="primary", status="open", authority="150") for one in found]


@pytest.fixture
def people(schools: list[Establishment], person: Any) -> dict[str, Any]:
    return {
        "head_of_service": person(Role.HEAD_OF_SCHOOL_IMPROVEMENT, email="s@example.org"),
        "adviser": person(Role.ADVISER, email="a@example.org"),
        "hr": person(Role.SERVICE_OFFICER, email="hr@example.org"),
        "finance": person(Role.SERVICE_OFFICER, email="f@example.org"),
        "head": person(Role.HEADTEACHER, urns={schools[0].pk}, email="h@example.org"),
        "elsewhere": person(Role.HEADTEACHER, urns={schools[1].pk}, email="e@example.org"),
    }


@pytest.fixture
def scheme(schools: list[Establishment]) -> Any:
    return scheme_named(the_door())


@pytest.fixture
def meeting(people: dict[str, Any], schools: list[Establishment], scheme: Any) -> Moderation:
    return called(people, schools, scheme)


def called(people: dict[str, Any], schools: list[Establishment], scheme: Any, once: str = "m") -> Moderation:
    return actions.call_meeting(
        by=people["head_of_service"], door=the_door(), viewer=PUBLIC, scheme=scheme, title="Primary schools, north", day=clock.today(),
        schools=schools, once=once, days_at_hand=40,
    )  # fmt: skip


def line(on_school: Establishment, **given: str) -> dict[str, str]:
    told = {"school": str(on_school.pk), "service": "hr", "kind": "leadership_change", "found": "found", "line": "An acting head since May"}
    return {**told, "on": str(clock.today()), "expires": "", "once": "abc", **given}


def test_a_line_of_a_service_feeds_the_proposal_and_is_written_once(people: Any, schools: Any, scheme: Any, browser_of: Any) -> None:
    hr = browser_of(people["hr"])
    before = queries.proposals(the_door(), PUBLIC, scheme, [schools[0].pk])[0][schools[0].pk]
    assert {one.name: one.answer.value for one in before.signals}["leadership_change"] == "unknown"
    for _ in range(2):  # the button pressed twice
        assert hr.post("/support/returns/new/", line(schools[0])).status_code == 302
    assert Return.objects.count() == 1
    after, numbers = queries.proposals(the_door(), PUBLIC, scheme, [schools[0].pk])
    assert {one.name: one.answer.value for one in after[schools[0].pk].signals}["leadership_change"] == "met"
    assert numbers == {schools[0].pk: [Return.objects.get().pk]}
    hr.post("/support/returns/new/", line(schools[1], found="nothing", line="The head is in her fifth year", once="def"))
    second = queries.proposals(the_door(), PUBLIC, scheme, [schools[1].pk])[0][schools[1].pk]
    assert {one.name: one.answer.value for one in second.signals}["leadership_change"] == "not_met"


def test_every_fault_of_a_line_is_told_beside_its_field(people: Any, schools: Any, browser_of: Any) -> None:
    tomorrow = str(clock.today() + timedelta(1))
    faulty = line(schools[0], school="zzzz", line="", on=tomorrow, kind="", found="nothing")
    answer = browser_of(people["hr"]).post("/support/returns/new/", faulty)
    page = answer.content.decode()
    assert answer.status_code == 422 and not Return.objects.exists()
    for fault in ("No school of yours", "This field is required", "has not come yet", "Say what was looked into"):
        assert fault in page
    assert 'value="zzzz"' in page  # what was typed is still there


def test_restricted_lines_are_sealed_and_read_by_those_who_sort_schools(people: Any, schools: Any, browser_of: Any) -> None:
    hr, finance, adviser = (browser_of(people[who]) for who in ("hr", "finance", "adviser"))
    hr.post("/support/returns/new/", line(schools[0], kind="staffing", line=CANARY))
    one = Return.objects.get()
    assert one.restricted and CANARY not in one.line  # staffing is restricted whatever was ticked
    assert CANARY in hr.get("/support/returns/").content.decode() and CANARY in adviser.get("/support/returns/").content.decode()
    assert CANARY not in finance.get("/support/returns/").content.decode()
    assert finance.post(f"/support/returns/{one.pk}/aside/", {"because": "x"}).status_code == 404
    assert CANARY not in "".join(Event.objects.values_list("after", flat=True))
    assert browser_of(people["head"]).get("/support/returns/").status_code == 403


def test_a_line_is_put_aside_with_its_reason_and_counts_no_more(people: Any, schools: Any, browser_of: Any) -> None:
    hr = browser_of(people["hr"])
    hr.post("/support/returns/new/", line(schools[0]))
    one = Return.objects.get()
    assert hr.post(f"/support/returns/{one.pk}/aside/", {"because": ""}).status_code == 422
    hr.post(f"/support/returns/new/?replaces={one.pk}", line(schools[0], line="A new head since September", once="second"))
    assert [entry.kind for entry in queries.entries([schools[0].pk])[0]] == ["leadership_change"]
    assert queries.line_of(queries.standing_returns([schools[0].pk]).get()) == "A new head since September"
    newer = queries.standing_returns([schools[0].pk]).get()
    hr.post(f"/support/returns/{newer.pk}/aside/", {"because": "Another school"})
    assert queries.entries([schools[0].pk]) == ((), {}) and Return.objects.count() == 2


def test_the_evidence_is_frozen_with_the_meeting(meeting: Moderation, people: Any, schools: Any, scheme: Any) -> None:
    assert called(people, schools, scheme).pk == meeting.pk and Moderation.objects.count() == 1
    kept = Evidence.objects.get(school=schools[0])
    assert (kept.snapshot, kept.library) == (the_door().published.id, the_door().published.library_digest)
    assert {one["name"] for one in kept.shown["signals"]} == set(scheme.signals)
    actions.give(by=people["hr"], school=schools[0], service="hr", line="x", on=clock.today(), once="1", kind="leadership_change")
    item = meeting.items.get(school=schools[0])
    assert item.evidence.shown == kept.shown
    actions.put_before(by=people["head_of_service"], door=the_door(), viewer=PUBLIC, scheme=scheme, meeting=meeting, schools=schools)
    item.refresh_from_db()
    met = [one["name"] for one in item.evidence.shown["signals"] if one["answer"] == "met"]
    assert "leadership_change" in met and Evidence.objects.filter(pk=kept.pk).exists()


def test_two_people_at_one_school_neither_overwrites_the_other(meeting: Moderation, people: Any, schools: Any, scheme: Any) -> None:
    item = meeting.items.get(school=schools[0])
    first, second = people["head_of_service"], people["adviser"]
    done = {"item": item, "scheme": scheme, "tier": "focus", "reason": "Results recovered late."}
    made = actions.settle(by=first, began_from=0, **done)
    assert actions.settle(by=first, began_from=0, **done) == made  # the same form sent twice
    with pytest.raises(HeadwayError) as told:
        actions.settle(by=second, item=item, scheme=scheme, tier="secure", reason="A new leader of mathematics.", began_from=0)
    assert told.value.code == "H-DESK-42"
    actions.settle(by=second, item=item, scheme=scheme, tier="secure", reason="A new leader of mathematics.", began_from=1)
    assert list(Outcome.objects.values_list("number", "tier")) == [(1, "focus"), (2, "secure")]
    actions.settle(by=second, item=item, scheme=scheme, tier="", reason="", began_from=2)
    assert queries.newest(meeting.items.get(school=schools[0])) is None  # left open again; what was said stays
    assert not list(verify())


def test_a_decision_stands_from_its_day_and_is_seen_by_the_school_only_once_told(
    meeting: Moderation, people: Any, schools: Any, scheme: Any
) -> None:
    by, item = people["head_of_service"], meeting.items.get(school=schools[0])
    with pytest.raises(HeadwayError, match="Say why"):
        actions.settle(by=by, item=item, scheme=scheme, tier="intensive", reason="", began_from=0)
    actions.settle(by=by, item=item, scheme=scheme, tier="intensive", reason="A notice is in force.", began_from=0)
    for made in (1, 0):  # confirmed twice, decided once
        assert actions.confirm(by=by, meeting=meeting, ways_out={schools[0].pk: "Two green reviews."}, advisers={}) == made
    with pytest.raises(HeadwayError, match="confirmed already"):
        actions.settle(by=by, item=item, scheme=scheme, tier="focus", reason="x", began_from=1)
    today = clock.today()
    now = queries.tier_now(schools, today)
    assert set(now) == {schools[0].pk} and now[schools[0].pk].tier == "intensive" and not now[schools[0].pk].seen
    assert not queries.tier_now(schools, today, seen_only=True) and not queries.tier_now(schools, today - timedelta(1))
    assert TierDecision.objects.get().evidence_id == item.evidence_id
    assert not queries.decisions_for(people["head"]).exists() and not queries.decisions_for(people["elsewhere"]).exists()


def test_a_tier_follows_a_school_that_becomes_an_academy(meeting: Moderation, people: Any, schools: Any, scheme: Any) -> None:
    by, item = people["head_of_service"], meeting.items.get(school=schools[0])
    actions.settle(by=by, item=item, scheme=scheme, tier="focus", reason="x", began_from=0)
    actions.confirm(by=by, meeting=meeting, ways_out={}, advisers={})
    academy = Establishment.objects.create(
        urn=999_001, name="The same as an academy", authority="150", links=[{"urn": schools[0].pk, "kind": "predecessor"}]
    )
    found = queries.tier_now([academy], clock.today())[academy.pk]
    assert (found.tier, found.carried_from) == ("focus", schools[0].pk)


def test_a_nursery_without_data_is_not_enough_evidence_and_can_be_decided_so(people: Any, schools: Any, scheme: Any, example: Any) -> None:
    nursery = next(one for one in of_authority(open_door(example), "150").values() if one.phase == "nursery" and one.status == "open")
    school = Establishment.objects.create(urn=nursery.urn, name=nursery.name, phase="nursery", status="open", authority="150")
    meeting = called(people, [school], scheme, "nursery")
    item = meeting.items.get()
    assert item.evidence.proposed == "not_enough_evidence"
    actions.settle(by=people["adviser"], item=item, scheme=scheme, tier="not_enough_evidence", reason="", began_from=0)
    actions.confirm(by=people["head_of_service"], meeting=meeting, ways_out={}, advisers={})
    assert queries.tier_now([school], date.max)[school.pk].tier == "not_enough_evidence"


def test_the_whole_way_from_a_return_to_a_reply_through_the_pages(
    people: Any, schools: Any, browser_of: Any, person: Any, monkeypatch: Any
) -> None:
    """Returns, proposals, a meeting, the call, the letter, the reply, its answer, an appeal; the school sees nothing before the call."""
    monkeypatch.setenv("HEADWAY_TODAY", "2026-11-25")
    hr, service, adviser, head, elsewhere = (browser_of(people[who]) for who in ("hr", "head_of_service", "adviser", "head", "elsewhere"))
    urn = schools[0].pk
    hr.post("/support/returns/new/", line(schools[0], on="2026-11-02"))
    form = {"title": "North", "day": "2026-11-25", "scheme": "aiming_higher.v1", "urns": f"{urn} {schools[1].pk}", "once": "m1"}
    where = service.post("/support/meetings/new/", {**form, "days_at_hand": "20"}).url
    service.post(f"{where}present/", {"name": "A Person", "part": "chair", "interest": "", "school": ""})
    service.post(f"{where}present/", {"name": "O Ther", "part": "member", "interest": "governor there", "school": str(urn)})
    page = adviser.get(f"{where}schools/{urn}/").content.decode()
    for words in ("The rules propose, you decide", "An acting head since May", "O Ther has declared an interest", "not sent", "of 20"):
        assert words in page, words
    opinion = {"view": "focus", "line": "Two of three teachers in year 6 are new."}
    assert adviser.post(f"{where}schools/{urn}/view/", opinion).status_code == 302
    faulty = service.post(f"{where}schools/{urn}/", {"tier": "intensive", "reason": "", "began_from": "0"})
    assert faulty.status_code == 422 and faulty.content.decode().count("Say why") == 2  # beside its field, and where the page begins
    for nothing in ({}, {"tier": "", "reason": "x"}):  # the button pressed with nothing chosen, and without a word
        assert service.post(f"{where}schools/{urn}/", {**nothing, "began_from": "0"}).status_code == 422
    settled = {"tier": "focus", "reason": "The head is new and year 6 has new teachers.", "began_from": "0"}
    assert service.post(f"{where}schools/{urn}/", settled).status_code == 302
    late = adviser.post(f"{where}schools/{urn}/", {"tier": "secure", "reason": CANARY, "began_from": "0"})
    assert late.status_code == 409 and CANARY in late.content.decode() and "The head is new" in late.content.decode()
    form = {f"way_out-{urn}": "", f"adviser-{urn}": str(people["adviser"].pk), f"seen-{urn}": "1"}
    lacking = service.post(f"{where}confirm/", form)
    assert lacking.status_code == 422 and "Write it before anybody is rung" in lacking.content.decode()
    old = service.post(f"{where}confirm/", {**form, f"way_out-{urn}": "Two green reviews.", f"seen-{urn}": "0"})
    assert old.status_code == 409 and "Two green reviews." in old.content.decode() and not TierDecision.objects.exists()
    service.post(f"{where}confirm/", {**form, f"way_out-{urn}": "Two green reviews."})
    decision = TierDecision.objects.get()
    for reader in (head, elsewhere):
        assert reader.get(f"/support/decisions/{decision.pk}/letter/").status_code == 404
    assert "No tier has been told" in head.get(f"/schools/{urn}/held/").content.decode()
    service.post("/support/letters/send/", {"decision": str(decision.pk)})
    decision.refresh_from_db()
    assert decision.state == "decided"  # no letter before the call
    service.post("/support/letters/send/", {})
    said = service.get("/support/letters/").content.decode()
    assert "No letter is ticked" in said and "0 letters" not in said.split("<h1>")[0]
    call = {"whom": "nobody", "said": "Rang twice", "adviser": str(people["adviser"].pk), "phone": "01632 960001", "once": "c1"}
    adviser.post(f"/support/decisions/{decision.pk}/call/", call)
    assert "No tier has been told" in head.get(f"/schools/{urn}/held/").content.decode()
    early = adviser.post(f"/support/decisions/{decision.pk}/call/", {**call, "whom": "head", "once": "c2", "day": "2026-11-24"})
    assert early.status_code == 422 and "the call comes after" in early.content.decode()
    adviser.post(f"/support/decisions/{decision.pk}/call/", {**call, "whom": "head", "once": "c2"})
    held = head.get(f"/schools/{urn}/held/").content.decode()
    assert "in the tier Focus" in held and "01632 960001" in held and "Two green reviews." in held and "every 6 to 12 school weeks" in held
    assert head.get(f"/support/decisions/{decision.pk}/letter/").status_code == 404  # the call was logged, the letter has not gone
    service.post("/support/letters/send/", {"decision": str(decision.pk)})
    decision.refresh_from_db()
    assert (decision.state, str(decision.reply_by)) == ("written", "2026-12-09")
    letter = head.get(f"/support/decisions/{decision.pk}/letter/").content.decode()
    for words in ("Focus", "The head is new", "Two green reviews.", "01632 960001", "9 December 2026", "no part in the decision",
                  "25 November 2026", "Yours sincerely"):  # fmt: skip
        assert words in letter, words
    for form_of, mark in (("docx", b"PK"), ("pdf", b"%PDF")):
        assert head.get(f"/support/decisions/{decision.pk}/letter.{form_of}").content.startswith(mark)
    assert service.get("/support/letters/2026-11-25.zip").content.startswith(b"PK")
    reply = {"wish": "facts", "text": "The head has been in post since 2019.", "once": "r1"}
    assert head.post(f"/support/decisions/{decision.pk}/reply/", {**reply, "text": ""}).status_code == 422
    for _ in range(2):
        assert head.post(f"/support/decisions/{decision.pk}/reply/", reply).status_code == 302
    [kept] = decision.replies.all()
    adviser.post(f"/support/replies/{kept.pk}/answer/", {"text": "Put right, thank you."})
    assert "Put right, thank you." in head.get(f"/schools/{urn}/held/").content.decode()
    head.post(f"/support/decisions/{decision.pk}/appeal/", {"text": "The same figures gave Secure last year.", "once": "a1"})
    chair = browser_of(person(Role.BOARD_CHAIR, email="chair@example.org"))
    [appealed] = queries.appeals_for(people["head_of_service"])
    assert "The same figures" in chair.get(f"/support/appeals/{appealed.pk}/").content.decode()
    chair.post(f"/support/appeals/{appealed.pk}/", {"tier": "light_touch", "text": "The leadership point does not stand."})
    moved = TierDecision.objects.order_by("-pk").first()
    assert (moved.tier, moved.route, moved.state) == ("light_touch", "appeal", "decided")
    held = head.get(f"/schools/{urn}/held/").content.decode()
    assert "The leadership point does not stand." in head.get(f"/schools/{urn}/held/").content.decode() and "in the tier Focus" in held
    assert not list(verify())
    told = "".join(Event.objects.values_list("after", flat=True))
    assert CANARY not in told and "The head is new" not in told


def test_no_letter_goes_on_the_last_two_school_days_of_a_term_unless_for_safeguarding(
    meeting: Moderation, people: Any, schools: Any, scheme: Any, monkeypatch: Any
) -> None:
    by = people["head_of_service"]
    for school in schools[:2]:
        item = meeting.items.get(school=school)
        actions.settle(by=by, item=item, scheme=scheme, tier="focus", reason="x", began_from=0)
    actions.confirm(by=by, meeting=meeting, ways_out={}, advisers={})
    plain, safe = TierDecision.objects.order_by("pk")
    for one in (plain, safe):
        deciding.tell(by=by, decision=one, whom="head", adviser=people["adviser"], phone="1")
    TierDecision.objects.filter(pk=safe.pk).update(safeguarding=True)
    monkeypatch.setenv("HEADWAY_TODAY", "2026-12-18")
    door = the_door()
    letter = letters.told(door, plain, "Wrenford", clock.today())
    with pytest.raises(HeadwayError) as told:
        deciding.write_letter(by=by, door=door, decision=plain, letter=letter)
    assert told.value.code == "H-DESK-45" and "4 January 2027" in told.value.why
    assert deciding.write_letter(by=by, door=door, decision=TierDecision.objects.get(pk=safe.pk), letter=letter).state == "written"
    with pytest.raises(HeadwayError, match="the letter is sent"):
        deciding.write_letter(by=by, door=door, decision=safe, letter=letter)  # the button pressed twice


def test_a_lighter_tier_is_earned_or_explained(meeting: Moderation, people: Any, schools: Any, scheme: Any) -> None:
    by, school = people["head_of_service"], schools[0]
    item = meeting.items.get(school=school)
    actions.settle(by=by, item=item, scheme=scheme, tier="focus", reason="x", began_from=0)
    actions.confirm(by=by, meeting=meeting, ways_out={}, advisers={})
    TierDecision.objects.update(since=date(2025, 9, 18))
    given = {
        "by": by,
        "door": the_door(),
        "viewer": PUBLIC,
        "scheme": scheme,
        "school": school,
        "tier": "light_touch",
        "reason": "It goes well.",
    }
    given |= {"since": date(2025, 11, 20), "way_out": "One green review.", "safeguarding": False}
    with pytest.raises(HeadwayError, match="not shown yet"):
        deciding.move(**given, despite="", once="1")
    for day, source in ((date(2025, 9, 29), "books"), (date(2025, 11, 17), "lessons")):
        deciding.review(by=people["adviser"], school=school, day=day, colour="green", sources=[source], line="Going well", once=str(day))
    moved = deciding.move(**given, despite="", once="2")
    assert moved == deciding.move(**given, despite="", once="2")  # sent twice
    assert queries.tier_now([school], date(2025, 11, 21))[school.pk].tier == "light_touch"
    assert queries.tier_now([school], date(2025, 11, 19))[school.pk].tier == "focus"
    assert moved.evidence.at > item.evidence.at  # what is known now, not what the meeting had


def test_a_school_asks_for_help_without_penalty(people: Any, schools: Any, scheme: Any, browser_of: Any) -> None:
    before = queries.proposals(the_door(), PUBLIC, scheme, [schools[0].pk])[0][schools[0].pk]
    head, urn = browser_of(people["head"]), schools[0].pk
    assert head.post(f"/schools/{urn}/ask-for-help/", {"text": "Mathematics in years 3 and 4.", "once": "h"}).status_code == 302
    after = queries.proposals(the_door(), PUBLIC, scheme, [urn])[0][urn]
    assert after.points == before.points  # it costs nothing
    assert scheme.heaviness(after.tier) >= scheme.heaviness("light_touch")
    assert "You asked for help" in head.get(f"/schools/{urn}/held/").content.decode()


def test_another_school_has_the_same_answer_as_a_page_that_does_not_exist(
    meeting: Moderation, people: Any, schools: Any, scheme: Any, browser_of: Any
) -> None:
    by = people["head_of_service"]
    actions.settle(by=by, item=meeting.items.get(school=schools[0]), scheme=scheme, tier="focus", reason="x", began_from=0)
    actions.confirm(by=by, meeting=meeting, ways_out={}, advisers={})
    one = TierDecision.objects.get()
    deciding.tell(by=by, decision=one, whom="head", adviser=people["adviser"], phone="1")
    other = browser_of(people["elsewhere"])
    other.get("/account/")  # tells once that one is signed in
    absent = told(other.get("/support/decisions/99999/reply/"))
    for address in (f"/support/decisions/{one.pk}/reply/", f"/support/decisions/{one.pk}/appeal/", f"/support/decisions/{one.pk}/letter/",
                    f"/schools/{schools[0].pk}/held/", f"/schools/{schools[0].pk}/ask-for-help/", "/schools/999999/held/"):  # fmt: skip
        answer = other.get(address)
        assert (answer.status_code, told(answer)) == (404, absent), address
    assert other.get(f"/support/meetings/{meeting.pk}/schools/{schools[0].pk}/").status_code in (403, 404)


def told(answer: Any) -> str:
    """What a page says, without its frame."""
    return answer.content.decode().split("<main")[1].split("</main>")[0]


def test_what_rests_on_early_results_is_told_to_nobody_who_may_not_see_them(meeting: Moderation, schools: Any) -> None:
    shown = Evidence.objects.get(school=schools[0]).shown
    one = next(one for one in shown["signals"] if not one["restricted"])
    kept = {**shown, "signals": [{**one, "answer": "met", "said": CANARY, "title": CANARY, "early": True}], "lighter": [one["name"]]}
    scheme = scheme_named(the_door())
    assert CANARY not in str(evidence.for_school(kept)) and "early results" in str(evidence.for_school(kept))
    assert "early results" in str(evidence.would_move(kept, scheme))
    assert not evidence.unknown_for_school({"signals": [{**one, "answer": "unknown", "core": True, "early": True}]})


def test_a_signal_that_says_something_else_with_early_results_is_marked(schools: Any, scheme: Any) -> None:
    """The same school, asked by somebody who sees early results and by somebody who does not."""
    door, urn = the_door(), schools[0].pk
    seen = queries.proposals(door, Viewer("adviser", sees_early=True), scheme, [urn])[0][urn]
    public = queries.proposals(door, PUBLIC, scheme, [urn])[0][urn]
    differ = {name for name, said in evidence.said_of(seen).items() if evidence.said_of(public)[name] != said}
    assert differ  # the example has early key stage 2 results
    kept = evidence.frozen(seen, scheme, door.library, public)
    assert {one["name"] for one in kept["signals"] if one["early"]} == differ
    assert not any(one["early"] for one in evidence.frozen(public, scheme, door.library)["signals"])


def test_what_was_decided_follows_a_merger_and_outlives_an_adviser_who_leaves(
    meeting: Moderation, people: Any, schools: Any, scheme: Any
) -> None:
    by, adviser = people["head_of_service"], people["adviser"]
    for school, tier in ((schools[0], "focus"), (schools[1], "secure")):
        actions.settle(by=by, item=meeting.items.get(school=school), scheme=scheme, tier=tier, reason="x", began_from=0)
    actions.confirm(by=by, meeting=meeting, ways_out={}, advisers=dict.fromkeys([schools[0].pk, schools[1].pk], adviser))
    TierDecision.objects.filter(school=schools[1]).update(since=clock.today() - timedelta(300))
    links = [{"urn": one.pk, "kind": "merged"} for one in schools[:2]]
    merged = Establishment.objects.create(urn=999_002, name="Both together", authority="150", links=links)
    found = queries.tier_now([merged], clock.today())[merged.pk]
    assert (found.tier, found.carried_from, found.adviser) == ("focus", schools[0].pk, adviser)  # the newer of the two
    adviser.is_active = False
    adviser.save()
    found = queries.tier_now([merged], clock.today())[merged.pk]
    assert found.adviser is None and found.decision.adviser_id == adviser.pk  # nobody is named; who it was stays on record
    assert likely_adviser(schools[0].pk) is None
