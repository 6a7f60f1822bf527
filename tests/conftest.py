"""Fixtures for every kind of test. Real files are read from HEADWAY_SHARED, default ../shared."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of oracles and real files; the test is skipped, with a word, where it is absent."""
    folder = Path(os.environ.get("HEADWAY_SHARED", ROOT.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip(f"real files and oracles are not here ({folder}); set HEADWAY_SHARED to their folder")
    return folder
