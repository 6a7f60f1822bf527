"""Forecasts in worlds whose truth is known: nothing is claimed where nothing can be foretold, and intervals hold where something can."""

import numpy as np
import pytest

from headway.stats.forecast.calibration import coverage, gate, reliability, shown, skill
from headway.stats.forecast.movement import movement
from headway.stats.forecast.national import Scale, walk
from headway.stats.forecast.trials import Trial, trials

PLACES = 80
YEARS = np.arange(2010.0, 2020.0)


def _walks(seed: int) -> np.ndarray:
    """Every change is news: the last value is the best there is."""
    chance = np.random.default_rng(seed)
    return chance.normal(0, 5, (PLACES, 1)) + np.cumsum(chance.normal(0, 1, (PLACES, len(YEARS))), axis=1)


def _cohorts(seed: int) -> np.ndarray:
    """Places differ for good; years differ by the luck of their cohorts, more in small places."""
    chance = np.random.default_rng(seed)
    noise = np.sqrt(4.0 * 3.0 / chance.chisquare(5, (PLACES, 1)))
    return chance.normal(0, 3, (PLACES, 1)) + noise * chance.normal(0, 1, (PLACES, len(YEARS)))


@pytest.fixture(scope="module")
def walked() -> list[list[Trial]]:
    return [trials(_walks(seed), YEARS) for seed in range(8)]


@pytest.fixture(scope="module")
def drawn() -> list[list[Trial]]:
    return [trials(_cohorts(seed), YEARS) for seed in range(8)]


@pytest.mark.slow
def test_in_a_world_of_random_walks_most_forecasts_are_withheld_and_no_skill_is_claimed(walked: list[list[Trial]]) -> None:
    for horizon in (1, 2, 3):
        assert sum(gate(of, horizon).shown for of in walked) <= 2
    reported = skill({number: shown(of, 1) for number, of in enumerate(walked)})
    assert reported is None or reported.high > 0.98


@pytest.mark.slow
def test_where_the_luck_of_cohorts_rules_forecasts_are_shown_and_hold(drawn: list[list[Trial]]) -> None:
    assert all(gate(of, 1).shown for of in drawn)
    reported = skill({number: shown(of, 1) for number, of in enumerate(drawn)})
    assert reported is not None
    assert reported.high < 0.95
    of_one = [one for of in drawn for one in of if one.horizon == 1]
    for at, share in enumerate((0.5, 0.8, 0.95)):
        held = coverage(sum(one.inside[at] for one in of_one), sum(one.places for one in of_one))
        assert held is not None
        assert held.share == pytest.approx(share, abs=0.04)
    slope = reliability(of_one)
    assert slope is not None
    assert 0.8 < slope.slope < 1.2


def test_a_trial_knows_nothing_of_what_came_later() -> None:
    gaps = _cohorts(3)
    noise = gaps.copy()
    noise[:, 7:] = np.random.default_rng(9).normal(0, 50, noise[:, 7:].shape)
    before = [one for one in trials(gaps, YEARS) if one.target < YEARS[7]]
    assert before
    assert before == [one for one in trials(noise, YEARS) if one.target < YEARS[7]]


def test_a_small_restless_place_gets_a_wider_fan_and_goes_back_further() -> None:
    chance = np.random.default_rng(2)
    gaps = chance.normal(0, 3, (PLACES, 1)) + chance.normal(0, 1, (PLACES, 8))
    gaps[0] = [8, -8, 8, -8, 8, -8, 8, 8]
    ahead = movement(gaps, np.arange(8.0)).ahead(1)
    assert ahead.scale[0] > 1.5 * np.median(ahead.scale)
    assert abs(ahead.mean[0]) < 8
    assert (ahead.rate_scale < ahead.scale).all()


def test_years_without_figures_make_the_fan_wider_not_the_series_shorter() -> None:
    walks = _walks(5)
    near, far = movement(walks, YEARS).ahead(1), movement(walks, np.append(YEARS[:-1], YEARS[-1] + 4)).ahead(1)
    assert np.median(movement(walks, YEARS).ahead(3).scale) > 1.3 * np.median(near.scale)
    assert np.median(far.scale) != pytest.approx(np.median(near.scale), rel=1e-3)


def test_a_place_that_was_never_seen_has_no_forecast_and_one_that_paused_has() -> None:
    gaps = _cohorts(1)
    gaps[0], gaps[1, -2:] = np.nan, np.nan
    ahead = movement(gaps, YEARS).ahead(1)
    assert np.isnan(ahead.mean[0])
    assert np.isfinite(ahead.mean[1])


def test_too_few_places_or_years_are_refused() -> None:
    with pytest.raises(ValueError, match="ten places"):
        movement(_cohorts(1)[:9], YEARS)
    with pytest.raises(ValueError, match="two years"):
        movement(_cohorts(1)[:, :1], YEARS[:1])


def test_too_little_evidence_has_no_slope() -> None:
    few = trials(_cohorts(1)[:20], YEARS[:5])
    assert reliability([]) is None
    assert coverage(0, 0) is None
    assert gate([], 1).reason == "untested"
    assert gate(few, 3).reason in ("untested", "too_few_trials")


def _tried(origin: int, held: int, score: float = 0.5) -> Trial:
    """100 places, of whom the interval of four in five held so many; twice as close as either baseline by default."""
    return Trial(origin, 2, 100, score, 1.0, 1.0, (held // 2, held, 100), (), 1.0, (10,) * 10, (0,) * 24, (0,) * 24)


def test_a_fan_that_was_far_too_narrow_is_withheld_however_close_its_middle_was() -> None:
    assert gate([_tried(2018, 80), _tried(2019, 60)], 2).shown
    narrow = gate([_tried(2018, 80), _tried(2019, 59)], 2)
    assert (narrow.shown, narrow.reason, narrow.held) == (False, "too_narrow", 0.695)
    assert gate([_tried(2018, 20, 0.99), _tried(2019, 20, 0.99)], 2).reason == "not_better"
    assert gate([_tried(2018, 80)], 2).reason == "too_few_trials"
    assert [one.trial.origin for one in shown([_tried(year, 80) for year in range(2015, 2021)], 2)] == [2018, 2019, 2020]


def test_levels_hold_four_in_five_of_the_past_whatever_it_was() -> None:
    for seed in range(30):
        chance = np.random.default_rng(seed)
        years = np.sort(chance.choice(np.arange(2005.0, 2025.0), size=int(chance.integers(4, 12)), replace=False))
        found = walk(np.clip(60 + np.cumsum(chance.standard_t(2, len(years)) * 3), 5, 95), years, Scale("logit"))
        assert found is not None
        assert found.covered >= 0.75
