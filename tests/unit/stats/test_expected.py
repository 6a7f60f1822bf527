"""What would be expected: planted slopes come back, the parts add up, and what never moves has no part."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.stats.expected import fit


@given(st.integers(0, 2**32 - 1), st.integers(1, 5))
def test_planted_slopes_come_back_and_the_parts_add_up(seed: int, width: int) -> None:
    draw = np.random.default_rng(seed)
    slopes, attributes = draw.normal(0, 2, width), draw.normal(5, 3, (60, width))
    found = fit(90 + attributes @ slopes, attributes)
    assert np.allclose(found.slopes, slopes)
    assert found.explained == pytest.approx(1)
    assert found.spread == pytest.approx(0, abs=1e-6)
    for row in attributes[:5]:
        assert found.expected(row) == pytest.approx(90 + row @ slopes)
        assert found.mean + found.parts(row).sum() == pytest.approx(found.expected(row))


def test_of_noise_eight_in_ten_lie_inside() -> None:
    draw = np.random.default_rng(7)
    attributes = draw.normal(0, 1, (4_000, 3))
    outcome = 93 + attributes @ np.array([1.0, -0.5, 0.0]) + draw.normal(0, 1.5, 4_000)
    found = fit(outcome, attributes)
    apart = np.abs(outcome - np.array([found.expected(row) for row in attributes]))
    assert (apart <= 1.2816 * found.spread).mean() == pytest.approx(0.8, abs=0.02)
    assert found.spread == pytest.approx(1.5, abs=0.05)


def test_what_is_the_same_everywhere_has_no_part() -> None:
    attributes = np.column_stack([np.arange(20.0), np.full(20, 4.0)])
    found = fit(np.arange(20.0), attributes)
    assert found.parts(np.array([3.0, 9.0]))[1] == 0


def test_too_few_units_are_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        fit(np.arange(3.0), np.ones((3, 2)))
