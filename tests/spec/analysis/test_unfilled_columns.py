"""A column that the publisher left unfilled in one year, with noughts in it: there a nought is no figure, everywhere else it is one."""

import ibis
import pyarrow as pa
import pytest

from headway.analysis.readings import clean, numbers
from headway.analysis.supplies import Want
from headway.analysis.texts import ABSENT, Wanted, marker_facts, unfilled_at
from headway.definitions.loading import library_for
from headway.definitions.schemas import Columns, Reference, Unfilled

LIBRARY = library_for()
TABLE = "performance_tables.census"
COLUMNS = Columns(value="PNUMFSMEVER", numerator="NUMFSMEVER")
# year of the file | share | number | → status | value | number kept
CELLS = """
2015 | 0    | 0  | not_published |      |
2015 | 28.6 | 59 | published     | 28.6 | 59
2015 | 0.4  | 1  | published     | 0.4  | 1
2015 | NP   | NP | not_published |      |
2015 |      |    | missing       |      |
2016 | 0    | 0  | published     | 0    | 0
2014 | 0    | 0  | published     | 0    | 0
"""


def rows() -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in CELLS.strip().splitlines()]


def test_a_nought_of_that_year_is_not_published_and_takes_its_count_with_it() -> None:
    measure = LIBRARY.measures["context.fsm6"]
    unfilled = LIBRARY.tables[TABLE].unfilled_in(COLUMNS)
    assert [str(year) for one in unfilled for year in one.years] == ["2015/16"]
    wanted = Wanted([Want(measure, "all", COLUMNS, ("school",), 2011, 9999, None, unfilled)])
    text = [
        {"row": number, "level": "school", "place": f"{100000 + number}", "phase_cut": "all", "first_year": int(year), "own_cut": "",
         "value": value, "numerator": count, "denominator": ABSENT, "lower": ABSENT, "upper": ABSENT, "want": 0, "file_id": "f"}
        for number, (year, value, count, *_) in enumerate(rows())
    ]  # fmt: skip
    file = [{"file_id": "f", "table": TABLE, "release": "final", "firmness": 3, "prefer": 0, "landed_at": "2026-11-25", "early": False}]
    con = ibis.duckdb.connect()
    for name, made in (("text", pa.Table.from_pylist(text)), ("want", wanted.facts()), ("file", pa.Table.from_pylist(file)),
                       ("marker", marker_facts(LIBRARY))):  # fmt: skip
        con.create_table(name, made)
    found = (
        clean(numbers(con.table("text"), con.table("want"), con.table("file")), con.table("marker"))
        .order_by("row")
        .to_pyarrow()
        .to_pylist()
    )
    assert [(one["status"], one["value"], one["numerator"]) for one in found] == [
        (status, float(value) if value else None, float(kept) if kept else None) for _, _, _, status, value, kept in rows()
    ]
    assert found[0]["marker"] == "0"


def test_only_the_column_that_decides_counts() -> None:
    table = LIBRARY.tables[TABLE]
    assert table.unfilled_in(Columns(value="PNUMFSM", numerator="PNUMFSMEVER")) == ()
    assert len(table.unfilled_in(Columns(numerator="NUMFSMEVER", denominator="NORFSMEVER"))) == 1


@pytest.mark.parametrize("years", [["2015/16"], ["2015/16", "2017/18"]])
def test_years_and_texts_are_told_without_running_into_each_other(years: list[str]) -> None:
    reference = Reference(title="A test", href="https://example.org", seen="not_read")
    one = Unfilled(columns=("A",), years=tuple(years), holds="0", note="x", reference=reference)  # type: ignore[arg-type]
    said = unfilled_at(Want(LIBRARY.measures["context.fsm6"], "all", Columns(value="A"), ("school",), 0, 9999, None, (one,)))
    assert said == "|" + "|".join(f"{year[:4]}:0" for year in years) + "|"
    assert "|2015:0.0|" not in said and "|015:0|" not in said
