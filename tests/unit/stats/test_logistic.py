"""The regression: the truth found again, its equations solved, separation held, and calibration told only on enough evidence."""

import numpy as np
import pytest

from headway.stats.logistic import calibration, fit


def world(units: int = 20_000, seed: int = 3) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    inputs = np.column_stack([chance.normal(10, 3, units), chance.integers(0, 2, units), np.full(units, 7.0)])
    logit = -2 + 0.4 * (inputs[:, 0] - 10) + 1.2 * inputs[:, 1]
    return inputs, logit, chance.random(units) < 1 / (1 + np.exp(-logit))


def test_the_truth_is_found_again() -> None:
    inputs, logit, fell = world()
    found = fit(inputs, fell)
    assert found.weights / np.where(found.sd > 0, found.sd, 1) == pytest.approx([0.4, 1.2, 0], abs=0.15)
    assert np.corrcoef(found.logits(inputs), logit)[0, 1] > 0.999


def test_its_equations_are_solved() -> None:
    inputs, _, fell = world(2_000)
    found = fit(inputs, fell)
    z = np.divide(inputs - found.mean, found.sd, out=np.zeros_like(inputs), where=found.sd > 0)
    rest = fell - found.chances(inputs)
    assert rest.sum() == pytest.approx(0, abs=1e-6)
    assert z.T @ rest == pytest.approx(1.0 * found.weights, abs=1e-6)


def test_parts_add_up_to_the_logit_and_a_constant_input_says_nothing() -> None:
    inputs, _, fell = world(2_000)
    found = fit(inputs, fell)
    assert found.intercept + found.parts(inputs).sum(axis=1) == pytest.approx(found.logits(inputs))
    assert not found.parts(inputs)[:, 2].any()


def test_perfect_separation_does_not_run_away() -> None:
    inputs = np.arange(40.0)[:, None]
    found = fit(inputs, inputs[:, 0] > 19)
    assert 1 < found.weights[0] < 10


def test_both_outcomes_are_needed() -> None:
    with pytest.raises(ValueError, match="units that fell"):
        fit(np.zeros((5, 1)), np.ones(5, bool))


def test_calibration_of_the_truth_and_of_chances_that_are_too_sure() -> None:
    _, logit, fell = world()
    true, sure = calibration(logit, fell), calibration(2 * logit, fell)
    assert true is not None and true.good and true.slope == pytest.approx(1, abs=0.06)
    assert sure is not None and not sure.good and sure.slope == pytest.approx(0.5, abs=0.03)
    assert true.expected == pytest.approx(true.fell, rel=0.03)


def test_too_few_say_nothing_of_calibration() -> None:
    _, logit, fell = world(200)
    assert calibration(logit[fell][:49], fell[fell][:49]) is None
