"""The commands on made-up pupils in a process of their own: example, load, read, and what the audit keeps of it."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from typer.testing import Result

from headway.example import pupils
from headway.pupil_results import landing
from headway.pupil_results.template import Stage
from headway.store.workspace import open_workspace
from headway.vocabulary.errors import HeadwayError
from tests.integration.pupil_results.conftest import YEAR

MIGRATE = "import sys; from pathlib import Path; from headway.site.running import migrate; migrate(Path(sys.argv[1]))"
ENDLESS = """
import sys, time
from pathlib import Path
from headway.protected import private_files
from headway.pupil_results import landing
from headway.store.workspace import open_workspace
def wait(*_):
    print("written", flush=True)
    time.sleep(60)
private_files.put_in_place = wait
landing.pupil_keys.secret = lambda _: b"k" * 40
landing.load(open_workspace(Path(sys.argv[1])), Path(sys.argv[2]))
"""


def headway(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "headway", *words, "--home", str(home)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_the_audit_has_an_event_of_each_load_and_reading_with_the_name_sealed(home: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", MIGRATE, str(home)], check=True, timeout=120)
    assert headway(home, "pupils", "example", str(tmp_path / "made")).returncode == 0
    for words in (("load", str(tmp_path / "made/ks4.csv")), ("measures", "--viewer", "me"), ("value-added", "--viewer", "me")):
        done = headway(home, "pupils", *words)
        assert done.returncode == 0, done.stderr
    with sqlite3.connect(home / "desk.sqlite3") as desk:
        sql = "SELECT actor, verb, after FROM audit_event WHERE target = 'results of pupils' ORDER BY seq"
        events = desk.execute(sql).fetchall()
    assert [(actor, verb) for actor, verb, _ in events] == [("command:pupils", verb) for verb in ("loaded", "read", "read")]
    assert all("sealed" in json.loads(after)["reader"] for _, _, after in events)
    assert headway(home, "audit", "verify").returncode == 0


def test_made_up_pupils_are_the_same_each_time_and_only_for_the_made_up_area(home: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    for path in (first, second):
        pupils.write(path, Stage.KS4, [900_001, 900_002], YEAR, pupils=20)
    assert first.read_bytes() == second.read_bytes()
    settings = yaml.safe_load((home / "area.yaml").read_text())
    (home / "area.yaml").write_text(yaml.safe_dump({**settings, "example": False}))
    done = headway(home, "pupils", "example", str(tmp_path))
    assert (done.returncode, "H-ACCESS-44" in done.stderr) == (7, True)


def test_a_load_that_is_killed_stores_nothing_and_the_next_clears_up(home: Path, ks4: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ENDLESS, str(home), str(ks4)], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        assert running.stdout.readline() == "written\n"
        os.kill(running.pid, signal.SIGKILL)
    left = [path.name for path in (home / "pupil_results").iterdir()]
    assert [name for name in left if name.endswith(".parquet")] == []
    assert any(name.endswith(".partial") for name in left)
    assert landing.load(open_workspace(home), ks4).stored
    assert sorted(path.name for path in (home / "pupil_results").iterdir()) == ["access.log", "ks4-2023_24.parquet"]


def test_a_real_schools_number_is_not_known_in_the_made_up_area(home: Path, ks4: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even with a list of real schools loaded there: the area needs no papers, so it may hold no real pupil."""
    from headway.store.lookups import Lookup

    asked = Lookup.rows
    monkeypatch.setattr(Lookup, "rows", lambda self, sql, values=None: [*asked(self, sql, values), (103_485,)])
    text = ks4.read_text()
    urn = text.splitlines()[1].split(",")[1]
    ks4.write_text(text.replace(f",{urn},", ",103485,"))
    done = landing.load(open_workspace(home), ks4)
    assert not done.stored
    assert set(done.counted()) == {"no list of schools that was loaded holds this URN"}


def test_a_file_without_a_list_of_schools_is_told_what_to_do_first(home: Path, ks4: Path, run: Callable[..., Result]) -> None:
    (home / "snapshots/current").unlink()
    with pytest.raises(HeadwayError) as fault:
        landing.load(open_workspace(home), ks4)
    assert fault.value.code == "H-STORE-08"


def test_the_template_commands_line_is_a_header_that_loads(run: Callable[..., Result], home: Path, tmp_path: Path) -> None:
    for stage in Stage:
        line = run("template", stage.value)
        path = tmp_path / f"{stage}.csv"
        path.write_text(line.stdout)
        result = run("load", str(path))
        assert isinstance(result.exception, HeadwayError)
        assert result.exception.code == "H-DATA-62"  # a header and no pupils
