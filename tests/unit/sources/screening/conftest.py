"""A fresh made-up area for each test of a check."""

from pathlib import Path

import pytest

from tests.unit.sources.screening.made import Area


@pytest.fixture
def area(tmp_path: Path) -> Area:
    return Area(tmp_path)
