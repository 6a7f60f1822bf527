"""Who might be named for whom: against every possible allocation of a few schools, and what each line says."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.desk.entitlements.allocating import Adviser, HeldTooMuch, School, Wishes, allocate, changes, cost, kilometres, may_be

LEEDS, YORK, HULL = (53.80, -1.55), (53.96, -1.08), (53.74, -0.33)


def school(
    urn: int, days: float = 1.0, place: tuple[float, float] | None = LEEDS, now: int | None = None, phase: str = "primary"
) -> School:
    return School(urn, f"School {urn}", phase, days, place, now)


def test_kilometres_by_road_are_about_right() -> None:
    assert kilometres(LEEDS, YORK) == pytest.approx(1.3 * 35.6, rel=0.03)
    assert kilometres(LEEDS, None) is None


def test_the_nearer_adviser_unless_keeping_the_one_it_has_is_worth_more() -> None:
    near, far = Adviser(1, "Near", 10, place=LEEDS), Adviser(2, "Far", 10, place=YORK)
    [line] = allocate([school(1, now=2)], [near, far], Wishes(change=0)).lines
    assert (line.adviser, line.change) == (1, True)
    [line] = allocate([school(1, now=2)], [near, far], Wishes(change=200)).lines
    assert (line.adviser, line.change) == (2, False)
    assert line.why == "Stays with the adviser it has."


def test_days_are_kept_to_and_the_line_says_who_had_none_left() -> None:
    near, far = Adviser(1, "Near", 3, place=LEEDS), Adviser(2, "Far", 10, place=HULL)
    found = allocate([school(1, 2.0), school(2, 2.0)], [near, far], Wishes())
    assert sorted(line.adviser or 0 for line in found.lines) == [1, 2]
    assert found.proven and found.gap == 0
    assert "Near would be" in next(line.why for line in found.lines if line.adviser == 2)
    assert all(load <= 10 for load in found.loads.values())


def test_phase_interest_and_hand_are_kept_to() -> None:
    one, two = Adviser(1, "One", 10, frozenset({"secondary"}), LEEDS), Adviser(2, "Two", 10, frozenset(), HULL)
    assert [line.adviser for line in allocate([school(1)], [one, two], Wishes()).lines] == [2]
    [line] = allocate([school(1)], [one, two], Wishes(apart=frozenset({(1, 2)}))).lines
    assert line.adviser is None and "conflict of interest" in line.why
    [line] = allocate([school(1)], [one, two], Wishes(held=frozenset({(1, 1)}))).lines  # a person may settle what the phase would not
    assert (line.adviser, line.why) == (1, "Settled by hand.")
    with pytest.raises(HeldTooMuch):
        allocate([school(1, 11)], [one, two], Wishes(held=frozenset({(1, 1)})))


def test_nobody_is_named_against_an_interest_even_by_hand() -> None:
    one = Adviser(1, "One", 10)
    [line] = allocate([school(1)], [one], Wishes(apart=frozenset({(1, 1)}), held=frozenset({(1, 1)}))).lines
    assert line.adviser is None


def test_who_is_owed_most_comes_first_when_days_are_short() -> None:
    found = allocate([school(1, 1.0), school(2, 9.0)], [Adviser(1, "One", 9)], Wishes())
    assert {line.urn: line.adviser for line in found.lines} == {1: None, 2: 1}
    assert changes(found.lines, {1: 7}) == [(2, 1)]  # who found nobody keeps whom they have


@st.composite
def small(draw: st.DrawFn) -> tuple[list[School], list[Adviser], Wishes]:
    places = st.tuples(st.sampled_from([53.5, 53.7, 53.9]), st.sampled_from([-1.5, -1.0, -0.5]))
    many = draw(st.integers(1, 4))
    schools = [
        school(urn, draw(st.sampled_from([0.25, 1.0, 3.0])), draw(st.none() | places), draw(st.none() | st.integers(1, 3)),
               draw(st.sampled_from(["primary", "secondary"])))
        for urn in range(1, many + 1)
    ]  # fmt: skip
    phases = st.sampled_from([frozenset[str](), frozenset({"primary"}), frozenset({"secondary"})])
    advisers = [Adviser(pk, f"A{pk}", draw(st.sampled_from([1.0, 3.0, 6.0])), draw(phases), draw(st.none() | places)) for pk in range(1, 4)]
    apart = draw(st.frozensets(st.tuples(st.integers(1, 4), st.integers(1, 3)), max_size=2))
    return schools, advisers, Wishes(draw(st.sampled_from([0, 40, 400])), apart)


@settings(max_examples=25, deadline=None)
@given(small())
def test_beside_every_possible_allocation(given_: tuple[list[School], list[Adviser], Wishes]) -> None:
    """The naive twin tries them all: first the most days that find somebody, then the fewest kilometres."""
    schools, advisers, wishes = given_
    best = None
    for choice in product([None, *range(len(advisers))], repeat=len(schools)):
        loads = [0.0] * len(advisers)
        for one, who in zip(schools, choice, strict=True):
            if who is not None:
                loads[who] += one.days
        pairs = [(one, advisers[who]) for one, who in zip(schools, choice, strict=True) if who is not None]
        if all(load <= one.days for load, one in zip(loads, advisers, strict=True)) and all(may_be(*pair, wishes) for pair in pairs):
            unmet = sum(one.days for one, who in zip(schools, choice, strict=True) if who is None)
            key = (unmet, sum(cost(*pair, wishes) for pair in pairs))
            best = key if best is None or key < best else best
    found = allocate(schools, advisers, wishes)
    assert best is not None
    assert (sum(line.days for line in found.lines if line.adviser is None), found.total) == best
    assert found.proven
