"""The slope beside the textbook's matrices, and how often its limits hold the truth when units of a cluster share what moves them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.stats.intervals import student, student_beyond, students_beyond
from headway.stats.least_squares import slope


def textbook(outcome: np.ndarray, inputs: np.ndarray, weights: np.ndarray, clusters: np.ndarray) -> tuple[float, float]:
    """The first slope and its error, from (X'WX)⁻¹ and the sum of the clusters' outer products."""
    design = np.column_stack([np.ones(len(outcome)), inputs])
    bread = np.linalg.inv(design.T @ (design * weights[:, None]))
    found = bread @ (design.T @ (weights * outcome))
    residual = outcome - design @ found
    meat = np.zeros_like(bread)
    for name in np.unique(clusters):
        own = clusters == name
        score = design[own].T @ (weights[own] * residual[own])
        meat += np.outer(score, score)
    groups, many, k = len(np.unique(clusters)), *design.shape
    variance = bread @ meat @ bread * groups / (groups - 1) * (many - 1) / (many - k)
    return float(found[1]), float(np.sqrt(variance[1, 1]))


def world(seed: int, truth: float = 0.0) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Schools of thirty authorities that share part of both the input and the error."""
    draw = np.random.default_rng(seed)
    clusters = np.repeat(np.arange(30), 12)
    shared, noise = draw.normal(size=30)[clusters], draw.normal(size=30)[clusters]
    inputs = np.column_stack([shared + draw.normal(size=360), draw.normal(size=360)])
    outcome = truth * inputs[:, 0] + inputs[:, 1] + noise + draw.normal(size=360)
    return outcome, inputs, draw.uniform(5, 60, 360), clusters.astype(str)


@given(seed=st.integers(0, 10**6))
def test_slope_and_limits_are_the_textbooks(seed: int) -> None:
    made = world(seed, -2.0)
    found = slope(*made)
    value, error = textbook(*made)
    assert found.value == pytest.approx(value)
    assert found.upper - found.value == pytest.approx(student(0.95, 29) * error)
    assert (found.units, found.clusters) == (360, 30)
    assert 0 < found.explained < 1


@pytest.mark.slow
def test_limits_hold_the_truth_as_often_as_they_say() -> None:
    held = sum(found.lower <= 0 <= found.upper for found in (slope(*world(seed)) for seed in range(300)))
    assert held >= 0.9 * 300


def test_what_cannot_be_told_is_refused() -> None:
    outcome, inputs, weights, clusters = world(1)
    with pytest.raises(ValueError, match="ten clusters"):
        slope(outcome[:60], inputs[:60], weights[:60], clusters[:60])
    with pytest.raises(ValueError, match="does not vary"):
        slope(outcome, np.column_stack([inputs[:, 1] * 2 + 1, inputs[:, 1]]), weights, clusters)


def test_students_tail_is_the_published_one() -> None:
    assert student_beyond(2.228, 10) == pytest.approx(0.025, abs=2e-5)
    assert student_beyond(-2.228, 10) == pytest.approx(0.975, abs=2e-5)
    assert student_beyond(0.0, 7) == 0.5
    with pytest.raises(ValueError, match="degree"):
        student_beyond(1.0, 0)


@given(told=st.lists(st.tuples(st.floats(-60, 60), st.integers(1, 400)), max_size=30))
def test_students_tails_of_many_are_those_of_each_to_the_last_digit(told: list[tuple[float, int]]) -> None:
    assert students_beyond([t for t, _ in told], [free for _, free in told]) == [student_beyond(*one) for one in told]
