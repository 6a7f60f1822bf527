"""The steps of a build that add schools up to areas and hold the sums against what is published."""

from typing import TYPE_CHECKING

import ibis

from headway.analysis import membership, reconciliation
from headway.analysis.aggregates import aggregate, fillers
from headway.definitions.loading import Library
from headway.store import tables
from headway.store.landed import LandedFile

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend
    from ibis.expr.types import Table

LISTS, BY_FILE = "establishment_year", "member_by_file"


def start(backend: "Backend") -> None:
    tables.empty(backend, BY_FILE, ibis.schema({"urn": "int64", "year": "int16", "authority": "string"}))


def members_in(backend: "Backend", cells: "Table", file: LandedFile, library: Library) -> None:
    """Remember the authorities that a file's own rows tell, for years without a school list."""
    told = membership.told_by_file(cells, file, library)
    if told is not None:
        tables.append(backend, BY_FILE, told)


def lists(backend: "Backend") -> "Table":
    """Who was in which authority: the school lists, and for a school that no list holds, the files' own rows."""
    by_file = backend.table(BY_FILE).distinct()
    plain = by_file.select("urn", "year", "authority", phase=ibis.null("string"), governance=ibis.null("string"))
    if not tables.exists(backend.con, LISTS):
        return plain
    years = backend.table(LISTS)
    known = years.select(
        urn=years.urn.cast("int64"),
        year=years.year.cast("int16"),
        authority=years.authority,
        phase=years.phase,
        governance=years.governance,
    )
    return known.union(plain.anti_join(known, ["urn"]))


def regions(backend: "Backend") -> "Table | None":
    """authority and region, as far as the authorities are known."""
    if not tables.exists(backend.con, "authority"):
        return None
    known = backend.table("authority")
    return known.select("region", authority=known.code)


def aggregates(backend: "Backend", library: Library) -> None:
    """Make the table `aggregate` from `chosen`, and add to `chosen` the areas that nobody publishes. Grades are never averaged."""
    unweighted = [measure.id for measure in library.measures.values() if measure.weight == "none"]
    grades = [measure.id for measure in library.measures.values() if measure.unit == "grade"]
    chosen = backend.table("chosen")
    graded_apart = chosen.filter(chosen.measure.notin(grades))
    tables.create(backend, "aggregate", aggregate(graded_apart, lists(backend), unweighted, regions(backend)))
    made = fillers(backend.table("aggregate"), chosen)
    tables.create(backend, "filler", made)
    tables.append(backend, "chosen", backend.table("filler").select(*chosen.columns))
    backend.con.execute(f"DROP TABLE filler; DROP TABLE {BY_FILE}")


def reconcile(backend: "Backend") -> None:
    """Make the table `reconciliation`: every published figure of an area beside our own sum of its schools."""
    rows = reconciliation.compared(backend.table("aggregate"), backend.table("chosen"))
    tables.empty(backend, "reconciliation", reconciliation.SCHEMA)
    if rows:
        import pyarrow as pa

        tables.append(backend, "reconciliation", ibis.memtable(pa.Table.from_pylist(rows, schema=reconciliation.SCHEMA.to_pyarrow())))
