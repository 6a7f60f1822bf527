"""One year's table under another year's name."""

from tests.unit.sources.screening.made import Area, schools, text


def test_last_years_table_under_this_years_name_is_refused(area: Area) -> None:
    assert area.load(text(schools(2016))).outcome == "landed"
    rows = schools(2016)
    rows[0][3] = "Renamed"
    row = area.load(text(rows), "2017-18/results.csv")
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-33")
    assert "those of 2016/17" in row.reason


def test_the_same_bytes_under_two_years_are_refused(area: Area) -> None:
    area.load(text(schools(2016)))
    row = area.load(text(schools(2016)), "2017-18/results.csv")
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-32")


def test_another_years_figures_under_a_name_that_landed_are_refused(area: Area) -> None:
    area.load(text(schools(2016)))
    row = area.load(text(schools(2017)))
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-32")


def test_a_revision_of_a_few_figures_lands(area: Area) -> None:
    area.load(text(schools(2016)))
    rows = schools(2016)
    rows[0][5] = "3%"
    assert area.load(text(rows)).outcome == "landed"
