"""The direction of imports: the contracts hold, and a planted breach of each is caught."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, SOURCE

LINT = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache", "--no-logo"]
BREACHES = [
    ("vocabulary/planted.py", "import headway.store", "Storeys"),
    ("newcomer/__init__.py", "", "Storeys"),
    ("readings/planted.py", "import headway.pipeline", "Storeys"),
    ("store/planted.py", "import django", "No Django"),
    ("desk/planted_app/__init__.py", "", "Desk"),
    ("desk/planted_reader.py", "import duckdb", "One door"),
    ("site/planted.py", "from headway.store import engine", "One door"),
]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """The contracts over the package in `folder`, by the configuration of the repository."""
    command = [*LINT, "--config", str(ROOT / "pyproject.toml")]
    settings = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"}
    return subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, check=False)


def test_the_contracts_hold() -> None:
    done = lint(ROOT / "src")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(("place", "line", "contract"), BREACHES, ids=[breach[0] for breach in BREACHES])
def test_a_planted_breach_is_caught(tmp_path: Path, place: str, line: str, contract: str) -> None:
    copy = tmp_path / "headway"
    shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("library", "assets", "templates", "__pycache__"))
    planted = copy / place
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(f"{line}\n")
    done = lint(tmp_path)
    broken = [said for said in done.stdout.splitlines() if "BROKEN" in said and said.startswith(contract)]
    assert done.returncode != 0
    assert broken, done.stdout + done.stderr
