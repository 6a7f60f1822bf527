"""Writes a table of text cells to Parquet: with the engine when every row fits, row by row when one does not."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from headway.store.engine import named, passing, quoted

BATCH = 20_000
OPTIONS = "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 122880)"


@dataclass
class Written:
    """What was written: rows kept, and how wide the rows of the file were.

    `set_aside` lists rows with too many fields, `short` those with too few, both in rising order; `last` is the last row's width.
    """

    rows: int
    widths: Counter[int] = field(default_factory=Counter)
    set_aside: list[int] = field(default_factory=list)
    short: list[int] = field(default_factory=list)
    last: int = 0


def write_text(path: Path, delimiter: str, columns: list[str], dropped: set[str], out: Path) -> Written | None:
    """A UTF-8 text file with its header on the first line, straight to Parquet. None when a row does not fit.

    The order of rows is kept, and `row` counts them from 1.
    """
    import duckdb

    types = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in columns)
    kept = ", ".join(f"coalesce({named(name)}, '') AS {named(name)}" for name in columns if name not in dropped)
    reader = (
        f"read_csv({quoted(str(path))}, auto_detect=false, header=true, delim={quoted(delimiter)}, quote='\"', escape='\"', "
        f"columns={{{types}}}, null_padding=false, strict_mode=true, max_line_size=10000000)"
    )
    con, _ = passing()
    try:
        done = con.execute(f"COPY (SELECT row_number() OVER () AS row, {kept} FROM {reader}) TO {quoted(str(out))} {OPTIONS}").fetchall()
    except duckdb.Error:
        out.unlink(missing_ok=True)
        return None
    rows = int(done[0][0])
    return Written(rows, Counter({len(columns): rows}))


def write_rows(rows: Iterable[list[str]], columns: list[str], dropped: set[str], out: Path) -> Written:
    """Rows of any width: short ones are filled on the right, longer ones set aside and told."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kept = [position for position, name in enumerate(columns) if name not in dropped]
    schema = pa.schema([("row", pa.int64()), *[(columns[position], pa.string()) for position in kept]])
    written = Written(0)
    width = len(columns)
    with pq.ParquetWriter(out, schema, compression="zstd", compression_level=1) as writer:
        batch: list[tuple[int, list[str]]] = []

        def flush() -> None:
            numbers = pa.array([number for number, _ in batch], pa.int64())
            cells = [pa.array([row[position] for _, row in batch], pa.string()) for position in kept]
            writer.write_table(pa.Table.from_arrays([numbers, *cells], schema=schema))
            batch.clear()

        for number, row in enumerate(rows, 1):
            written.widths[len(row)] += 1
            written.last = len(row)
            if len(row) > width and any(row[width:]):
                written.set_aside.append(number)
                continue
            if len(row) < width:
                written.short.append(number)
            batch.append((number, (row + [""] * (width - len(row)))[:width]))
            written.rows += 1
            if len(batch) >= BATCH:
                flush()
        if batch:
            flush()
    return written
