"""The published statistical neighbours are used as given: every authority's ten, in their order."""

import csv
from pathlib import Path

import pytest

from headway.pipeline.running import load
from headway.readings.door import open_door
from headway.store import workspace


@pytest.mark.parametrize("file", ["sn_may_2025.xlsx", "sn_model_2025_wide.csv"])
def test_each_authority_has_the_neighbours_that_are_published(shared: Path, tmp_path: Path, file: str) -> None:
    space = workspace.create(tmp_path / "area", ["330"])
    done = load(space, [shared / "data/dfe-lait" / file])
    assert [row.outcome for row in done.rows] == ["landed"]
    rows = open_door(space.home).lookup.rows("SELECT authority, rank, neighbour, closeness FROM neighbour")
    ours = {(authority, rank): (neighbour, closeness) for authority, rank, neighbour, closeness in rows}
    with (shared / "oracles/05_statistical_neighbours_2025.csv").open() as published:
        theirs = {
            (row["la_number"], int(row["order"])): (row["neighbour_la_number"], row["closeness"].strip().lower())
            for row in csv.DictReader(published)
        }
    held = {authority for authority, _ in ours}
    assert ours == {key: told for key, told in theirs.items() if key[0] in held}
    assert held <= {authority for authority, _ in theirs}
    assert len(held) == (158 if file.endswith("xlsx") else 153)  # the interactive tool's list keeps five that have ended since
