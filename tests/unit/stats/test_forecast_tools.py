"""The tools of forecasts, each beside a second way to the same number."""

import math

import numpy as np
import pytest

from headway.stats.forecast.chances import Future, Promise, beta_binomial, published_share, pupils_needed
from headway.stats.forecast.local_level import local_level
from headway.stats.forecast.national import Scale, walk
from headway.stats.forecast.scoring import brier, crps_sample, crps_student, randomised_pit
from headway.stats.forecast.student import below, density, quantile


@pytest.mark.parametrize(("dof", "point"), [(1, 12.7062), (2, 4.3027), (5, 2.5706), (10, 2.2281), (30, 2.0423), (1e9, 1.95996)])
def test_the_quantiles_of_any_table_of_t(dof: float, point: float) -> None:
    assert quantile(0.975, dof) == pytest.approx(point, abs=5e-5)
    assert quantile(0.025, dof) == pytest.approx(-point, abs=5e-5)
    assert below(point, dof) == pytest.approx(0.975, abs=1e-5)


def test_the_distribution_is_the_sum_of_its_density() -> None:
    z = np.linspace(-60, 1.3, 400_001)
    for dof in (3.0, 7.5, 40.0):
        assert np.trapezoid(density(z, dof), z) == pytest.approx(float(below(1.3, dof)), abs=1e-4)
    assert np.isnan(below(np.array([np.nan, 0.0]), 4.0)).tolist() == [True, False]


@pytest.mark.parametrize("dof", [2.5, 6.0, 50.0])
def test_the_score_of_a_t_is_the_integral_that_defines_it(dof: float) -> None:
    x, step = np.linspace(-200, 200, 40_001, retstep=True)
    y, mean, scale = 1.7, 0.4, 1.3
    squares = (below((x - mean) / scale, dof) - (x >= y)) ** 2
    assert crps_student(np.array(y), mean, scale, dof) == pytest.approx(squares.sum() * step, abs=6e-3)


def test_the_score_of_draws_nears_that_of_their_distribution() -> None:
    draws = np.random.default_rng(1).standard_t(5, 100_000)
    assert crps_sample(1.3, draws) == pytest.approx(float(crps_student(np.array(1.3), 0.0, 1.0, 5.0)), abs=0.01)
    assert crps_sample(3.0, np.array([1.0])) == 2.0  # a bare point: the absolute error


def test_too_few_degrees_of_freedom_have_no_score() -> None:
    with pytest.raises(ValueError, match="more than one"):
        crps_student(np.array(0.0), 0.0, 1.0, 1.0)


def test_the_pit_of_counts_is_flat_when_the_forecast_is_right() -> None:
    chance = np.random.default_rng(4)
    chances = beta_binomial(20, 6.0, 4.0)
    drawn = chance.choice(21, size=20_000, p=chances)
    ends = np.concatenate([[0.0], np.cumsum(chances)])
    pit = randomised_pit(ends[drawn], ends[drawn + 1], chance)
    assert np.histogram(pit, 10, (0, 1))[0] / 20_000 == pytest.approx(np.full(10, 0.1), abs=0.01)
    assert np.histogram(ends[drawn + 1], 10, (0, 1))[0].std() > 300  # unrandomised it would not be


def test_the_brier_score() -> None:
    assert brier(np.array([1.0, 0.0, 0.5]), np.array([1, 0, 1])) == pytest.approx(0.25 / 3)


def _dense(values: np.ndarray, times: np.ndarray, noise: float, drift: float) -> float:
    """The diffuse likelihood as the restricted likelihood of a regression on a constant, written out."""
    passed = times - times[0]
    covariance = drift * np.minimum.outer(passed, passed) + noise * np.eye(len(values))
    inverse, ones = np.linalg.inv(covariance), np.ones(len(values))
    held = ones @ inverse @ ones
    off = values - ones @ inverse @ values / held
    size = np.linalg.slogdet(covariance)[1] + math.log(held)
    return float(-0.5 * ((len(values) - 1) * math.log(2 * math.pi) + size + off @ inverse @ off))


def test_missing_years_are_time_that_passes() -> None:
    values, times = np.array([54.0, 61, 64, 65, 59, 60]), np.array([2015.0, 2016, 2017, 2018, 2021, 2022])
    found = local_level(values, times, 2.0, 3.0)
    assert found.log_likelihood == pytest.approx(_dense(values, times, 2.0, 3.0), abs=1e-9)
    assert found.log_likelihood != pytest.approx(local_level(values, np.arange(6.0), 2.0, 3.0).log_likelihood, abs=0.1)
    with pytest.raises(ValueError, match="rise"):
        local_level(values, times[::-1], 2.0, 3.0)


def test_a_share_of_twenty_pupils_comes_in_steps() -> None:
    assert (pupils_needed(66, 20), pupils_needed(65, 20), pupils_needed(70, 20)) == (14, 13, 14)
    assert published_share(66, 200, 20, 66) == published_share(66, 200, 20, 70) < published_share(66, 200, 20, 65)
    assert published_share(66, 200, 20, 0) == pytest.approx(1.0)
    kept, missed = published_share(66, 200, 20, 66), published_share(66, 200, 20, 65, at_most=True)
    assert kept + missed == pytest.approx(1.0)


def test_the_beta_binomial_has_the_mean_and_variance_asked_for() -> None:
    k = np.arange(61)
    chances = beta_binomial(60, 8.0, 12.0)
    mean = float(chances @ k)
    alike = 1 / 21
    assert mean == pytest.approx(24.0)
    assert float(chances @ (k - mean) ** 2) == pytest.approx(60 * 0.4 * 0.6 * (1 + 59 * alike))


def test_a_promise_by_england_moves_with_each_of_its_futures() -> None:
    future = Future(np.array([60.0, 70.0]), np.array([58.0, 68.0]), np.array([2.0, 2.0]), 10.0)
    level_with = future.at_least(Promise(0.0, times=1.0))
    assert level_with == pytest.approx(1 - float(below(1.0, 10.0)))  # two points below in either future
    assert future.at_least(Promise(64.0)) == pytest.approx(0.5, abs=0.05)
    assert future.at_least(Promise(64.0)) + future.at_least(Promise(64.0, at_most=True)) == pytest.approx(1.0)
    assert future.at_least(Promise(64.2), step=1.0) == future.at_least(Promise(64.5))  # 65 is published from 64.5
    assert future.quantile(0.5) == pytest.approx(63.0, abs=0.01)


def test_a_jump_that_the_other_moves_would_not_have_foreseen_widens_the_walk() -> None:
    calm = walk(np.array([60.0, 61, 60, 61, 60, 61]), np.arange(6.0), Scale("logit"))
    shaken = walk(np.array([60.0, 61, 60, 61, 40, 60]), np.arange(6.0), Scale("logit"))
    assert calm and shaken
    assert calm.widened == 1.0
    assert shaken.widened > 1.2
    assert min(calm.covered, shaken.covered) >= 0.8 > shaken.covered_plain
    assert shaken.spread(3) == pytest.approx(math.sqrt(3) * shaken.spread(1))
    assert walk(np.array([60.0, 61, 60]), np.arange(3.0), Scale("logit")) is None


def test_no_level_goes_past_nothing_or_everything() -> None:
    found = walk(np.array([97.0, 98, 97, 99]), np.arange(4.0), Scale("logit"))
    assert found
    futures = found.values(3)
    assert (futures > 0).all()
    assert (futures < 100).all()
    assert (np.diff(futures) > 0).all()
