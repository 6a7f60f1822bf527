"""The grade that stood at the end of each school year, and the shares of schools and pupils, on made-up schools."""

from datetime import date
from typing import Any

import ibis
import pyarrow as pa
import pytest

from headway.analysis import inspection_shares, readings
from headway.store import engine, tables

OWN, HEIR, BEFORE, LOST, PRIVATE, GRADELESS = range(900101, 900107)
NEVER = date(1990, 1, 1)
OPEN = {
    OWN: (None, None, "maintained", range(2012, 2019)),
    HEIR: (date(2015, 9, 1), None, "academy", range(2015, 2019)),
    BEFORE: (None, date(2015, 8, 31), "maintained", range(2012, 2015)),
    LOST: (None, None, "maintained", range(2012, 2019)),
    PRIVATE: (None, None, "independent", range(2012, 2019)),
    GRADELESS: (None, None, "academy", range(2012, 2019)),
}
GRADES = [
    (OWN, date(2013, 8, 31), "2"), (OWN, date(2017, 9, 1), "3"), (BEFORE, date(2014, 2, 1), "4"), (HEIR, date(2018, 11, 1), "1"),
    (LOST, date(2013, 1, 1), "1"), (PRIVATE, date(2013, 1, 1), "1"),
]  # fmt: skip
REACHED = {
    OWN: date(2019, 8, 31),
    HEIR: date(2019, 8, 31),
    BEFORE: date(2015, 7, 31),
    LOST: date(2015, 2, 28),
    GRADELESS: date(2019, 8, 31),
}
ROLLS = {OWN: 300, HEIR: 200, BEFORE: 200, LOST: 50, PRIVATE: 700, GRADELESS: 120}


@pytest.fixture(scope="module")
def backend() -> Any:
    made = engine.expressions(engine.working())
    years = [
        {"urn": urn, "year": year, "authority": "330", "phase": "primary", "governance": governance, "open": True,
         "maintained": governance == "maintained"}
        for urn, (_, _, governance, when) in OPEN.items() for year in when
    ]  # fmt: skip
    schools = [{"urn": urn, "opened": opened, "closed": closed} for urn, (opened, closed, _, _) in OPEN.items()]
    judged = [
        {"urn": urn, "inspected": day, "published": None, "scale": "four_grades", "judgement": "overall_effectiveness", "grade": grade,
         "words": "", "source": "list", "file_id": "f", "row": at}
        for at, (urn, day, grade) in enumerate(GRADES)
    ]  # fmt: skip
    dated = pa.schema([("urn", pa.int64()), ("opened", pa.date32()), ("closed", pa.date32())])
    tables.create(made, "establishment_year", ibis.memtable(pa.Table.from_pylist(years)))
    tables.create(made, "establishment", ibis.memtable(pa.Table.from_pylist(schools, schema=dated)))
    tables.create(made, "inspection", ibis.memtable(pa.Table.from_pylist(judged)).cast({"published": "date"}))
    chain = {"urn": [HEIR], "of_urn": [BEFORE], "from_year": [1990], "to_year": [2015]}
    tables.create(made, "chain", ibis.memtable(pa.table(chain)))
    rated = pa.table({"urn": list(REACHED), "known": pa.array(list(REACHED.values()), pa.date32())})
    tables.create(made, "rated", ibis.memtable(rated))
    rolls = [
        dict.fromkeys(readings.SCHEMA.names)
        | {"level": "school", "place": str(urn), "measure": "context.roll", "year": 2016, "cut": "all", "value": roll}
        for urn, roll in ROLLS.items()
    ]
    for name in ("candidate", "chosen"):
        tables.empty(made, name, readings.SCHEMA)
        tables.append(made, name, ibis.memtable(pa.Table.from_pylist(rolls, schema=readings.SCHEMA.to_pyarrow())))
    inspection_shares.standing(made)
    return made


@pytest.fixture(scope="module")
def stood(backend: Any) -> dict[tuple[int, int], dict[str, Any]]:
    return {(row["urn"], row["year"]): row for row in backend.table("standing").to_pyarrow().to_pylist()}


@pytest.fixture(scope="module")
def shares(backend: Any, stood: Any) -> dict[tuple[str, str, int], tuple[float, float]]:
    inspection_shares.shares(backend)
    rows = backend.table("chosen").filter(lambda t: t.level == "england").to_pyarrow().to_pylist()
    return {(row["measure"].rsplit("_", 1)[1], row["cut"], row["year"]): (row["numerator"], row["denominator"]) for row in rows}


def grades(stood: dict[tuple[int, int], dict[str, Any]], urn: int) -> dict[int, float | None]:
    return {year: row["grade"] for (of, year), row in stood.items() if of == urn}


def test_a_grade_stands_from_the_day_of_the_inspection_until_the_next(stood: dict) -> None:
    """One inspection on the last day of 2012/13, the next on the first of 2017/18."""
    assert grades(stood, OWN) == {2012: 2, 2013: 2, 2014: 2, 2015: 2, 2016: 2, 2017: 3, 2018: 3}


def test_since_2018_a_school_stands_with_its_predecessors_grade_until_it_has_its_own(stood: dict) -> None:
    assert grades(stood, HEIR) == {2015: None, 2016: None, 2017: 4, 2018: 1}
    assert [stood[HEIR, year]["of_predecessor"] for year in (2016, 2017, 2018)] == ["", "of predecessor", ""]
    assert grades(stood, BEFORE) == {2012: None, 2013: 4, 2014: 4}


def test_where_no_list_of_grades_reaches_the_standing_grade_is_not_known(stood: dict) -> None:
    assert grades(stood, LOST) == {2012: 1, 2013: 1, 2014: None, 2015: None, 2016: None, 2017: None, 2018: None}
    assert [stood[LOST, year]["reached"] for year in (2013, 2014)] == [True, False]


def test_independent_schools_and_schools_without_a_grade_do_not_count(stood: dict, shares: dict) -> None:
    assert not [urn for urn, _ in stood if urn == PRIVATE]
    assert shares["schools", "all", 2013] == (2, 3)
    assert shares["pupils", "all", 2013] == (350, 550)


def test_shares_of_an_area_that_the_lists_do_not_reach_are_not_worked_out(shares: dict) -> None:
    """From 2014/15 on one open school in four is on no list of grades."""
    assert not [key for key in shares if key[2] in (2014, 2015, 2016, 2017, 2018) and key[1] == "all"]


def test_maintained_then_and_the_fixed_set_with_what_it_became_are_counted_apart(shares: dict) -> None:
    assert shares["schools", "of=maintained_then", 2013] == (2, 3)
    assert shares["schools", "of=baseline_2013", 2013] == (2, 3)
    assert shares["schools", "phase=primary", 2013] == (2, 3)
    assert shares["pupils", "of=maintained_then", 2012] == (350, 350)
