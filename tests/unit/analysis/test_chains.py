"""What happens to schools, as the register tells it, and whose past becomes whose."""

from datetime import date
from types import MappingProxyType

import pytest

from headway.analysis.chains import FIRST_YEAR, Days, kind_of, worked

A, B, C, D = 900101, 900102, 900103, 900104
P, S = "Predecessor", "Successor"
Told = list[tuple[int, int, str, date | None]]


def pasts(told: Told, opened: Days = MappingProxyType({}), closed: Days = MappingProxyType({})) -> dict[int, list[tuple[int, int, int]]]:
    found: dict[int, list[tuple[int, int, int]]] = {}
    for row in worked(told, opened, closed)[1]:
        found.setdefault(row["urn"], []).append((row["of_urn"], row["from_year"], row["to_year"]))
    return found


def became(old: int, new: int, last: date | None, first: date | None) -> Told:
    return [(new, old, P, first), (old, new, S, last)]


AUTUMN = became(A, B, date(2014, 8, 31), date(2014, 9, 1))


def test_a_school_that_converts_keeps_its_past_up_to_the_year_it_began_in() -> None:
    assert pasts(AUTUMN) == {B: [(A, FIRST_YEAR, 2014)]}


@pytest.mark.parametrize("told", [AUTUMN[:1], AUTUMN[1:], AUTUMN, AUTUMN + AUTUMN], ids=["new side", "old side", "both", "twice"])
def test_either_side_is_enough_and_two_count_once(told: Told) -> None:
    assert pasts(told) == {B: [(A, FIRST_YEAR, 2014)]}


def test_in_a_conversion_in_april_the_years_results_are_under_the_old_number() -> None:
    """Real files: of 134 schools that converted in April 2018, 124 have the year's absence under the old number only."""
    assert pasts(became(A, B, date(2018, 3, 31), date(2018, 4, 1))) == {B: [(A, FIRST_YEAR, 2017)]}


def test_a_trust_hands_a_school_on_and_the_past_goes_along() -> None:
    told = AUTUMN + became(B, C, date(2018, 2, 28), date(2018, 3, 1))
    assert pasts(told) == {B: [(A, FIRST_YEAR, 2014)], C: [(B, 2014, 2017), (A, FIRST_YEAR, 2014)]}


def test_a_succession_without_a_day_is_bounded_by_the_next_that_has_one() -> None:
    told = became(A, B, None, None) + became(B, C, date(2018, 2, 28), date(2018, 3, 1))
    assert pasts(told)[C] == [(B, FIRST_YEAR, 2017), (A, FIRST_YEAR, 2017)]


@pytest.mark.parametrize("day", [None, date(2014, 9, 1)])
def test_two_schools_that_became_one_at_once_are_nobodys_past(day: date | None) -> None:
    assert pasts([*became(A, C, day, day), *became(B, C, day, day)]) == {}
    assert pasts([(C, A, "Predecessor - amalgamated", day), (C, B, "Predecessor - amalgamated", day), (A, C, S, day), (B, C, S, day)]) == {}
    assert pasts([*became(A, C, day, day), (C, B, "Predecessor - merged", day)]) == {}


def test_a_school_that_joined_years_later_does_not_undo_the_conversion() -> None:
    for word in (P, "Predecessor - merged"):
        later = [(B, C, word, date(2017, 9, 1)), (C, B, S, date(2017, 8, 31))]
        assert pasts(AUTUMN + later) == {B: [(A, FIRST_YEAR, 2014)]}


@pytest.mark.parametrize(
    "beside",
    [
        (B, D, "Sixth Form Centre Link", date(2014, 9, 1)),
        (B, D, "Other", date(2014, 9, 1)),
        (B, D, "Successor - merged", date(2020, 8, 31)),
        (B, D, "Successor - Split School", date(2020, 8, 31)),
        (A, D, "Result of Amalgamation", date(2009, 9, 1)),
        (A, D, "Predecessor - merged", None),
        (B, D, "Merged - expansion of school capacity", date(2021, 9, 1)),
    ],
    ids=lambda link: link[2],
)
def test_what_happened_at_another_time_does_not_undo_a_conversion(beside: tuple[int, int, str, date | None]) -> None:
    assert pasts([*AUTUMN, beside]) == {B: [(A, FIRST_YEAR, 2014)]}


def test_a_school_that_was_split_is_nobodys_past() -> None:
    day = date(2026, 1, 1)
    assert pasts(became(A, B, day, day) + became(A, C, day, day)) == {}
    assert pasts([(B, A, "Predecessor - Split School", day), (A, B, S, day)]) == {}


def test_a_conversion_that_was_planned_and_left_gives_way_to_the_one_that_came() -> None:
    told = [(A, C, S, date(2013, 11, 30)), *AUTUMN]
    assert pasts(told) == {B: [(A, FIRST_YEAR, 2014)]}


def test_schools_in_a_circle_have_no_past_and_those_after_them_only_up_to_it() -> None:
    circle = [*became(A, B, None, None), *became(B, A, None, None)]
    assert pasts(circle) == {}
    assert pasts([*circle[:2], (A, B, P, None), *became(D, C, None, None)]) == {
        C: [(D, FIRST_YEAR, pasts(became(A, B, None, None))[B][0][2])]
    }
    assert not [link for link in worked(circle)[0] if link["chained"]]


def test_the_day_a_school_opened_or_its_predecessor_closed_goes_before_the_day_of_the_link() -> None:
    """Real: an academy order linked on 1 April 2017, the school opened on 1 May 2018."""
    told = became(A, B, date(2017, 3, 31), date(2017, 4, 1))
    assert pasts(told) == {B: [(A, FIRST_YEAR, 2016)]}
    assert pasts(told, {B: date(2018, 5, 1)}) == {B: [(A, FIRST_YEAR, 2017)]}
    assert pasts(told, {}, {A: date(2018, 8, 31)}) == {B: [(A, FIRST_YEAR, 2018)]}
    assert pasts(told, {B: date(2018, 9, 1)}, {A: date(2018, 8, 31)}) == {B: [(A, FIRST_YEAR, 2018)]}


def test_a_school_that_stood_long_before_the_other_closed_took_it_in() -> None:
    assert pasts(AUTUMN, {B: date(1974, 9, 1)}, {A: date(2014, 8, 31)}) == {}
    assert pasts(AUTUMN, {B: date(2014, 4, 1)}, {A: date(2014, 8, 31)}) == {B: [(A, FIRST_YEAR, 2013)]}


def test_a_link_to_oneself_is_none() -> None:
    assert worked([(A, A, P, None), (A, A, S, None)]) == ([], [])


def test_the_registers_words() -> None:
    assert [kind_of(word) for word in ("Predecessor", " successor ", "Result of Amalgamation", "Successor - Split School", "Closure")] == [
        "predecessor", "successor", "merged", "split", "other",
    ]  # fmt: skip
