"""The example area, small, generated, loaded and published once for all the workers of a run of tests; and its demonstration, likewise.

Both are kept in the machine's temporary folder under a name made of all that they are made by, so that the next run copies them: making
them takes longer than most tests that use them.
"""

import fcntl
import getpass
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

SCHOOLS = 300
SOURCE = Path(__file__).resolve().parents[1] / "src/headway"
SHOWN_ONLY = ("desk", "site", "language", "charts", "papers", "api")  # storeys that no example area is made by
KINDS = {".py", ".yaml", ".html", ".j2", ".css", ".typ"}
DAY = 24 * 3600  # seconds: what is kept is made for a day and of no use after it


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published workspace of 300 made-up schools. It is shared: whoever writes to it works on a copy."""
    own = tmp_path_factory.getbasetemp()
    folder = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    home = folder / "example-area"
    with open(folder / "example-area.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            shutil.copytree(kept("example", _made_by(SHOWN_ONLY), _prepared), home)
    return home


def demonstrate(example: Path, home: Path) -> str:
    """Make `home` a workspace of one's own that holds the demonstration; what `headway demo` said, with the sign-ins."""
    whole = kept("demonstration", _made_by(()), lambda making: _demonstrated(example, making))
    shutil.copytree(whole / "home", home)
    return (whole / "said.txt").read_text()


def _prepared(making: Path) -> None:
    from headway.cli.demonstration import prepare

    prepare(making, SCHOOLS)


def _demonstrated(example: Path, making: Path) -> None:
    home = making / "home"
    shutil.copytree(example, home)
    command = [sys.executable, "-m", "headway", "demo", "--home", str(home), "--no-serve"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (making / "said.txt").write_text(done.stdout)


def kept(what: str, made_by: str, make: Callable[[Path], None]) -> Path:
    """Made, unless an earlier run did; one of several that run at once makes it, under another name until it is whole."""
    named = f"headway-{what}-{getpass.getuser()}-"
    whole = Path(tempfile.gettempdir()) / f"{named}{made_by}"
    with open(f"{whole}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not whole.exists():
            making = whole.with_name(f"{whole.name}.making")
            shutil.rmtree(making, ignore_errors=True)
            make(making)
            making.rename(whole)
            _swept(one for one in whole.parent.glob(f"{named}*") if not one.name.startswith(whole.name))
    return whole


def _swept(others: Iterable[Path]) -> None:
    """Away with those that were made more than a day ago: their day is over."""
    for old in others:
        if time.time() - old.stat().st_ctime > DAY:
            shutil.rmtree(old, ignore_errors=True) if old.is_dir() else old.unlink(missing_ok=True)


def _made_by(without: tuple[str, ...]) -> str:
    """A digest of the code, the library and the templates but of these storeys, of the packages it runs with and of the day."""
    from headway.vocabulary.clock import today

    total = hashlib.sha256(f"{sys.version}{today()}{SCHOOLS}".encode())
    total.update((SOURCE.parents[1] / "requirements.lock").read_bytes())
    for path in sorted(SOURCE.rglob("*.*")):
        if path.suffix in KINDS and path.relative_to(SOURCE).parts[0] not in without:
            total.update(str(path.relative_to(SOURCE)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:16]
