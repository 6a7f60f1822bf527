"""The variance of one pupil's result, from how far schools jump."""

import numpy as np
import pytest

from headway.stats.jumps import FEWEST, pupil_variance


def world(pupil_sd: float, schools: int, lasting: float = 0.0, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    n = chance.integers(15, 90, (3, schools)).astype(float)
    truth = chance.normal(50, 8, schools) + lasting * (np.arange(3)[:, None] == 0) * (np.arange(schools) % 20 == 0)
    national = np.array([3.0, 0.0, -4.0])[:, None]
    return truth + national + chance.normal(0, pupil_sd / np.sqrt(n)), n


@pytest.mark.parametrize("pupil_sd", [4.0, 15.0])
def test_it_is_found_whatever_the_levels_and_the_common_movement(pupil_sd: float) -> None:
    values, n = world(pupil_sd, 3_000)
    assert pupil_variance(values, n) == pytest.approx(pupil_sd**2, rel=0.06)


def test_a_few_lasting_changes_do_not_widen_it_for_all() -> None:
    values, n = world(10.0, 3_000, lasting=40.0)
    assert pupil_variance(values, n) == pytest.approx(100, rel=0.15)


def test_missing_years_and_schools_without_pupils_are_left_out() -> None:
    values, n = world(10.0, 3_000)
    values[1, ::3], n[2, ::5] = np.nan, 0
    assert pupil_variance(values, n) == pytest.approx(100, rel=0.1)


def test_with_too_few_jumps_nothing_is_said() -> None:
    values, n = world(10.0, FEWEST - 1)
    assert pupil_variance(values, n) is None
    assert pupil_variance(values[:1], n[:1]) is None
