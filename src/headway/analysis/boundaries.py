"""Outlines of authorities, wards and constituencies in longitude and latitude, and places for schools without a grid reference.

Outlines are drawn and never decide which authority a school is in: the lists of schools do. So a simplified outline moves nobody. The
look-ups from small areas to wards, and from wards to localities, land and are not used yet: no list that holds postcodes of the whole
country tells a school's ward.
"""

import json
from typing import TYPE_CHECKING, Any

import ibis
import numpy as np
import pyarrow as pa

from headway.analysis import grid
from headway.analysis.aggregates import exact_mean
from headway.store import tables
from headway.store.landed import LandedFile

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend
    from ibis.expr.types import Table

KINDS = {
    "geography.upper_tier": "authority",
    "geography.counties": "authority",
    "geography.wards": "ward",
    "geography.constituencies": "constituency",
}
ON_THE_GRID = 1000.0  # no longitude or latitude is as large
DIGITS = 5  # of a degree: about a metre
SCHEMA = pa.schema(
    [(name, pa.string()) for name in ("ons", "authority", "name", "kind", "rings", "source", "file_id")] + [("row", pa.int64())]
)
Ring = list[list[float]]


def boundaries(backend: "Backend", files: list[LandedFile]) -> None:
    """Make the table `boundary` and place the schools of `establishment` that have no coordinates.

    `rings` is JSON: a list of rings, each a list of [longitude, latitude]; holes are rings as well. Of two outlines of one
    authority the first in KINDS stays. Only English ones are kept, or all where the codes are made up.
    """
    known = _codes(backend)
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for source, kind in KINDS.items():
        for file in files:
            if file.table == source:
                for row in _outlines(backend, file, kind, known):
                    rows.setdefault((kind, row["ons"]), row)
    tables.create(backend, "boundary", ibis.memtable(pa.Table.from_pylist(list(rows.values()), schema=SCHEMA)))
    if tables.exists(backend.con, "establishment"):
        tables.create(backend, "establishment", _placed(backend.table("establishment"), list(rows.values())))


def _codes(backend: "Backend") -> dict[str, str]:
    """ONS code, and name in small letters, → three-digit code."""
    if not tables.exists(backend.con, "authority"):
        return {}
    found = backend.table("authority").order_by(ibis.desc("code")).to_pyarrow().to_pylist()
    return {plain(row["name"]): row["code"] for row in found} | {row["ons"]: row["code"] for row in found if row["ons"]}


def plain(name: str) -> str:
    """A name as it can be compared: Bournemouth, Christchurch and Poole is Bournemouth Christchurch & Poole."""
    words = name.lower().replace(",", " ").replace("&", "and").replace(".", "").split()
    return " ".join(words)


def _outlines(backend: "Backend", file: LandedFile, kind: str, known: dict[str, str]) -> list[dict[str, Any]]:
    found = []
    for row in tables.cells(backend, file).select("code", "name", "geometry", "row").to_pyarrow().to_pylist():
        if row["code"][:1] in "NSW" or not row["geometry"]:
            continue
        code = (known.get(row["code"]) or known.get(plain(row["name"]), "")) if kind == "authority" else ""
        shape = {"ons": row["code"], "authority": code, "name": row["name"], "kind": kind, "source": file.table}
        found.append({**shape, "rings": json.dumps(rings(row["geometry"])), "file_id": file.id, "row": row["row"]})
    return found


def rings(geometry: str) -> list[Ring]:
    """The rings of a GeoJSON polygon or multipolygon, on the grid or in degrees, as longitude and latitude."""
    shape = json.loads(geometry)
    parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return [_degrees(ring) for part in parts for ring in part if len(ring) > 3]


def _degrees(ring: Ring) -> Ring:
    points = np.asarray([point[:2] for point in ring], dtype=np.float64)
    if np.abs(points).max() > ON_THE_GRID:
        points = np.column_stack(grid.longitude_latitude(points[:, 0], points[:, 1]))
    rounded: Ring = points.round(DIGITS).tolist()
    return rounded


