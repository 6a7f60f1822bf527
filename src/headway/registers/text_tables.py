"""A file's table as text, column by column: each distinct text once, and for each row which it is. Rows keep their numbers."""

import csv
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from headway.registers.arrow_columns import values_of
from headway.registers.faults import TOO_WIDE, Fault

if TYPE_CHECKING:
    import pyarrow as pa

csv.field_size_limit(10_000_000)


@dataclass(frozen=True)
class Coded:
    """A column: its distinct texts, stripped, and the place among them for each row, shape (rows,)."""

    values: list[str]
    at: NDArray[np.int32]

    @cached_property
    def filled(self) -> NDArray[np.bool_]:
        return np.array([bool(text) for text in self.values], np.bool_)[self.at]


@dataclass
class TextTable:
    """The rows under a header. `ragged` are rows that do not have as many cells as it."""

    header: list[str]
    columns: list[Coded]
    rows: int
    ragged: list[Fault] = field(default_factory=list)


def read(path: Path, delimiter: str, header_at: int, header: list[str]) -> TextTable:
    """The rows of a UTF-8 text file under its row `header_at`, counted from 0."""
    return _fast(path, delimiter, header_at, header) or _slow(path, delimiter, header_at, header)


def _fast(path: Path, delimiter: str, header_at: int, header: list[str]) -> TextTable | None:
    """By Arrow, in a fraction of the time; None where a row has not the header's cells, for Arrow does not tell which."""
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    if header_at:
        return None
    names = [str(at) for at in range(len(header))]
    try:
        table = arrow_csv.read_csv(
            path,
            arrow_csv.ReadOptions(column_names=names, skip_rows=1),
            arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False),
            arrow_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
        )
    except pa.ArrowInvalid:
        return None
    return TextTable(header, [_coded(table.column(name)) for name in names], table.num_rows)


def _coded(column: "pa.ChunkedArray") -> Coded:
    import pyarrow.compute as pc

    found = column.combine_chunks().dictionary_encode()
    at: NDArray[np.int32] = values_of(found.indices).astype(np.int32)
    trimmed = pc.utf8_trim_whitespace(found.dictionary)  # each text once, and not in every row
    if trimmed.equals(found.dictionary):
        return Coded(trimmed.to_pylist(), at)
    merged = from_texts(trimmed.to_pylist())
    return Coded(merged.values, merged.at[at])


def _slow(path: Path, delimiter: str, header_at: int, header: list[str]) -> TextTable:
    with open(path, encoding="utf-8", errors="replace", newline="") as file:
        rows = list(csv.reader((line.replace("\0", "") for line in file), delimiter=delimiter))[header_at + 1 :]
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    width = len(header)
    ragged = [Fault(at, "", TOO_WIDE) for at, row in enumerate(rows, 1) if any(cell.strip() for cell in row[width:]) or not row]
    whole = [[cell.strip() for cell in row[:width]] + [""] * (width - len(row)) for row in rows]
    columns = [from_texts([row[at] for row in whole]) for at in range(width)]
    return TextTable(header, columns, len(rows), ragged)


def from_texts(texts: list[str]) -> Coded:
    places: dict[str, int] = {}
    at = np.array([places.setdefault(text, len(places)) for text in texts], np.int32)
    return Coded(list(places), at)


def constant(text: str, rows: int) -> Coded:
    return Coded([text], np.zeros(rows, np.int32))
