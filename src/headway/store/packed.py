"""What a page asks by place, packed: all readings of one school or area, and a school's inspections, as one row.

A school's page needs hundreds of readings of one school. Asked of the table they cost a scan of the row groups that
hold them; packed at publication they cost one look-up. Texts are numbers into the table `code`; the columns lie one
after the other, each of one type, so that unpacking is a handful of `struct` calls.
"""

import json
import math
import struct
import zlib
from collections.abc import Iterator
from datetime import date
from itertools import repeat
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

CODED = ("measure", "cut", "status", "marker", "release", "table", "file_id")
COLUMNS = (
    ("measure", "H"), ("year", "h"), ("cut", "H"), ("value", "d"), ("numerator", "d"), ("denominator", "d"), ("lower", "d"),
    ("upper", "d"), ("status", "H"), ("marker", "H"), ("release", "H"), ("table", "H"), ("file_id", "H"), ("row", "i"),
    ("position", "d"), ("position_of", "i"),
)  # fmt: skip
JUDGED = ("urn", "inspected", "published", "scale", "judgement", "grade", "words", "source")
BESIDE_READINGS = """
CREATE TABLE packed AS
SELECT coalesce(p.level, 'school') AS level, coalesce(p.place, t.place) AS place, coalesce(p.early, false) AS early, p.readings,
    t.told AS inspections
FROM unjoined p FULL JOIN packed_told t ON p.level = 'school' AND p.place = t.place AND NOT p.early
ORDER BY level, place, early
"""
WIDTH = sum(struct.calcsize(f"<{kind}") for _, kind in COLUMNS)
NOTHING = struct.pack("<d", math.nan)
ABSENT = {"row": -1, "position_of": 0}
CHUNK = 400_000
Row = tuple[Any, ...]
Codes = dict[str, tuple[str, ...]]


def pack(con: "duckdb.DuckDBPyConnection") -> None:
    """Fill `packed` (level, place, early, readings, inspections) and `code` (name, texts) from the tables of a snapshot."""
    con.execute("CREATE TABLE packed (level VARCHAR, place VARCHAR, early BOOLEAN, readings BLOB, inspections BLOB)")
    con.execute("CREATE TABLE code (name VARCHAR, texts VARCHAR[])")
    for name in CODED:
        con.execute(
            f'INSERT INTO code SELECT \'{name}\', list(DISTINCT "{name}" ORDER BY "{name}") FROM '
            f'(SELECT DISTINCT "{name}" FROM reading UNION ALL SELECT DISTINCT "{name}" FROM early_reading)'
        )
        con.execute(f"CREATE TYPE code_{name} AS ENUM (SELECT unnest(texts) FROM code WHERE name = '{name}')")
    for table in ("reading", "early_reading"):
        columns = ", ".join(_stored(name, table) for name, _ in COLUMNS)
        con.execute(f"CREATE TABLE coded AS SELECT level, place, {columns} FROM {table} ORDER BY level, place, measure, cut, year")
        for run in _runs(con):
            _pack_run(con, table == "early_reading", run)
        con.execute("DROP TABLE coded")
    for name in CODED:
        con.execute(f"DROP TYPE code_{name}")
    if con.execute("SELECT 1 FROM information_schema.tables WHERE table_name = 'inspection'").fetchall():
        _pack_inspections(con)


def _runs(con: "duckdb.DuckDBPyConnection") -> Iterator[list[tuple[str, str, int, int]]]:
    """Runs of (level, place, first row, row after the last) of about CHUNK rows in all, so that memory stays bounded
    whatever the country's size."""
    run: list[tuple[str, str, int, int]] = []
    end = 0
    for level, place, many in con.execute("SELECT level, place, count(*) FROM coded GROUP BY ALL ORDER BY ALL").fetchall():
        run.append((level, place, end, end + many))
        end += many
        if end - run[0][2] >= CHUNK:
            yield run
            run = []
    if run:
        yield run


