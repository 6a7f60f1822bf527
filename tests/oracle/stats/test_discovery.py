"""False discovery rates against the worked example of Benjamini and Hochberg (1995), and a naive twin."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.stats.discovery import one_sided, q_values, rates

# the fifteen tests of their section 4: four are rejected at 5%
WORKED = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]


def test_the_worked_example_shows_four() -> None:
    assert [q <= 0.05 for q in q_values(WORKED)] == [True] * 4 + [False] * 11


@given(st.lists(st.floats(0, 1), max_size=30), st.floats(0.001, 0.5))
def test_what_is_shown_is_what_the_step_up_procedure_rejects(p: list[float], rate: float) -> None:
    ordered = sorted(p)
    passing = [rank for rank, one in enumerate(ordered, 1) if one * len(p) / rank <= rate]
    limit = ordered[max(passing) - 1] if passing else -1.0
    assert [q <= rate for q in q_values(p)] == [one <= limit for one in p]


@given(st.lists(st.floats(0, 1) | st.sampled_from([0.0, 0.01, 1.0]), max_size=30))
def test_whole_arrays_are_rated_as_one_by_one(p: list[float]) -> None:
    assert rates(np.array(p)).tolist() == q_values(p)


def test_one_sided_is_the_normals() -> None:
    assert one_sided(1.6448536269514722, 1.0) == pytest.approx(0.05, abs=1e-12)
    assert one_sided(0.0, 3.0) == 0.5


@pytest.mark.parametrize("p", [[-0.1], [0.2, 1.1]])
def test_what_is_no_probability_is_refused(p: list[float]) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        q_values(p)
    with pytest.raises(ValueError, match="between 0 and 1"):
        rates(np.array(p))


def test_a_difference_without_error_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        one_sided(1.0, 0.0)
