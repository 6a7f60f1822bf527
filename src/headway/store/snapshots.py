"""Immutable snapshots and the one-line file that says which is current.

A snapshot is `snapshots/<utc>.duckdb`; its name is never used again. It becomes current when the file
`current` is replaced by a new one, which readers see whole or not at all.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from headway.store import engine
from headway.store.workspace import Workspace, write_whole
from headway.vocabulary.errors import HeadwayError

CURRENT, HISTORY, HELD = "current", "history", "held"
LAYOUT = 6  # of the tables in a snapshot: one more whenever what reads them would not understand an older one


@dataclass(frozen=True)
class Snapshot:
    id: str
    path: Path


def new_path(workspace: Workspace) -> tuple[str, Path]:
    """A name for a snapshot about to be built, and the partial file to build it in."""
    name = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    return name, workspace.snapshots / f".{name}.duckdb.partial"


def built(workspace: Workspace) -> list[Snapshot]:
    """Every whole snapshot, oldest first."""
    return [Snapshot(path.stem, path) for path in sorted(workspace.snapshots.glob("2*.duckdb"))]


def current(home: Path) -> Snapshot | None:
    """The snapshot that readers are answered from; None before the first publication."""
    pointer = home / "snapshots" / CURRENT
    try:
        name = pointer.read_text().strip()
    except FileNotFoundError:
        return None
    path = home / "snapshots" / f"{name}.duckdb"
    return Snapshot(name, path) if name and path.exists() else None


def named(home: Path, name: str) -> Snapshot | None:
    """A snapshot that is still kept; None for one that is not, or for what is no name of one."""
    path = home / "snapshots" / f"{name}.duckdb"
    return Snapshot(name, path) if name.isalnum() and path.exists() else None


def held(home: Path) -> frozenset[str]:
    """The snapshots that are never removed, because something kept was made from them."""
    path = home / "snapshots" / HELD
    return frozenset(path.read_text().split()) if path.exists() else frozenset()


def hold(home: Path, name: str) -> None:
    """Never remove a snapshot from now on."""
    names = held(home)
    if name not in names:
        write_whole(home / "snapshots" / HELD, "".join(f"{one}\n" for one in sorted({*names, name})))


def publish(workspace: Workspace, name: str) -> None:
    """Make a built snapshot the current one, and forget those beyond the number kept.

    Raises H-STORE-05 when there is no such snapshot, H-STORE-15 when it is damaged.
    """
    if not (workspace.snapshots / f"{name}.duckdb").exists():
        raise HeadwayError("H-STORE-05", f"There is no snapshot {name}.", remedy="headway status lists them.")
    engine.reading(workspace.snapshots / f"{name}.duckdb").close()
    before = current(workspace.home)
    if before and before.id != name:
        write_whole(workspace.snapshots / HISTORY, "\n".join([*_history(workspace), before.id]) + "\n")
    write_whole(workspace.snapshots / CURRENT, name + "\n")
    _prune(workspace, name)


def _history(workspace: Workspace) -> list[str]:
    path = workspace.snapshots / HISTORY
    names = path.read_text().split() if path.exists() else []
    return [name for name in names if (workspace.snapshots / f"{name}.duckdb").exists()]


def rollback(workspace: Workspace) -> str:
    """Make the snapshot that was current before this one current again.

    Raises H-STORE-06 when none is kept, H-STORE-15 when it is damaged.
    """
    names = _history(workspace)
    if not names:
        raise HeadwayError(
            "H-STORE-06", "There is no earlier snapshot to go back to.", f"{workspace.keep} are kept.", "Load the earlier files again."
        )
    engine.reading(workspace.snapshots / f"{names[-1]}.duckdb").close()
    write_whole(workspace.snapshots / CURRENT, names[-1] + "\n")
    write_whole(workspace.snapshots / HISTORY, "\n".join(names[:-1]) + "\n")
    return names[-1]


def _prune(workspace: Workspace, keep_name: str) -> None:
    """Remove the oldest snapshots beyond the number kept, but none that is held. A reader that has one open keeps reading it."""
    keeps = held(workspace.home)
    others = [snapshot for snapshot in built(workspace) if snapshot.id != keep_name and snapshot.id not in keeps]
    for snapshot in others[: max(0, len(others) - (workspace.keep - 1))]:
        snapshot.path.unlink(missing_ok=True)
