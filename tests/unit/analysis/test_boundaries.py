"""Outlines with parts and holes, and places for schools that have no grid reference, on made-up ground."""

import json
from typing import Any

import ibis
import pyarrow as pa
import pytest

from headway.analysis import boundaries
from headway.store import engine, tables

SQUARE = [[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0], [0.0, 0.0]]
HOLE = [[0.5, 0.5], [0.5, 1.5], [1.5, 1.5], [1.5, 0.5], [0.5, 0.5]]
ISLET = [[5 + at / 1000, 5.0 + (at % 2) / 1000] for at in range(40)] + [[5.0, 5.0]]


def geometry(kind: str, coordinates: Any) -> str:
    return json.dumps({"type": kind, "coordinates": coordinates})


def test_every_part_and_every_hole_is_a_ring_of_its_own() -> None:
    assert boundaries.rings(geometry("Polygon", [SQUARE, HOLE])) == [SQUARE, HOLE]
    assert boundaries.rings(geometry("MultiPolygon", [[SQUARE, HOLE], [ISLET]]))[:2] == [SQUARE, HOLE]
    assert len(boundaries.rings(geometry("MultiPolygon", [[SQUARE, HOLE], [ISLET]]))) == 3


def test_an_outline_on_the_national_grid_becomes_degrees() -> None:
    grid = [[400_000, 280_000], [410_000, 280_000], [410_000, 290_000], [400_000, 290_000], [400_000, 280_000]]
    [ring] = boundaries.rings(geometry("Polygon", [grid]))
    assert all(-2.01 < longitude < -1.8 and 52.4 < latitude < 52.52 for longitude, latitude in ring)
    assert ring[0] == ring[-1]


def test_the_middle_of_a_ring_is_by_its_area_whichever_way_it_runs() -> None:
    lopsided = [[0.0, 0.0], [0.1, 0.0], [0.2, 0.0], [0.3, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0], [0.0, 0.0]]
    assert boundaries.middle(lopsided) == pytest.approx((1, 1))
    assert boundaries.middle(lopsided[::-1]) == pytest.approx((1, 1))
    assert boundaries.middle([[1.0, 1.0], [3.0, 3.0], [1.0, 1.0]]) == pytest.approx((5 / 3, 5 / 3))


def school(urn: int, **facts: Any) -> dict[str, Any]:
    plain = {
        "urn": urn, "authority": "198", "postcode": "", "ward": None, "constituency": None, "longitude": None, "latitude": None,
        "placed_by": "",
    }  # fmt: skip
    return plain | facts


def exact(urn: int, longitude: float, latitude: float, **facts: Any) -> dict[str, Any]:
    return school(urn, longitude=longitude, latitude=latitude, placed_by="coordinates", **facts)


SCHOOLS = [
    exact(1, 1.0, 52.0, postcode="ZZ1 1AA"), exact(2, 1.2, 52.2, postcode="ZZ1 1AB"), exact(3, 3.0, 54.0, postcode="ZZ1 9AA"),
    exact(4, 9.0, 59.0, postcode="ZZ1 1AC", authority="199"),
    school(5, postcode="zz1 1zz"), school(6, postcode="ZZ1 5AA"), school(7, ward="Islands", postcode="YY1 1AA"),
    school(8, ward="Abbey"), school(9, constituency="Somewhere South"), school(10),
]  # fmt: skip


@pytest.fixture(scope="module")
def placed() -> dict[int, tuple[Any, Any, str]]:
    backend = engine.expressions(engine.working())
    kinds = {"urn": pa.int64(), "longitude": pa.float64(), "latitude": pa.float64()}
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in SCHOOLS[0]])
    tables.create(backend, "establishment", ibis.memtable(pa.Table.from_pylist(SCHOOLS, schema=schema)))
    outlines = [
        {"kind": "ward", "name": "Islands", "rings": json.dumps([ISLET, SQUARE])},
        {"kind": "ward", "name": "Abbey", "rings": json.dumps([SQUARE])},
        {"kind": "ward", "name": "Abbey", "rings": json.dumps([HOLE])},
        {"kind": "constituency", "name": "Somewhere South", "rings": json.dumps([HOLE])},
    ]
    rows = boundaries._placed(backend.table("establishment"), outlines).to_pyarrow().to_pylist()
    return {row["urn"]: (row["longitude"], row["latitude"], row["placed_by"]) for row in rows}


def test_a_school_with_a_grid_reference_stays_where_it_is(placed: dict) -> None:
    assert placed[1] == (1.0, 52.0, "coordinates")
    assert len(placed) == len(SCHOOLS)


def test_a_school_without_one_is_placed_among_those_of_its_postcode_and_authority(placed: dict) -> None:
    """The sector first, then the district; a school of another authority with the same sector does not pull."""
    assert placed[5] == (pytest.approx(1.1), pytest.approx(52.1), "locality")
    assert placed[6] == (pytest.approx(5.2 / 3, abs=1e-4), pytest.approx(158.2 / 3, abs=1e-4), "locality")


def test_else_in_the_middle_of_the_largest_part_of_its_ward_or_its_constituency(placed: dict) -> None:
    assert placed[7] == (pytest.approx(1.0), pytest.approx(1.0), "locality")
    assert placed[9] == (pytest.approx(1.0), pytest.approx(1.0), "locality")


def test_a_ward_name_that_two_places_have_and_a_school_of_which_nothing_is_known_stay_without_a_place(placed: dict) -> None:
    assert placed[8] == (None, None, "")
    assert placed[10] == (None, None, "")
