"""A list of schools cut off: too few of them, whatever its last row and its footer say."""

import pytest

from tests.unit.sources.screening.made import Area, faults, schools, text


def by_urn(rows: list[list[object]]) -> list[list[object]]:
    """Schools of all authorities mixed, with the totals of areas last, as lists in order of URN are."""
    of_schools = sorted((cells for cells in rows if cells[0] == 1), key=lambda cells: str(cells[2])[::-1])
    return [*of_schools, *(cells for cells in rows if cells[0] != 1)]


@pytest.mark.parametrize("kept", [0.4, 0.55, 0.69])
def test_a_list_cut_at_a_row_boundary_with_a_good_footer_is_refused(area: Area, kept: float) -> None:
    rows = by_urn(schools())
    row = area.load(text([*rows[: int(kept * 400)], *rows[400:]]))
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-50")


def test_a_list_with_too_few_schools_against_the_last_is_refused(area: Area) -> None:
    area.load(text(schools(2015, each=12)), "2015-16/results.csv")
    rows = by_urn(schools(2016, each=12))
    row = area.load(text([*rows[:340], *rows[480:]]))
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-50")
    assert "it holds 340 schools and that of 2015/16 held 480" in row.reason


def test_an_extract_of_one_authority_lands(area: Area) -> None:
    row = area.load(text(schools(authorities=[207])))
    assert (row.outcome, faults(row)) == ("landed", set())
