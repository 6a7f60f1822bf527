"""Each judged area of a school's inspections as a reading of its own measure, on the scale of its day and never on another."""

from typing import TYPE_CHECKING

import ibis

from headway.analysis.inspection_shares import worked_reading
from headway.definitions.loading import Library
from headway.store import tables

if TYPE_CHECKING:
    import pyarrow as pa
    from ibis.backends.duckdb import Backend
    from ibis.expr.types import Table


def judgements(backend: "Backend", library: Library) -> None:
    """Add to `candidate` what the inspections of each academic year (1 September to 31 August) gave, of two the later.

    A value is the grade's place on its scale, 1 the best. Nothing is carried into years without an inspection.
    """
    if not tables.exists(backend.con, "candidate"):
        return
    grades = ibis.memtable(_grades(library))
    told = backend.table("inspection").inner_join(grades, ["scale", "judgement", "grade"])
    told = told.mutate(year=told.inspected.year() - (told.inspected.month() < 9).cast("int64"))
    told = told.filter(told.year.between(told.first, told.last))
    tables.append(backend, "candidate", _readings(told))


def _readings(told: "Table") -> "Table":
    newest = ibis.window(group_by=["urn", "measure", "year"], order_by=[told.inspected.desc(), told.row])
    ranked = told.mutate(line=ibis.row_number().over(newest))
    one = ranked.filter(ranked.line == 0)
    return worked_reading(
        one, level="school", place=one.urn.cast("string"), measure=one.measure, cut=ibis.literal("all"), value=one.place,
        numerator=None, denominator=None, table=one.source, file_id=one.file_id, row=one.row, marker="",
    )  # fmt: skip


def _grades(library: Library) -> "pa.Table":
    """scale, judgement, grade, measure, place (1 the best), first, last (years in which the measure holds)."""
    import pyarrow as pa

    kinds = [(name, pa.string()) for name in ("scale", "judgement", "grade", "measure")]
    kinds += [("place", pa.float64()), ("first", pa.int64()), ("last", pa.int64())]
    said = [
        {"scale": scale, "judgement": judgement, "grade": str(grade), "measure": measure, "place": place, "first": first, "last": last}
        for scale, told in (library.lists.get("inspection_scales") or {}).items()
        for judgement, measure in (told.get("measures") or {}).items()
        for first, last in _validity(library, measure)
        for place, grade in enumerate(told["grades"], 1)
    ]
    return pa.Table.from_pylist(said, schema=pa.schema(kinds))


def _validity(library: Library, measure: str) -> list[tuple[int, int]]:
    periods = library.measures[measure].periods
    return [(period.from_.start, 9999 if period.until == "open" else period.until.start) for period in periods]
