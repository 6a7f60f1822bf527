"""The local rank gap beside a count over every pair of pupils."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.stats.rank_gap import averaged_ranks, rank_gap

pupils = st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=2, max_size=40)


@given(pupils.filter(lambda rows: len({group for _, group in rows}) == 2))
def test_the_gap_is_the_chance_over_all_pairs(rows: list[tuple[int, bool]]) -> None:
    values, group = np.array([float(value) for value, _ in rows]), np.array([flag for _, flag in rows])
    pairs = [(one > two) + (one == two) / 2 for one in values[~group] for two in values[group]]
    chance = sum(pairs) / len(pairs)
    found = rank_gap(values, group)
    assert found.gap == pytest.approx(10 * (2 * chance - 1), abs=1e-9)
    assert found.chance == pytest.approx(chance, abs=1e-12)
    assert -10 <= found.gap <= 10
    assert rank_gap(values, ~group).gap == pytest.approx(-found.gap, abs=1e-9)


def test_complete_separation_is_ten() -> None:
    assert rank_gap(np.array([1.0, 2, 3, 4]), np.array([True, True, False, False])).gap == 10
    assert rank_gap(np.ones(6), np.array([True, False] * 3)).gap == 0


def test_tied_pupils_share_the_mean_of_their_ranks() -> None:
    assert list(averaged_ranks(np.array([5.0, 1, 5, 9]))) == [2.5, 1, 2.5, 4]


def test_what_has_no_rank_is_refused() -> None:
    for values, group in (([1.0, 2], [True, True]), ([1.0, np.nan], [True, False])):
        with pytest.raises(ValueError, match="pupil"):
            rank_gap(np.array(values), np.array(group))


def test_a_published_index_of_334_would_be_a_chance_of_two_in_three(shared: Path) -> None:
    """Form only: 3.34 on the scale is 16.7 percentile points. The index itself needs England's pupils and is never claimed."""
    series = json.loads((shared / "oracles/04_gap_index_ks2.json").read_text())["series"]
    assert series[0]["gap_index"] / 20 + 0.5 == pytest.approx(0.667, abs=0.0005)
