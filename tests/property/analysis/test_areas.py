"""Schools added up by the engine and in plain Python agree; so do the words on why sums differ."""

from typing import Any

import ibis
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.analysis.aggregates import aggregate, fillers
from headway.analysis.membership import SCHEMA as LISTS
from headway.analysis.readings import SCHEMA
from headway.analysis.reconciliation import compared
from headway.store import engine

SCHOOL = st.fixed_dictionaries(
    {
        "authority": st.sampled_from(["201", "202"]),
        "value": st.none() | st.integers(0, 100),
        "cohort": st.none() | st.integers(0, 90),
        "governance": st.sampled_from(["academy", "maintained", "independent"]),
        "phase": st.sampled_from(["primary", "special"]),
    }
)


def reading(place: str, level: str, value: float | None, cohort: float | None, **more: Any) -> dict[str, Any]:
    plain = dict.fromkeys(SCHEMA.names) | {
        "level": level, "place": place, "measure": "made.met", "year": 2016, "cut": "all", "value": value, "denominator": cohort,
        "status": "published" if value is not None else "suppressed", "release": "final", "firmness": 3, "prefer": 0,
        "table": "made", "file_id": "f", "row": 1, "marker": "", "landed_at": "",
    }  # fmt: skip
    return plain | more


def tables(schools: list[dict[str, Any]], areas: list[dict[str, Any]], year: int = 2016) -> tuple[Any, Any]:
    backend = engine.expressions(engine.working())
    rows = [reading(str(100_000 + at), "school", s["value"], s["cohort"]) for at, s in enumerate(schools)] + areas
    lists = [
        {"urn": 100_000 + at, "year": year, "authority": s["authority"], "phase": s["phase"], "governance": s["governance"]}
        for at, s in enumerate(schools)
    ]
    backend.create_table("readings", pa.Table.from_pylist(rows, schema=SCHEMA.to_pyarrow()))
    backend.create_table("lists", pa.Table.from_pylist(lists, schema=LISTS.to_pyarrow()))
    return backend.table("readings"), backend.table("lists")


def by_place(expression: ibis.Table) -> dict[str, dict[str, Any]]:
    return {row["place"]: row for row in expression.to_pyarrow().to_pylist()}


@pytest.mark.slow
@given(st.lists(SCHOOL, min_size=1, max_size=12))
def test_an_authoritys_value_is_what_its_pupils_make_it(schools: list[dict[str, Any]]) -> None:
    found = by_place(aggregate(*tables(schools, [])))
    for place in ("201", "202", "E92000001"):
        own = [s for s in schools if s["governance"] != "independent" and place in (s["authority"], "E92000001")]
        used = [s for s in own if s["value"] is not None]
        sized = [s for s in used if s["cohort"]]
        if not used:
            assert place not in found
            continue
        row = found[place]
        assert row["weighted"] is (len(sized) > 0 and len(sized) >= 0.5 * len(used))
        expected = (
            sum(s["value"] * s["cohort"] for s in sized) / sum(s["cohort"] for s in sized)
            if row["weighted"]
            else sum(s["value"] for s in used) / len(used)
        )
        assert row["value"] == pytest.approx(expected)
        assert row["schools"] == (len(sized) if row["weighted"] else len(used))
        assert row["withheld"] == len(own) - len(used)


@pytest.mark.slow
@given(st.lists(SCHOOL, min_size=1, max_size=12))
def test_a_regions_value_is_that_of_its_authorities_pupils_together(schools: list[dict[str, Any]]) -> None:
    """With both authorities in one region and every school in one of the two, the region is what England is."""
    regions = ibis.memtable(pa.table({"authority": ["201", "202", "203"], "region": ["E12000001", "E12000001", ""]}))
    rows = by_place(aggregate(*tables(schools, []), None, regions))
    plain = {name: value for name, value in rows.get("E92000001", {}).items() if name not in ("level", "place")}
    region = {name: value for name, value in rows.get("E12000001", {}).items() if name not in ("level", "place")}
    assert region == plain
    assert rows.keys() <= {"201", "202", "E12000001", "E92000001"}


@pytest.mark.slow
def test_a_sum_is_the_same_to_the_last_bit_in_whatever_order_the_schools_come() -> None:
    """Parts of 37, whose plain sum differs by the order."""
    schools = [
        {"authority": "201", "value": 100 * (at % 31) / 37, "cohort": 3 + at % 5, "governance": "academy", "phase": "primary"}
        for at in range(1, 400)
    ]
    values = {by_place(aggregate(*tables(order, [])))["201"]["value"] for order in (schools, schools[::-1], schools[200:] + schools[:200])}
    assert len(values) == 1


ONE = {"authority": "201", "governance": "maintained", "phase": "primary"}


def pairs(schools: list[dict[str, Any]], published: float, year: int = 2016) -> dict[str, Any]:
    readings, lists = tables([ONE | s for s in schools], [reading("201", "authority", published, None, row=7)], year)
    [row] = compared(aggregate(readings, lists), readings)
    return row


def test_a_sum_within_half_a_unit_of_a_whole_number_agrees() -> None:
    row = pairs([{"value": 60, "cohort": 30}, {"value": 61, "cohort": 10}], 60)
    assert (row["within"], row["half_unit"], row["reason"]) == (True, 0.5, "")
    assert row["worked"] == pytest.approx(60.25)


def test_half_a_unit_follows_the_published_places() -> None:
    row = pairs([{"value": 60, "cohort": 30}, {"value": 61, "cohort": 10}], 60.1)
    assert row["half_unit"] == pytest.approx(0.05)
    assert not row["within"]


@pytest.mark.parametrize(
    ("schools", "published", "year", "reason"),
    [
        ([{"value": 60, "cohort": 30}, {"value": None, "cohort": None}], 50, 2016, "1 school withheld"),
        ([{"value": 60, "cohort": None}], 50, 2016, "no cohort sizes: the plain mean over schools"),
        (
            [{"value": 60, "cohort": 30}, {"value": 70, "cohort": 30}, {"value": 80, "cohort": None}],
            50,
            2016,
            "1 school without a cohort size",
        ),
        (
            [{"value": 60, "cohort": 30}, {"value": 0, "cohort": 30, "phase": "special"}],
            60,
            2016,
            "within rounding without special schools",
        ),
        ([{"value": 60, "cohort": 30}], 50, 2014, "1 school placed by the school list of another year"),
        ([{"value": 60, "cohort": 30}], 50, 2016, "not explained by the files"),
    ],
)
def test_a_difference_says_why_as_far_as_the_files_tell(schools: list[dict[str, Any]], published: float, year: int, reason: str) -> None:
    row = pairs(schools, published, year)
    assert not row["within"]
    assert reason in row["reason"]


def test_an_area_is_filled_only_where_nobody_publishes_and_hardly_a_school_is_missing() -> None:
    whole = [ONE | {"value": 60, "cohort": 30}] * 9
    readings, lists = tables(whole, [reading("201", "authority", 55, None)])
    made = by_place(fillers(aggregate(readings, lists), readings))
    assert made.keys() == {"E92000001"}
    assert (made["E92000001"]["value"], made["E92000001"]["table"], made["E92000001"]["row"]) == (60, "worked", 0)
    readings, lists = tables([*whole[:8], ONE | {"value": None, "cohort": None}], [])
    assert by_place(fillers(aggregate(readings, lists), readings)) == {}
