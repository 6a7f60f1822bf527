"""One folder holds everything of one area: area.yaml, landed files, snapshots, the desk's database."""

import contextlib
import fcntl
import json
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from headway.vocabulary.clock import now
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.place import authority_code

REMEMBERED = ".headway-home"
FOLDERS = ("library", "landed", "quarantine", "snapshots", "reports", "cache", "documents", "audit")


@dataclass(frozen=True)
class Workspace:
    """The paths and the settings of one workspace. `areas` are three-digit authority codes."""

    home: Path
    areas: tuple[str, ...]
    name: str
    example: bool = False
    keep: int = 5  # how many snapshots stay on disk
    registers_years: int = 6  # for how many school years after it ended what is held about pupils stays
    notes_years: int = 6  # and what was written about the people of a school

    @property
    def landed(self) -> Path:
        return self.home / "landed"

    @property
    def quarantine(self) -> Path:
        return self.home / "quarantine"

    @property
    def snapshots(self) -> Path:
        return self.home / "snapshots"

    @property
    def reports(self) -> Path:
        return self.home / "reports"


def home_folder(given: Path | None = None) -> Path:
    """The workspace asked for: --home, else HEADWAY_HOME, else the one that init made from this folder, else ./workspace."""
    if given or os.environ.get("HEADWAY_HOME"):
        return Path(given or os.environ["HEADWAY_HOME"]).resolve()
    if Path("area.yaml").exists():
        return Path.cwd()
    remembered = Path(REMEMBERED)
    if remembered.exists() and (Path(remembered.read_text().strip()) / "area.yaml").exists():
        return Path(remembered.read_text().strip()).resolve()
    return Path("workspace").resolve()


def remember(home: Path) -> None:
    """Let the next commands from this folder find the workspace without being told."""
    write_whole(Path(REMEMBERED), f"{home.resolve()}\n")


def create(home: Path, areas: list[str], *, name: str = "", example: bool = False) -> Workspace:
    """Make a workspace. Raises H-STORE-02 when one with other areas is there already."""
    codes = tuple(authority_code(area) for area in areas)
    if (home / "area.yaml").exists():
        there = open_workspace(home)
        if there.areas != codes:
            raise HeadwayError(
                "H-STORE-02", f"{home} is already a workspace, of {', '.join(there.areas)}.", remedy="Choose another folder."
            )
        return there
    for folder in FOLDERS:
        (home / folder).mkdir(parents=True, exist_ok=True)
    settings = {"areas": list(codes), "name": name, "example": example, "made": now().isoformat(timespec="seconds")}
    write_whole(home / "area.yaml", yaml.safe_dump(settings, sort_keys=False))
    return open_workspace(home)


def open_workspace(home: Path) -> Workspace:
    """Raises H-STORE-01 when there is no workspace in the folder, H-STORE-13 when its area.yaml cannot be read."""
    path = home / "area.yaml"
    if not path.exists():
        raise HeadwayError(
            "H-STORE-01",
            f"{home} is not a workspace.",
            "It holds no area.yaml.",
            f"Make one with headway init {home} --area CODE, or name one with --home.",
        )
    try:
        settings = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        codes = tuple(authority_code(area) for area in settings["areas"])
        return Workspace(
            home, codes, str(settings.get("name") or ""), bool(settings.get("example")), int(settings.get("keep", 5)),
            registers_years=_years(settings, "registers_kept_years"), notes_years=_years(settings, "notes_kept_years"),
        )  # fmt: skip
    except (yaml.YAMLError, UnicodeDecodeError, TypeError, KeyError, ValueError, AttributeError):
        raise HeadwayError(
            "H-STORE-13",
            "area.yaml does not say which area this is.",
            "Each line is a name and a value; `areas` is a list of codes, `keep` a number, what is kept for years one year or more.",
            "Mend it by hand, as in docs/reference/settings.md. What was loaded and published is untouched.",
            str(path),
        ) from None


def _years(settings: dict[str, Any], name: str) -> int:
    """Raises ValueError for less than one year: nothing is erased because of a slip."""
    years = int(settings.get(name, 6))
    if years < 1:
        raise ValueError(name)
    return years


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, whole, whatever happens between."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    with open(partial, "wb") as file:
        file.write(content.encode() if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(partial, path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def one_writer(workspace: Workspace, doing: str) -> Iterator[None]:
    """Hold the workspace's writing lock. Raises H-STORE-03, saying who holds it, when another does.

    The lock is the kernel's: it ends with the process that holds it, however that ends.
    """
    path = workspace.home / "writing.lock"
    with open(path, "a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise HeadwayError(
                "H-STORE-03", "Another command is writing to this workspace.", _holder(path), "Wait until it ends, then run this again."
            ) from None
        lock.truncate(0)
        lock.write(
            json.dumps({"doing": doing, "process": os.getpid(), "host": socket.gethostname(), "since": now().isoformat(timespec="seconds")})
        )
        lock.flush()
        clear_partials(workspace)
        yield


def _holder(path: Path) -> str:
    with contextlib.suppress(ValueError, OSError, KeyError):
        who = json.loads(path.read_text())
        return f"It is headway {who['doing']}, process {who['process']} on {who['host']}, since {who['since']}."
    return ""


def clear_partials(workspace: Workspace) -> None:
    """Remove what a killed command left half-written. Only the holder of the writing lock may."""
    for folder in (workspace.landed, workspace.quarantine, workspace.snapshots, workspace.reports):
        for path in [*folder.glob(".*.partial*"), *folder.glob("*.partial*")]:
            path.unlink(missing_ok=True)
