"""Large plain rounds, tried on small ones: beside a naive twin that tries every round, and the bounds that their proof rests on."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.stats.assignment import Problem, narrowing, problem, solve


@st.composite
def rounds(draw: st.DrawFn) -> Problem:
    """Up to six schools and three advisers, each school with somebody who may be named."""
    needs, providers = draw(st.integers(1, 6)), draw(st.integers(1, 3))
    pairs = [(need, who) for need in range(needs) for who in draw(st.sets(st.integers(0, providers - 1), min_size=1))]
    days = draw(st.lists(st.sampled_from([1, 2, 3, 6]), min_size=needs, max_size=needs))
    return problem(
        need=[need for need, _ in pairs], provider=[who for _, who in pairs], days=days, weight=days,
        cost=draw(st.lists(st.integers(0, 40), min_size=len(pairs), max_size=len(pairs))),
        capacity=draw(st.lists(st.integers(0, 12), min_size=providers, max_size=providers)),
    )  # fmt: skip


def every(p: Problem) -> list[tuple[int, tuple[int, ...]]]:
    """All rounds that leave nothing unmet, with their costs."""
    choices = [np.flatnonzero(p.need == need).tolist() for need in range(len(p.days))]
    found = []
    for chosen in product(*choices):
        pairs = list(chosen)
        if (np.bincount(p.provider[pairs], p.days[p.need[pairs]], minlength=len(p.capacity)) <= p.capacity).all():
            found.append((int(p.cost[pairs].sum()), chosen))
    return found


@settings(deadline=None)
@given(rounds())
def test_the_cheapest_round_of_all_is_found_and_proven(p: Problem) -> None:
    rounds_there_are, found = every(p), narrowing.cheapest(p, np.ones(len(p.cost), bool), 60)
    if not rounds_there_are:
        assert found is None
        return
    assert found is not None
    assert found.total == found.bound == min(rounds_there_are)[0]
    assert (found.total, found.chosen) in {(cost, tuple(sorted(chosen))) for cost, chosen in rounds_there_are}


@settings(deadline=None)
@given(rounds())
def test_no_round_undercuts_the_bound_nor_what_a_pair_adds_to_it(p: Problem) -> None:
    priced = narrowing.price(p, np.ones(len(p.cost), bool))
    for cost, chosen in every(p):
        assert priced is not None
        assert all(cost * narrowing.UNIT >= priced.low + priced.dearer[pair] for pair in chosen)


def test_a_large_round_is_proven_and_what_is_held_or_barred_by_hand_is_kept_to() -> None:
    """Ninety schools and thirty advisers, with room to spare: the nearest each, but for the pairs settled by hand."""
    chance = np.random.default_rng(5)
    need, who = (one.ravel() for one in np.indices((90, 30)))
    p = problem(
        need=need, provider=who, cost=chance.integers(1, 500, 2700), days=np.full(90, 4), weight=np.full(90, 4), capacity=np.full(30, 400)
    )
    least = p.cost.reshape(90, 30).min(axis=1)
    assert narrowing.plain(p, np.ones(2700, bool))
    found = solve(p)
    assert found.optimal and found.total == least.sum() and not found.unmet.any()
    first, second = int(p.cost[:30].argmax()), 30 + int(p.cost[30:60].argmin())
    edited = solve(p, held=(first,), barred=(second,))
    rest = np.delete(p.cost[30:60], second - 30).min()
    assert edited.optimal and edited.total == least[2:].sum() + p.cost[first] + rest and first in edited.chosen


@pytest.mark.parametrize(
    "change", [{"opening": [1] * 30}, {"most": [1] * 30}, {"wanted": [2] * 90}, {"team": [0] * 30, "team_most": [90]}], ids=str
)
def test_a_round_with_more_than_days_is_none_of_these(change: dict[str, list[int]]) -> None:
    need, who = (one.ravel() for one in np.indices((90, 30)))
    p = problem(need=need, provider=who, cost=np.ones(2700), days=np.ones(90), capacity=np.full(30, 400), **change)
    assert not narrowing.plain(p, np.ones(2700, bool))
