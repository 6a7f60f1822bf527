"""Killed at random points of a daily load, and loaded again: nothing is lost and nothing stands twice."""

import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from headway.registers.landing import load
from headway.store.workspace import open_workspace
from tests.integration.registers.conftest import MARKS, write
from tests.integration.registers.test_loading import stored

# every step that reaches the disc may be the last: the process kills itself after so many of them
CUT = """
import os, signal, sys
os.environ["HEADWAY_KERNELS"] = "numpy"  # numba takes a second to import
from pathlib import Path
from headway.protected import private_files
from headway.registers import landing
from headway.registers.landing import load
from headway.store.workspace import open_workspace
left = int(sys.argv[1])
def counting(work):
    def step(*given, **named):
        global left
        done = work(*given, **named)
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return done
    return step
private_files.partial_of = counting(private_files.partial_of)
private_files.put_in_place = counting(private_files.put_in_place)
landing.known_schools = lambda space: {int(sys.argv[4])}
landing.load(open_workspace(Path(sys.argv[2])), [Path(sys.argv[3])])
"""


Known = dict[tuple[int, str, str, str], str]


def a_day(urn: int, number: int, pupils: int) -> list[tuple[object, ...]]:
    draw = random.Random(number)
    day = date(2025, 9, 1) + timedelta(7 * (number // 5) + number % 5)
    return [(urn, f"P{at}", day, session, draw.choice("/IOL")) for at in range(pupils) for session in ("AM", "PM")]


def cut(home: Path, path: Path, urn: int, steps: int) -> list[str]:
    """The command of a load that kills itself after so many steps."""
    return [sys.executable, "-c", CUT, str(steps), str(home), str(path), str(urn)]


def added(known: Known, rows: list[tuple[object, ...]]) -> Known:
    return known | {(int(str(row[0])), str(row[1]), str(row[2]), str(row[3])): str(row[4]) for row in rows}


def test_killed_at_every_step_of_a_daily_load(home: Path, tmp_path: Path, schools: Callable[[str, int], list[int]]) -> None:
    (urn,) = schools("primary", 1)
    first, second = (write(tmp_path / f"{at}.csv", MARKS, a_day(urn, at, 12 + at)) for at in range(2))
    load(open_workspace(home), [first])
    before, saved = stored(home), tmp_path / "saved"
    shutil.copytree(home / "registers", saved)
    whole = added(before, a_day(urn, 1, 13))
    seen = set()
    for step in range(60):
        done = subprocess.run(cut(home, second, urn, step), check=False)
        found = stored(home)
        assert found in (before, whole), step
        seen.add(found == whole)
        load(open_workspace(home), [second])
        assert stored(home) == whole
        assert not [path.name for path in (home / "registers").iterdir() if path.suffix == ".partial"]
        if done.returncode == 0:
            break
        shutil.rmtree(home / "registers")
        shutil.copytree(saved, home / "registers")
    assert seen == {True, False}
    assert done.returncode == 0


def test_killed_at_random_moments(home: Path, tmp_path: Path, schools: Callable[[str, int], list[int]]) -> None:
    (urn,) = schools("primary", 1)
    draw = random.Random(20)
    known: Known = {}
    for number in range(4):
        path = write(tmp_path / f"{number}.csv", MARKS, a_day(urn, number, 30))
        with subprocess.Popen(cut(home, path, urn, 999)) as running:
            time.sleep(draw.uniform(0.5, 2.5))
            running.kill()
        after = added(known, a_day(urn, number, 30))
        assert stored(home) in (known, after)
        load(open_workspace(home), [path])
        assert stored(home) == after
        known = after
