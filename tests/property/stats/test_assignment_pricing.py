"""Prices rule pairs out, and never one of a best round: beside the same run without them. Tightened rows say the same of whole pairs."""

from collections import Counter, defaultdict
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.stats.assignment import Problem, editing, problem, solve
from headway.stats.assignment import model as of
from headway.stats.assignment.model import Model
from headway.stats.assignment.pricing import narrowed, priced, prices_of
from headway.stats.assignment.running import run
from headway.stats.assignment.tightening import tightened

NEEDS, PROVIDERS = 30, 40
SEEN: defaultdict[float, Counter[str]] = defaultdict(Counter)


def made(seed: int, *, days: bool = False) -> Problem:
    """Providers who cost something to call on and help up to three, in trusts of four."""
    chance = np.random.default_rng(seed)
    need, provider = np.nonzero(chance.random((NEEDS, PROVIDERS)) < 0.25)
    return problem(
        need=need, provider=provider, cost=chance.integers(0, 300, len(need)), capacity=chance.integers(1, 6 if days else 4, PROVIDERS),
        days=chance.integers(1, 4, NEEDS) if days else np.ones(NEEDS), wanted=np.where(np.arange(NEEDS) % 7 == 0, 2, 1),
        most=chance.integers(1, 4, PROVIDERS), opening=chance.choice([0, 20, 90], PROVIDERS), team=chance.integers(-1, 9, PROVIDERS),
        team_most=np.full(9, 4),
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(8))
def test_a_run_with_prices_finds_what_one_without_finds(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    p = made(seed, days=seed % 2 == 1)
    with_prices = solve(p, band=20)
    monkeypatch.setattr(of, "priced", lambda *told: run(*told[:6]))
    without = solve(p, band=20)
    assert with_prices.optimal and without.optimal
    assert (with_prices.total, with_prices.worst, with_prices.chosen) == (without.total, without.worst, without.chosen)


@pytest.mark.parametrize("seed", range(8))
def test_no_round_undercuts_the_bound_and_the_best_goes_against_no_price(seed: int) -> None:
    model = Model(made(seed, days=seed % 2 == 1), np.zeros(len(made(seed, days=seed % 2 == 1).cost)))
    costs, (lower, upper) = model._costs(cost=True), model._bounds(np.ones(len(model.lower)), True)
    rows = model.with_opening.and_most(*model._weights(), int(model.least_unmet(np.ones(len(model.lower)), 9).total))
    best, prices = run(rows, costs, lower, upper, 9), prices_of(rows, costs, lower, upper)
    assert prices is not None and best.columns is not None
    above = costs @ best.columns - prices.bound
    assert above > -1e-6
    low, high = narrowed(prices.reduced, above + 1e-6, lower, upper)
    assert (low <= best.columns).all() and (best.columns <= high).all()
    assert seed % 2 == 1 or (low == high).sum() > len(low) / 4  # a tight one rules most out: the saving is there
    assert priced(rows, costs, lower, upper, 9).bound == best.bound


@pytest.mark.slow
@pytest.mark.parametrize("near", [0.0, editing.NEAR, 9.0])
@pytest.mark.parametrize("seed", [0, 4])
def test_an_edit_from_the_round_before_is_what_is_found_afresh(seed: int, near: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """With nothing near but the round before, with what is near as a rule, and with all of it: the best is found near, or beyond."""
    p, ways = made(seed), Counter[str]()
    real, beyond = of.edited, editing._beyond

    def far(*told: Any) -> Any:
        found = beyond(*told)
        ways["beyond" if found is not None and found.columns is not None else "near"] += 1
        return found

    monkeypatch.setattr(editing, "NEAR", near)
    monkeypatch.setattr(editing, "_beyond", far)
    monkeypatch.setattr(of, "edited", lambda *told: ways.update(["edited"]) or real(*told))
    before = solve(p, band=20)
    for pair in before.chosen[:: max(1, len(before.chosen) // 2)]:
        held = tuple(one for one in before.chosen if one != pair)[:2]
        for edit in ({"barred": (pair,)}, {"barred": (pair,), "held": held}):
            after, afresh = solve(p, band=20, near=before, **edit), solve(p, band=20, **edit)
            assert after.optimal and afresh.optimal
            assert (after.total, after.worst, after.chosen) == (afresh.total, afresh.worst, afresh.chosen)
            assert after.total >= before.total or after.unmet.sum() > before.unmet.sum() or after.worst > before.worst
    SEEN[near] += ways


@pytest.mark.slow
def test_both_ways_of_an_edit_were_gone() -> None:
    """The tests above would say little if the best were always where it is looked for first."""
    assert all(one["edited"] for one in SEEN.values()) and SEEN[editing.NEAR]["near"] and SEEN[0.0]["beyond"]


@settings(deadline=None)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=7), st.integers(0, 16), st.integers(0, 5))
def test_tightened_rows_allow_the_same_rounds_of_one_provider(days: list[int], capacity: int, most: int) -> None:
    """The naive twin tries every set of needs."""
    many = len(days)
    p = problem(need=range(many), provider=[0] * many, cost=[1] * many, days=days, capacity=[capacity], most=[most])
    model = Model(p, np.zeros(many))
    matrix, upper = model.rows.matrix(2 * many).toarray()[:, :many], model._bounds(np.ones(many), False)[1][:many]
    for whole in product((0, 1), repeat=many):
        fits = sum(whole) <= most and np.array(whole) @ np.array(days) <= capacity
        assert fits == bool((matrix @ whole <= model.rows.upper).all() and (np.array(whole) <= upper).all())


def test_tightened_rows_leave_out_what_no_round_can_do() -> None:
    """Twelve days for needs of eight, seven, three and three: twelve cannot be reached; of the long two, one."""
    tight = tightened(problem(need=range(4), provider=[0] * 4, cost=[1] * 4, days=[8, 7, 3, 3], capacity=[12]))
    assert (tight.capacity.tolist(), tight.most.tolist(), tight.by_days.tolist()) == ([11], [2], [True])
    assert [(some.tolist(), most) for some, most in tight.few] == [([1, 0], 1)]
    assert tight.each_helps_few
