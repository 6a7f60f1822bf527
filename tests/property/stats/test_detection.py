"""Scores against what later happened: the expectation over ties is the mean over every order, and no score beats itself reversed."""

from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.stats.detection import area_under, at_capacity, at_least, average_precision

worlds = st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=6)


def naive(scores: list[int], fell: list[bool], capacity: int) -> tuple[float, float]:
    """The mean over every way of putting ties in order: caught at a capacity, and average precision."""
    caught, precision = [], []
    for order in permutations(range(len(scores))):
        if all(scores[a] >= scores[b] for a, b in pairwise(order)):
            hits = [fell[at] for at in order]
            caught.append(sum(hits[:capacity]))
            reached = [sum(hits[: place + 1]) / (place + 1) for place, hit in enumerate(hits) if hit]
            precision.append(sum(reached) / len(reached) if reached else 0.0)
    return sum(caught) / len(caught), sum(precision) / len(precision)


@given(world=worlds, capacity=st.integers(0, 7))
def test_ties_are_the_mean_over_every_order(world: list[tuple[int, bool]], capacity: int) -> None:
    scores, fell = [one[0] for one in world], [one[1] for one in world]
    caught, precision = naive(scores, fell, capacity)
    found = at_capacity(np.array(scores, float), np.array(fell), capacity)
    assert found.caught == pytest.approx(caught)
    assert found.flagged == min(capacity, len(world))
    mine = average_precision(np.array(scores, float), np.array(fell))
    assert mine is None if not any(fell) else mine == pytest.approx(precision)


@given(world=worlds)
def test_the_area_is_the_share_of_pairs_in_the_right_order(world: list[tuple[int, bool]]) -> None:
    scores, fell = np.array([one[0] for one in world], float), np.array([one[1] for one in world])
    pairs = [(a > b) + (a == b) / 2 for a in scores[fell] for b in scores[~fell]]
    found = area_under(scores, fell)
    assert found is None if not pairs else found == pytest.approx(sum(pairs) / len(pairs))
    reverse = area_under(-scores, fell)
    assert found is None or reverse == pytest.approx(1 - found)


def test_a_threshold_and_its_errors() -> None:
    scores, fell = np.array([5.0, 4, 4, 1, 0]), np.array([True, False, True, True, False])
    found = at_least(scores, fell, 4)
    assert (found.flagged, found.caught, found.precision, found.recall, found.false_alarms) == (3, 2, 2 / 3, 2 / 3, 1)
    assert at_least(scores, fell, 9).precision is None
    assert at_least(scores, np.zeros(5, bool), 4).recall is None
    low, high = found.recall_interval or (0, 0)
    assert low < 2 / 3 < high
