"""How a visit moves, when its note may be agreed, and how a day is put in order; each against a naive twin or a table."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.desk.visits import rules
from headway.desk.visits.rules import Owed, day_sentence, due_words, in_order
from headway.vocabulary.working_days import working_days_after, working_days_between

TODAY = date(2026, 1, 27)  # a Tuesday
DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
HOLIDAYS = frozenset({date(2026, 4, 3), date(2026, 4, 6), date(2026, 12, 25), date(2026, 12, 28)})


@pytest.mark.parametrize(
    ("state", "to", "by", "expected"),
    [
        ("booked", "draft", "visit", True),
        ("booked", "held", "call", True),
        ("booked", "held", "visit", False),  # a visit's note is shared and agreed
        ("draft", "shared", "visit", True),
        ("draft", "shared", "desk", False),
        ("draft", "cancelled", "visit", False),  # something was written: it is not undone
        ("shared", "draft", "visit", True),
        ("agreed", "draft", "visit", False),
        ("cancelled", "booked", "visit", False),
    ],
)
def test_where_a_visit_may_go(state: str, to: str, by: str, expected: bool) -> None:
    assert rules.may_move(state, to, by) is expected


@given(path=st.lists(st.sampled_from(sorted(rules.MOVES)), max_size=8))
def test_no_path_leads_out_of_an_end(path: list[str]) -> None:
    state = "booked"
    for to in path:
        if rules.may_move(state, to, "visit"):
            assert state not in ("agreed", "cancelled")
            state = to


@pytest.mark.parametrize(
    ("state", "answered", "due", "why"),
    [
        ("shared", True, TODAY, ""),
        ("shared", None, TODAY - timedelta(1), ""),  # nobody answered, and the day is past
        ("shared", None, TODAY, "The school has until 27 January to answer."),
        ("shared", False, TODAY - timedelta(9), "not accurate"),
        ("draft", True, TODAY, "Only a note that the school has"),
    ],
)
def test_when_a_note_may_be_agreed(state: str, answered: bool | None, due: date, why: str) -> None:
    said = rules.may_agree(state, answered, due, TODAY)
    assert why in said and bool(said) is bool(why)


@given(day=DAYS, count=st.integers(0, 30))
def test_working_days_are_counted_as_one_would_on_a_calendar(day: date, count: int) -> None:
    found = working_days_after(day, count, HOLIDAYS)
    between = [day + timedelta(ahead) for ahead in range(1, (found - day).days + 1)]
    assert sum(one.weekday() < 5 and one not in HOLIDAYS for one in between) == count
    assert working_days_between(day, found, HOLIDAYS) == count
    assert count == 0 or (found.weekday() < 5 and found not in HOLIDAYS)


def test_an_answer_is_waited_for_over_easter() -> None:
    assert rules.answer_by(date(2026, 4, 1), HOLIDAYS) == date(2026, 4, 10)


@given(days=st.lists(st.dates(TODAY - timedelta(30), TODAY + timedelta(60)), max_size=20), ahead=st.integers(0, 40))
def test_everything_owed_by_then_is_in_one_part_of_the_day_and_only_one(days: list[date], ahead: int) -> None:
    until = TODAY + timedelta(ahead)
    found = in_order([Owed(day, f"School {place}", place, "x") for place, day in enumerate(days)], TODAY, until)
    parts = [*found.late, *found.today, *found.week, *found.later]
    assert sorted(one.due for one in parts) == sorted(day for day in days if day <= until)
    assert [one.due for one in parts] == sorted(one.due for one in parts)
    assert all(one.due < TODAY for one in found.late) and all(one.due.isocalendar()[:2] == TODAY.isocalendar()[:2] for one in found.week)


def owed(*ahead: int) -> list[Owed]:
    return [Owed(TODAY + timedelta(days), "School", 1, "x") for days in ahead]


@pytest.mark.parametrize(
    ("ahead", "sentence"),
    [
        ((), "Nothing is due from you before the end of this half-term."),
        ((0, 0, -4), "Three things today, one of them overdue."),
        ((-4,), "One thing today, overdue."),
        ((-4, -2, 1), "Two things today, all overdue. One more this week."),
        ((1, 2), "Nothing is due today. Two this week."),
        ((0, 1, 2, 3, 5), "One thing today. Four more this week."),
        ((14,), "Nothing is due today."),
    ],
)
def test_a_day_in_a_sentence(ahead: tuple[int, ...], sentence: str) -> None:
    assert day_sentence(in_order(owed(*ahead), TODAY, TODAY + timedelta(21))) == sentence


def test_when_something_is_due_in_words() -> None:
    assert due_words(TODAY - timedelta(1), TODAY) == "Overdue by 1 day"
    assert due_words(TODAY, TODAY, "09:30") == "09:30 today"
    assert due_words(date(2026, 1, 29), TODAY, "13:00") == "Thursday 29 January, 13:00"


@given(st.lists(st.dates(date(2026, 9, 1), date(2026, 10, 31)), max_size=20))
def test_full_weeks_are_those_that_a_naive_count_finds(days: list[date]) -> None:
    naive = {
        day - timedelta(day.weekday())
        for day in days
        if sum(-day.weekday() <= (other - day).days <= 6 - day.weekday() for other in days) >= 3
    }
    assert {monday for monday, _ in rules.full_weeks(days)} == naive


def test_who_comes_in_a_sentence() -> None:
    assert rules.coming_sentence([]) == "Nobody is down to come."
    assert rules.coming_sentence([date(2026, 12, 3)]) == "One visit is down, on Thursday 3 December."
    assert rules.coming_sentence([date(2026, 12, 9), date(2026, 12, 3)]) == "Two visits are down; the first is on Thursday 3 December."


def test_a_promise_is_whole_or_not_there() -> None:
    assert rules.faults_of_follow_up("", "school", None) == []
    assert rules.faults_of_follow_up("Ring them", "school", None) == ["Give the day by which it is done."]
    assert len(rules.faults_of_follow_up("", "", TODAY)) == 2
