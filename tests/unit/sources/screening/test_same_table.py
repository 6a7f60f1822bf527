"""One table in two containers lands once."""

import io
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from tests.unit.sources.screening.made import HEADER, Area, schools, text


def as_workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for at, cells in enumerate([HEADER, *schools()]):
            sheet.write_row(at, 0, cells)
    return out.getvalue()


def test_a_workbook_of_a_landed_csv_changes_nothing(area: Area) -> None:
    area.load(text(schools()))
    row = area.load(as_workbook(), "2016-17/results.xlsx")
    assert row.outcome == "unchanged"
    assert row.reason.startswith("the same table as")


def test_so_does_its_parquet_in_another_order(area: Area) -> None:
    area.load(text(schools()))
    columns = zip(*[[str(cell) for cell in cells] for cells in reversed(schools())], strict=True)
    target = Path(area.folder) / "table.parquet"
    pq.write_table(pa.table(dict(zip(HEADER, map(list, columns), strict=True))), target)
    assert area.load(target.read_bytes(), "2016-17/results.parquet").outcome == "unchanged"


def test_the_same_file_again_changes_nothing(area: Area) -> None:
    area.load(text(schools()))
    assert area.load(text(schools())).outcome == "unchanged"
    assert area.load(text(schools()), "2016-17/copy.csv").outcome == "unchanged"


def test_a_csv_with_one_other_figure_is_another_table(area: Area) -> None:
    area.load(text(schools()))
    rows = schools()
    rows[0][5] = "3%"
    assert area.load(text(rows), "2016-17/other.csv").outcome == "landed"
