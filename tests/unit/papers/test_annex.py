"""The workbook of a paper's figures: unrounded numbers, texts that cannot run, one sheet for each table."""

import io

import fastexcel
import pytest

from headway.papers.annex import _named, xlsx
from headway.papers.blocks import Column, Number, Table
from tests.unit.papers.making import PAPER, TRAIL, with_blocks


def rows(made: bytes, sheet: str) -> list[tuple[object, ...]]:
    found = fastexcel.read_excel(made).load_sheet(sheet, header_row=None).to_arrow()
    return [tuple(row.values()) for row in found.to_pylist()]


def test_a_sheet_for_each_table_and_picture() -> None:
    assert fastexcel.read_excel(xlsx(PAPER)).sheet_names == ["About", "Eleven promises", "Attendance", "Where the numbers come from"]


def test_numbers_are_unrounded_and_what_is_not_there_is_said() -> None:
    found = rows(xlsx(PAPER), "Eleven promises")
    assert ("Severe absence down by a third", "2.6123", "Off course") in [tuple(map(str, row)) for row in found]
    assert ("Progress of pupils with SEND", "–", "Cannot tell") in found


def test_the_trails_are_there() -> None:
    assert any(TRAIL in row for row in rows(xlsx(PAPER), "Where the numbers come from"))


@pytest.mark.parametrize("typed", ["=1+1", "+SUM(A1)", "-1+1", "@A1", '=HYPERLINK("http://elsewhere.example")'])
def test_no_text_can_run(typed: str) -> None:
    table = Table(typed, (Column(typed),), ((typed,), ((Number(typed),),)), note=typed)
    made = xlsx(with_blocks(table))
    sheet = fastexcel.read_excel(made).sheet_names[1]
    texts = [cell for row in rows(made, sheet) for cell in row if cell]
    assert texts
    assert set(texts) == {f"'{typed}"}


def test_names_of_sheets_are_allowed_and_once_only() -> None:
    taken: set[str] = set()
    names = [_named(wanted, taken) for wanted in ("A/B: [all]?", "a b  ALL", "History", "", "x" * 40, "X" * 40, "😀" * 40)]
    assert names[0] == "A B all"
    assert names[1] == "a b ALL 2"
    assert len({name.lower() for name in names}) == len(names)
    assert all(0 < len(name.encode("utf-16-le")) <= 62 for name in names)


def test_no_machine_or_moment_is_in_it() -> None:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(xlsx(PAPER))) as book:
        assert "2026-02-05" in book.read("docProps/core.xml").decode()
        assert {member.date_time for member in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
