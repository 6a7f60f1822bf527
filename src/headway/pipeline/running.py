"""What a command runs as one piece of work, holding the writing lock from beginning to end."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from headway.definitions.loading import library_for
from headway.pipeline import build as building
from headway.pipeline.load import LANDED, Loader, Row, files_in
from headway.pipeline.report import write_report
from headway.store import snapshots
from headway.store.landed import landed_files
from headway.store.workspace import Workspace, one_writer
from headway.vocabulary.errors import HeadwayError

Told = Callable[[str, int, int], None]


def silent(what: str, done: int, of: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True)
class Done:
    """What a load did: a row a file, the snapshot if one was made, one sentence on all of it, and the report's page."""

    rows: list[Row]
    snapshot: str
    words: str
    report: Path


def load(space: Workspace, paths: list[Path], *, publish: bool = True, told: Told = silent) -> Done:
    """Land files, and build and publish when anything is new. Raises H-DATA-01, H-STORE-03, H-STORE-07."""
    with one_writer(space, "load"):
        library = library_for(space.home)
        loader = Loader(space, library)
        of = len(files_in(paths))
        count = iter(range(of))
        rows = loader.load(paths, lambda path: told(f"landing {path.name}", next(count), of))
        report = write_report(space, rows, {"areas": ", ".join(space.areas), "library": library.digest})
        snapshot = ""
        if publish and landed_files(space):
            made = building.build(space, library, told)
            snapshots.publish(space, made.id)
            snapshot = "" if made.unchanged else made.id
        return Done(rows, snapshot, _words(rows, snapshot), report)


def _words(rows: list[Row], snapshot: str) -> str:
    counted = Counter(row.outcome for row in rows)
    parts = [f"{many} {outcome.replace('_', ' ')}" for outcome, many in counted.most_common()]
    said = f"{len(rows)} file{'' if len(rows) == 1 else 's'}: {', '.join(parts)}." if rows else "No files."
    if snapshot:
        return f"{said} Snapshot {snapshot} is built, verified and current."
    if not counted[LANDED]:
        return f"{said} Nothing changed."
    return f"{said} Not published: headway build, then headway publish."


def build(space: Workspace, *, told: Told = silent) -> building.Built:
    """Make a snapshot without publishing it. Raises H-STORE-04 when nothing has landed."""
    with one_writer(space, "build"):
        if not landed_files(space):
            raise HeadwayError("H-STORE-04", "Nothing has landed yet.", remedy="Load files first: headway load FOLDER.")
        return building.build(space, library_for(space.home), told)


def publish(space: Workspace, name: str = "") -> tuple[str, str]:
    """Make a built snapshot current: (its id, the one that was current before or nothing). Raises H-STORE-05."""
    with one_writer(space, "publish"):
        built = snapshots.built(space)
        if not (name or built):
            raise HeadwayError("H-STORE-05", "There is no snapshot to publish.", remedy="Make one: headway build.")
        before = snapshots.current(space.home)
        chosen = name or built[-1].id
        snapshots.publish(space, chosen)
        return chosen, before.id if before else ""


def rollback(space: Workspace) -> str:
    """Go back to the snapshot that was current before. Raises H-STORE-06."""
    with one_writer(space, "rollback"):
        return snapshots.rollback(space)
