"""Funnel limits against the health agency's worked files, and what must hold of any funnel."""

import csv
import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.stats.funnels import Z95, Z998, Spread, adjusted, limits, side, spread, winsorised


def rows(path: Path) -> list[dict[str, str]]:
    with path.open() as file:
        return list(csv.DictReader(file))


def test_limits_are_the_health_agencys(shared: Path) -> None:
    published = rows(shared / "oracles/05_funnel_proportion_limits.csv")
    assert len(published) >= 50
    for row in published:
        n, target = float(row["Population"]), float(row["Baseline"]) / 100
        for z, lower, upper in ((Z95, "Lower2s0025limit", "Upper2s0025limit"), (Z998, "Lower3s0001limit", "Upper3s0001limit")):
            assert [100 * limit for limit in limits(target, n, z)] == pytest.approx([float(row[lower]), float(row[upper])], abs=2e-6)


def test_flags_are_the_health_agencys(shared: Path) -> None:
    areas = rows(shared / "oracles/05_funnel_proportion_inputs.csv")
    successes, sizes = [float(row["numerator"]) for row in areas], [float(row["denominator"]) for row in areas]
    target = sum(successes) / sum(sizes)
    for row, x, n in zip(areas, successes, sizes, strict=True):
        assert flag(x / n, limits(target, n, Z95), limits(target, n, Z998)) == row["significance"]


def flag(share: float, inner: tuple[float, float], outer: tuple[float, float]) -> str:
    for between, words in ((outer, " (0.001)"), (inner, " (0.025)")):
        if found := side(share, between):
            return found.capitalize() + words
    return "Not significant"


def test_who_lies_outside_which_limits_is_as_in_the_health_services_package(shared: Path) -> None:
    told = json.loads((shared / "oracles/05_funnel_outlier_flags.json").read_text())
    of = told["limits"]
    limits_of = {
        "95_unadjusted": (of["LCL95"], of["UCL95"]), "95_od": (of["OD95LCL"], of["OD95UCL"]),
        "99_unadjusted": (of["LCL99"], of["UCL99"]), "99_od": (of["OD99LCL"], of["OD99UCL"]),
    }  # fmt: skip
    assert set(limits_of) == set(told["expect"])
    for name, between in limits_of.items():
        assert [int(side(rate, between) != "") for rate in told["rr"]] == told["expect"][name], name


def test_units_that_differ_in_make_up_are_no_longer_nearly_all_flagged(shared: Path) -> None:
    areas = rows(shared / "oracles/05_funnel_proportion_inputs.csv")
    successes, sizes = [float(row["numerator"]) for row in areas], [float(row["denominator"]) for row in areas]
    found = spread(successes, sizes)
    outside = [not low <= x / n <= high for x, n in zip(successes, sizes, strict=True) for low, high in [adjusted(found, n, Z998)]]
    assert found.tau2 > 0
    assert sum(outside) < 15


def test_a_rare_outcome_has_a_lower_limit_of_nought() -> None:
    assert adjusted(Spread(0.02, 0.0, 1.0, 30), 10, Z998)[0] == 0.0


@given(st.floats(0.01, 0.99), st.floats(0, 0.02), st.lists(st.integers(1, 5_000), min_size=2, max_size=20))
def test_limits_narrow_as_units_grow_and_hold_the_target(target: float, tau2: float, sizes: list[int]) -> None:
    found = [adjusted(Spread(target, tau2, 1.0, 30), n, Z998) for n in sorted(sizes)]
    for (low, high), (next_low, next_high) in pairwise(found):
        assert low <= next_low + 1e-12
        assert high >= next_high - 1e-12
    assert all(low <= target + 1e-12 and high >= target - 1e-12 for low, high in found)


def test_few_units_are_held_to_chance_alone() -> None:
    assert spread([1, 9, 2], [10, 10, 10]).tau2 == 0


def test_winsorising_draws_in_a_tenth_at_each_end() -> None:
    assert winsorised([float(n) for n in range(10)]) == [1.0, 1.0, *[float(n) for n in range(2, 8)], 8.0, 8.0]
