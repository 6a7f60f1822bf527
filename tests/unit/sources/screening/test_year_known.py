"""Figures without a year are no figures; nor are those of a year that has not begun."""

import pytest

from tests.unit.sources.screening.made import Area, schools, text


def test_a_path_without_a_year_is_refused_with_the_remedy(area: Area) -> None:
    row = area.load(text(schools()), "results.csv")
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-30")
    assert "Put it into a folder named for its year, such as 2017-18" in row.reason


def test_a_year_that_has_not_begun_is_refused_and_the_present_one_lands(area: Area, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWAY_TODAY", "2026-11-25")
    row = area.load(text(schools(2027)), "2027-28/results.csv")
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-39")
    assert area.load(text(schools(2026)), "2026-27/results.csv").outcome == "landed"
