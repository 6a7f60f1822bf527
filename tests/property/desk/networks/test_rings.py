"""Who reviews whom: whatever the schools and whatever went before, each reviews one, is reviewed by one, and no two one another."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from headway.desk.establishments.staying import change, members_on
from headway.desk.networks.rules import faults_of_pair, ring

SCHOOLS = st.lists(st.integers(100_000, 100_040), min_size=3, max_size=15, unique=True)


@given(SCHOOLS, st.data())
def test_a_ring_is_fair_and_never_reciprocal(schools: list[int], data: st.DataObject) -> None:
    past = data.draw(st.lists(st.tuples(st.sampled_from(schools), st.sampled_from(schools)), max_size=20))
    pairs = ring(schools, past)
    assert Counter(one for one, _ in pairs) == Counter(other for _, other in pairs) == Counter(schools)
    assert not {(other, one) for one, other in pairs} & set(pairs)


@given(SCHOOLS)
def test_rings_do_not_repeat_while_there_are_others(schools: list[int]) -> None:
    past: list[tuple[int, int]] = []
    many = len(schools)
    for _ in range(sum(1 for step in range(1, many) if 2 * step % many)):
        pairs = ring(schools, past)
        assert not set(pairs) & set(past)
        past += pairs
    assert set(ring(schools, past)) & set(past)  # then there is no other


@given(st.lists(st.integers(1, 9), max_size=2, unique=True))
def test_two_schools_review_one_another_only_where_it_was_chosen(schools: list[int]) -> None:
    assert ring(schools) == ()
    assert len(ring(schools, both_ways=True)) == (2 if len(schools) == 2 else 0)


@given(st.integers(1, 4), st.integers(1, 4), st.sets(st.tuples(st.integers(1, 4), st.integers(1, 4))), st.booleans())
def test_a_pair_without_fault_keeps_a_cycle_as_it_must_be(one: int, other: int, pairs: set[tuple[int, int]], both_ways: bool) -> None:
    fair = one != other and (one, other) not in pairs and (both_ways or (other, one) not in pairs)
    assert (faults_of_pair(one, other, pairs, both_ways=both_ways) == []) is fair


class Stay:
    def __init__(self, urn: int, since: date, until: date | None) -> None:
        self.urn, self.since, self.until = urn, since, until


DAY = date(2026, 1, 1)


@given(st.lists(st.sets(st.integers(1, 6)), min_size=1, max_size=6))
def test_members_by_date_beside_a_list_kept_day_by_day(lists: list[set[int]]) -> None:
    """The naive twin keeps the whole list of each day; the stays are made from changes alone."""
    stays: list[Stay] = []
    for place, wanted in enumerate(lists):
        day = DAY + timedelta(place)
        what = change(members_on(stays, day), wanted)
        for stay in stays:
            if stay.urn in what.left and stay.until is None:
                stay.until = day
        stays += [Stay(urn, day, None) for urn in what.joined]
    assert [set(members_on(stays, DAY + timedelta(place))) for place in range(len(lists))] == lists
