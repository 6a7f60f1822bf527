"""Counts of schools: no small one is shown or can be worked out from the others; what was withheld before stays so."""

from hypothesis import given
from hypothesis import strategies as st

from headway.pupil_results.bounds import ranges
from headway.readings.school_counts import ALL, counted, lines

ROWS, COLUMNS = ("light", "focus", "intensive"), ("academy", "maintained")
tables = st.fixed_dictionaries({(row, column): st.integers(0, 15) for row in ROWS for column in COLUMNS})


@given(tables)
def test_nothing_small_is_shown_or_held_within_five(numbers: dict[tuple[str, str], int]) -> None:
    found = counted(numbers, ROWS, COLUMNS)
    assert all(found.shown(row, column) is None for (row, column), number in found.numbers.items() if 0 < number < 6)
    held = ranges(found.numbers, lines(ROWS, COLUMNS), set(found.hidden))
    for cell in found.hidden:
        low, high = held[cell]
        assert low <= found.numbers[cell] <= high
        assert not 0 < found.numbers[cell] < 6 or high - low >= 5


@given(tables, st.sampled_from([(row, column) for row in ROWS for column in COLUMNS]))
def test_what_was_withheld_before_stays_withheld(numbers: dict[tuple[str, str], int], cell: tuple[str, str]) -> None:
    first = counted(numbers, ROWS, COLUMNS)
    again = counted(numbers, ROWS, COLUMNS, {*first.hidden, cell})
    assert first.hidden | {cell} <= again.hidden


def test_sums_are_those_of_rows_and_columns() -> None:
    found = counted({("light", "academy"): 20, ("focus", "academy"): 10, ("focus", "maintained"): 12}, ROWS, COLUMNS)
    assert found.shown("focus") == 22 and found.shown(ALL, "academy") == 30 and found.shown(ALL) == 42
    assert not found.hidden  # nought is nobody
