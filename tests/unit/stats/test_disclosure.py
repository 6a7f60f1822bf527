"""Bounds of what is withheld: those of every table that fits, by a search; dominance as Statistics Norway tests it."""

import itertools
import json
from math import inf
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.stats.disclosure import Sum, bounds, dominated, largest_share

CELLS = [(row, column) for row in "ab" for column in "xyz"]
SUMS = [Sum((row, "all"), tuple((row, column) for column in "xyz")) for row in "ab"]
SUMS += [Sum(("all", column), tuple((row, column) for row in "ab")) for column in "xyz"]


def with_sums(numbers: dict) -> dict:
    whole = dict(numbers)
    for one in SUMS:
        whole[one.total] = sum(numbers[part] for part in one.parts)
    return whole


@settings(max_examples=15)
@given(st.lists(st.integers(0, 4), min_size=6, max_size=6), st.sets(st.sampled_from(CELLS), min_size=1, max_size=4))
def test_the_bounds_are_those_of_every_table_that_fits(numbers: list[int], hidden: set) -> None:
    whole = with_sums(dict(zip(CELLS, numbers, strict=True)))
    known = {cell: number for cell, number in whole.items() if cell not in hidden}
    found = bounds(known, sorted(hidden), SUMS)
    seen: dict = {cell: [] for cell in hidden}
    for tried in itertools.product(range(13), repeat=len(hidden)):
        guess = {**known, **dict(zip(sorted(hidden), tried, strict=True))}
        if all(guess[one.total] == sum(guess[part] for part in one.parts) for one in SUMS):
            for cell in hidden:
                seen[cell].append(guess[cell])
    assert found == {cell: (min(values), max(values)) for cell, values in seen.items()}


def test_one_withheld_alone_is_told_and_without_a_sum_nothing_is() -> None:
    assert bounds({"t": 10, "a": 7}, ["b"], [Sum("t", ("a", "b"))]) == {"b": (3, 3)}
    assert bounds({"t": 10}, ["b"], []) == {"b": (0, inf)}
    with pytest.raises(ValueError, match="contradicts"):
        bounds({"t": 3, "a": 7}, ["b"], [Sum("t", ("a", "b"))])


def test_dominance_adds_up_what_one_holder_has(shared: Path) -> None:
    told = json.loads((shared / "oracles/10_dominance.json").read_text())
    holders = told["share_by_holder_n2"]["holders_in_file_order"]
    of: dict[str, list[str]] = {}
    for name, contributions in told["groups"].items():
        of[name], holders = holders[: len(contributions)], holders[len(contributions) :]
    shares = [largest_share(told["groups"][name], of[name], 2) for name in told["groups"]]
    assert shares == pytest.approx(told["share_by_holder_n2"]["expect_share_two_largest"])
    assert [dominated(told["groups"][name], of[name], 2, 0.98) for name in told["groups"]] == [share > 0.98 for share in shares]
