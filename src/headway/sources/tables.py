"""Tables inside a file, whatever its kind: the first rows to recognise it by, then all rows as text."""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from headway.sources import limits
from headway.sources.opening import Unpacked, too_large
from headway.vocabulary.errors import HeadwayError

Rows = list[list[str]]
csv.field_size_limit(10_000_000)


@dataclass
class Table:
    """One table of a file. `sample` is its first rows; `delimiter` is set for text; `sheet` for workbooks."""

    file: Unpacked
    sample: Rows
    sheet: str = ""
    delimiter: str = ""
    records: list[dict[str, Any]] | None = field(default=None, repr=False)  # JSON, boundaries

    def rows(self, header_at: int) -> Iterator[list[str]]:
        """Every row under the header, as text, ragged as it is."""
        if self.records is not None:
            names = self.sample[0]
            return ([_text(record.get(name)) for name in names] for record in self.records)
        if self.delimiter:
            return _text_rows(self.file.path, self.delimiter, header_at)
        if self.file.kind == "parquet":
            return _parquet_rows(self.file.path)
        return _sheet_rows(self.file.path, self.sheet, header_at)


def tables(file: Unpacked) -> list[Table]:
    """The tables of a file, with their first rows. Raises H-DATA-10 or H-DATA-12."""
    if file.kind == "text":
        delimiter = _delimiter(file.path)
        return [Table(file, _first(_text_rows(file.path, delimiter, -1)), delimiter=delimiter)]
    if file.kind == "workbook":
        return _sheets(file)
    if file.kind == "json":
        return _json(file)
    if file.kind == "parquet":
        import pyarrow.parquet as pq

        names = pq.read_schema(file.path).names
        return [Table(file, [list(names)])]
    if file.kind == "shape":
        from headway.sources.shapes import shape_records

        return _records(file, shape_records(file.path))
    return []


def _first(rows: Iterable[list[str]]) -> Rows:
    return [row for row, _ in zip(rows, range(limits.HEADER_WITHIN), strict=False)]


def _delimiter(path: Path) -> str:
    with open(path, encoding="utf-8", errors="replace") as file:
        line = file.readline(1 << 20)
    return max(",\t;|", key=line.count) if any(mark in line for mark in ",\t;|") else ","


def _text_rows(path: Path, delimiter: str, header_at: int) -> Iterator[list[str]]:
    with open(path, encoding="utf-8", errors="replace", newline="") as file:
        reader = csv.reader((line.replace("\0", "") for line in file), delimiter=delimiter)
        for position, row in enumerate(reader):
            if position > header_at and row:
                yield row


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return json.dumps(value) if isinstance(value, (dict, list)) else str(value)


def _sheets(file: Unpacked) -> list[Table]:
    import fastexcel

    try:
        book = fastexcel.read_excel(file.path)
        found = []
        for name in book.sheet_names:
            sample = _first(_sheet_rows(file.path, name, -1, limits.HEADER_WITHIN, book))
            if sample:
                found.append(Table(file, sample, sheet=name))
        return found
    except Exception as error:  # fastexcel's own exceptions and calamine's panics share no base
        raise HeadwayError(
            "H-DATA-12",
            f"{file.path.name} is not a workbook that can be read.",
            str(error)[:200],
            "Save it again as xlsx or csv.",
            file.name,
        ) from None


def _sheet_rows(path: Path, sheet: str, header_at: int, most: int | None = None, book: Any = None) -> Iterator[list[str]]:
    import fastexcel

    book = book or fastexcel.read_excel(path)
    skip = max(header_at, 0) + (1 if header_at >= 0 else 0)
    loaded = book.load_sheet(sheet, header_row=None, skip_rows=skip or None, n_rows=most, dtypes="string")
    batch = loaded.to_arrow()
    columns = [column.to_pylist() for column in batch.columns]
    for cells in zip(*columns, strict=True):
        if any(cells):
            yield [_sheet_text(cell) for cell in cells]


def _sheet_text(cell: str | None) -> str:
    """A cell as people typed it: whole numbers without .0, dates without midnight."""
    if cell is None:
        return ""
    if cell.endswith(" 00:00:00"):
        return cell[:-9]
    return cell


def _json(file: Unpacked) -> list[Table]:
    if file.path.stat().st_size > limits.MOST_JSON:
        raise too_large(file.name, limits.MOST_JSON)
    try:
        content = json.loads(file.path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise HeadwayError(
            "H-DATA-12", f"{file.path.name} is not valid JSON.", f"{error}.", "Download it again: it may be cut off.", file.name
        ) from None
    if isinstance(content, dict) and isinstance(content.get("features"), list):
        content = [{**(item.get("properties") or {}), "geometry": item.get("geometry")} for item in content["features"]]
    if isinstance(content, dict):
        lists = [value for value in content.values() if isinstance(value, list)]
        content = lists[0] if len(lists) == 1 else [content]
    return _records(file, [item for item in content if isinstance(item, dict)])


def _records(file: Unpacked, records: list[dict[str, Any]]) -> list[Table]:
    names: dict[str, None] = {}
    for record in records:
        names.update(dict.fromkeys(record))
    if not names:
        return []
    first = [[_text(record.get(name)) for name in names] for record in records[: limits.HEADER_WITHIN - 1]]
    return [Table(file, [list(names), *first], records=records)]


def _parquet_rows(path: Path) -> Iterator[list[str]]:
    import pyarrow.parquet as pq

    for batch in pq.ParquetFile(path).iter_batches(65_536):
        columns = [[_text(cell) for cell in column.to_pylist()] for column in batch.columns]
        yield from map(list, zip(*columns, strict=True))
