"""The tables of a snapshot: made from expressions, and at the end sorted for point look-up."""

from pathlib import Path
from typing import TYPE_CHECKING

from headway.store import packed
from headway.store.engine import named
from headway.store.landed import LandedFile

if TYPE_CHECKING:
    import duckdb
    import ibis
    import pyarrow as pa
    from ibis.backends.duckdb import Backend
    from ibis.expr.types import Table

INCOMING = "incoming"
ORDER = {
    # an authority's pages ask for one measure over its schools; what asks by place asks the packed rows
    "reading": "level, measure, cut, authority, place, year",
    "early_reading": "level, measure, cut, place, year",
    "vintage": "level, measure, cut, place, year",
    "neighbour_reading": "authority, measure, cut, year",
    "inspection": "urn, inspected, scale, judgement",
}


def empty(backend: "Backend", name: str, schema: "ibis.Schema") -> None:
    backend.create_table(name, schema=schema, overwrite=True)


def create(backend: "Backend", name: str, expression: "Table") -> None:
    """A table from an expression."""
    backend.create_table(name, expression, overwrite=True)


def keep(backend: "Backend", name: str, known: "pa.Table") -> None:
    """A small table of facts, from Arrow."""
    backend.create_table(name, known, overwrite=True)


def create_sorted(backend: "Backend", name: str, expression: "Table") -> None:
    """A table of the snapshot from an expression, in the order of its look-ups."""
    create(backend, name, expression.order_by(ORDER[name].split(", ")))


def drop(backend: "Backend", *names: str) -> None:
    for name in names:
        backend.con.execute(f"DROP TABLE {name}")


def append(backend: "Backend", name: str, expression: "Table") -> None:
    """Add rows, by the names of their columns.

    Through a view: the backend's insert would have the expression's SQL parsed and written anew, which of a wide file takes longer than
    to run it.
    """
    names = ", ".join(map(named, expression.columns))
    backend.create_view(INCOMING, expression, overwrite=True)
    backend.con.execute(f"INSERT INTO {named(name)} ({names}) SELECT {names} FROM {INCOMING}; DROP VIEW {INCOMING}")


def cells(backend: "Backend", file: LandedFile) -> "Table":
    """The text cells of a landed file, and `row`. Several steps ask for the same file: it is opened once a build."""
    opened: dict[Path, Table] = vars(backend).setdefault("opened_files", {})  # backends of two builds in one process compare as equal
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
    """place (URN as text), year, phase, authority of each school in each year; empty before any school list has landed."""
    import ibis

    if exists(backend.con, "establishment_year"):  # ibis 12 cannot list the tables of duckdb 2
        years = backend.table("establishment_year")
        return years.select(place=years.urn.cast("string"), year=years.year.cast("int16"), phase=years.phase, authority=years.authority)
    import pyarrow as pa

    texts = dict.fromkeys(("place", "phase", "authority"), pa.array([], pa.string()))
    return ibis.memtable(pa.table({**texts, "year": pa.array([], pa.int16())}))


def record_files(con: "duckdb.DuckDBPyConnection", files: list[LandedFile]) -> None:
    con.execute("CREATE TABLE file (id VARCHAR, source_table VARCHAR, name VARCHAR, manifest VARCHAR)")
    if files:
        con.executemany(
            "INSERT INTO file VALUES (?, ?, ?, ?)", [(file.id, file.table, file.source_path, file.manifest()) for file in files]
        )


def finish(con: "duckdb.DuckDBPyConnection") -> None:
    """Pack what is asked by place."""
    packed.pack(con)


def exists(con: "duckdb.DuckDBPyConnection", name: str) -> bool:
    """Whether the database holds a table of that name."""
    return bool(con.execute("SELECT 1 FROM information_schema.tables WHERE table_name = ?", [name]).fetchall())
