"""The history of notices of one parent and child, day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.definitions.absence_rules import in_force
from headway.definitions.loading import library_for
from headway.registers.notices import Notice, NoticeToImprove, anniversary, last_early_day, next_step

RULE = in_force(library_for().attendance.penalty_notices, date(2025, 9, 1))
DAYS = st.dates(date(2024, 8, 19), date(2034, 8, 19))


def test_first_second_and_no_third_until_the_day_before_the_anniversary() -> None:
    first = Notice("a", "c", date(2024, 10, 1))
    second = Notice("a", "c", date(2025, 3, 3))
    steps = [next_step(before, "a", "c", date(2025, 6, 2), RULE) for before in ([], [first], [first, second])]
    assert [(step.number, step.pounds, step.pounds_if_early) for step in steps] == [(1, 160, 80), (2, 160, None), (None, None, None)]
    assert [step.allowed for step in steps] == [True, True, False]
    assert not next_step([first, second], "a", "c", date(2027, 9, 30), RULE).allowed
    assert next_step([first, second], "a", "c", date(2027, 10, 1), RULE).number == 1


def test_a_notice_on_the_anniversary_itself_begins_three_years_of_its_own() -> None:
    notices = [Notice("a", "c", date(2024, 10, 1)), Notice("a", "c", date(2027, 10, 1))]
    assert next_step(notices, "a", "c", date(2027, 10, 2), RULE).number == 2
    assert next_step(notices, "a", "c", date(2030, 9, 30), RULE).number == 2
    assert next_step(notices, "a", "c", date(2030, 10, 1), RULE).number == 1


def test_withdrawn_ones_do_not_count_unpaid_ones_do_and_other_parents_and_children_have_their_own() -> None:
    notices = [
        Notice("a", "c", date(2024, 10, 1), withdrawn=date(2024, 11, 1)),
        Notice("b", "c", date(2024, 10, 1)),
        Notice("a", "d", date(2024, 10, 1)),
    ]
    assert next_step(notices, "a", "c", date(2025, 1, 1), RULE).number == 1
    assert next_step(notices, "a", "c", date(2024, 10, 20), RULE).number == 2  # as it stood before it was withdrawn
    assert next_step(notices, "b", "c", date(2025, 1, 1), RULE).number == 2


def test_leap_days_and_the_days_for_paying_less() -> None:
    assert anniversary(date(2028, 2, 29), 3) == date(2031, 3, 1)
    assert anniversary(date(2025, 2, 28), 3) == date(2028, 2, 28)
    assert last_early_day(Notice("a", "c", date(2025, 1, 6)), RULE, 1) == date(2025, 1, 27)
    assert last_early_day(Notice("a", "c", date(2025, 1, 6)), RULE, 2) is None


@given(issued=st.lists(DAYS, max_size=6), on=DAYS)
def test_never_a_third_within_three_years_of_the_first(issued: list[date], on: date) -> None:
    """Issued only when allowed, no span of three years from a first notice holds more than two."""
    notices: list[Notice] = []
    for day in sorted(issued):
        if next_step(notices, "a", "c", day, RULE).allowed:
            notices.append(Notice("a", "c", day))
    for one in notices[::1]:
        step = next_step(notices, "a", "c", on, RULE)
        inside = [other for other in notices if other.issued <= on]
        assert step.allowed or len([other for other in inside if on - other.issued <= timedelta(3 * 366)]) >= 2
        assert one.issued <= date(2034, 8, 19)


def test_a_notice_to_improve_has_a_beginning_and_an_end() -> None:
    period = NoticeToImprove("c", date(2025, 9, 1), date(2025, 10, 10))
    assert [period.runs(day) for day in (date(2025, 8, 31), date(2025, 9, 1), date(2025, 10, 10), date(2025, 10, 11))] == [
        False,
        True,
        True,
        False,
    ]
    with pytest.raises(ValueError, match="before it begins"):
        NoticeToImprove("c", date(2025, 9, 2), date(2025, 9, 1))
