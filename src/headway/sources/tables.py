"""Tables inside a file, whatever its kind: the first rows to recognise it by, then all rows as text."""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
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
        return iter(())


def tables(file: Unpacked, scratch: Path) -> list[Table]:
    """The tables of a file, with their first rows. Raises H-DATA-10 or H-DATA-12."""
    if file.kind == "text":
        delimiter = _delimiter(file.path)
        return [Table(file, _first(_text_rows(file.path, delimiter, -1)), delimiter=delimiter)]
    if file.kind == "workbook":
        return _sheets(file, scratch)
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


def _sheets(file: Unpacked, scratch: Path) -> list[Table]:
    """Each sheet as the csv that a guarded process made of it, in the order of the workbook."""
    from headway.sources.guarded import sheets

    found = []
    for sheet in sheets(file.path, scratch, file.name):
        plain = replace(file, path=sheet.path, kind="text", encoding="utf-8")
        found.append(Table(plain, _first(_text_rows(sheet.path, ",", -1)), sheet=sheet.name, delimiter=","))
    return found


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
