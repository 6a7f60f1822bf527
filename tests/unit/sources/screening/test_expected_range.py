"""Numbers that the measure cannot take."""

from tests.unit.sources.screening.made import Area, faults, schools, text


def test_numbers_that_the_measure_cannot_take_are_refused(area: Area) -> None:
    row = area.load(text([[*cells[:5], cells[4] * 9, cells[6]] for cells in schools()]))
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-41")


def test_one_impossible_number_is_told(area: Area) -> None:
    rows = schools()
    rows[9][6] = 1066
    row = area.load(text(rows))
    assert (row.outcome, faults(row)) == ("landed", {"H-DATA-41"})
