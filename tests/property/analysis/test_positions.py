"""Positions beside a naive twin, and beside the published convention for percentile ranks with ties."""

import json
from pathlib import Path

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.analysis import positions
from headway.store import engine

rows = st.lists(
    st.tuples(st.sampled_from(["primary", "secondary"]), st.one_of(st.none(), st.integers(-5, 5).map(float))), min_size=1, max_size=30
)


def naive(schools: list[tuple[str, float | None]]) -> list[float | None]:
    """Count, for each school, those of its phase below it and equal to it."""
    answers: list[float | None] = []
    for phase, value in schools:
        others = [other for where, other in schools if where == phase and other is not None]
        below, equal = sum(other < value for other in others) if value is not None else 0, others.count(value)
        answers.append(None if value is None else (below + equal / 2) / len(others))
    return answers


def worked(schools: list[tuple[str, float | None]]) -> list[float | None]:
    con = engine.working()
    backend = engine.expressions(con)
    made = [
        {"level": "school", "place": str(number), "measure": "made.up", "year": 2018, "cut": "all", "value": value}
        for number, (_, value) in enumerate(schools)
    ]
    schema = ibis.schema({"level": "string", "place": "string", "measure": "string", "year": "int16", "cut": "string", "value": "float64"})
    readings = backend.create_table("readings", ibis.memtable(made, schema=schema))
    phases = backend.create_table(
        "phases",
        ibis.memtable(
            [{"place": str(number), "year": 2018, "phase": phase, "authority": "330"} for number, (phase, _) in enumerate(schools)],
            schema=ibis.schema({"place": "string", "year": "int16", "phase": "string", "authority": "string"}),
        ),
    )
    phased = positions.with_phase(readings, phases)
    sql = ibis.to_sql(positions.with_positions(phased, positions.shares(phased)), dialect="duckdb")
    found = dict(con.execute(f"SELECT place, position FROM ({sql})").fetchall())
    con.close()
    return [found[str(number)] for number in range(len(schools))]


@pytest.mark.slow
@given(rows)
@settings(max_examples=25, deadline=None, derandomize=True)
def test_positions_are_what_counting_gives(schools: list[tuple[str, float | None]]) -> None:
    assert worked(schools) == [value if value is None else pytest.approx(value) for value in naive(schools)]


def test_other_places_than_schools_have_no_position() -> None:
    con = engine.working()
    backend = engine.expressions(con)
    schema = ibis.schema({"level": "string", "place": "string", "measure": "string", "year": "int16", "cut": "string", "value": "float64"})
    one = [{"level": "authority", "place": "198", "measure": "made.up", "year": 2018, "cut": "all", "value": 50.0}]
    readings = backend.create_table("readings", ibis.memtable(one, schema=schema))
    phases = backend.create_table(
        "phases", schema=ibis.schema({"place": "string", "year": "int16", "phase": "string", "authority": "string"})
    )
    phased = positions.with_phase(readings, phases)
    sql = ibis.to_sql(positions.with_positions(phased, positions.shares(phased)), dialect="duckdb")
    assert con.execute(f"SELECT position, position_of FROM ({sql})").fetchall() == [(None, None)]


def test_the_convention_is_the_published_mean_one(shared: Path) -> None:
    oracle = json.loads((shared / "oracles/05_percentile_rank_ties.json").read_text())
    cases = [case for case in oracle["cases"] if case["kind"] == "mean"]
    assert cases, "the oracle has no case of the mean convention"
    for case in cases:
        values = [float(value) for value in case["a"]]
        found = worked([("primary", value) for value in values])[values.index(float(case["score"]))]
        assert found == pytest.approx(case["expect"] / 100)
