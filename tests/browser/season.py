"""A bare Wrenford that works by Worcestershire's tiers, served on whatever day of the school year a test has come to.

The day is moved as an operator would move it for a demonstration: the site is started anew with HEADWAY_TODAY.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.clock import today
from tests.browser.serving import Served, signed_in, started, stopped

ROOT = Path(__file__).resolve().parents[2]
SCHEME = "worcestershire_2017"


@dataclass
class Season:
    """`schools`: own, other, tiers (five), academy, nursery; `people`: lead, adviser, officer, head, chair, academy head, another head."""

    home: Path
    schools: dict[str, Any]
    people: dict[str, tuple[str, str]]
    day: date | None = None
    address: str = ""
    process: "subprocess.Popen[bytes] | None" = None
    pages: dict[str, Page] = field(default_factory=dict)

    def name(self, urn: int) -> str:
        return str(self.schools["names"][str(urn)])

    def on(self, month: int, number: int) -> date:
        """That day of the school year that is going on; the site is served on it."""
        start = AcademicYear.of(today()).start
        day = date(start if month >= 9 else start + 1, month, number)
        if day != self.day:
            self.stop()
            self.address, self.process = started(self.home, {"HEADWAY_TODAY": str(day)})
            self.day = day
        return day

    def stop(self) -> None:
        if self.process is not None:
            stopped(self.process)
        self.process = None

    def enters(self, page: Page, who: str) -> Page:
        return signed_in(page, Served(self.address, self.people), who)


@pytest.fixture(scope="module")  # a file's own: what one leaves half done the other would find
def season(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Season]:
    home = tmp_path_factory.mktemp("season") / "home"
    shutil.copytree(example, home)
    with (home / "area.yaml").open("a", encoding="utf-8") as settings:
        settings.write(f"tier_scheme: {SCHEME}\n")
    said = subprocess.run(
        [sys.executable, "-m", "tests.browser.season_people", str(home)], capture_output=True, text=True, check=False, cwd=ROOT,
        env={**os.environ, "HEADWAY_TODAY": f"{AcademicYear.of(today()).start}-09-01"},
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    made = Season(home, **json.loads(said.stdout))
    yield made
    made.stop()
