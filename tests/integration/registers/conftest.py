"""A copy of the example area that a test may write to, and files of registers of its schools."""

import csv
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from headway.cli.main import app
from tests.integration.pupil_results.conftest import home, schools

__all__ = ["home", "schools"]
MARKS = ("urn", "pupil", "date", "session", "code")
PUPILS = ("urn", "pupil", "year_group", "sex", "admitted", "left")
CALENDAR = ("urn", "date", "session", "open")


@pytest.fixture
def run(home: Path) -> Callable[..., Result]:
    def command(*words: object) -> Result:
        return CliRunner().invoke(app, ["attendance", *map(str, words), "--home", str(home)])

    return command


@pytest.fixture
def load(run: Callable[..., Result]) -> Callable[..., list[dict[str, Any]]]:
    """Load files, and what became of each."""

    def command(*words: object) -> list[dict[str, Any]]:
        result = run("load", *words, "--format", "json")
        assert result.stdout, (result.exception, result.output)
        found: list[dict[str, Any]] = json.loads(result.stdout)
        return found

    return command


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    return path
