"""`headway test`: every test that this machine can run, and a plain word on what was left out."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from headway.vocabulary.errors import HeadwayError

ROOT = Path(__file__).resolve().parents[3]
LINTS = (
    ("style and likely mistakes (ruff)", ["-m", "ruff", "check", "--quiet", "."]),
    ("types below the desk (mypy)", ["-m", "mypy", "--no-error-summary"]),
    ("storeys and nouns (import-linter)", ["-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-logo"]),
)
PARTS = (("quick tests", "not slow"), ("slower tests: real files, database servers, browser", "slow"))
NO_TESTS_COLLECTED = 5


@dataclass
class Tally:
    """What the parts added up to: counts, reasons of what was left out, names of parts that failed."""

    counts: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    failed_parts: list[str] = field(default_factory=list)

    def add(self, counts: dict[str, int], left_out: dict[str, int]) -> None:
        self.counts.update(counts)
        self.left_out.update(left_out)


def _say(words: str) -> None:
    print(words, flush=True)


def _lint(title: str, command: list[str], tally: Tally) -> None:
    started = time.monotonic()
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)
    _say(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {title}, {time.monotonic() - started:.0f} s")
    if done.returncode:
        _say(done.stdout + done.stderr)
        tally.failed_parts.append(title)


def _pytest(title: str, arguments: list[str], all_required: bool, tally: Tally) -> None:
    """Run pytest with its output shown, and add its counts."""
    _say(f"\n── {title} ──")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "tally.json"
        settings = {**os.environ, "HEADWAY_TEST_TALLY": str(report)}
        if all_required:
            settings["HEADWAY_NOTHING_LEFT_OUT"] = "1"
        done = subprocess.run([sys.executable, "-m", "pytest", "-q", *arguments], cwd=ROOT, env=settings, check=False)
        if report.exists():
            part = json.loads(report.read_text())
            tally.add(part["counts"], part["left_out"])
    if done.returncode not in (0, NO_TESTS_COLLECTED):
        tally.failed_parts.append(title)


def _close(tally: Tally, all_required: bool) -> int:
    """Say what was left out and why, then the counts; the exit code."""
    if tally.left_out:
        _say("\nLeft out on this machine, and how to have it run:")
        for reason, number in tally.left_out.most_common():
            _say(f"  {number} × {reason}")
    else:
        _say("\nNothing was left out." if not all_required else "\nNothing was left out; had anything been, that would be a failure.")
    for part in tally.failed_parts:
        _say(f"FAILED {part}")
    counts = tally.counts
    failed = counts["failed"] + counts["error"]
    _say(f"\n{counts['passed']} passed, {failed} failed, {tally.left_out.total()} skipped")
    return 1 if tally.failed_parts or not counts["passed"] else 0


def test(
    paths: Annotated[list[Path] | None, typer.Argument(help="Only these test files or folders, without the other checks.")] = None,
    all_required: Annotated[
        bool, typer.Option("--all-required", envvar="HEADWAY_NOTHING_LEFT_OUT", help="Fail when anything has to be left out.")
    ] = False,
) -> None:
    """Run every test this machine can run, quick ones first; say what was left out and how to enable it."""
    if not (ROOT / "tests").is_dir():
        why = "They come with the repository, not with the installed package."
        raise HeadwayError("H-USAGE-40", "The tests are not here.", why, "Clone the repository and run ./headway test in it.", str(ROOT))
    tally = Tally()
    if paths:
        _pytest("the tests you named", [str(path.resolve()) for path in paths], all_required, tally)
    else:
        for title, command in LINTS:
            _lint(title, command, tally)
        for title, marks in PARTS:
            _pytest(title, ["-n", "2", "--dist", "loadfile", "-m", marks], all_required, tally)
    raise typer.Exit(_close(tally, all_required))
