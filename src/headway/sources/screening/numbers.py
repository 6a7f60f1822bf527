"""The cells of one column in brief: each different text once with its count, as numbers and as markers."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

NUMBER = re.compile(r"[-+]?[0-9.]")


def as_number(text: str) -> float | None:
    """A published cell as a number, as readings take it: 63.9%, £45,884 and -0.49; markers and NaN are none."""
    plain = text.replace("%", "").replace("£", "").replace(",", "")
    if not NUMBER.match(plain):
        return None
    try:
        value = float(plain)
    except ValueError:
        return None
    return value if np.isfinite(value) else None


@dataclass
class Brief:
    """One column: its numbers in rising order, how often each stands there, its other texts with their counts."""

    values: npt.NDArray[np.float64]
    counts: npt.NDArray[np.int64]
    texts: Counter[str] = field(default_factory=Counter)
    blank: int = 0
    signed: int = 0  # cells written with a percent sign

    @property
    def n(self) -> int:
        return int(self.counts.sum())

    @property
    def cells(self) -> int:
        return self.n + self.blank + self.texts.total()

    def quantile(self, at: float) -> float:
        """The value that a share `at` of the numbers do not exceed; NaN without numbers."""
        if not self.n:
            return float("nan")
        place = int(np.searchsorted(np.cumsum(self.counts), at * self.n))
        return float(self.values[min(place, len(self.values) - 1)])

    def share(self, chosen: npt.NDArray[np.bool_]) -> float:
        return float(self.counts[chosen].sum() / self.n) if self.n else 0.0


def brief(texts: Counter[str]) -> Brief:
    """From each different text of a column with its count."""
    numbers: Counter[float] = Counter()
    others: Counter[str] = Counter()
    blank = signed = 0
    for text, count in texts.items():
        plain = text.strip()
        if not plain:
            blank += count
        elif (value := as_number(plain)) is None:
            others[plain] += count
        else:
            numbers[value] += count
            signed += count if plain.endswith("%") else 0
    ordered = sorted(numbers)
    return Brief(np.array(ordered, dtype=float), np.array([numbers[value] for value in ordered], dtype=np.int64), others, blank, signed)


def column_briefs(path: Path, columns: Iterable[str]) -> dict[str, Brief]:
    """Columns of a landed Parquet file in brief, one row group in memory at a time.

    The file's own dictionaries give the different texts, so that the cells themselves are hardly touched.
    """
    import pyarrow.parquet as pq

    wanted = list(columns)
    counted: dict[str, Counter[str]] = {name: Counter() for name in wanted}
    if not wanted:
        return {}
    with pq.ParquetFile(path, read_dictionary=wanted) as file:
        for group in range(file.num_row_groups):
            table = file.read_row_group(group, columns=wanted, use_threads=False)
            for name in wanted:
                pairs = table.column(name).combine_chunks().value_counts()
                for text, count in zip(pairs.field(0).to_pylist(), pairs.field(1).to_pylist(), strict=True):
                    counted[name][text or ""] += count
    return {name: brief(texts) for name, texts in counted.items()}


def apart(one: Brief, other: Brief) -> float:
    """How far two distributions lie apart: the largest distance of their cumulative shares, 0 to 1."""
    if not one.n or not other.n:
        return 0.0
    points = np.union1d(one.values, other.values)
    return float(np.max(np.abs(_shares(one, points) - _shares(other, points))))


def _shares(of: Brief, points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    cumulated = np.concatenate([[0.0], np.cumsum(of.counts) / of.n])
    shares: npt.NDArray[np.float64] = cumulated[np.searchsorted(of.values, points, side="right")]
    return shares
