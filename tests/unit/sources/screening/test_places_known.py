"""A school's row needs a URN, an authority's row its code."""

from tests.unit.sources.screening.made import Area, faults, said, schools, text


def test_a_few_schools_without_a_urn_are_told(area: Area) -> None:
    rows = schools()
    rows[0][2] = ""
    row = area.load(text(rows))
    assert (row.outcome, faults(row)) == ("landed", {"H-DATA-35"})
    assert said(row, "places_known")["message"].startswith("1 row of 400 school rows (under 1%) has no valid URN")


def test_many_schools_without_a_urn_are_refused(area: Area) -> None:
    row = area.load(text([[*cells[:2], cells[3], *cells[3:]] for cells in schools()]))
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-35")
