"""Two columns that changed places: each looks like the other's last year."""

from tests.unit.sources.screening.made import Area, faults, schools, text


def as_points(year: int) -> list[list[object]]:
    """Both columns as plain numbers that either measure could take."""
    return [
        [*cells[:5], 10 + hash((year, position)) % 40, 84 + hash((position, year)) % 12] for position, cells in enumerate(schools(year))
    ]


def test_two_columns_that_changed_places_are_refused(area: Area) -> None:
    assert area.load(text(as_points(2016))).outcome == "landed"
    wrong = [[*cells[:5], cells[6], 80 + int(str(cells[5])) % 40] for cells in as_points(2017)]
    row = area.load(text(wrong), "2017-18/results.csv")
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-43")


def test_another_year_of_the_same_columns_lands(area: Area) -> None:
    area.load(text(schools(2016)))
    row = area.load(text(schools(2017)), "2017-18/results.csv")
    assert (row.outcome, faults(row)) == ("landed", set())
