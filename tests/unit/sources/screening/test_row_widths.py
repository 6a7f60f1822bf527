"""Rows with too many fields are set aside and told; rows with too few end in empty fields, or are torn."""

from tests.unit.sources.screening.made import Area, faults, schools, text


def test_area_rows_that_end_early_are_filled_and_land(area: Area) -> None:
    rows = [cells if cells[0] == 1 else cells[:5] for cells in schools()]
    row = area.load(text(rows))
    assert (row.outcome, faults(row)) == ("landed", set())


def test_a_few_rows_with_too_many_fields_are_set_aside_and_told(area: Area) -> None:
    rows = schools()
    rows[7].append("surplus")
    row = area.load(text(rows))
    assert (row.outcome, row.rows, faults(row)) == ("landed", 440, {"H-DATA-22"})
    assert "1 row (under 1%) has more fields than the header: 8. They were set aside." in str(row.checks)


def test_many_rows_with_too_many_fields_are_refused(area: Area) -> None:
    rows = schools()
    for cells in rows[:60]:
        cells.append("surplus")
    row = area.load(text(rows))
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-22")


def test_rows_torn_at_many_places_are_refused(area: Area) -> None:
    wide = [*range(20)]
    rows = [[*cells, *wide] for cells in schools()]
    torn = [cells[: 8 + position // 5 % 15] if position % 5 == 0 else cells for position, cells in enumerate(rows)]
    row = area.load(text(torn, ["RECTYPE", "LEA", "URN", "SCHNAME", "PUPILS", "MET", "SCORE", *[f"X{number}" for number in wide]]))
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-26")