def middle(ring: Ring) -> tuple[float, float]:
    """The centroid of a ring by its area (the mean of its points where it has none)."""
    points = np.asarray(ring)
    x, y = points[:, 0] - points[0, 0], points[:, 1] - points[0, 1]
    cross = x[:-1] * y[1:] - x[1:] * y[:-1]
    if abs(cross.sum()) < 1e-12:
        return float(points[:, 0].mean()), float(points[:, 1].mean())
    across = ((x[:-1] + x[1:]) * cross).sum() / (3 * cross.sum())
    up = ((y[:-1] + y[1:]) * cross).sum() / (3 * cross.sum())
    return float(across + points[0, 0]), float(up + points[0, 1])


def span(ring: Ring) -> float:
    """The area within a ring, in square degrees: enough to tell the largest part of an outline."""
    points = np.asarray(ring)
    x, y = points[:, 0] - points[0, 0], points[:, 1] - points[0, 1]
    return float(abs((x[:-1] * y[1:] - x[1:] * y[:-1]).sum()) / 2)


def _middles(outlines: list[dict[str, Any]], kind: str) -> "Table":
    """The middle of the largest part of each outline, by its name; a name that several places have places nobody."""
    middles: dict[str, list[tuple[float, float]]] = {}
    for row in outlines:
        if row["kind"] == kind and (shape := json.loads(row["rings"])):
            middles.setdefault(row["name"].lower(), []).append(middle(max(shape, key=span)))
    found = [{"key": name, "longitude": of[0][0], "latitude": of[0][1]} for name, of in middles.items() if len(of) == 1]
    schema = pa.schema([("key", pa.string()), ("longitude", pa.float64()), ("latitude", pa.float64())])
    return ibis.memtable(pa.Table.from_pylist(found, schema=schema))


def _placed(schools: "Table", outlines: list[dict[str, Any]]) -> "Table":
    """Schools without coordinates at the middle of what is nearest known of them: placed schools of the same postcode sector
    or district and authority, else their ward or constituency. `placed_by` says `locality`; the rest stays without."""
    postcode = schools.postcode.upper()
    keyed = schools.mutate(
        sector=postcode.re_extract(r"^(\S+ \d)", 1), district=postcode.re_extract(r"^(\S+) ", 1),
        ward_key=schools.ward.fill_null("").lower(), seat_key=schools.constituency.fill_null("").lower(),
    )  # fmt: skip
    known = keyed.filter(keyed.placed_by == "coordinates")
    columns: list[Any] = []
    joined = keyed
    for name in ("sector", "district"):
        means = (
            known.filter(known[name] != "")
            .group_by(["authority", name])
            .aggregate(lon=exact_mean(known.longitude).round(DIGITS), lat=exact_mean(known.latitude).round(DIGITS))
        )
        named = means.select(authority=means.authority, **{name: means[name], f"{name}_lon": means.lon, f"{name}_lat": means.lat})
        joined = joined.left_join(named, ["authority", name]).drop("authority_right", f"{name}_right")
        columns.append((f"{name}_lon", f"{name}_lat"))
    for name, kind in (("ward_key", "ward"), ("seat_key", "constituency")):
        found = _middles(outlines, kind)
        named = found.select(**{name: found.key, f"{kind}_lon": found.longitude, f"{kind}_lat": found.latitude})
        joined = joined.left_join(named, name).drop(f"{name}_right")
        columns.append((f"{kind}_lon", f"{kind}_lat"))
    longitude = ibis.coalesce(joined.longitude, *[joined[lon] for lon, _ in columns])
    latitude = ibis.coalesce(joined.latitude, *[joined[lat] for _, lat in columns])
    by = ibis.cases((joined.placed_by != "", joined.placed_by), (longitude.notnull(), "locality"), else_="")
    return joined.mutate(longitude=longitude, latitude=latitude, placed_by=by).select(*schools.columns)
