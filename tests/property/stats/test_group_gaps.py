"""Groups beside all others: held equal to a twin that counts school by school, and the rule of what is wide."""

from math import sqrt

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from headway.stats.group_gaps import EVENTS, UNITS, WIDE, Difference, beside_others

Z = 1.959963984540054
units = st.tuples(st.sampled_from(["a", "b", "c", ""]), st.booleans(), st.sampled_from([0.0, 0.25, 1.0]))


def worlds(fewest: int = 0) -> st.SearchStrategy[list[tuple[str, bool, float]]]:
    """Schools in bunches of the same, so that groups are often large enough."""
    bunch = st.tuples(units, st.integers(1, 60)).map(lambda one: [one[0]] * one[1])
    return st.lists(bunch, min_size=fewest, max_size=14).map(lambda bunches: [unit for one in bunches for unit in one])


def answered(world: list[tuple[str, bool, float]]) -> dict[str, tuple[int, int, Difference | None, Difference | None]]:
    groups, fell, picked = (list(one) for one in zip(*world, strict=True)) if world else ([], [], [])
    found = beside_others(np.array(groups, dtype=object), np.array(picked, float), np.array(fell, bool))
    return {one.group: (one.units, one.fell, one.missed, one.flagged) for one in found}


def wilson(events: float, n: int) -> tuple[float, float]:
    """By solving (p − x)² = z² x(1 − x)/n, another way to write it than the one tested."""
    p, a = events / n, 1 + Z * Z / n
    b, c = -(2 * p + Z * Z / n), p * p
    root = sqrt(max(0.0, b * b - 4 * a * c))
    return max(0.0, (-b - root) / (2 * a)), min(1.0, (-b + root) / (2 * a))


def twin(world: list[tuple[str, bool, float]]) -> dict[str, tuple[int, int, Difference | None, Difference | None]]:
    found = {}
    for group in {one[0] for one in world} - {""}:
        own = [one for one in world if one[0] == group]
        rest = [one for one in world if one[0] not in ("", group)]
        enough = all(len(each) >= 50 and sum(fell for _, fell, _ in each) >= 10 for each in (own, rest))
        shares = []
        for of_fallen in (True, False):
            mine = [1 - pick if of_fallen else pick for _, fell, pick in own if fell is of_fallen]
            theirs = [1 - pick if of_fallen else pick for _, fell, pick in rest if fell is of_fallen]
            if not enough or min(len(mine), len(theirs)) < 10:
                shares.append(None)
                continue
            p, q = sum(mine) / len(mine), sum(theirs) / len(theirs)
            (p_low, p_high), (q_low, q_high) = wilson(sum(mine), len(mine)), wilson(sum(theirs), len(theirs))
            low, high = p - q - sqrt((p - p_low) ** 2 + (q_high - q) ** 2), p - q + sqrt((p_high - p) ** 2 + (q - q_low) ** 2)
            shares.append(Difference(p, q, low, high))
        found[group] = (len(own), sum(fell for _, fell, _ in own), shares[0], shares[1])
    return found


@given(worlds())
def test_every_group_is_that_of_the_twin(world: list[tuple[str, bool, float]]) -> None:
    ours, theirs = answered(world), twin(world)
    assert ours.keys() == theirs.keys()
    for group, (many, fell, *shares) in ours.items():
        assert (many, fell) == theirs[group][:2]
        for one, other in zip(shares, theirs[group][2:], strict=True):
            assert (one is None) == (other is None)
            if one is not None and other is not None:
                assert np.allclose([one.own, one.others, one.low, one.high], [other.own, other.others, other.low, other.high], atol=1e-9)


@given(worlds(2))
def test_of_two_groups_each_is_the_other_ones_mirror(world: list[tuple[str, bool, float]]) -> None:
    two = [one for one in world if one[0] in ("a", "b", "")]
    found = answered(two)
    if found.keys() == {"a", "b"}:
        for first, second in zip(found["a"][2:], found["b"][2:], strict=True):
            assert (first is None) == (second is None)
            if first is not None and second is not None:
                assert np.allclose([first.low, first.high], [-second.high, -second.low])
                assert first.wide == second.wide


@given(st.floats(-1, 1), st.floats(0, 1), st.floats(0, 1))
def test_wide_is_over_ten_points_and_beyond_chance(size: float, below: float, above: float) -> None:
    one = Difference(size, 0.0, size - below, size + above)
    outside = size - below > 0 or size + above < 0
    assert one.wide == (abs(size) > WIDE and outside)


def test_a_rule_that_overlooks_small_schools_is_found_and_one_that_errs_alike_is_not() -> None:
    fell = [True] * 40 + [False] * 360
    blind = [("a", one, 0.0) for one in fell] + [("b", one, 1.0 if one else 0.1) for one in fell]
    assert (found := answered(blind)["a"][2]) is not None and found.wide and found.size == 1.0
    alike = [(group, one, 0.3) for group in "ab" for one in fell]
    assert not any(one is not None and one.wide for group in answered(alike).values() for one in group[2:])
    few = [("a", True, 0.0)] * (EVENTS - 1) + [("a", False, 0.0)] * UNITS + [("b", one, 1.0) for one in fell]
    assert answered(few)["a"][2:] == (None, None)
