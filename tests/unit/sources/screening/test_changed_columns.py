"""Columns that came or went since the table's last year: told, since a measure may stand on one of them."""

from dataclasses import replace
from pathlib import Path

from headway.definitions.schemas import Layout
from tests.unit.sources.screening.made import HEADER, Area, faults, library, schools, text


def test_a_measured_column_that_went_is_told(tmp_path: Path) -> None:
    known = library()
    layout = Layout(name="one", headers=tuple(HEADER[:6]))
    area = Area(tmp_path, replace(known, tables={"made.results": known.tables["made.results"].model_copy(update={"layouts": (layout,)})}))
    area.load(text(schools(2016)))
    row = area.load(text([cells[:6] for cells in schools(2017)], HEADER[:6]), "2017-18/results.csv")
    assert (row.outcome, faults(row)) == ("landed", {"H-DATA-52"})
    assert "1 measured column of 2016/17 is not in it: SCORE." in str(row.checks)
