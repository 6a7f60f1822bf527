"""Build: from landed files and the library to one verified snapshot, which nobody sees until it is published."""

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import headway
from headway.analysis import build_steps, families, forecast_trials
from headway.definitions.loading import Library
from headway.pipeline.verify import verify
from headway.store import engine, snapshots
from headway.store.landed import LandedFile, check_whole, landed_files
from headway.store.workspace import Workspace, sync_folder
from headway.vocabulary.clock import now
from headway.vocabulary.errors import HeadwayError

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Built:
    """A snapshot, how many readings it holds, and whether it had to be made."""

    id: str
    readings: int
    unchanged: bool


def inputs_digest(files: list[LandedFile], library: Library) -> str:
    """What a snapshot depends on: the landed files, the library, and the version of the code and of the tables' layout."""
    text = json.dumps([sorted(file.id for file in files), library.digest, headway.__version__, snapshots.LAYOUT])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def build(workspace: Workspace, library: Library, told: Callable[[str, int, int], None] = lambda what, done, of: None) -> Built:
    """Make a snapshot unless the current one was made from the same inputs. The caller holds the writing lock.

    `told(what, done, of)` hears of progress. Raises H-STORE-07 when the snapshot does not verify, H-STORE-14 when a landed
    file is damaged; what is current stays so.
    """
    check_whole(workspace)
    files = landed_files(workspace)
    digest = inputs_digest(files, library)
    there = snapshots.current(workspace.home)
    if there and (facts := _facts_of_current(there)).get("inputs") == digest:
        return Built(there.id, int(facts.get("readings", 0)), unchanged=True)
    name, partial = snapshots.new_path(workspace)
    con = engine.working(partial, scratch=workspace.home / "cache")
    try:
        build_steps.run(con, files, library, workspace.areas, told)
        told("finding similar schools", len(files), len(files))
        families.families(engine.expressions(con), library)
        told("trying forecasts on the past", len(files), len(files))
        forecast_trials.trials(engine.expressions(con), library)
        readings = _facts(con, workspace, library, digest, name)
        con.execute("CHECKPOINT")
    finally:
        con.close()
    verify(partial, files)
    with open(partial, "rb") as file:
        os.fsync(file.fileno())
    os.replace(partial, workspace.snapshots / f"{name}.duckdb")
    sync_folder(workspace.snapshots)
    return Built(name, readings, unchanged=False)


def _facts_of_current(there: snapshots.Snapshot) -> dict[str, Any]:
    """Nothing of a damaged one: a build is its remedy."""
    try:
        return snapshot_facts(there)
    except HeadwayError:
        return {}


def _facts(con: "duckdb.DuckDBPyConnection", workspace: Workspace, library: Library, digest: str, name: str) -> int:
    counted = con.execute("SELECT count(*) FROM reading").fetchall()
    readings = int(counted[0][0])
    facts = {
        "id": name, "built_at": now().isoformat(timespec="seconds"), "library": library.digest, "inputs": digest, "readings": readings,
        "areas": list(workspace.areas), "example": workspace.example, "version": headway.__version__, "layout": snapshots.LAYOUT,
    }  # fmt: skip
    con.execute("CREATE TABLE facts (name VARCHAR, value VARCHAR)")
    con.executemany("INSERT INTO facts VALUES (?, ?)", [(key, json.dumps(value)) for key, value in facts.items()])
    return readings


def snapshot_facts(snapshot: snapshots.Snapshot) -> dict[str, Any]:
    """The facts a snapshot holds about itself."""
    con = engine.reading(snapshot.path)
    try:
        return {key: json.loads(value) for key, value in con.execute("SELECT name, value FROM facts").fetchall()}
    finally:
        con.close()
