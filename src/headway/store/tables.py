"""The tables of a snapshot: made from expressions, and at the end sorted for point look-up."""

from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from headway.store import packed
from headway.store.landed import LandedFile

if TYPE_CHECKING:
    import duckdb
    import ibis
    import pyarrow as pa
    from ibis.backends.duckdb import Backend
    from ibis.expr.types import Table

_opened: "WeakKeyDictionary[Backend, dict[Path, Table]]" = WeakKeyDictionary()
ORDER = {
    # a school's page asks by place; an authority's pages ask for one measure over its schools
    "reading": "level, place, measure, cut, year",
    "early_reading": "level, place, measure, cut, year",
    "vintage": "level, place, measure, cut, year",
    "neighbour_reading": "authority, measure, cut, year",
}


def empty(backend: "Backend", name: str, schema: "ibis.Schema") -> None:
    backend.create_table(name, schema=schema, overwrite=True)


def create(backend: "Backend", name: str, expression: "Table") -> None:
    """A table from an expression."""
    backend.create_table(name, expression, overwrite=True)


def keep(backend: "Backend", name: str, known: "pa.Table") -> None:
    """A small table of facts, from Arrow."""
    backend.create_table(name, known, overwrite=True)


def drop(backend: "Backend", *names: str) -> None:
    for name in names:
        backend.con.execute(f"DROP TABLE {name}")


def append(backend: "Backend", name: str, expression: "Table") -> None:
    backend.insert(name, expression)


def cells(backend: "Backend", file: LandedFile) -> "Table":
    """The text cells of a landed file, and `row`. Several steps ask for the same file: it is opened once a build."""
    opened = _opened.setdefault(backend, {})
    if file.path not in opened:
        opened[file.path] = backend.read_parquet(str(file.path))
    return opened[file.path]


def cells_together(backend: "Backend", files: list[LandedFile]) -> "Table":
    """The text cells of files with the same columns as one table, with `row`, `of_file` (its id) and `given_year`.

    `given_year` is the start of the file's own year, null when its rows tell theirs.
    """
    import ibis
    import pyarrow as pa

    said = [{"path": str(file.path), "of_file": file.id, "given_year": file.year.start if file.year else None} for file in files]
    facts = ibis.memtable(
        pa.Table.from_pylist(said, schema=pa.schema([("path", pa.string()), ("of_file", pa.string()), ("given_year", pa.int64())]))
    )
    every = backend.read_parquet([str(file.path) for file in files], filename=True)
    joined = every.inner_join(facts, every.filename == facts.path)
    return joined.drop("filename", "path")


def lookups(backend: "Backend", files: list[LandedFile], table: str) -> "Table | None":
    """The newest landed file of a look-up table."""
    found = [file for file in files if file.table == table]
    return cells(backend, found[-1]) if found else None


def phases(backend: "Backend") -> "Table":
    """place (URN as text), year, phase of each school in each year; empty before any school list has landed."""
    import ibis

    if exists(backend.con, "establishment_year"):  # ibis 12 cannot list the tables of duckdb 2
        years = backend.table("establishment_year")
        return years.select(place=years.urn.cast("string"), year=years.year.cast("int16"), phase=years.phase)
    import pyarrow as pa

    return ibis.memtable(
        pa.table({"place": pa.array([], pa.string()), "year": pa.array([], pa.int16()), "phase": pa.array([], pa.string())})
    )


def record_files(con: "duckdb.DuckDBPyConnection", files: list[LandedFile]) -> None:
    con.execute("CREATE TABLE file (id VARCHAR, source_table VARCHAR, name VARCHAR, manifest VARCHAR)")
    if files:
        con.executemany(
            "INSERT INTO file VALUES (?, ?, ?, ?)", [(file.id, file.table, file.source_path, file.manifest()) for file in files]
        )


def finish(con: "duckdb.DuckDBPyConnection") -> None:
    """Keep all releases as `vintage`, sort every table for its look-ups, and drop what only the build needed."""
    con.execute("ALTER TABLE candidate RENAME TO vintage")
    for name, order in ORDER.items():
        con.execute(f"CREATE TABLE sorted AS SELECT * FROM {name} ORDER BY {order}")
        con.execute(f"DROP TABLE {name}")
        con.execute(f"ALTER TABLE sorted RENAME TO {name}")
    if exists(con, "establishment_year"):
        con.execute(AUTHORITY_COPY)
    packed.pack(con)
    for name in ("chosen", "position"):
        con.execute(f"DROP TABLE IF EXISTS {name}")


AUTHORITY_COPY = """
CREATE TABLE reading_by_authority AS
SELECT y.authority, r.* FROM reading r
JOIN establishment_year y ON r.level = 'school' AND r.place = y.urn::VARCHAR AND r.year = y.year
ORDER BY y.authority, r.measure, r.cut, r.year, r.place
"""


def exists(con: "duckdb.DuckDBPyConnection", name: str) -> bool:
    """Whether the database holds a table of that name."""
    return bool(con.execute("SELECT 1 FROM information_schema.tables WHERE table_name = ?", [name]).fetchall())
