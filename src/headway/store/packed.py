"""What a school's page asks first, packed: all readings of one school as one compressed row, found by its URN.

A page needs hundreds of readings of one school. Asked of the table they cost a scan of the row group that holds
them; packed at publication they cost one look-up. Texts are numbers into the table `code`; the columns lie one
after the other, each of one type, so that unpacking is a handful of `struct` calls.
"""

import struct
import zlib
from collections.abc import Iterator
from itertools import accumulate, repeat
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

CODED = ("measure", "cut", "status", "marker", "release", "table", "file_id")
COLUMNS = (
    ("measure", "H"), ("year", "h"), ("cut", "H"), ("value", "d"), ("numerator", "d"), ("denominator", "d"), ("lower", "d"),
    ("upper", "d"), ("status", "H"), ("marker", "H"), ("release", "H"), ("table", "H"), ("file_id", "H"), ("row", "i"),
    ("position", "d"), ("position_of", "i"),
)  # fmt: skip
WIDTH = sum(struct.calcsize(f"<{kind}") for _, kind in COLUMNS)
ABSENT = {"row": -1, "position_of": 0}
CHUNK = 400_000
Row = tuple[Any, ...]
Codes = dict[str, tuple[str, ...]]


def pack(con: "duckdb.DuckDBPyConnection") -> None:
    """Fill `packed` (place, early, readings) and `code` (name, texts) from the sorted tables of a snapshot."""
    con.execute("CREATE TABLE packed (place VARCHAR, early BOOLEAN, readings BLOB)")
    con.execute("CREATE TABLE code (name VARCHAR, texts VARCHAR[])")
    for name in CODED:
        con.execute(
            f'INSERT INTO code SELECT \'{name}\', list(DISTINCT "{name}" ORDER BY "{name}") FROM '
            f'(SELECT DISTINCT "{name}" FROM reading UNION ALL SELECT DISTINCT "{name}" FROM early_reading)'
        )
        con.execute(f"CREATE TYPE code_{name} AS ENUM (SELECT unnest(texts) FROM code WHERE name = '{name}')")
    for table in ("reading", "early_reading"):
        for run in _stretches(con, table):
            _pack_run(con, table, run)
    con.execute("CREATE TABLE sorted AS SELECT * FROM packed ORDER BY place, early")
    con.execute("DROP TABLE packed")
    con.execute("ALTER TABLE sorted RENAME TO packed")
    for name in CODED:
        con.execute(f"DROP TYPE code_{name}")


def _stretches(con: "duckdb.DuckDBPyConnection", table: str) -> Iterator[list[tuple[str, int]]]:
    """Runs of (place, rows) of about CHUNK rows in all, so that memory stays bounded whatever the country's size."""
    run: list[tuple[str, int]] = []
    rows = 0
    for place, many in con.execute(f"SELECT place, count(*) FROM {table} WHERE level = 'school' GROUP BY place ORDER BY place").fetchall():
        run.append((place, many))
        rows += many
        if rows >= CHUNK:
            yield run
            run, rows = [], 0
    if run:
        yield run


def _pack_run(con: "duckdb.DuckDBPyConnection", table: str, run: list[tuple[str, int]]) -> None:
    import pyarrow as pa

    found = con.execute(
        f"SELECT {', '.join(_stored(name, table) for name, _ in COLUMNS)} FROM {table} "
        "WHERE level = 'school' AND place BETWEEN ? AND ? ORDER BY place, measure, cut, year",
        [run[0][0], run[-1][0]],
    ).fetchnumpy()
    plain = [_plain(found[name], name, kind) for name, kind in COLUMNS]
    ends = list(accumulate(many for _, many in run))
    blobs = [
        zlib.compress(b"".join(column[end - many : end].tobytes() for column in plain), 1) for end, (_, many) in zip(ends, run, strict=True)
    ]
    con.register("packed_run", pa.table({"place": [place for place, _ in run], "readings": pa.array(blobs, pa.binary())}))
    con.execute(f"INSERT INTO packed SELECT place, {str(table == 'early_reading').lower()}, readings FROM packed_run")
    con.unregister("packed_run")


def _stored(name: str, table: str) -> str:
    if name in CODED:
        return f'enum_code("{name}"::code_{name}) AS "{name}"'
    if table == "early_reading" and name.startswith("position"):
        return f"NULL::DOUBLE AS {name}"
    return f'"{name}"'


def _plain(column: Any, name: str, kind: str) -> Any:
    """A column as numbers of one type: absent amounts are NaN, absent counts as ABSENT has them."""
    import numpy as np

    if np.ma.isMaskedArray(column):
        column = np.ma.filled(column.astype("f8"), np.nan if kind == "d" else ABSENT.get(name, 0))
    return np.asarray(column).astype(f"<{kind}")


def codes(con: "duckdb.DuckDBPyConnection") -> Codes:
    """The texts that packed numbers stand for."""
    return {name: tuple(texts or ()) for name, texts in con.execute("SELECT name, texts FROM code").fetchall()}


def unpack(place: str, blob: bytes, texts: Codes) -> list[Row]:
    """The rows that were packed, as tuples in the order of `lookups.PLAIN`, by measure, cut and year."""
    plain = zlib.decompress(blob)
    count, offset = len(plain) // WIDTH, 0
    columns: list[Any] = []
    for name, kind in COLUMNS:
        column = struct.unpack_from(f"<{count}{kind}", plain, offset)
        offset += struct.calcsize(f"<{count}{kind}")
        columns.append(_told(name, kind, column, texts))
    return list(zip(repeat("school", count), repeat(place), *columns, strict=False))


def _told(name: str, kind: str, column: tuple[Any, ...], texts: Codes) -> Any:
    if name in CODED:
        known = texts[name]
        return [known[number] for number in column]
    if kind == "d":
        return [None if amount != amount else amount for amount in column]
    return [number or None for number in column] if name == "position_of" else column
