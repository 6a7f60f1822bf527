"""Figures without a year are no figures."""

from tests.unit.sources.screening.made import Area, schools, text


def test_a_path_without_a_year_is_refused_with_the_remedy(area: Area) -> None:
    row = area.load(text(schools()), "results.csv")
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-30")
    assert "Put it into a folder named for its year, such as 2017-18" in row.reason
