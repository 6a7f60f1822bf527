"""What goes wrong around a workspace gets a code and a remedy, never a traceback; and nothing is lost quietly."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
KEPT = ("area.yaml", "landed", "snapshots", "library")


@pytest.fixture
def home(example: Path, tmp_path: Path) -> Iterator[Path]:
    target = tmp_path / "area"
    target.mkdir()
    for name in KEPT:
        source = example / name
        shutil.copytree(source, target / name) if source.is_dir() else shutil.copy(source, target)
    yield target


@pytest.fixture
def run(home: Path) -> Run:
    def command(*words: str) -> tuple[int, str, str]:
        done = subprocess.run([sys.executable, "-m", "headway", *words, "--home", str(home)], capture_output=True, text=True, check=False)
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout, done.stderr

    return command


def test_a_damaged_snapshot_is_told_and_a_build_mends_it(home: Path, run: Run) -> None:
    [snapshot] = (home / "snapshots").glob("*.duckdb")
    snapshot.write_bytes(snapshot.read_bytes()[:100_000])
    code, _, said = run("status")
    assert (code, said[:10]) == (6, "H-STORE-15")
    code, told, _ = run("build", "--format", "json")
    [row] = json.loads(told)
    assert (code, row["unchanged"]) == (0, False)
    assert run("publish")[0] == 0
    assert run("status")[0] == 0
    code, _, said = run("rollback")
    assert (code, said[:10]) == (6, "H-STORE-15"), "it went back to a snapshot that nobody can open"
    assert run("status")[0] == 0


def test_a_landed_file_that_is_gone_is_never_left_out_quietly(home: Path, run: Run) -> None:
    cells = next(iter(sorted((home / "landed").glob("*.parquet"))))
    cells.unlink()
    code, _, said = run("build")
    assert (code, said[:10]) == (6, "H-STORE-14")
    assert cells.stem in said
    assert run("status")[0] == 0


@pytest.mark.parametrize("text", [": [", "areas: 330", "name: Nowhere", "areas: [330]\nkeep: many"])
def test_settings_that_cannot_be_read_are_told(home: Path, run: Run, text: str) -> None:
    (home / "area.yaml").write_text(text)
    code, _, said = run("status")
    assert (code, said[:10]) == (6, "H-STORE-13")


def test_a_place_that_cannot_be_written_is_told(home: Path, run: Run, tmp_path: Path) -> None:
    code, _, said = run("measures", "--format", "csv", "--out", str(tmp_path / "no" / "such" / "folder.csv"))
    assert (code, said[:10]) == (6, "H-STORE-12")
    done = subprocess.run(
        [sys.executable, "-m", "headway", "init", str(home / "area.yaml"), "--area", "330"],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert (done.returncode, done.stderr[:10]) == (6, "H-STORE-12")
