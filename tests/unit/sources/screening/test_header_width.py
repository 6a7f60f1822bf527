"""A header longer than its rows, or shorter: every cell then stands under its neighbour's name."""

from tests.unit.sources.screening.made import HEADER, Area, faults, schools, text


def test_a_header_one_column_longer_than_its_rows_is_refused(area: Area) -> None:
    row = area.load(text(schools(), ["ROW", *HEADER]))
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-23")
    assert "The header has 8 columns and the rows have 7" in row.reason


def test_a_header_that_ends_in_nameless_columns_fits(area: Area) -> None:
    row = area.load(text(schools(), [*HEADER, "", ""]))
    assert (row.outcome, faults(row)) == ("landed", set())
