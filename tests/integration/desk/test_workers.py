"""The desk's tests stand in the made-up area, in one process and in the workers of a run that names their files."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]


def test_the_desk_is_that_of_the_made_up_area(settings: Any) -> None:
    assert settings.HEADWAY.example and settings.HEADWAY.area_name == "Wrenford"


def test_so_it_is_in_a_worker_that_is_started_when_this_folder_is_read_already() -> None:
    """Pytest reads the conftest of a file that is named before it starts its workers, which inherit the environment it leaves."""
    shell = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "DJANGO_"))}
    named = f"{Path(__file__).relative_to(ROOT)}::{test_the_desk_is_that_of_the_made_up_area.__name__}"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "1", named]
    done = subprocess.run(command, cwd=ROOT, env=shell, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and "1 passed" in done.stdout, done.stdout
