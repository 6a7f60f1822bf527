"""One measure over every school at once, as columns: for each cell the decision that the door makes row by row, made in one go.

A page asks for the readings of a place and gets them through `Door.see`. Sorting all schools of a country into tiers asks for millions of
cells; made into readings one by one they would take minutes. The rules are the same and a test holds the two equal: no row of a release
that the viewer may not see, early ones only inside their patch, and of a withheld cell neither value nor counts nor position.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from headway.readings.door import EARLY, RELEASES, WITHHELD, Door
from headway.vocabulary.status import Release
from headway.vocabulary.viewer import Viewer

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

EVERY_DAY, EVER = "columns of every day", (1900, 2200)
ASKED = "place, year, value, numerator, denominator, lower, upper, status, release, position"
NUMBERS = ("value", "denominator", "lower", "upper", "position")
Known = "set[tuple[int, Release]] | None"


@dataclass(frozen=True, eq=False)
class Columns:
    """Rows of one measure and cut at school level, at most one a school and year. Numbers are NaN where there is none."""

    urn: "NDArray[np.int64]"
    year: "NDArray[np.int64]"  # the calendar year in which it starts
    value: "NDArray[np.float64]"
    denominator: "NDArray[np.float64]"
    lower: "NDArray[np.float64]"
    upper: "NDArray[np.float64]"
    position: "NDArray[np.float64]"
    status: "NDArray[np.object_]"


def columns(
    door: Door, viewer: Viewer, measure: str, cut: str, first: int, last: int, known: "set[tuple[int, Release]] | None" = None
) -> Columns:
    """Every school's cells in the years from `first` to `last`. With `known`, pairs of year and release that were out by some day,
    only those count, and of each cell the firmest among them; what a firmer release said later is not looked at."""
    every: dict[Any, _Rows] | None = door.kept.get(EVERY_DAY)
    if every is None or known is None:
        return _decided(_asked(door, viewer, measure, cut, (first, last), known, firmest=True))
    key = measure, cut, viewer.sees_early, viewer.urns
    if key not in every:
        every[key] = _Rows.of(_asked(door, viewer, measure, cut, EVER, None, firmest=False, vintages=True))
    return every[key].by(first, last, known)


@contextmanager
def many_days(door: Door) -> "Iterator[None]":
    """Within it each measure is read once, whatever days are asked about: for a run over many days, which would read the same ten times.
    What was read is let go at the end."""
    door.kept[EVERY_DAY] = {}
    try:
        yield
    finally:
        door.kept.pop(EVERY_DAY, None)


@dataclass(frozen=True, eq=False)
class _Rows:
    """Every row of a measure and cut: those of one cell together, the one that tells first."""

    columns: Columns
    cell: "NDArray[np.int64]"
    release: "NDArray[np.int8]"  # places in RELEASES

    @classmethod
    def of(cls, found: "dict[str, NDArray[Any]]") -> "_Rows":
        import numpy as np

        place = {name: at for at, name in enumerate(RELEASES)}
        told = _decided(found)
        return cls(told, told.urn * 10_000 + told.year, np.array([place[one] for one in found["release"].tolist()], np.int8))

    def by(self, first: int, last: int, known: "set[tuple[int, Release]]") -> Columns:
        """Of each cell the first row of a year and release that was out."""
        import numpy as np

        out = np.zeros((last - first + 1, len(RELEASES)), np.bool_)
        place = {name: at for at, name in enumerate(RELEASES)}
        for start, release in known:
            if first <= int(start) <= last:
                out[int(start) - first, place[release.value]] = True
        years = self.columns.year
        inside = np.flatnonzero((years >= first) & (years <= last))
        there = inside[out[years[inside] - first, self.release[inside]]]
        cell = self.cell[there]
        firsts = there[np.flatnonzero(np.diff(cell, prepend=-1))]
        return Columns(**{name: column[firsts] for name, column in vars(self.columns).items()})


def _asked(
    door: Door, viewer: Viewer, measure: str, cut: str, years: tuple[int, int], known: "set[tuple[int, Release]] | None", *, firmest: bool,
    vintages: bool = False,
) -> "dict[str, NDArray[Any]]":  # fmt: skip
    """In the order of schools and years; of each cell the one that tells, or (not `firmest`) that one first."""
    where = "level = 'school' AND measure = ? AND cut = ? AND year BETWEEN ? AND ?"
    values: list[Any] = [measure, cut, *years]
    tables = ["reading", *(["early_reading"] if viewer.sees_early else []), *(["vintage"] if vintages or known is not None else [])]
    parts = []
    for rank, table in enumerate(tables):
        position = "position" if table == "reading" else "NULL AS position"
        parts.append(f"SELECT {ASKED.replace('position', position)}, {rank} AS rank FROM {table} WHERE {where}")
    allowed = [name for name, release in RELEASES.items() if viewer.may_see(release)]
    sql = f"""SELECT place::INTEGER AS urn, year, value, denominator, lower, upper, position, status, release FROM (
        {" UNION ALL ".join(parts)}) WHERE list_contains(?, release){_patch(viewer)}{_known(known)}
        {
        f"QUALIFY row_number() OVER (PARTITION BY place, year ORDER BY {_first_of()}) = 1 ORDER BY urn, year"
        if firmest
        else f"ORDER BY urn, year, {_first_of()}"
    }"""
    return door.lookup.columns(sql, [*values * len(tables), allowed])


def _first_of() -> str:
    """Of the rows of one cell the one that tells comes first: one with a value, the firmest, the published table's."""
    return f"value IS NULL, {_firm()} DESC, rank"


def _patch(viewer: Viewer) -> str:
    """Early results of a school are for those whose patch it is in. The numbers are a program's own, not a person's text."""
    if viewer.urns is None:
        return ""
    inside = ", ".join(str(int(urn)) for urn in sorted(viewer.urns)) or "-1"
    return f" AND (release <> '{EARLY}' OR place::INTEGER IN ({inside}))"


def _known(known: "set[tuple[int, Release]] | None") -> str:
    if known is None:
        return ""
    pairs = ", ".join(f"({int(year)}, '{release.value}')" for year, release in sorted(known)) or "(-1, '')"
    return f" AND (year, release) IN ({pairs})"


def _firm() -> str:
    branches = " ".join(f"WHEN '{release.value}' THEN {release.rank}" for release in Release)
    return f"CASE release {branches} END"


def _decided(found: "dict[str, NDArray[Any]]") -> Columns:
    import numpy as np

    status = np.asarray(found["status"], dtype=object)
    withheld = np.isin(status, [state.value for state in WITHHELD])
    numbers = {}
    for name in NUMBERS:
        column = np.ma.filled(np.ma.asarray(found[name], dtype=np.float64), np.nan)
        numbers[name] = np.where(withheld, np.nan, column)
    return Columns(
        np.asarray(found["urn"], np.int64), np.asarray(found["year"], np.int64), numbers["value"], numbers["denominator"],
        numbers["lower"], numbers["upper"], numbers["position"], status,
    )  # fmt: skip
