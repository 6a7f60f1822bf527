"""Texts in place of numbers that no list of markers explains."""

from tests.unit.sources.screening.made import Area, faults, said, schools, text


def test_markers_are_counted_and_unknown_ones_told(area: Area) -> None:
    rows = schools()
    for cells, marker in zip(rows, ["SUPP", "SUPP", "NE", "XYZ"], strict=False):
        cells[5] = marker
    row = area.load(text(rows))
    assert (row.outcome, faults(row)) == ("landed", {"H-DATA-44"})
    assert row.markers == {"SUPP": 2, "NE": 1, "XYZ": 1}
    assert said(row, "markers_known")["message"] == "1 text in place of numbers is not known: 'XYZ' (1)."


def test_a_column_of_words_where_numbers_belong_is_refused(area: Area) -> None:
    row = area.load(text([[*cells[:5], cells[3], cells[6]] for cells in schools()]))
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-44")
