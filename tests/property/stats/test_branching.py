"""Large plain rounds, tried on small ones: beside a naive twin that tries every round and HiGHS; and what their proof rests on."""

from dataclasses import replace
from itertools import product
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.stats.assignment import Problem, branching, problem, solve

pytestmark = pytest.mark.slow  # whoever comes first compiles the search


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
    rounds_there_are, found = every(p), branching.cheapest(p, np.ones(len(p.cost), bool), 60)
    if not rounds_there_are:
        assert found is None
        return
    assert found is not None
    assert found.total == found.bound == min(rounds_there_are)[0]
    assert (found.total, found.chosen) in {(cost, tuple(sorted(chosen))) for cost, chosen in rounds_there_are}


@settings(deadline=None)
@given(rounds())
def test_no_round_undercuts_the_bound_nor_what_is_said_of_a_pair(p: Problem) -> None:
    search = branching.Search(p, inf)
    part = search.first(np.ones(len(p.cost), bool))
    for cost, chosen in every(p):
        assert part is not None
        assert cost * branching.UNIT >= part.low
        said = {(int(need), int(who)): int(one) for need, who, one in zip(part.need, part.provider, search.above, strict=True)}
        assert all(cost * branching.UNIT >= said[int(p.need[pair]), int(p.provider[pair])] for pair in chosen)


@settings(deadline=None)
@given(rounds())
def test_where_days_are_too_few_the_least_is_left_unmet_and_that_most_cheaply(p: Problem) -> None:
    choices = [[-1, *np.flatnonzero(p.need == need).tolist()] for need in range(len(p.days))]
    best = None
    for chosen in product(*choices):
        pairs = [pair for pair in chosen if pair >= 0]
        if (np.bincount(p.provider[pairs], p.days[p.need[pairs]], minlength=len(p.capacity)) <= p.capacity).all():
            key = int(p.days.sum() - p.days[p.need[pairs]].sum()), int(p.cost[pairs].sum())
            best = key if best is None or key < best else best
    found = branching.short(p, np.ones(len(p.cost), bool), np.zeros(len(p.days), bool), 60)
    if found is None:
        return
    pairs = list(found[0].chosen)
    left = int(p.days.sum() - p.days[p.need[pairs]].sum())
    assert best is not None and left >= best[0] and found[0].total == p.cost[pairs].sum()
    assert (np.bincount(p.provider[pairs], p.days[p.need[pairs]], minlength=len(p.capacity)) <= p.capacity).all()
    assert not found[1] or ((left, found[0].total) == best and found[0].bound == found[0].total)


def test_a_large_round_with_too_few_days_is_proven_too() -> None:
    """Ninety schools of a day; ten advisers with three days and twenty with two: twenty stay without, none of them one settled by hand."""
    need, who = (one.ravel() for one in np.indices((90, 30)))
    cost = np.random.default_rng(2).integers(1, 500, 2700)
    p = problem(need=need, provider=who, cost=cost, days=np.ones(90), weight=np.ones(90), capacity=np.where(np.arange(30) < 10, 3, 2))
    found = solve(p, seconds=60)
    assert found.optimal and found.unmet.sum() == 20 and len(found.shortages) == 20
    dear = int(np.flatnonzero(found.unmet)[0]) * 30
    edited = solve(p, held=(dear,), seconds=60)
    assert edited.optimal and dear in edited.chosen and edited.unmet.sum() == 20 and edited.total >= found.total


@settings(deadline=None)
@given(rounds())
def test_a_half_keeps_every_round_but_those_it_leaves_to_the_other(p: Problem) -> None:
    """Of a part that nothing was ruled out of, each round is in one half and no more."""
    search = branching.Search(p, inf)
    first = search.first(np.ones(len(p.cost), bool))
    rounds_there_are = every(p)
    if first is None or (whole := branching.shrunk(first, np.ones(len(first.need), bool), search.days)) is None:
        assert not rounds_there_are
        return
    halves = list(search.halved(whole)) if len(whole.need) else [whole]
    for _, chosen in rounds_there_are:
        who = np.empty(len(p.days), np.int64)
        who[p.need[list(chosen)]] = p.provider[list(chosen)]
        assert sum(_in(half, who) for half in halves) == 1


def _in(part: branching.Part, who: np.ndarray) -> bool:
    settled = part.who >= 0
    pairs = set(zip(part.need.tolist(), part.provider.tolist(), strict=True))
    return bool((part.who[settled] == who[settled]).all()) and all((need, int(who[need])) in pairs for need in np.flatnonzero(~settled))


@settings(deadline=None)
@given(rounds(), st.data())
def test_an_exchange_keeps_to_the_days_and_costs_no_more(p: Problem, data: st.DataObject) -> None:
    """From any guess; nobody, the last, has days for all. No two could then do better what they do between them."""
    from headway.stats.assignment import exchanging  # loads the compiler

    needs, providers = len(p.days), len(p.capacity)
    cost = np.full((needs, providers + 1), 10_000)
    cost[p.need, p.provider] = p.cost
    capacity = np.append(p.capacity, p.days.sum())
    guess = np.full(needs, providers)
    for pair in data.draw(st.permutations(range(len(p.cost)))):
        need, who = int(p.need[pair]), int(p.provider[pair])
        if guess[need] == providers and p.days[guess == who].sum() + p.days[need] <= p.capacity[who]:
            guess[need] = who
    found = guess.copy()
    total = exchanging.settle(found, cost, p.days, capacity)
    assert total == cost[np.arange(needs), found].sum() <= cost[np.arange(needs), guess].sum()
    assert all(p.days[found == who].sum() <= capacity[who] for who in range(providers))
    for a in range(providers + 1):
        for b in range(a):
            both = np.flatnonzero((found == a) | (found == b))
            for other in product((a, b), repeat=len(both)):
                new = found.copy()
                new[both] = other
                if all(p.days[new == who].sum() <= capacity[who] for who in (a, b)):
                    assert cost[np.arange(needs), new].sum() >= total


