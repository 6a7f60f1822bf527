"""A percentage that became a fraction: 0.639 where 63.9 was meant."""

from tests.unit.sources.screening.made import Area, faults, schools, text


def test_a_percentage_that_became_a_fraction_is_refused(area: Area) -> None:
    rows = [[*cells[:5], int(str(cells[5]).rstrip("%")) / 100, cells[6]] for cells in schools()]
    row = area.load(text(rows))
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-40")
    assert row.reason.startswith("MET holds a percentage and all numbers lie between 0 and 1")


def test_small_percentages_are_not_fractions(area: Area) -> None:
    rows = [[*cells[:5], f"{position % 4}", cells[6]] for position, cells in enumerate(schools())]
    row = area.load(text(rows))
    assert (row.outcome, faults(row)) == ("landed", set())
