"""A last row that stops in the middle: the file was cut off while it was copied or downloaded."""

from tests.unit.sources.screening.made import Area, schools, text


def test_a_last_row_that_stops_in_the_middle_is_refused(area: Area) -> None:
    row = area.load(text(schools()[:390])[:-12])
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-27")


def test_a_last_row_that_ends_early_as_others_do_is_not_torn(area: Area) -> None:
    rows = [cells for cells in schools() if cells[0] == 1]
    short = [cells[:5] if position % 9 == 8 else cells for position, cells in enumerate(rows)][:396]
    assert area.load(text(short)).outcome == "landed"
