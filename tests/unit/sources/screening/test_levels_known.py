"""Rows must say whether they are of a school, an authority, a region or England."""

from tests.unit.sources.screening.made import Area, faults, schools, text


def test_a_table_of_no_known_level_is_refused(area: Area) -> None:
    row = area.load(text([[9, *cells[1:]] for cells in schools()]))
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-34")


def test_mostly_unknown_levels_are_told(area: Area) -> None:
    rows = schools() + [[9, *cells[1:]] for cells in schools(2017, each=20)]
    assert "H-DATA-34" in faults(area.load(text(rows)))
