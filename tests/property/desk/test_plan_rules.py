"""Paths, intervals, the one word of a review, and what is out of order."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.desk.plans import rules
from headway.desk.plans.rules import AMBER, GREEN, RED, Days, Met

DAY = date(2026, 9, 14)


def weekdays(first: date, last: date) -> int:
    return sum((first + timedelta(ahead)).weekday() < 5 for ahead in range(1, (last - first).days + 1))


@given(st.lists(st.sampled_from([GREEN, AMBER, RED]), max_size=5), st.sampled_from([GREEN, AMBER, RED]))
def test_a_review_is_as_good_as_its_worst_colour_and_nothing_is_never_green(colours: list[str], further: str) -> None:
    order = [RED, AMBER, GREEN]
    assert rules.overall(colours) == min(colours, key=order.index, default=RED)
    assert order.index(rules.overall([*colours, further])) <= order.index(rules.overall(colours)) or not colours


@given(st.floats(-50, 50), st.floats(-50, 50), st.integers(1, 9))
def test_a_path_ends_at_its_aim_and_never_turns_back(start: float, aim: float, terms: int) -> None:
    ends = [DAY + timedelta(100 * number) for number in range(terms)]
    found = rules.path(start, aim, ends)
    assert len(found) == terms and found[-1] == pytest.approx(aim)
    steps = [later - first for first, later in zip([start, *found], found, strict=False)]
    assert all(step == pytest.approx((aim - start) / terms, abs=1e-9) for step in steps)


def test_a_path_asks_for_nothing_before_its_first_point() -> None:
    points = [(DAY, 50.0), (DAY + timedelta(100), 60.0)]
    assert rules.expected(points, DAY - timedelta(1)) is None
    assert rules.expected(points, DAY) == 50.0 and rules.expected(points, DAY + timedelta(99)) == 50.0
    assert rules.expected(points, DAY + timedelta(100)) == 60.0


@pytest.mark.parametrize(
    ("value", "wanted", "better", "expected"),
    [(61, 60, "higher", True), (59, 60, "higher", False), (7, 6, "lower", False), (5, 6, "lower", True), (None, 60, "higher", None),
     (61, None, "higher", None), (61, 60, "neither", None)],
)  # fmt: skip
def test_on_the_path_follows_which_way_is_better_and_unknown_is_never_on_it(
    value: float | None, wanted: float | None, better: str, expected: bool | None
) -> None:
    assert rules.on_path(value, wanted, better) is expected


def test_the_worse_the_colours_the_sooner_the_next_review() -> None:
    assert rules.interval((6, 12), [GREEN, GREEN]) == 12
    assert rules.interval((6, 12), [GREEN, AMBER]) == 9
    assert rules.interval((6, 12), [GREEN, RED]) == rules.interval((6, 12), []) == 6


def test_a_next_review_outside_its_interval_needs_a_reason() -> None:
    soon, good, late = (DAY + timedelta(weeks=many) for many in (2, 8, 20))
    assert "interval is 6 to 12" in rules.fault_of_next(DAY, soon, (6, 12), "", weekdays)
    assert rules.fault_of_next(DAY, good, (6, 12), "", weekdays) == ""
    assert rules.fault_of_next(DAY, late, (6, 12), "The head is away", weekdays) == ""
    assert rules.fault_of_next(DAY, DAY, (6, 12), "", weekdays) != ""


def test_reviews_go_forward_in_time() -> None:
    assert rules.faults_of_review(DAY, None, DAY, DAY) == []
    assert len(rules.faults_of_review(DAY, DAY, DAY + timedelta(1), DAY - timedelta(1))) == 3


def test_amber_or_red_twice_in_the_same_objective_is_seen() -> None:
    assert rules.worsening([{1: RED, 2: GREEN}, {1: AMBER, 2: RED}]) == {1}
    assert rules.worsening([{1: RED}, {1: RED}, {1: GREEN}]) == set() == rules.worsening([{1: RED}])


def test_the_first_meeting_sets_the_exit_criteria() -> None:
    assert "exit_criteria" in rules.faults_of_sitting([], " ", True, "Said", DAY, DAY)
    assert rules.faults_of_sitting([], "Two green reviews", True, "Said", DAY, DAY) == {}
    assert rules.faults_of_sitting([], "", False, "", DAY, DAY) == {}
    assert {"held", "minutes"} == rules.faults_of_sitting([DAY], "x", True, "", DAY + timedelta(1), DAY).keys()


def test_what_is_out_of_order_in_a_plan_is_listed_and_nothing_else() -> None:
    fine = Days(DAY, DAY, (DAY + timedelta(40), DAY + timedelta(90)), (DAY + timedelta(91), None), (("Do", DAY, DAY + timedelta(3)),))
    assert rules.breaches_of_plan(fine, DAY + timedelta(100)) == []
    odd = Days(DAY, DAY - timedelta(1), (DAY - timedelta(2),), (DAY + timedelta(30),), (("Do", DAY, DAY - timedelta(3)),))
    said = rules.breaches_of_plan(odd, DAY + timedelta(40))
    assert len(said) == 4 and any("has not been written" in one for one in said)
    assert rules.breaches_of_plan(Days(DAY, None, (), (), (), DAY), DAY) == []
    assert "after the plan was closed" in rules.breaches_of_plan(Days(DAY, None, (DAY + timedelta(9),), (None,), (), DAY), DAY)[0]


def test_what_is_out_of_order_in_a_board_is_listed() -> None:
    held = Met(DAY, DAY - timedelta(7), DAY - timedelta(3), True)
    coming = Met(DAY + timedelta(100), DAY + timedelta(93), None, False)
    said = rules.breaches_of_board([held, coming], "", weekdays, DAY + timedelta(10))
    assert [word for word in ("went out on", "school weeks apart", "without setting") if not any(word in one for one in said)] == []
    assert rules.breaches_of_board([Met(DAY, DAY, DAY, True)], "x", weekdays, DAY) == []
    assert len(rules.breaches_of_board([Met(DAY, DAY - timedelta(7), None, False)], "x", weekdays, DAY + timedelta(1))) == 2
