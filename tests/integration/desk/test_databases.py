"""The desk on a fresh SQLite file and on PostgreSQL: tables, no forgotten migration, and one chain of many writers."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

WRITERS = """
import sys, threading
from pathlib import Path
from headway.site import running
running.migrate(Path(sys.argv[1]))
from django.db import connection
from headway.desk.audit.actions import record
from headway.desk.audit.models import Event
from headway.desk.audit.queries import verify
faults = []
def write(number):
    try:
        for turn in range(5):
            record(by=f"user:{number}", verb="did", target="thing", target_id=turn)
    except Exception as error:
        faults.append(repr(error))
    finally:
        connection.close()
threads = [threading.Thread(target=write, args=(number,)) for number in range(20)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
import json
print(json.dumps({"faults": faults, "events": Event.objects.count(), "verify": [fault.what for fault in verify()]}))
"""


def run(home: Path, *arguments: str, **settings: str) -> str:
    # what the tests set for themselves, beside a browser, is no part of a deployment
    inherited = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    wanted = {**inherited, "HEADWAY_HOME": str(home), "DJANGO_SETTINGS_MODULE": "headway.site.settings", **settings}
    done = subprocess.run([sys.executable, "-W", "error", *arguments], env=wanted, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "area.yaml").write_text('areas: ["000"]\nname: Wrenford\nexample: true\n')
    return tmp_path


def test_no_migration_is_forgotten(home: Path) -> None:
    run(home, "-m", "django", "makemigrations", "--check", "--dry-run")


def test_twenty_writers_make_one_chain_on_sqlite(home: Path) -> None:
    assert json.loads(run(home, "-c", WRITERS, str(home))) == {"faults": [], "events": 100, "verify": []}
    assert (home / "desk.sqlite3").stat().st_mode & 0o777 == 0o600
    assert (home / "secret_key").stat().st_mode & 0o777 == 0o600


def test_twenty_writers_make_one_chain_on_postgresql(home: Path, postgres_migrated: str) -> None:
    answer = run(home, "-c", WRITERS, str(home), HEADWAY_DATABASE_URL=postgres_migrated)
    assert json.loads(answer) == {"faults": [], "events": 100, "verify": []}
    assert not (home / "desk.sqlite3").exists()
