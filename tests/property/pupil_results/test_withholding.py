"""Nobody is made out by subtraction: withheld cells in tables of places and groups, beside a search through every table that fits."""

import json
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from headway.pupil_results.bounds import ranges
from headway.pupil_results.lines import Count, Line
from headway.pupil_results.withholding import FEWEST, WIDE, small, withheld

GROUPS = ("a", "b")


def table(numbers: list[list[int]]) -> tuple[dict, list[Line]]:
    """Places with groups, the sum of each place, of each group, and of all."""
    counts = {(f"p{at}", group): Count(n) for at, row in enumerate(numbers) for group, n in zip(GROUPS, row, strict=True)}
    places = [f"p{at}" for at in range(len(numbers))]
    for place in places:
        counts[(place, "all")] = Count(sum(counts[(place, group)].cohort for group in GROUPS))
    for cut in (*GROUPS, "all"):
        counts[("area", cut)] = Count(sum(counts[(place, cut)].cohort for place in places))
    lines = [Line((place, "all"), tuple((place, group) for group in GROUPS)) for place in (*places, "area")]
    lines += [Line(("area", cut), tuple((place, cut) for place in places)) for cut in (*GROUPS, "all")]
    return counts, lines


cells = st.lists(st.lists(st.integers(0, 14), min_size=2, max_size=2), min_size=1, max_size=4)


@given(cells)
def test_no_small_cell_is_shown_or_held_within_five(numbers: list[list[int]]) -> None:
    counts, lines = table(numbers)
    gone = withheld(counts, lines)
    assert {cell for cell, count in counts.items() if small(count)} <= gone
    found = ranges({cell: count.cohort for cell, count in counts.items()}, lines, gone)
    for cell in gone:
        low, high = found[cell]
        assert low <= counts[cell].cohort <= high
        assert not small(counts[cell]) or high - low >= WIDE


@given(st.lists(st.lists(st.integers(0, 9), min_size=2, max_size=2), min_size=2, max_size=2))
def test_the_bounds_are_those_of_every_table_that_fits(numbers: list[list[int]]) -> None:
    """Two places and two groups: each table with the same cells shown is tried, up to 18 pupils a cell."""
    counts, lines = table(numbers)
    gone = withheld(counts, lines)
    within = ranges({cell: count.cohort for cell, count in counts.items()}, lines, gone)
    shown = [cell for cell in counts if cell not in gone]
    grid = np.indices((19,) * 4)
    fits = np.ones((19,) * 4, dtype=bool)
    for cell in shown:
        fits &= _value(cell, grid) == counts[cell].cohort
    for cell in gone:
        seen = _value(cell, grid)[fits]
        assert within[cell][0] <= seen.min()
        assert within[cell][1] >= seen.max()
        if small(counts[cell]):
            assert seen.max() - seen.min() >= WIDE


def _value(cell: tuple[str, str], grid: np.ndarray) -> np.ndarray:
    place, cut = cell
    inner = [(f"p{row}", group) for row in range(2) for group in GROUPS]
    return sum(grid[at] for at, (own, group) in enumerate(inner) if place in (own, "area") and cut in (group, "all"))


def test_the_published_table_of_two_by_three(shared: Path) -> None:
    """Property only, as the oracle says: nothing withheld can be recomputed, and no row or column withholds one cell alone."""
    told = json.loads((shared / "oracles/10_small_counts_secondary.json").read_text())
    counts = {(row, column): Count(number) for row, column, number in told["data"]}
    rows, columns = sorted({row for row, _ in counts}), sorted({column for _, column in counts})
    margins = {name: Count(number) for name, number in told["margins_published"].items()}
    counts |= {(row, "all"): margins[row] for row in rows} | {("area", column): margins[column] for column in columns}
    counts[("area", "all")] = margins["Total"]
    lines = [Line((row, "all"), tuple((row, column) for column in columns)) for row in (*rows, "area")]
    lines += [Line(("area", column), tuple((row, column) for row in rows)) for column in (*columns, "all")]
    gone = withheld(counts, lines)
    found = ranges({cell: count.cohort for cell, count in counts.items()}, lines, gone)
    assert all(low < high for low, high in found.values())
    for line in lines:
        hidden = [cell for cell in line.parts if cell in gone and counts[cell].cohort]
        assert line.total in gone or len(hidden) != 1


def test_a_share_is_withheld_for_those_who_met_or_did_not() -> None:
    assert small(Count(40, 3))
    assert small(Count(40, 37))
    assert small(Count(9, 0))
    assert small(Count(9, 9))
    assert not small(Count(40, 0))
    assert not small(Count(12, 6))
    assert not small(Count(0, 0))
    assert small(Count(FEWEST - 1))
    assert not small(Count(FEWEST))


def test_pupils_of_no_known_group_do_not_give_the_small_group_away() -> None:
    """30 in all, 25 shown, 3 withheld, 2 unknown: the rest is 5, which is itself small, so the larger group goes too."""
    counts = {("p", "all"): Count(30), ("p", "a"): Count(25), ("p", "b"): Count(3)}
    line = Line(("p", "all"), (("p", "a"), ("p", "b")), Count(2))
    assert withheld(counts, [line]) == {("p", "a"), ("p", "b")}
    counts = {("p", "all"): Count(36), ("p", "a"): Count(25), ("p", "b"): Count(3)}
    assert withheld(counts, [Line(("p", "all"), (("p", "a"), ("p", "b")), Count(8))]) == {("p", "b")}


def test_the_only_other_place_goes_when_one_would_be_told_by_the_area() -> None:
    counts, lines = table([[10, 12], [2, 1], [40, 45]])
    gone = withheld(counts, lines)
    assert ("p1", "all") in gone
    assert ("p0", "all") in gone
    assert ("area", "all") not in gone
