"""One measure over every school at once, as columns: for each cell the decision that the door makes row by row, made in one go.

A page asks for the readings of a place and gets them through `Door.see`. Sorting all schools of a country into tiers asks for millions of
cells; made into readings one by one they would take minutes. The rules are the same and a test holds the two equal: no row of a release
that the viewer may not see, early ones only inside their patch, and of a withheld cell neither value nor counts nor position.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from headway.readings.door import EARLY, RELEASES, WITHHELD, Door
from headway.vocabulary.status import Release
from headway.vocabulary.viewer import Viewer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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
    where = "level = 'school' AND measure = ? AND cut = ? AND year BETWEEN ? AND ?"
    values: list[Any] = [measure, cut, first, last]
    tables = ["reading", *(["early_reading"] if viewer.sees_early else []), *(["vintage"] if known is not None else [])]
    parts = []
    for rank, table in enumerate(tables):
        position = "position" if table == "reading" else "NULL AS position"
        parts.append(f"SELECT {ASKED.replace('position', position)}, {rank} AS rank FROM {table} WHERE {where}")
    allowed = [name for name, release in RELEASES.items() if viewer.may_see(release)]
    sql = f"""SELECT place::INTEGER AS urn, year, value, denominator, lower, upper, position, status, release FROM (
        {" UNION ALL ".join(parts)}) WHERE list_contains(?, release){_patch(viewer)}{_known(known)}
        QUALIFY row_number() OVER (PARTITION BY place, year ORDER BY value IS NULL, {_firm()} DESC, rank) = 1 ORDER BY urn, year"""
    found = door.lookup.columns(sql, [*values * len(tables), allowed])
    return _decided(found)


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
