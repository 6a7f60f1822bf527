"""How a meeting moves, what a step and a decision need, and how pupils are spoken of; each against a table or a law."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.desk.attendance import rules
from headway.desk.attendance.rules import Tried

TODAY = date(2026, 1, 26)
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
KEYS = st.binary(min_size=16, max_size=16).map(bytes.hex)
WEEK_BEFORE = [Tried(TODAY - timedelta(7), "Early help offered")]
SENTENCE = "The family cannot be reached by any service, and the child is at risk now."


@pytest.mark.parametrize(
    ("state", "to", "expected"),
    [
        ("offered", "agreed", True),
        ("offered", "held", True),
        ("agreed", "agreed", True),  # another day
        ("held", "declined", False),  # what was held is not undone
        ("declined", "agreed", False),  # another is offered
        ("cancelled", "held", False),
    ],
)
def test_where_a_meeting_may_go(state: str, to: str, expected: bool) -> None:
    assert rules.may_move(state, to) is expected


def test_every_move_leads_to_a_state_that_has_moves_of_its_own() -> None:
    assert {to for moves in rules.MOVES.values() for to in moves} <= rules.MOVES.keys()


@given(KEYS, KEYS)
def test_a_sign_is_always_the_same_and_tells_two_pupils_apart(one: str, other: str) -> None:
    sign = rules.pseudonym(one)
    assert sign == rules.pseudonym(one)
    assert len(sign) == 9
    assert one[:8] not in sign.lower()
    assert (sign == rules.pseudonym(other)) is (one[:10] == other[:10])


@given(st.booleans(), st.booleans(), st.booleans())
def test_a_notice_needs_room_a_settled_threshold_and_an_age(allowed: bool, provisional: bool, known: bool) -> None:
    faults = rules.faults_of_decision("notice", allowed, provisional, known)
    assert len(faults) == (not allowed) + provisional + (not known)


@given(st.sampled_from([name for name, _ in rules.DECISIONS if name != "notice"]), st.booleans(), st.booleans(), st.booleans())
def test_anything_else_may_be_decided_at_any_time(decision: str, allowed: bool, provisional: bool, known: bool) -> None:
    assert rules.faults_of_decision(decision, allowed, provisional, known) == []


@pytest.mark.parametrize(
    ("support_first", "tried", "reason", "faults"),
    [
        (True, WEEK_BEFORE, "Support did not work.", 0),
        (True, [], "Urgent.", 1),  # nothing tried, and no sentence on why
        (True, [], SENTENCE, 0),
        (False, [], "The child is on no roll.", 0),
        (False, WEEK_BEFORE, " ", 1),  # a step always has its reason
    ],
)
def test_a_step_says_what_was_tried_first_or_why_nothing_could_be(
    support_first: bool, tried: list[Tried], reason: str, faults: int
) -> None:
    assert len(rules.faults_of_step(support_first, tried, reason)) == faults


@given(st.lists(DAYS, min_size=1), DAYS, st.integers(0, 40))
def test_a_step_follows_the_newest_of_those_before_it_when_its_days_have_run(taken: list[date], day: date, after: int) -> None:
    """Twin: the days of a notice are counted one by one, the day on which it was served among them."""
    running = {max(taken) + timedelta(n) for n in range(after)}
    early = day < max(taken) or day in running
    assert bool(rules.faults_of_following("Notice", after, taken, day, "x")) is early


def test_fifteen_days_of_a_notice_are_over_on_the_sixteenth() -> None:
    served = date(2026, 3, 2)
    assert rules.faults_of_following("Notice", 15, [served], date(2026, 3, 16), SENTENCE)  # the fifteenth is the parents' still
    assert not rules.faults_of_following("Notice", 15, [served], date(2026, 3, 17), "x")
    assert rules.faults_of_following("Notice", 15, [], date(2026, 3, 17), "Urgent.") and not rules.faults_of_following(
        "Notice", 15, [], date(2026, 3, 17), SENTENCE
    )


@given(st.integers(0, 5_000), st.integers(0, 5_000))
def test_two_digests_laid_beside_each_other_tell_no_count_of_few(one: int, other: int) -> None:
    difference = abs(rules.rounded(one) - rules.rounded(other))
    assert difference == 0 or difference >= 10
    assert abs(rules.rounded(one) - one) <= 5


@given(DAYS, st.integers(2, 52))
def test_the_next_meeting_is_due_so_many_weeks_after_the_last(day: date, weeks: int) -> None:
    assert (rules.due_next(day, weeks, TODAY) - day).days == 7 * weeks
    assert rules.due_next(None, weeks, TODAY) == TODAY


def test_a_return_is_due_in_days_of_which_weekends_and_bank_holidays_are_some() -> None:
    maundy_thursday = date(2026, 4, 2)
    assert rules.return_due(maundy_thursday, 5) == date(2026, 4, 7)
    assert rules.return_due(maundy_thursday, 0) == maundy_thursday
    assert rules.return_due(maundy_thursday, None) == maundy_thursday


@pytest.mark.parametrize(
    ("days", "words"), [(-4, "overdue by 4 days"), (-1, "overdue by 1 day"), (0, "today"), (3, "by 29 January")]
)  # fmt: skip
def test_days_in_words(days: int, words: str) -> None:
    assert rules.days_words(TODAY + timedelta(days), TODAY) == words
