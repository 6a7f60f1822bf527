"""What every kind of test shares: the real files, a shut network, and a plain word on what was left out."""

import gc
import json
import os
import socket
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.example_area import example
from tests.machines import chromium, lme4, postgres, postgres_migrated, postgres_server, postgres_template, spark

__all__ = ["chromium", "example", "lme4", "postgres", "postgres_migrated", "postgres_server", "postgres_template", "shared", "spark"]

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("HEADWAY_SHARED", ROOT.parent / "shared"))
NOTHING_LEFT_OUT = os.environ.get("HEADWAY_NOTHING_LEFT_OUT") == "1"
SLOW_KINDS = {"oracle", "integration", "browser"}
SLOW_FIXTURES = {"shared": "real", "postgres_server": "postgres", "chromium": "browser", "spark": "slow"}

# what a developer has set for their own workspace must not reach a test
FOR_TESTS = {"SHARED", "NOTHING_LEFT_OUT", "TEST_TALLY", "CHROMIUM", "HYPOTHESIS", "VENV", "MEMORY", "THREADS"}
for name in [name for name in os.environ if name.startswith("HEADWAY_") and name.removeprefix("HEADWAY_") not in FOR_TESTS]:
    del os.environ[name]

# a browser that is kept for a run leaves its event loop to the worker's thread, which Django takes for one of its own
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

settings.register_profile("default", max_examples=25, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("nightly", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HEADWAY_HYPOTHESIS", "default"))


# as the site does (wsgi.py): tests make much that soon goes, and looking through everything as often as usual took a quarter of their time
gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of oracles and real files; the test is skipped, with a word, where it is absent."""
    if not (SHARED / "data").is_dir():
        pytest.skip("the real files and oracles are not beside the repository; set HEADWAY_SHARED to their folder")
    return SHARED


@pytest.fixture(scope="session", autouse=True)
def shut_network() -> Iterator[None]:
    """No test talks to another machine: only this one's own addresses can be reached."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(("127.", "::1", "localhost")):
            raise RuntimeError(f"A test tried to reach {address[0]}. Serve what it needs from this machine.")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Folders of which every test is a slower one are not read for the quick part: importing them takes as long as many of its tests."""
    slower = collection_path.parent == ROOT / "tests" and collection_path.name in SLOW_KINDS
    return True if slower and config.option.markexpr == "not slow" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Kinds and fixtures that take time are the second part of ./headway test."""
    for item in items:
        wanted = SLOW_FIXTURES.keys() & set(getattr(item, "fixturenames", ()))
        for fixture in wanted:
            item.add_marker(SLOW_FIXTURES[fixture])
        if wanted or SLOW_KINDS & set(item.path.relative_to(ROOT).parts):
            item.add_marker("slow")


def pytest_collection_finish() -> None:
    """What was imported stays to the end: nobody looks through it for what could go."""
    gc.freeze()


def pytest_unconfigure() -> None:
    """An engine of C++ would call what is left a leak."""
    gc.unfreeze()


def _required(report: Any) -> None:
    """Where nothing may be left out, a skip is a failure that keeps its reason."""
    if NOTHING_LEFT_OUT and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"left out, but everything is required here: {_reason(report)}"


def _reason(report: Any) -> str:
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return text.removeprefix("Skipped: ")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    _required(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    report = yield
    _required(report)
    return report


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Counts and reasons for ./headway test, which adds its parts up."""
    target = os.environ.get("HEADWAY_TEST_TALLY")
    if not target:
        return
    stats = terminalreporter.stats
    counts = {name: len(stats.get(name, [])) for name in ("passed", "failed", "error", "xfailed")}
    reasons = Counter(_reason(report) for report in stats.get("skipped", []))
    Path(target).write_text(json.dumps({"counts": counts, "left_out": reasons}))
