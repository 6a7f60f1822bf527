"""Daily attendance of schools as some authorities publish it: a school's per cent for each day, without the pupils it is of.

A per cent to two places is a whole number of ten thousandths: each school-day counts as ten thousand sessions. Sums of them weigh every
school-day alike; what was not submitted is not nought but is not there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from headway.registers import text_tables
from headway.registers.counts import Counts
from headway.registers.opening import plain_files
from headway.registers.template import day_of
from headway.vocabulary.errors import HeadwayError

BASE = 10_000
NOT_SUBMITTED = ("NS", "")


@dataclass(frozen=True)
class DailyFeed:
    """d school-days. `attended` is of `BASE` sessions each; `not_submitted` school-days are counted and left out."""

    school: NDArray[np.int32]  # place in `schools`
    schools: list[str]
    day: NDArray[np.int32]
    attended: NDArray[np.int64]
    not_submitted: int

    def __len__(self) -> int:
        return len(self.day)

    def counts(self, groups: NDArray[np.integer]) -> dict[int, Counts]:
        """The counts of each group of school-days; absence is not told apart."""
        found = {}
        for group in np.unique(groups).tolist():
            inside = groups == group
            possible, attended = BASE * int(inside.sum()), int(self.attended[inside].sum())
            found[group] = Counts(possible, possible - attended, 0, len(np.unique(self.school[inside])))
        return found

    def weekdays(self) -> NDArray[np.int32]:
        """0 Monday to 6 Sunday of each school-day."""
        return (self.day - 1) % 7

    def months(self) -> NDArray[np.int32]:
        days = np.array(self.day - 719163, "datetime64[D]")  # the ordinal of 1 January 1970
        return days.astype("datetime64[M]").astype(np.int32) % 12 + 1


def read(path: Path, scratch: Path, columns: Mapping[str, str]) -> DailyFeed:
    """Read a csv, packed or not. `columns` says what its day, school and per cent are called. Raises H-DATA-70 and H-DATA-72."""
    (file,) = plain_files(path, scratch)
    with open(file, encoding="utf-8") as lines:
        header = next(lines).strip().split(",")
    lacking = [name for name in columns.values() if name not in header]
    if lacking:
        raise HeadwayError("H-DATA-70", f"{path.name} is without {', '.join(lacking)}.", place=path.name)
    table = text_tables.read(file, ",", 0, header)
    day, school, share = (table.columns[header.index(columns[name])] for name in ("day", "school", "attendance"))
    days = np.array([found.toordinal() if (found := day_of(text)) else 0 for text in day.values], np.int32)[day.at]
    shares = np.array([_share(text) for text in share.values], np.int64)[share.at]
    missing = np.isin(share.at, [at for at, text in enumerate(share.values) if text in NOT_SUBMITTED])
    wrong = ((shares < 0) & ~missing) | (days == 0)
    if wrong.any():
        row = int(np.nonzero(wrong)[0][0]) + 1
        raise HeadwayError("H-DATA-72", f"{int(wrong.sum())} rows hold no day or no per cent.", f"The first is row {row}.", place=path.name)
    keep = ~missing
    return DailyFeed(school.at[keep], school.values, days[keep], shares[keep], int(missing.sum()))


def _share(text: str) -> int:
    """Ten thousandths, exactly, from the text; −1 for anything else."""
    whole, _, part = text.partition(".")
    digits = whole.isdigit() and (not part or (part.isdigit() and len(part) <= 2))
    found = int(whole) * 100 + int(part.ljust(2, "0") or 0) if digits else -1
    return found if found <= BASE else -1
