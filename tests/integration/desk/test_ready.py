"""Before a worker answers, the pages are read and the door is open; and reading the pages opened nothing that a fork would break."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.desk_site import AREA

STARTS = """
import json, sys, threading
from pathlib import Path
from headway.site.running import migrate, prepare
prepare(Path(sys.argv[1]))
from headway.site import workers, wsgi
from headway.readings import door
from django.conf import settings
from django.db import connection
assert workers.preload_app
before = {"doors": len(door._open), "connected": connection.connection is not None, "threads": threading.active_count()}
migrate(settings.HEADWAY.home)  # as `headway serve` does before it starts this
door._open.clear()
workers.post_worker_init(None)
opened, known = door._open.get(settings.HEADWAY.home), set(sys.modules)
from django.test import Client
status = Client(SERVER_NAME="127.0.0.1").get("/sign-in/login/").status_code
late = sorted(name for name in set(sys.modules) - known if name.startswith("headway."))
facts = opened is not None and opened.facts is not None
print(json.dumps({**before, "facts": facts, "status": status, "late": late, "forecasts": "headway.stats.forecast.chances" in known}))
"""


def started(home: Path) -> dict[str, object]:
    """What a process of its own finds that starts as a worker does."""
    shell = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "DJANGO_"))}
    done = subprocess.run([sys.executable, "-c", STARTS, str(home)], env=shell, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_the_first_page_imports_nothing_and_finds_the_door_open(example: Path, tmp_path: Path) -> None:
    shutil.copytree(example, tmp_path / "home")
    assert started(tmp_path / "home") == {
        "doors": 0, "connected": False, "threads": 1, "facts": True, "status": 200, "late": [], "forecasts": True
    }  # fmt: skip


def test_a_worker_answers_where_nothing_is_published_yet(tmp_path: Path) -> None:
    (tmp_path / "area.yaml").write_text(AREA)
    found = started(tmp_path)
    assert (found["facts"], found["status"], found["late"]) == (False, 200, [])