@pytest.mark.parametrize("seed", range(3))
def test_a_middling_round_costs_what_highs_alone_finds(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty schools, six advisers with days that hardly suffice, costs that go with days: what the search has to halve."""
    p = middling(seed)
    ours = branching.cheapest(p, np.ones(len(p.cost), bool), 60)
    again = branching.cheapest(p, np.ones(len(p.cost), bool), 60)
    monkeypatch.setattr(branching, "plain", lambda *_: False)
    alone = solve(p, seconds=60)
    assert ours is not None and alone.optimal and not alone.unmet.any()
    assert ours == again and ours.total == ours.bound == alone.total
    assert (np.bincount(p.provider[list(ours.chosen)], p.days[p.need[list(ours.chosen)]], 6) <= p.capacity).all()


def middling(seed: int) -> Problem:
    chance = np.random.default_rng(seed)
    days = chance.choice([2, 4, 5, 12, 14, 34], 40, p=[0.2, 0.3, 0.2, 0.15, 0.1, 0.05])
    far = chance.random((40, 6)) * 40
    need, who = np.nonzero(chance.random((40, 6)) < 0.8)
    share = chance.choice([0.5, 0.8, 1.0], 6)
    return problem(
        need=need, provider=who, days=days, weight=days, cost=np.rint(far[need, who] * np.ceil(days[need] / 4) * 2),
        capacity=np.floor(share / share.sum() * days.sum() * 1.12),
    )  # fmt: skip


def test_when_time_is_up_the_gap_is_told() -> None:
    p = middling(0)
    found = branching.cheapest(p, np.ones(len(p.cost), bool), 0)
    assert found is None or found.bound <= found.total
    search = branching.Search(p, inf)
    first = search.first(np.ones(len(p.cost), bool))
    assert first is not None
    search.ends = -inf
    assert search.all_of(first) == search.closed(first) == first.low


@settings(deadline=None)
@given(rounds(), st.integers(0, 200))
def test_a_hope_is_met_by_the_cheapest_round_or_by_none(p: Problem, hope: int) -> None:
    """What costs less than is hoped for is found and is the cheapest; where there is nothing, the hope is what no round undercuts."""
    search = branching.Search(p, inf)
    first = search.first(np.ones(len(p.cost), bool))
    costs = [cost for cost, _ in every(p)]
    if first is None:
        assert not costs
        return
    search.hope = hope
    low, least = search.all_of(search.narrowed(first)), min(costs, default=search.nobody)
    assert low == min(hope, search.best) * branching.UNIT and min(costs, default=low) * branching.UNIT >= low
    assert search.best == least if least < hope else search.best >= hope


def knapsack(gains: list[tuple[int, int]], room: int) -> int:
    """What the best is worth, of pairs of a worth and a size; in Python's own numbers."""
    worth = {room: 0}
    for gain, size in gains:
        for left, had in list(worth.items()):
            if size <= left:
                worth[left - size] = max(worth.get(left - size, 0), had + gain)
    return max(worth.values())


@settings(deadline=None)
@given(rounds(), st.integers(1, 6_000), st.integers(1, 60))
def test_the_bound_of_a_climb_is_what_its_prices_give_however_dear(p: Problem, dear: int, steps: int) -> None:
    """Costs as dear as prices in 32 bits may follow, and beyond: they are then asked less, and the bound is one all the same."""
    p = replace(p, cost=p.cost * dear)
    search = branching.Search(p, inf)
    assert search.most.sum() < branching.BITS
    first = search.first(np.ones(len(p.cost), bool))
    if first is None:
        return
    part = search.priced(replace(first, low=0), steps, 8 * branching.UNIT, branching.LONG)
    worth = [
        knapsack([(int(part.price[part.need[k]] - part.cost[k]), int(search.days[part.need[k]])) for k in mine], int(part.capacity[who]))
        for who, mine in enumerate(np.flatnonzero(part.provider == who) for who in range(len(p.capacity)))
    ]
    assert part.low == max(0, int(part.price.sum()) - sum(worth))
    assert all(cost * branching.UNIT >= part.low for cost, _ in every(p))


def test_costs_too_dear_for_the_knapsacks_are_left_to_highs() -> None:
    need, who = (one.ravel() for one in np.indices((90, 30)))
    p = problem(need=need, provider=who, cost=np.full(2700, 20_000), days=np.ones(90), capacity=np.full(30, 400))
    assert branching.plain(p, np.ones(2700, bool))
    assert not branching.plain(replace(p, cost=p.cost * 2), np.ones(2700, bool))


def test_a_large_round_is_proven_and_what_is_held_or_barred_by_hand_is_kept_to() -> None:
    """Ninety schools and thirty advisers, with room to spare: the nearest each, but for the pairs settled by hand."""
    chance = np.random.default_rng(5)
    need, who = (one.ravel() for one in np.indices((90, 30)))
    p = problem(
        need=need, provider=who, cost=chance.integers(1, 500, 2700), days=np.full(90, 4), weight=np.full(90, 4), capacity=np.full(30, 400)
    )
    least = p.cost.reshape(90, 30).min(axis=1)
    assert branching.plain(p, np.ones(2700, bool))
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
    assert not branching.plain(p, np.ones(2700, bool))
