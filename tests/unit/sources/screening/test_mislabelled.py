"""A column with one number in every row says nothing, and is often another column's or none."""

from tests.unit.sources.screening.made import Area, schools, text


def test_a_column_of_nothing_but_zeros_is_refused(area: Area) -> None:
    row = area.load(text([[*cells[:5], "0%", cells[6]] for cells in schools()]))
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-42")


def test_numbers_from_before_the_measure_are_told_and_not_used(area: Area) -> None:
    row = area.load(text(schools(2008)), "2008-09/results.csv")
    assert row.outcome == "landed"
    assert "its measure has no definition for this year" in str(row.checks)
