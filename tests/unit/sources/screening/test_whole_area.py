"""Authorities missing altogether: a file in their order that ends early, or one with their totals and not their schools."""

from tests.unit.sources.screening.made import AUTHORITIES, Area, schools, text


def test_a_file_in_the_order_of_authorities_that_ends_early_is_refused(area: Area) -> None:
    rows = schools(each=14)
    row = area.load(text(rows[: int(0.7 * 560)]))
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-51")
    assert "Its schools end with authority 228" in row.reason


def test_a_hole_in_the_middle_is_refused(area: Area) -> None:
    gone = AUTHORITIES[10:18]
    row = area.load(text([cells for cells in schools(each=16) if cells[0] != 1 or cells[1] not in gone]))
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-51")
    assert "8 authorities of 40 have no school in it: 211, 212, 213, 214, 215 and 3 more" in row.reason


def test_authorities_with_a_total_and_no_school_are_refused(area: Area) -> None:
    gone = AUTHORITIES[5:25]
    row = area.load(text([cells for cells in schools(each=16) if cells[0] != 1 or cells[1] not in gone]))
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-51")
    assert "20 authorities have a row of their own and no school" in row.reason


def test_a_made_up_country_whose_codes_england_does_not_use_is_measured_against_itself(area: Area) -> None:
    """However many authorities it has: it is no national table with a hole where England's authorities would be."""
    codes = {code: 430 + at for at, code in enumerate(AUTHORITIES)}
    rows = [[cells[0], codes.get(cells[1], cells[1]), *cells[2:]] for cells in schools(each=16)]
    row = area.load(text(rows))
    assert row.outcome == "landed", row.reason
