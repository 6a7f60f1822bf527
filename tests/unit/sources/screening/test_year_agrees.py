"""The folder says one year and the rows another."""

from dataclasses import replace
from pathlib import Path

from headway.definitions.schemas import YearOf
from tests.unit.sources.screening.made import HEADER, Area, library, schools, text


def told_by_rows(tmp_path: Path) -> Area:
    known = library()
    dated = known.tables["made.results"].model_copy(update={"year": YearOf(column="YEAR", style="text")})
    return Area(tmp_path, replace(known, tables={**known.tables, "made.results": dated}))


def content(year: str) -> str:
    return text([[*cells, year] for cells in schools()], [*HEADER, "YEAR"])


def test_rows_of_another_year_than_the_path_are_refused(tmp_path: Path) -> None:
    row = told_by_rows(tmp_path).load(content("2017/18"))
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-31")


def test_rows_that_agree_with_the_path_land_under_their_year(tmp_path: Path) -> None:
    row = told_by_rows(tmp_path).load(content("2016/17"))
    assert (row.outcome, row.year) == ("landed", "2016/17")
