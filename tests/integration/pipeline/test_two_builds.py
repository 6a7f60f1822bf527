"""Two builds of the same landed files hold the same values, to the last bit, and in the same order."""

from pathlib import Path

import pytest

from headway.analysis import build_steps
from headway.definitions.loading import library_for
from headway.example.generating import generate
from headway.pipeline.load import Loader
from headway.store import engine, landed, workspace

LEFT = {"file"}  # when each file landed is told there


def contents(path: Path, files: list[landed.LandedFile]) -> dict[str, list[tuple[object, ...]]]:
    """Every table of a build as rows in the order in which they are stored; floats by their bits."""
    con = engine.working(path)
    build_steps.run(con, files, library_for(), ("198",), build_steps.silent)
    names = [name for (name,) in con.execute("SELECT table_name FROM duckdb_tables() WHERE NOT temporary ORDER BY 1").fetchall()]
    found = {
        name: [tuple(map(repr, row)) for row in con.execute(f'SELECT * FROM "{name}"').fetchall()] for name in names if name not in LEFT
    }
    con.close()
    return found


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, list[tuple[object, ...]]]]:
    folder = tmp_path_factory.mktemp("two")
    generate(folder / "files", schools=300, years=(2021, 2022, 2023))
    home = workspace.create(folder / "area", ["198"])
    Loader(home, library_for()).load([folder / "files"])
    files = landed.landed_files(home)
    return [contents(folder / name, files) for name in ("one.duckdb", "two.duckdb")]


def test_every_table_of_two_builds_holds_the_same_rows(built: list[dict[str, list[tuple[object, ...]]]]) -> None:
    one, two = built
    assert len(one["reading"]) > 10_000
    assert one.keys() == two.keys()
    differing = {name: len(set(one[name]) ^ set(two[name])) for name in one if sorted(one[name]) != sorted(two[name])}
    assert not differing


def test_the_readings_stand_in_the_same_order(built: list[dict[str, list[tuple[object, ...]]]]) -> None:
    one, two = built
    assert one["reading"] == two["reading"]
