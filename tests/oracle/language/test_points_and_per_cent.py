"""Points and per cent, and what is rounded when, against figures that the Department and others published of one gap."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from headway.language.sentences import gap_sentence
from headway.language.values import relative_change
from headway.readings.answers import Trend
from headway.vocabulary.number import rounded
from tests.factories.lines import RWM, reading


@pytest.fixture(scope="module")
def told(shared: Path) -> Any:
    return json.loads((shared / "oracles/04_gap_index_ks2.json").read_text())


def test_a_relative_change_is_the_published_one(told: Any) -> None:
    for case in told["relative_change_cases"]:
        found = relative_change(case["from"], case["to"])
        places = 1 if "." in str(case["published_pct_change"]) else 0
        assert float(rounded(found, places)) == case["published_pct_change"], case["period"]
    series = told["series"]
    assert all(relative_change(one["gap_index"], other["gap_index"]) < 0 for one, other in pairwise(series))
    with pytest.raises(ValueError, match="nothing"):
        relative_change(0.0, 1.0)


def test_a_gap_is_taken_before_it_is_rounded(told: Any) -> None:
    """46 and 68 are 22 apart as printed; the figures behind them may be 21.2 apart, and that is what is said."""
    for case in told["percentage_point_gap_cases"]:
        low, high = case["disadvantaged_pct"], case["other_pct"]
        assert high - low == case["gap_pp"]
        for inside, wanted in ((0.0, "22.0 points"), (0.4, "21.2 points")):
            here, there = (Trend(RWM, "all", (reading("2017/18", value),)) for value in (low + inside, high - inside))
            assert f"The gap was {wanted} in" in gap_sentence(here, there)
            assert "per cent" not in gap_sentence(here, there) and "%" not in gap_sentence(here, there)
