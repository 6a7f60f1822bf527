"""Ranks and changes in made-up worlds whose truth is known: what the intervals promise must hold there."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.stats.change import changes
from headway.stats.ranks import SORTED, _ranks, ranked
from headway.stats.shrinkage import shares, shrink
from headway.stats.year_variance import year_variance

UNITS = 152


def places(values: np.ndarray) -> np.ndarray:
    return np.argsort(np.argsort(-values)) + 1


@pytest.mark.slow
def test_the_interval_of_a_rank_holds_the_true_one_in_500_worlds():
    chance = np.random.default_rng(2)
    held, widths = [], {0.0: [], 1.0: [], 3.0: [], 8.0: []}
    for world in range(500):
        tau = list(widths)[world % 4]
        truth = 60 + tau * chance.standard_normal(UNITS)
        variances = chance.uniform(1, 8, UNITS)
        found = ranked(shrink(truth + np.sqrt(variances) * chance.standard_normal(UNITS), variances).draws(4_000, world))
        # where all are alike any order is as true as another: each unit may be at any place
        true = places(truth) if tau else chance.permutation(UNITS) + 1
        held.append(np.mean((found.low <= true) & (true <= found.high)))
        widths[tau].append(np.mean(found.high - found.low + 1) / UNITS)
        assert found.p_top.sum() == pytest.approx(10, abs=1e-9)
    assert np.mean(held) >= 0.93
    assert np.mean(widths[0.0]) >= 0.9
    assert np.mean(widths[8.0]) < 0.4  # and where units do differ the intervals say so


@pytest.mark.slow
def test_where_all_changed_alike_nobody_is_shown_to_be_in_the_top_ten():
    chance = np.random.default_rng(3)
    widths = []
    for world in range(60):
        level = chance.normal(60, 6, UNITS)
        error = chance.uniform(1, 4, UNITS)
        first, second = (level + rise + np.sqrt(error) * chance.standard_normal(UNITS) for rise in (0.0, 4.0))
        found = changes(first, second, error, error)
        places = ranked(found.draws(4_000, world))
        assert places.p_top.max() < 0.9
        assert not places.surely_top
        widths.append(np.mean(places.high - places.low + 1) / UNITS)
        assert found.common == pytest.approx(4.0, abs=0.8)
    assert np.mean(widths) >= 0.9


@pytest.mark.slow
def test_true_changes_lie_within_their_intervals_and_luck_in_the_first_year_is_no_rise():
    chance = np.random.default_rng(4)
    inside, lucky, raw = [], [], []
    for _ in range(60):
        level = chance.normal(60, 4, UNITS)
        truth = 4 - 0.1 * (level - 60) + 2 * chance.standard_normal(UNITS)
        error = chance.uniform(2, 6, UNITS)
        off = np.sqrt(error) * chance.standard_normal(UNITS)
        first, second = level + off, level + truth + np.sqrt(error) * chance.standard_normal(UNITS)
        found = changes(first, second, error, error)
        inside.append(np.mean(np.abs(found.mean - truth) < 1.96 * found.sd))
        unlucky = off < np.quantile(off, 0.1)  # those whose first year was worst by luck alone
        lucky.append(np.mean((found.mean - truth)[unlucky]))
        raw.append(np.mean((found.observed - truth)[unlucky]))
    assert 0.92 <= np.mean(inside) <= 0.98
    assert abs(np.mean(lucky)) < 0.5 * np.mean(raw)


def test_a_change_of_certain_figures_is_the_observed_one():
    chance = np.random.default_rng(5)
    first, second = chance.normal(60, 6, 80), chance.normal(63, 6, 80)
    found = changes(first, second, np.full(80, 1e-6), np.full(80, 1e-6))
    assert found.mean == pytest.approx(second - first, abs=1e-3)
    assert found.p_above(0) == pytest.approx((second > first).astype(float), abs=1e-3)


@settings(max_examples=40)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30).filter(lambda weights: sum(weights) > 0), st.integers(1, 5_000))
def test_shares_add_up_and_none_is_far_off(weights, many):
    weight = np.array(weights) / sum(weights)
    found = shares(weight, many)
    assert found.sum() == many
    assert np.abs(found - weight * many).max() <= 1 + 1e-6


def test_ranks_counted_off_are_those_of_sorting_but_for_a_place_or_two():
    draws = np.random.default_rng(6).standard_normal((3, SORTED * 5)).astype(np.float32)
    true = np.argsort(np.argsort(-draws, axis=1), axis=1)
    assert np.abs(_ranks(draws).astype(int) - true).max() <= 2


def test_the_error_of_a_year_is_told_from_a_lasting_drift():
    chance = np.random.default_rng(7)
    years = np.array([2015.0, 2016, 2017, 2018, 2021, 2022, 2023, 2024])
    steps = np.sqrt(np.diff(years, prepend=2014))
    drift, error = 0.8, 3.0
    truth = chance.normal(60, 6, (400, 1)) + np.cumsum(np.sqrt(drift) * steps * chance.standard_normal((400, 8)), axis=1)
    seen = truth + 5 * np.sin(years) + np.sqrt(error) * chance.standard_normal(truth.shape)
    seen[chance.random(seen.shape) < 0.1] = np.nan
    found = year_variance(seen, years)
    assert found is not None
    assert found.error == pytest.approx(error, rel=0.15)
    assert found.drift == pytest.approx(drift, rel=0.25)
    assert year_variance(seen[:, :2], years[:2]) is None  # one pair of years cannot tell
