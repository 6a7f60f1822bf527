"""A copy of the example area that a test may write to, and files of made-up pupils of its schools."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from headway.cli.main import app
from headway.example import pupils
from headway.pupil_results.template import Stage
from headway.store.lookups import Lookup
from headway.store.snapshots import current
from headway.vocabulary.academic_year import AcademicYear

YEAR = AcademicYear.parse("2023/24")
AREA = "150"


@pytest.fixture
def home(example: Path, tmp_path: Path) -> Path:
    """The snapshot is linked, not copied; the rest is the test's own."""
    home = tmp_path / "area"
    home.mkdir()
    shutil.copy(example / "area.yaml", home)
    (home / "snapshots").mkdir()
    for path in (example / "snapshots").iterdir():
        os.link(path, home / "snapshots" / path.name) if path.suffix == ".duckdb" else shutil.copy(path, home / "snapshots")
    return home


@pytest.fixture
def schools(example: Path) -> Callable[[str, int], list[int]]:
    """The area's first open schools of a phase."""

    def of(phase: str, count: int) -> list[int]:
        snapshot = current(example)
        assert snapshot
        lookup = Lookup(snapshot)
        sql = "SELECT urn FROM establishment WHERE authority = ? AND phase = ? AND status = 'open' ORDER BY urn"
        found = [urn for (urn,) in lookup.rows(sql, [AREA, phase])][:count]
        lookup.close()
        assert len(found) == count
        return found

    return of


@pytest.fixture
def ks4(tmp_path: Path, schools: Callable[[str, int], list[int]]) -> Path:
    path = tmp_path / "ks4.csv"
    pupils.write(path, Stage.KS4, schools("secondary", 3), YEAR, pupils=60)
    return path


@pytest.fixture
def run(home: Path) -> Callable[..., Result]:
    def command(*words: str) -> Result:
        return CliRunner().invoke(app, ["pupils", *words, "--home", str(home)])

    return command
