"""The example area, small, generated, loaded and published once for all the workers of a run of tests."""

import fcntl
import os
from pathlib import Path

import pytest

SCHOOLS = 300


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published workspace of 300 made-up schools. It is shared: whoever writes to it works on a copy."""
    from headway.cli.demonstration import prepare

    own = tmp_path_factory.getbasetemp()
    folder = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    home = folder / "example-area"
    with open(folder / "example-area.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        prepare(home, SCHOOLS)
    return home
