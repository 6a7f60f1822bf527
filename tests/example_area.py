"""The example area, small, generated, loaded and published once for all the workers of a run of tests.

It is kept in the machine's temporary folder under a name made of all that it is made by, so that the next run copies it: making it takes
longer than most tests that use it.
"""

import fcntl
import getpass
import hashlib
import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

SCHOOLS = 300
SOURCE = Path(__file__).resolve().parents[1] / "src/headway"
SHOWN_ONLY = ("desk", "site", "language", "charts", "papers", "api")  # storeys that no example area is made by


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published workspace of 300 made-up schools. It is shared: whoever writes to it works on a copy."""
    own = tmp_path_factory.getbasetemp()
    folder = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    home, kept = folder / "example-area", Path(tempfile.gettempdir()) / f"headway-example-{getpass.getuser()}-{_made_by()}"
    with open(folder / "example-area.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            _kept(kept)
            shutil.copytree(kept, home)
    return home


def _kept(home: Path) -> None:
    """Make it, unless an earlier run did; one of several that run at once makes it, under another name until it is whole."""
    from headway.cli.demonstration import prepare

    with open(f"{home}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            making = home.with_name(f"{home.name}.making")
            shutil.rmtree(making, ignore_errors=True)
            prepare(making, SCHOOLS)
            making.rename(home)


def _made_by() -> str:
    """A digest of the code and the library below the pages, of the packages it runs with and of the day."""
    from headway.vocabulary.clock import today

    total = hashlib.sha256(f"{sys.version}{today()}{SCHOOLS}".encode())
    total.update((SOURCE.parents[1] / "requirements.lock").read_bytes())
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.yaml")]):
        if path.relative_to(SOURCE).parts[0] not in SHOWN_ONLY:
            total.update(str(path.relative_to(SOURCE)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:16]
