"""The door of a snapshot that is not the current one, and the snapshots that something kept was made from."""

from functools import lru_cache
from pathlib import Path

from headway.definitions.loading import library_for
from headway.readings.door import Door, open_door
from headway.store import snapshots
from headway.store.lookups import Lookup
from headway.vocabulary.errors import HeadwayError


def door_of(home: Path, snapshot: str) -> Door:
    """A snapshot by its id, with the library as it is now. Raises H-STORE-05 where it is no longer kept."""
    now = open_door(home)
    if now.facts is not None and now.facts.id == snapshot:
        return now
    return Door(home, _lookup(home, snapshot), library_for(home))


@lru_cache(maxsize=4)
def _lookup(home: Path, snapshot: str) -> Lookup:
    found = snapshots.named(home, snapshot)
    if found is None:
        raise HeadwayError(
            "H-STORE-05",
            f"There is no snapshot {snapshot}.",
            "It was made long ago and is no longer kept.",
            "headway status lists those that are.",
        )
    return Lookup(found)


def hold(home: Path, snapshot: str) -> None:
    """Keep a snapshot for as long as the workspace is there: papers that people decided on were made from it."""
    snapshots.hold(home, snapshot)
