"""Nearest neighbours beside a naive twin that compares every pair, one by one; and what must hold of any families."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as made

from headway.stats import similar

cells = st.one_of(st.integers(-3, 3).map(float), st.floats(-50, 50, width=32))
tables = st.tuples(st.integers(1, 16), st.integers(1, 4)).flatmap(lambda shape: made.arrays(np.float64, shape, elements=cells))
counts = st.integers(1, 12)


def naive(z: np.ndarray, weights: np.ndarray, k: int) -> list[list[tuple[int, float]]]:
    """Every pair in plain Python: the k nearest others, ties to the first."""
    found = []
    for i, one in enumerate(z.tolist()):
        pairs = []
        for j, other in enumerate(z.tolist()):
            total = 0.0
            for weight, mine, theirs in zip(weights.tolist(), one, other, strict=True):
                total += weight * ((theirs - mine) * (theirs - mine))
            if i != j:
                pairs.append((sqrt(total), j))
        found.append([(j, distance) for distance, j in sorted(pairs)[:k]])
    return found


def told(found: similar.Nearest) -> list[list[tuple[int, float]]]:
    return [
        [(int(member), float(distance)) for member, distance in zip(*row, strict=True) if member != similar.NOBODY]
        for row in zip(found.members, found.distances, strict=True)
    ]


@given(tables, counts, st.integers(0, 10**6))
def test_the_nearest_are_those_of_the_naive_twin(values: np.ndarray, k: int, seed: int) -> None:
    weights = similar.shares(np.random.default_rng(seed).random(values.shape[1]) + 0.01)
    z = similar.scale(values).of(values)
    found = similar.nearest(z, weights, k)
    assert told(found) == naive(z, weights, k)
    for place in range(len(z)):
        members, distances = similar.nearest_of(place, z, weights, k)
        assert list(zip(members.tolist(), distances.tolist(), strict=True)) == told(found)[place]


@pytest.mark.parametrize("kind", ["normal", "tied", "outliers", "all alike", "sorted"])
def test_large_sets_are_exact_too(kind: str) -> None:
    """Sets large enough for the sifting and its fall-backs, against one exact row at a time."""
    chance = np.random.default_rng(7)
    values = chance.normal(size=(1_500, 6))
    if kind == "tied":
        values = chance.integers(0, 3, size=values.shape).astype(float)
    if kind == "outliers":
        values[:5] *= 1e4
    if kind == "all alike":
        values[:] = 1.0
    if kind == "sorted":
        values = np.sort(values, axis=0)
    z, weights = similar.scale(values).of(values), similar.shares([1, 2, 3, 4, 5, 0])
    found = similar.nearest(z, weights, 50)
    for place in range(0, len(z), 7):
        members, distances = similar.nearest_of(place, z, weights, 50)
        assert found.members[place].tolist() == members.tolist()
        assert found.distances[place].tolist() == distances.tolist()


def test_nobody_is_their_own_neighbour_and_distances_grow() -> None:
    z = np.random.default_rng(3).integers(0, 2, size=(400, 3)).astype(float)  # many duplicates
    found = similar.nearest(z, similar.shares([1, 1, 1]), 20)
    assert not (found.members == np.arange(400)[:, None]).any()
    assert (np.diff(found.distances, axis=1) >= 0).all()


@given(tables, counts, st.randoms(use_true_random=False))
def test_the_order_of_the_units_decides_ties_only(values: np.ndarray, k: int, chance) -> None:
    order = list(range(len(values)))
    chance.shuffle(order)
    weights = similar.shares(range(1, values.shape[1] + 1))
    plain, moved = (similar.nearest(similar.scale(one).of(one), weights, k) for one in (values, values[order]))
    assert np.array_equal(plain.distances[order], moved.distances, equal_nan=True)


@given(tables, st.integers(-8, 8), counts)
def test_the_unit_of_a_variable_does_not_matter(values: np.ndarray, power: int, k: int) -> None:
    """Measured in units twice, four times, … as large, a variable says the same: exactly, for powers of two."""
    other = values.copy()
    other[:, 0] *= 2.0**power
    weights = similar.shares([1.0] * values.shape[1])
    plain, scaled = (similar.nearest(similar.scale(one).of(one), weights, k) for one in (values, other))
    assert plain.members.tolist() == scaled.members.tolist()
    assert np.array_equal(plain.distances, scaled.distances, equal_nan=True)


def test_a_variable_twice_is_that_variable_at_double_weight() -> None:
    values = np.random.default_rng(5).normal(size=(200, 3))
    twice = np.hstack([values, values[:, :1]])
    z, z2 = similar.scale(values).of(values), similar.scale(twice).of(twice)
    plain, doubled = similar.nearest(z, similar.shares([2, 1, 1]), 10), similar.nearest(z2, similar.shares([1, 1, 1, 1]), 10)
    assert plain.members.tolist() == doubled.members.tolist()
    assert plain.distances == pytest.approx(doubled.distances)


def test_a_variable_without_weight_or_without_spread_says_nothing() -> None:
    values = np.random.default_rng(6).normal(size=(100, 2))
    wide = np.hstack([values, np.full((100, 1), 0.1), np.arange(100.0)[:, None]])
    plain = similar.nearest(similar.scale(values).of(values), similar.shares([1, 1]), 5)
    other = similar.nearest(similar.scale(wide).of(wide), similar.shares([1, 1, 1, 0]), 5)
    assert plain.members.tolist() == other.members.tolist()


def test_a_distance_of_half_is_half_a_standard_deviation_on_each_variable() -> None:
    z = np.array([[0.0, 0.0], [0.5, -0.5]])
    assert similar.nearest(z, similar.shares([3, 1]), 1).distances.tolist() == [[0.5], [0.5]]


def test_a_missing_value_is_refused_and_never_nought() -> None:
    with pytest.raises(ValueError, match="all of them have"):
        similar.scale(np.array([[1.0, np.nan], [2.0, 3.0]]))


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1], [np.inf, 1]])
def test_weights_that_weigh_nothing_are_refused(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="weights"):
        similar.shares(weights)


groups = st.lists(st.integers(0, 9), max_size=6, unique=True)


@given(st.lists(st.tuples(groups, groups), min_size=1, max_size=8))
def test_overlaps_are_those_of_sets(pairs: list[tuple[list[int], list[int]]]) -> None:
    one, other = (np.array([group + [similar.NOBODY] * (6 - len(group)) for group in side]) for side in zip(*pairs, strict=True))
    expected = [len({*a} & {*b}) / len({*a} | {*b}) if a or b else 1.0 for a, b in pairs]
    assert similar.overlaps(one, other).tolist() == expected == [similar.overlap(a, b) for a, b in zip(one, other, strict=True)]


def test_stability_is_one_without_noise_and_falls_as_noise_grows() -> None:
    z = np.random.default_rng(8).normal(size=(600, 4))
    weights = similar.shares([1, 1, 1, 1])
    found = similar.nearest(z, weights, 20).members
    medians = [
        float(np.median(similar.stability(z, np.full(z.shape, noise), weights, found, redraws=3, seed=1))) for noise in (0.0, 0.05, 0.5)
    ]
    assert medians[0] == 1.0 > medians[1] > medians[2]


def test_stability_is_the_same_each_time() -> None:
    z = np.random.default_rng(9).normal(size=(300, 3))
    weights = similar.shares([1, 1, 1])
    found = similar.nearest(z, weights, 10).members
    again = [similar.stability(z, np.full(z.shape, 0.1), weights, found, redraws=3, seed=4) for _ in range(2)]
    assert again[0].tolist() == again[1].tolist()
