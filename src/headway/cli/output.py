"""Prints answers as a table, JSON, CSV or Parquet."""

import csv
import json
import sys
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from headway.papers.characters import safe
from headway.vocabulary.errors import HeadwayError


class Format(StrEnum):
    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"


def emit(
    rows: Sequence[dict[str, Any]], form: Format, *, columns: Sequence[str] = (), out: Path | None = None, empty: str = "Nothing to show."
) -> None:
    """Print rows. `columns` are those of the table form; the other forms hold every key. `out` writes to a file."""
    if form is Format.PARQUET:
        _parquet(rows, _keys(rows, columns), out)
        return
    target = open(out, "w", newline="", encoding="utf-8") if out else sys.stdout
    try:
        if form is Format.JSON:
            target.write(_json(rows) + "\n")
        elif form is Format.CSV:
            _csv(rows, _keys(rows, columns), target)
        else:
            _table(rows, columns or (list(rows[0]) if rows else []), empty, target)
    finally:
        if out:
            target.close()


def _keys(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> list[str]:
    """Every key of any row, in the order in which they come: a school's row has a `urn`, an authority's an `authority`."""
    return list(dict.fromkeys(key for row in rows for key in row)) or list(columns)


def say(text: str, out: Path | None = None) -> None:
    """Print a text, or write it to a file."""
    if out:
        out.write_text(f"{text}\n", encoding="utf-8")
    else:
        print(text)


def _json(rows: Sequence[dict[str, Any]]) -> str:
    from pydantic_core import to_json  # whole answers with their evidence are long, and the standard library indents in Python

    return to_json(list(rows), indent=1, fallback=_plain).decode()


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)


def safe_cell(value: object) -> object:
    """A cell that a spreadsheet cannot take for a formula. Numbers stay numbers."""
    return safe(value) if isinstance(value, str) else value


def _csv(rows: Sequence[dict[str, Any]], keys: list[str], target: Any) -> None:
    writer = csv.DictWriter(target, fieldnames=keys)
    writer.writeheader()
    writer.writerows({key: safe_cell(_flat(value)) for key, value in row.items()} for row in rows)


def _flat(value: object) -> object:
    return json.dumps(value, default=_plain) if isinstance(value, (dict, list, tuple)) else value


def _parquet(rows: Sequence[dict[str, Any]], keys: list[str], out: Path | None) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    if out is None and sys.stdout.isatty():
        raise HeadwayError(
            "H-USAGE-10", "Parquet is not text.", "It cannot be shown in a terminal.", "Send it to a file: --out FILE.parquet."
        )
    table = pa.Table.from_pydict({key: [_flat(row.get(key)) for row in rows] for key in keys})
    pq.write_table(table, out or sys.stdout.buffer)


def _table(rows: Sequence[dict[str, Any]], columns: Sequence[str], empty: str, target: Any) -> None:
    if not rows:
        print(empty, file=target)
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        numeric = all(isinstance(row.get(column), (int, float)) or row.get(column) is None for row in rows)
        table.add_column(column.replace("_", " "), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*[_shown(row.get(column)) for column in columns])
    console = Console(file=target, width=None if target.isatty() else 200)
    console.print(table)


def _shown(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".").replace("-", "−")
    return str(value)
