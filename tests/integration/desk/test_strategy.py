"""Strategies: written, decided, told about; who reads them when; every change a version; the life as a state machine."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from headway.desk.accounts.permissions import Role
from headway.desk.audit.models import Event
from headway.desk.audit.queries import verify
from headway.desk.strategy import actions, queries, rules
from headway.desk.strategy.models import Action, Milestone, Partner, Priority, Risk, Strand, Strategy
from headway.desk.strategy.rules import State
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError

pytestmark = pytest.mark.django_db
WORDS = {
    "title": "Every school a good school", "summary": "What we promise.", "owner": "Director of education",
    "starts": date(2026, 9, 1), "ends": date(2029, 8, 31), "audience": "everybody",
}  # fmt: skip
SPAN = {"starts": date(2026, 9, 1), "due": date(2027, 7, 31)}
TO_ACTIVE = (State.CONSULTATION, State.REVISED, State.DECIDED, State.ACTIVE)


def begun(**words: Any) -> Strategy:
    return actions.begin(by="user:1", **{**WORDS, **words})


def put(strategy: Strategy, one: Any, reason: str = "") -> Any:
    actions.put(by="user:1", strategy=strategy, one=one, reason=reason)
    return one


def filled() -> tuple[Strategy, Action]:
    """A draft with one of each piece."""
    strategy = begun()
    strand = put(strategy, Strand(strategy=strategy, title="Teaching"))
    priority = put(strategy, Priority(strand=strand, title="Writing"))
    partner = put(strategy, Partner(strategy=strategy, title="Learning Partnership", delivers="Training", bond="commissioned"))
    put(
        strategy, Risk(strategy=strategy, title="Too few moderators", likelihood="high", effect="low", answer="Train more", owner="Adviser")
    )
    action = put(
        strategy, Action(priority=priority, title="Moderation", activity="Clusters meet", owner="Adviser", partner=partner, **SPAN)
    )
    put(strategy, Milestone(action=action, title="Eight clusters", due=date(2027, 3, 31)))
    return strategy, action


def moved(strategy: Strategy, *targets: State) -> Strategy:
    for target in targets:
        actions.move(
            by="user:1", strategy=strategy, target=target, on=date(2026, 11, 2), reason="Agreed.", body="Cabinet", minute="minute 44"
        )
    return Strategy.objects.get(pk=strategy.pk)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(list(State)), st.booleans()), max_size=12))
def test_the_life_never_reaches_a_state_but_by_the_table(wanted: list[tuple[State, bool]]) -> None:
    """Steps and changes of words at random. The twin keeps the state and the number of versions in two variables."""
    strategy, state, versions = begun(), State.DRAFT, 1
    for target, reasoned in wanted:
        reason = "A reason." if reasoned else ""
        allowed = (state, target) in rules.ALLOWED and not (rules.ALLOWED[state, target].reason and not reasoned)
        try:
            actions.move(by="user:1", strategy=strategy, target=target, on=date(2026, 11, 2), reason=reason, body="Cabinet", minute="44")
            assert allowed
            state, versions = target, versions + 1
        except HeadwayError as refused:
            assert refused.code == "H-USAGE-71" and not allowed
        may_change = state is not State.CLOSED and (reasoned or state not in rules.AGREED)
        try:
            actions.describe(by="user:1", strategy=strategy, reason=reason, title=f"Plan {versions}")
            assert may_change
            versions += 1
        except HeadwayError as refused:
            assert refused.code == "H-USAGE-70" and not may_change
        now = Strategy.objects.get(pk=strategy.pk)
        assert (now.state, now.version, now.versions.count()) == (state, versions, versions)
        assert queries.document_of(queries.version(now, versions)) == queries.document(now)
    assert verify() == []


def test_every_change_is_a_version_and_an_event_and_none_is_written_where_nothing_changes() -> None:
    strategy, action = filled()
    assert Strategy.objects.get(pk=strategy.pk).version == 7
    put(strategy, action)
    actions.describe(by="user:1", strategy=strategy, title=WORDS["title"])
    assert Strategy.objects.get(pk=strategy.pk).version == 7
    told = list(Event.objects.filter(target="strategy").order_by("seq").values_list("verb", flat=True))
    assert told == ["began", *["changed"] * 6]


def test_what_is_taken_out_stays_in_the_versions_before() -> None:
    strategy, action = filled()
    before = queries.document(strategy)
    actions.withdraw(by="user:1", strategy=strategy, one=action.priority.strand, reason="Twice the same.")
    strategy.refresh_from_db()
    assert queries.document(strategy)["strands"] == [] and queries.piece(strategy, "action", action.pk) is None
    assert queries.document_of(queries.version(strategy, strategy.version - 1)) == before
    assert Action.objects.count() == 1


def test_a_decided_strategy_changes_only_with_a_reason() -> None:
    strategy, action = filled()
    moved(strategy, *TO_ACTIVE)
    action.title = "Moderation of writing"
    with pytest.raises(HeadwayError, match="H-USAGE-70"):
        put(strategy, action)
    assert Action.objects.get().title == "Moderation"
    put(strategy, action, reason="Said more plainly.")
    assert Action.objects.get().title == "Moderation of writing"


def test_an_adopted_promise_gets_versions_and_its_history_stays() -> None:
    strategy = begun()
    told = {"title": "Reach England", "owner": "Director", "library": "abc", "snapshot": "1", "evidence": {"verdict": "at_risk"}}
    first = actions.adopt(by="user:1", strategy=strategy, ambition="wrenford.rwm", definition="due: 2028-08-31", **told)
    with pytest.raises(HeadwayError, match="H-USAGE-70"):
        actions.adopt(by="user:1", strategy=strategy, ambition="wrenford.rwm", definition="due: 2029-08-31", **told)
    second = actions.adopt(
        by="user:1", strategy=strategy, ambition="wrenford.rwm", definition="due: 2029-08-31", reason="No tests.", **told
    )
    first.refresh_from_db()
    assert (first.number, second.number, first.until is None, second.until is None) == (1, 2, False, True)
    assert first.definition == "due: 2028-08-31" and json.loads(first.evidence) == {"verdict": "at_risk"}
    assert [one.number for one in queries.promises(strategy)] == [2]


@pytest.mark.parametrize("role", Role, ids=str)
def test_who_reads_and_writes_a_strategy_in_each_part_of_its_life(role: Role, person: Any, browser_of: Any) -> None:
    strategy, action = filled()
    own = browser_of(person(role, urns=frozenset({100_001}) if role.bound_to_patch else frozenset()))
    page, team = f"/strategy/{strategy.pk}/", role in (Role.HEAD_OF_SCHOOL_IMPROVEMENT, Role.ADVISER, Role.ATTENDANCE_OFFICER)
    others = (Role.ADMINISTRATOR, Role.WELLBEING_CONTACT, Role.DATA_PROTECTION_OFFICER)
    area = role not in (Role.HEADTEACHER, Role.GOVERNOR, *others)
    assert own.get(page).status_code == (200 if team else 404)
    moved(strategy, State.CONSULTATION)
    assert own.get(page).status_code == (200 if area else 404)
    moved(strategy, State.REVISED, State.DECIDED, State.ACTIVE)
    risks = own.get(page).content.decode()
    assert ("Too few moderators" in risks) is area
    assert [own.get(f"{page}{path}").status_code for path in ("doing/", "versions/", f"actions/{action.pk}/")] == [200] * 3
    writes = role is Role.HEAD_OF_SCHOOL_IMPROVEMENT
    for path in ("change/", "step/", "add/strand/", f"action/{action.pk}/change/", f"action/{action.pk}/withdraw/"):
        assert (
            own.get(page + path).status_code == own.post(page + path, {"seen": "1"}).status_code - 222 * writes == (200 if writes else 403)
        ), path
    progress = own.post(f"{page}actions/{action.pk}/progress/", {"on": "2026-11-02", "standing": "green", "words": "On time."})
    assert progress.status_code == (302 if team else 403)
    assert action.updates.count() == int(team)
    versions = own.get(f"{page}versions/").content.decode()
    assert ("Added the strand" in versions) is team  # the drafts before are the team's


def test_the_public_reads_what_is_decided_and_nothing_else(client: Any) -> None:
    strategy, _ = filled()
    page = f"/strategy/{strategy.pk}/"
    assert client.get(page).status_code == client.get(f"{page}versions/").status_code == 404
    assert "Every school" not in client.get("/strategy/").content.decode()
    moved(strategy, *TO_ACTIVE)
    shown = client.get(page).content.decode()
    assert "decided by Cabinet on 2 November 2026, minute 44" in shown and "Visible to: everybody" in shown
    assert "Too few moderators" not in shown and "Change" not in shown
    assert "Every school" in client.get("/strategy/").content.decode()
    assert client.get(f"{page}change/").status_code == client.get(f"{page}doing.csv").status_code == 302
    moved(begun(title="Kept here", audience="here"), *TO_ACTIVE)
    assert "Kept here" not in client.get("/strategy/").content.decode()


def test_a_person_tells_how_the_action_on_their_list_goes(person: Any, browser_of: Any) -> None:
    strategy, action = filled()
    analyst = person(Role.ANALYST)
    moved(strategy, *TO_ACTIVE)
    path = f"/strategy/{strategy.pk}/actions/{action.pk}/"
    browser = browser_of(analyst)
    assert browser.get(f"{path}progress/").status_code == 403
    action.person = analyst
    put(strategy, action, reason="The analyst has it.")
    assert browser.post(f"{path}progress/", {"on": "2026-11-02", "standing": "amber", "words": "Two clusters late."}).status_code == 302
    assert "Two clusters late." in browser.get(path).content.decode()
    milestone = action.milestones.get()
    browser.post(f"/strategy/{strategy.pk}/milestones/{milestone.pk}/", {"reached": "yes"})
    milestone.refresh_from_db()
    assert milestone.reached == clock.today()


def test_a_strategy_is_written_and_decided_on_its_pages(person: Any, browser_of: Any) -> None:
    head = browser_of(person(Role.HEAD_OF_SCHOOL_IMPROVEMENT))
    made = head.post("/strategy/new/", {**WORDS, "starts": "2026-09-01", "ends": "2029-08-31"})
    page = made.url
    seen = lambda: Strategy.objects.get().version  # noqa: E731 - what the form was opened at
    head.post(f"{page}add/strand/", {"title": "Belonging", "purpose": "", "seen": seen()})
    strand = Strand.objects.get()
    assert f'value="{strand.pk}" selected' in head.get(f"{page}add/priority/?under={strand.pk}").content.decode()
    head.post(f"{page}add/priority/", {"strand": strand.pk, "title": "Attendance", "purpose": "", "seen": seen()})
    action = {"priority": Priority.objects.get().pk, "title": "Morning calls", "activity": "Call by ten", "owner": "Attendance service"}
    answer = head.post(f"{page}add/action/", {**action, "starts": "2026-09-01", "due": "2026-12-31", "seen": seen()})
    assert answer.url.endswith(f"/actions/{Action.objects.get().pk}/")
    for target in ("consultation", "revised"):
        head.post(f"{page}step/", {"target": target, "on": "2026-11-02"})
    refused = head.post(f"{page}step/", {"target": "decided", "on": "2026-11-02"})
    assert (
        refused.status_code == 422
        and "Say who decided" in refused.content.decode()
        and "reference of the minute" in refused.content.decode()
    )
    head.post(f"{page}step/", {"target": "decided", "on": "2026-11-02", "body": "Cabinet", "minute": "minute 44"})
    assert Strategy.objects.get().state == State.DECIDED
    lacking = head.post(f"{page}strand/{strand.pk}/change/", {"title": "Being there", "purpose": "", "seen": seen()})
    assert lacking.status_code == 422 and "Say why" in lacking.content.decode() and 'value="Being there"' in lacking.content.decode()
    why = {"reason": "Pupils asked for it."}
    assert head.post(f"{page}strand/{strand.pk}/change/", {"title": "Being there", "purpose": "", "seen": seen(), **why}).status_code == 302
    compared = head.get(f"{page}versions/").content.decode()
    assert "<del>Belonging</del>" in compared and "<ins>Being there</ins>" in compared and "Pupils asked for it." in compared
    file = head.get(f"{page}doing.csv")
    assert file.status_code == 200 and "Morning calls" in file.content.decode("utf-8-sig")


def test_two_who_change_one_piece_at_once_lose_neither_words(person: Any, browser_of: Any) -> None:
    strategy, action = filled()
    head = browser_of(person(Role.HEAD_OF_SCHOOL_IMPROVEMENT))
    strand, opened = action.priority.strand, Strategy.objects.get(pk=strategy.pk).version
    strand.purpose = "Said by the other."
    put(strategy, strand)
    path = f"/strategy/{strategy.pk}/strand/{strand.pk}/change/"
    late = head.post(path, {"title": "Mine", "purpose": "Said by me.", "seen": opened})
    assert late.status_code == 422 and "Somebody changed this" in late.content.decode() and "Said by me." in late.content.decode()
    risk = Risk.objects.get()
    told = {"title": risk.title, "likelihood": "low", "effect": "low", "answer": "Train", "owner": "Adviser", "seen": opened}
    assert head.post(f"/strategy/{strategy.pk}/risk/{risk.pk}/change/", told).status_code == 302  # another piece is nobody's business
    Strand.objects.filter(pk=strand.pk).update(purpose="Said by the other.")


def test_every_fault_of_a_form_is_told_at_once(person: Any, browser_of: Any) -> None:
    strategy, action = filled()
    head = browser_of(person(Role.HEAD_OF_SCHOOL_IMPROVEMENT))
    wrong = {
        "priority": action.priority_id,
        "title": "",
        "activity": "Call",
        "owner": "",
        "starts": "2027-01-01",
        "due": "2026-01-01",
        "seen": 7,
    }
    page = head.post(f"/strategy/{strategy.pk}/add/action/", wrong)
    assert page.status_code == 422 and page.content.decode().count("errorlist") == 3
    assert "The last day is before the first." in page.content.decode()
    other = begun(title="Another")
    strand = Strand.objects.get()
    foreign = head.post(f"/strategy/{other.pk}/add/priority/", {"strand": strand.pk, "title": "Not mine", "seen": 1})
    assert foreign.status_code == 422 and Priority.objects.count() == 1
    assert head.get(f"/strategy/{other.pk}/strand/{strand.pk}/change/").status_code == 404
