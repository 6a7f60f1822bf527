"""kill -9 at any point of a load leaves the current snapshot serving and the next run clean."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from headway.readings.asking import Asked, readings
from headway.readings.door import open_door
from headway.store import snapshots
from headway.store.workspace import create
from headway.vocabulary.place import Level
from headway.vocabulary.viewer import PUBLIC
from tests.factories.files import ks2_full, ks2_of

POINTS = 20
ASKED = Asked("ks2.rwm_expected", level=Level.SCHOOL)


def run(home: Path, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "headway", *words, "--home", str(home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def load_whole(home: Path, folder: Path) -> None:
    process = run(home, "load", str(folder))
    said = process.communicate(timeout=60)[0].decode()
    assert process.returncode == 0, said


class Poller(threading.Thread):
    """A reader that asks again and again; every answer must be of one snapshot and of one file."""

    def __init__(self, home: Path) -> None:
        super().__init__(daemon=True)
        self.home, self.stopping, self.asked = home, threading.Event(), 0
        self.faults: list[str] = []

    def run(self) -> None:
        while not self.stopping.wait(0.05):  # often enough to meet each moment, seldom enough to leave the load a core
            try:
                found = readings(open_door(self.home), ASKED, PUBLIC)
            except Exception as error:  # any failure of a reader is what the test looks for
                self.faults.append(repr(error))
                continue
            self.asked += 1
            if len({item.snapshot for item in found}) != 1 or len({item.value for item in found}) != 1:
                self.faults.append(f"a mixed answer: {[(item.snapshot, item.value) for item in found[:5]]}")


@pytest.mark.slow
def test_a_killed_load_leaves_the_old_snapshot_and_the_next_run_is_clean(tmp_path: Path) -> None:
    home = tmp_path / "home"
    create(home, ["198"])
    files = ks2_full(tmp_path / "files", ks2_of("50%"))
    started = time.monotonic()
    load_whole(home, files.parent)
    takes = time.monotonic() - started
    chance = random.Random(20)
    readers = [Poller(home) for _ in range(3)]
    for reader in readers:
        reader.start()
    for point in range(POINTS):
        ks2_full(tmp_path / "files", ks2_of(f"{51 + point}%"))
        before = snapshots.current(home)
        process = run(home, "load", str(files.parent))
        time.sleep(chance.uniform(0.2, takes))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        served = readings(open_door(home), ASKED, PUBLIC)
        assert {item.value for item in served} <= {50.0 + point, 51.0 + point}
        assert before is not None
        load_whole(home, files.parent)
        assert {item.value for item in readings(open_door(home), ASKED, PUBLIC)} == {51.0 + point}
        assert not list(home.rglob("*.partial*")), "half-written files are left"
    for reader in readers:
        reader.stopping.set()
        reader.join()
    assert all(reader.asked > 20 for reader in readers)
    assert [fault for reader in readers for fault in reader.faults] == []
