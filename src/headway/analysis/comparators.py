"""What an authority is set beside: the mean of its ten statistical neighbours."""

from typing import TYPE_CHECKING

import ibis

from headway.analysis.aggregates import exact_mean

if TYPE_CHECKING:
    from ibis.expr.types import StringValue, Table

HOW_MANY = 10
FEWEST = 6  # a mean of fewer neighbours than this is not shown


def neighbours(lookup: "Table | None") -> "Table":
    """The published neighbour table → authority, neighbour (both three-digit codes), rank from 1, closeness in small letters."""
    if lookup is None:
        import pyarrow as pa

        kinds = {"authority": pa.string(), "neighbour": pa.string(), "rank": pa.int64(), "closeness": pa.string()}
        return ibis.memtable(pa.table({name: pa.array([], kind) for name, kind in kinds.items()}))
    code = lookup["old_la_code"].strip().re_replace(r"\.0$", "")
    parts = [
        lookup.select(
            authority=code,
            neighbour=lookup[f"SN_{rank}"].strip().re_replace(r"\.0$", ""),
            rank=ibis.literal(rank),
            closeness=_closeness(lookup, rank).strip().lower(),
        )
        for rank in range(1, HOW_MANY + 1)
    ]
    return ibis.union(*parts).filter(lambda t: (t.authority != "") & (t.neighbour != "")).distinct()


def _closeness(lookup: "Table", rank: int) -> "StringValue":
    """The column beside a neighbour that says how close it is: named by its number, or the so-manieth of one name."""
    named = f"SNP_{rank}" if f"SNP_{rank}" in lookup.columns else "SNP" if rank == 1 else f"SNP ({rank})"
    column: StringValue = lookup[named]
    return column


def neighbour_means(readings: "Table", neighbour: "Table") -> "Table":
    """The plain mean over an authority's neighbours that have a value, for each measure, year and cut.

    → authority, measure, year, cut, value, of (how many neighbours it rests on); none with fewer than FEWEST.
    """
    values = readings.filter((readings.level == "authority") & readings.value.notnull())
    joined = neighbour.inner_join(values, neighbour.neighbour == values.place)
    means = joined.group_by(["authority", "measure", "year", "cut"]).aggregate(value=exact_mean(joined.value), of=joined.value.count())
    return means.filter(means.of >= FEWEST)
