"""What runs of tests share: made once, however many workers ask for it at once, and away when its day is over."""

import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests import example_area
from tests.example_area import kept


def test_what_several_ask_for_at_once_is_made_once_and_what_is_of_an_earlier_day_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made: list[str] = []

    def make(making: Path) -> None:
        made.append(making.name)
        time.sleep(0.05)  # so that the others come before it is whole
        making.mkdir()

    with ThreadPoolExecutor(4) as workers:
        found = set(workers.map(lambda _: kept("thing", "today", make), range(4)))
    assert len(made) == 1 and found == {kept("thing", "today", make)} and all(one.is_dir() for one in found)
    later = time.time() + 2 * example_area.DAY
    monkeypatch.setattr(example_area.time, "time", lambda: later)
    assert kept("thing", "another day", make).is_dir()
    assert not any(one.exists() for one in found)
