"""What `./headway test --all-required` rests on: a skip is a word by default and a failure when all is required."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SKIPPING = """
import pytest

def test_runs():
    pass

@pytest.mark.skip(reason="no such tool")
def test_left_out():
    pass
"""


def run(folder: Path, **settings: str) -> tuple[int, dict[str, int], dict[str, int]]:
    """Pytest over a skipping test beside a copy of our conftest, as ./headway test runs it."""
    tests = folder / "tests"
    tests.mkdir(exist_ok=True)
    (tests / "conftest.py").write_text((ROOT / "tests/conftest.py").read_text())
    (tests / "test_it.py").write_text(SKIPPING)
    tally = folder / "tally.json"
    wanted = {**os.environ, "HEADWAY_NOTHING_LEFT_OUT": "0", "HEADWAY_TEST_TALLY": str(tally), "PYTHONPATH": str(ROOT), **settings}
    options = ["-q", "-p", "no:cacheprovider", "-p", "no:django", "-c", os.devnull, "--rootdir", str(folder)]
    done = subprocess.run([sys.executable, "-m", "pytest", *options, str(tests)], cwd=folder, env=wanted, capture_output=True, check=False)
    return done.returncode, json.loads(tally.read_text())["counts"], json.loads(tally.read_text())["left_out"]


@pytest.mark.slow
def test_a_skip_is_counted_with_its_reason(tmp_path: Path) -> None:
    code, counts, left_out = run(tmp_path)
    assert code == 0
    assert (counts["passed"], left_out) == (1, {"no such tool": 1})


@pytest.mark.slow
def test_a_skip_fails_where_nothing_may_be_left_out(tmp_path: Path) -> None:
    code, counts, left_out = run(tmp_path, HEADWAY_NOTHING_LEFT_OUT="1")
    assert code == 1
    assert (counts["passed"], counts["error"], left_out) == (1, 1, {})
