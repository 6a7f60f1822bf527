"""A part above its whole: the two columns changed places, and no other year is needed to see it."""

from pathlib import Path

import pytest

from headway.definitions.loading import Library
from tests.unit.sources.screening.made import Area, faults, library, measure, schools, text


def parts() -> Library:
    """The share that met the standard, and, in the column of scores, the share that did so by far."""
    known = library()
    best = measure("made.score", "percent", "SCORE", (0, 100)).model_copy(update={"part_of": "made.met"})
    return Library(measures={**known.measures, "made.score": best}, tables=known.tables, markers=known.markers, lists=known.lists)


@pytest.fixture
def halves(tmp_path: Path) -> Area:
    return Area(tmp_path, parts())


def rows(swapped: int) -> list[list[object]]:
    """A part that is half its whole, but for the first `swapped` rows, where the two stand in each other's place."""
    found = []
    for at, cells in enumerate(schools()):
        met = int(str(cells[5]).rstrip("%"))
        pair = (met, met / 2) if at >= swapped else (met / 2, met)
        found.append([*cells[:5], f"{pair[0]}%", f"{pair[1]}%"])
    return found


def test_a_part_within_its_whole_lands(halves: Area) -> None:
    row = halves.load(text(rows(0)))
    assert (row.outcome, faults(row)) == ("landed", set())


def test_columns_that_changed_places_are_refused_without_another_year(halves: Area) -> None:
    row = halves.load(text(rows(441)))
    assert (row.outcome, row.code) == ("quarantined", "H-DATA-46")


def test_a_row_or_two_is_told(halves: Area) -> None:
    row = halves.load(text(rows(2)))
    assert (row.outcome, faults(row)) == ("landed", {"H-DATA-46"})
    assert "above it in 2 rows" in row.reason
