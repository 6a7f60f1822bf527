"""Effects beside matched ones: in worlds without an effect the margin covers nothing five times in a hundred; exact small cases."""

from statistics import fmean, stdev

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.stats.impact import FEWEST, effect_of_many, effect_of_one
from headway.stats.intervals import student

numbers = st.lists(st.floats(-50, 50), min_size=FEWEST, max_size=30).filter(lambda found: stdev(found) > 1e-6)


@given(st.floats(-50, 50), numbers)
def test_the_margin_is_that_of_one_more_of_the_matched(change: float, controls: list[float]) -> None:
    found = effect_of_one(change, controls)
    half = student(0.95, len(controls) - 1) * stdev(controls) * (1 + 1 / len(controls)) ** 0.5
    assert found.size == pytest.approx(change - fmean(controls))
    assert (found.high - found.low) / 2 == pytest.approx(half)
    assert found.detectable > half
    assert 1 / (len(controls) + 1) <= found.p <= 1


@given(st.floats(-50, 50), numbers, st.floats(-20, 20))
def test_what_moves_everybody_moves_no_effect(change: float, controls: list[float], shift: float) -> None:
    moved = effect_of_one(change + shift, [one + shift for one in controls])
    assert moved.size == pytest.approx(effect_of_one(change, controls).size, abs=1e-6)


def test_without_an_effect_the_margin_misses_nothing_one_time_in_twenty() -> None:
    chance = np.random.default_rng(7)
    missed = sum(
        not one.low <= 0 <= one.high for one in (effect_of_one(draw[0], draw[1:].tolist()) for draw in chance.normal(size=(2000, 13)))
    )
    assert 0.035 < missed / 2000 < 0.065


def test_more_helped_schools_make_a_narrower_margin_and_few_controls_none() -> None:
    controls = [-2.0, -1.0, 0.0, 1.0, 2.0, 0.5]
    one, many = effect_of_one(3.0, controls), effect_of_many([(3.0, controls)] * 4)
    assert many.size == pytest.approx(one.size) and many.high - many.low < one.high - one.low
    assert many.helped == 4 and many.detectable < one.detectable
    assert effect_of_one(3.0, controls[: FEWEST - 1]).reason and effect_of_many([]).reason
    assert effect_of_many([(3.0, controls), (9.0, [1.0])]) == one


def test_the_chance_counts_the_school_itself() -> None:
    """Nine controls that all moved less: one in ten."""
    assert effect_of_one(100.0, [float(one) for one in range(9)]).p == pytest.approx(0.1)
