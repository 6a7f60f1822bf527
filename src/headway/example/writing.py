"""Writes published layouts: numbers to the published text, quickly, and rows to csv."""

import csv
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

Array = np.ndarray
Column = Sequence[str] | np.ndarray


def rounded(values: Array, places: int = 0) -> Array:
    """Half away from zero, as the publications round; NaN stays NaN."""
    scale = 10.0**places
    result: Array = np.sign(values) * np.floor(np.abs(values) * scale + 0.5 + 1e-9) / scale
    return result


def text(values: Array, places: int = 0, suffix: str = "", trim: bool = False) -> Array:
    """Numbers as published text, object[n]; NaN gives a blank. Each distinct value is written out once."""
    scale = 10**places
    missing = ~np.isfinite(values)
    whole = np.where(missing, 0, rounded(np.where(missing, 0.0, values), places) * scale).round().astype(np.int64)
    distinct, inverse = np.unique(whole, return_inverse=True)
    words = np.array([_written(int(one), places, trim) + suffix for one in distinct], dtype=object)
    result: Array = words[inverse]
    if missing.any():
        result[missing] = ""
    return result


@lru_cache(maxsize=1 << 17)
def _written(whole: int, places: int, trim: bool) -> str:
    shown = f"{whole / 10**places:.{places}f}"
    return shown.rstrip("0").rstrip(".") if trim and "." in shown else shown


def marked(column: Array, mask: Array, marker: str) -> Array:
    """The column with a marker where the mask holds."""
    result = column.copy()
    result[mask] = marker
    return result


def constant(value: str, count: int) -> list[str]:
    return [value] * count


class Folder:
    """Where an example set is written; counts its files."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files = 0

    def path(self, name: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self.files += 1
        return path

    def table(self, name: str, columns: dict[str, Column], *, mark: bool = False, line_end: str = "\r\n") -> None:
        """Columns of equal length under their headers. `mark` puts a byte-order mark first, as many real files have."""
        self.rows(name, list(columns), zip(*(_plain(column) for column in columns.values()), strict=True), mark=mark, line_end=line_end)

    def rows(
        self, name: str, header: Sequence[str], rows: Iterable[Sequence[object]], *, mark: bool = False, line_end: str = "\r\n"
    ) -> None:
        with open(self.path(name), "w", encoding="utf-8-sig" if mark else "utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator=line_end)
            writer.writerow(header)
            writer.writerows(rows)


def _plain(column: Column) -> Sequence[object]:
    return column.tolist() if isinstance(column, np.ndarray) else column