def _pack_run(con: "duckdb.DuckDBPyConnection", early: bool, run: list[tuple[str, str, int, int]]) -> None:
    import pyarrow as pa

    begin, end = run[0][2], run[-1][3]
    found = con.execute(
        f"SELECT {', '.join(_named(name) for name, _ in COLUMNS)} FROM coded WHERE rowid >= ? AND rowid < ? ORDER BY rowid", [begin, end]
    ).fetchnumpy()
    plain = [_plain(found[name], name, kind) for name, kind in COLUMNS]
    blobs = [zlib.compress(b"".join(column[first - begin : last - begin].tobytes() for column in plain), 1) for _, _, first, last in run]
    places = {"level": [level for level, *_ in run], "place": [place for _, place, *_ in run]}
    con.register("packed_run", pa.table({**places, "readings": pa.array(blobs, pa.binary())}))
    con.execute(f"INSERT INTO packed SELECT level, place, {early}, readings, NULL FROM packed_run")
    con.unregister("packed_run")


def _pack_inspections(con: "duckdb.DuckDBPyConnection") -> None:
    """Each school's judgements as compressed JSON beside its readings; a school that has none of those gets a row too."""
    import pyarrow as pa

    texts = ", ".join(f"{name}::VARCHAR" for name in JUDGED)
    found = con.execute(f"SELECT urn::VARCHAR, to_json(list([{texts}]))::VARCHAR FROM inspection GROUP BY urn").fetchall()
    packed = {"place": [urn for urn, _ in found], "told": pa.array([zlib.compress(told.encode(), 1) for _, told in found], pa.binary())}
    con.register("packed_told", pa.table(packed))
    con.execute("ALTER TABLE packed RENAME TO unjoined")
    con.execute(BESIDE_READINGS)
    con.execute("DROP TABLE unjoined")
    con.unregister("packed_told")


def _named(name: str) -> str:
    return f'"{name}"'


def _stored(name: str, table: str) -> str:
    if name in CODED:
        return f'enum_code("{name}"::code_{name}) AS "{name}"'  # in the order of the texts
    if table == "early_reading" and name.startswith("position"):
        return f"NULL::DOUBLE AS {name}"
    return _named(name)


def _plain(column: Any, name: str, kind: str) -> Any:
    """A column as numbers of one type: absent amounts are NaN, absent counts as ABSENT has them."""
    import numpy as np

    if np.ma.isMaskedArray(column):
        column = np.ma.filled(column.astype("f8"), np.nan if kind == "d" else ABSENT.get(name, 0))
    return np.asarray(column).astype(f"<{kind}")


def codes(con: "duckdb.DuckDBPyConnection") -> Codes:
    """The texts that packed numbers stand for."""
    return {name: tuple(texts or ()) for name, texts in con.execute("SELECT name, texts FROM code").fetchall()}


def unpack_inspections(blob: bytes) -> list[Row]:
    """The judgements that were packed, as tuples of JUDGED."""
    return [
        (int(urn), *(date.fromisoformat(day) if day else None for day in days), *words)
        for urn, *rest in json.loads(zlib.decompress(blob))
        for days, words in [(rest[:2], rest[2:])]
    ]


def unpack(level: str, place: str, blob: bytes, texts: Codes) -> list[Row]:
    """The rows that were packed, as tuples in the order of `lookups.PLAIN`, by measure, cut and year."""
    plain = zlib.decompress(blob)
    count, offset = len(plain) // WIDTH, 0
    columns: list[Any] = []
    for name, kind in COLUMNS:
        end = offset + count * struct.calcsize(f"<{kind}")
        columns.append(_told(name, kind, count, plain[offset:end], texts))
        offset = end
    return list(zip(repeat(level, count), repeat(place), *columns, strict=False))


def _told(name: str, kind: str, count: int, plain: bytes, texts: Codes) -> Any:
    if kind == "d" and plain == NOTHING * count:  # few sources give limits, and none gives every count
        return repeat(None, count)
    column = struct.unpack(f"<{count}{kind}", plain)
    if name in CODED:
        known = texts[name]
        return [known[number] for number in column]
    if kind == "d":
        return [None if amount != amount else amount for amount in column]
    return [number or None for number in column] if name == "position_of" else column
