"""Bounds of what is withheld: those of every table that fits, by a search; dominance as Statistics Norway tests it."""

import itertools
import json
from math import inf
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.stats.disclosure import TOTAL, Sum, bounds, dominated, given_away, largest_share, money_told, money_withheld

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


def test_what_is_known_elsewhere_counts_and_what_it_alone_tells_is_not_given_away() -> None:
    sums = [Sum("t", ("a", "b"))]
    assert given_away({"a": 7}, ["t", "b"], sums) == {}
    assert given_away({"a": 7}, ["t", "b"], sums, {"t": 10}) == {"b": (3, 3)}
    assert given_away({}, ["a", "b"], sums, {"t": 3}) == {}  # at most three each, whatever we publish
    assert given_away({}, ["a", "b"], sums, {"t": 9}, {"a": 6}) == {}  # what is left lies as it lay without us


def test_a_sum_of_money_is_withheld_where_few_have_it_and_not_to_be_had_from_the_total() -> None:
    wide = [("a", 30.0), ("b", 30.0), ("c", 40.0)]
    assert money_withheld({"schools": wide, "hubs": wide}) == set()
    lone = {"schools": wide, "hubs": [("h", 500.0)], "services": wide}
    assert money_withheld(lone) == {"hubs", "schools"}  # one beside it
    assert money_withheld({"hubs": [("h", 500.0)]}) == {"hubs", TOTAL}
    assert money_withheld({"hubs": [("h", 500.0)], "trusts": [("h", 20.0)]}) == {"hubs", "trusts", TOTAL}  # together still one holder
    assert money_withheld({"hubs": [], "trusts": [("h", 0.0)]}) == set()  # nobody is paid


SOMES = st.lists(st.tuples(st.sampled_from("abcde"), st.floats(1, 1_000)), max_size=5)


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(["school", "hub", "trust", "traded"]), SOMES, max_size=4))
def test_no_sum_of_money_that_is_shown_or_follows_is_of_few(of: dict) -> None:
    gone = money_withheld(of)
    assert money_told(of, gone) == []
    every = [one for part in of for one in of[part] if part in gone]
    if every and TOTAL not in gone:
        assert largest_share([pounds for _, pounds in every], [holder for holder, _ in every], 2) <= 0.9


def test_the_attack_on_money_finds_what_was_shown_by_mistake() -> None:
    of = {"schools": [("a", 30.0), ("b", 30.0), ("c", 40.0)], "hubs": [("h", 500.0)]}
    assert money_told(of, set()) == ["hubs"]
    assert money_told(of, {"hubs"}) == ["hubs"]  # the total less the schools
    assert money_told(of, {"hubs", TOTAL}) == []
