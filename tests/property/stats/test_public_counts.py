"""What anybody may see: no small number, and nothing small to be had by solving for it. The twin is a linear programme."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.stats.public_counts import BASE, SPAN, Cell, Published, known_of, published, rounded, small, spans, within

CELLS = st.integers(0, 60).flatmap(lambda of: st.builds(Cell, st.integers(0, of), st.just(of)))
SMALL = st.integers(11, 40).flatmap(lambda of: st.builds(Cell, st.integers(0, 6), st.just(of)))
GROUPS = st.lists(st.lists(CELLS | SMALL, min_size=1, max_size=5), min_size=1, max_size=3)


def attacked(groups: list[list[Cell]], shown: Published) -> list[tuple[int, int]]:
    """For each withheld cell the least and the most that it can be, by linear programming over everything published."""
    from scipy.optimize import linprog

    flat = [(at, cell, value) for at, group in enumerate(groups) for cell, value in zip(group, shown.cells[at], strict=True)]
    bounds = [known_of(cell) if value is None else within(value) for _, cell, value in flat]
    rows, limits = [], []
    sums = [(value, [float(at == own) for own, _, _ in flat]) for at, value in enumerate(shown.groups)]
    for value, row in [*sums, (shown.total, [1.0] * len(flat))]:
        if value is not None:
            low, high = within(value)
            rows += [row, [-one for one in row]]
            limits += [high, -low]
    found = []
    for at, (_, _, value) in enumerate(flat):
        if value is None:
            aim = np.eye(len(flat))[at]
            ends = [linprog(sign * aim, A_ub=rows or None, b_ub=limits or None, bounds=bounds) for sign in (1, -1)]
            found.append((round(ends[0].fun), round(-ends[1].fun)))
    return found


@pytest.mark.slow
@given(GROUPS)
def test_nobody_who_solves_for_a_withheld_count_gets_it_within_five(groups: list[list[Cell]]) -> None:
    shown = published(groups)
    for low, high in attacked(groups, shown):
        assert high - low >= SPAN


@pytest.mark.slow
@given(GROUPS)
def test_spans_are_those_of_the_linear_programme(groups: list[list[Cell]]) -> None:
    everything = Published(
        tuple(tuple(None if small(cell) else rounded(cell.count) for cell in group) for group in groups),
        tuple(rounded(sum(cell.count for cell in group)) for group in groups), rounded(sum(cell.count for one in groups for cell in one)),
    )  # fmt: skip
    parts = [
        [known_of(cell) if value is None else within(value) for cell, value in zip(group, own, strict=True)]
        for group, own in zip(groups, everything.cells, strict=True)
    ]
    found = spans(parts, [within(value or 0) for value in everything.groups], within(everything.total or 0))
    mine = [
        span for group, own in zip(found, everything.cells, strict=True) for span, value in zip(group, own, strict=True) if value is None
    ]
    assert mine == attacked(groups, everything)


@given(GROUPS)
def test_what_is_published_is_a_multiple_of_ten_and_near_the_truth(groups: list[list[Cell]]) -> None:
    shown = published(groups)
    pairs = [(cell.count, value) for group, own in zip(groups, shown.cells, strict=True) for cell, value in zip(group, own, strict=True)]
    pairs += [(sum(cell.count for cell in group), value) for group, value in zip(groups, shown.groups, strict=True)]
    for count, value in pairs:
        assert value is None or (value % BASE == 0 and abs(value - count) <= BASE // 2)
    for group, own in zip(groups, shown.cells, strict=True):
        assert all((value is None) == small(cell) for cell, value in zip(group, own, strict=True))


def test_one_small_school_among_exact_neighbours_takes_the_total_with_it() -> None:
    """Neighbours at the upper end of their rounding would give it away."""
    many = [Cell(14, 60)] * 8
    shown = published([[*many, Cell(5, 40)]])
    assert shown.cells[0][-1] is None
    low, high = attacked([[*many, Cell(5, 40)]], shown)[0]
    assert high - low >= SPAN
