"""What a pack is made of besides the snapshot: plain values, kept with it, from which it can be built again."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from headway.definitions.boards import Edition

FORMAT = 2
GUARDED = 2  # from this format on, counts are withheld from whoever knows of some of the schools too
READ = (1, 2)  # a pack keeps the format that it was made in: it is built again as it was then


@dataclass(frozen=True)
class FileSpec:
    """A file under an item as it was when the pack was built."""

    title: str
    ending: str
    sha256: str
    edition: str
    grounds: str = ""  # in words


@dataclass(frozen=True)
class ItemSpec:
    """An item as it was when the pack was built."""

    item: int
    title: str
    edition: str
    grounds: str  # in words
    asks: str
    text: str
    writes: str
    urns: tuple[int, ...] = ()
    files: tuple[FileSpec, ...] = ()


@dataclass(frozen=True)
class Spec:
    """Everything that goes into a pack but the figures, which are the snapshot’s. `desk` holds rows of the desk as plain values."""

    board: str
    area: str  # the authority's code
    body: str  # the area's name
    meeting: str
    as_of: str
    since: str  # the day of the last meeting, "" for none
    snapshot: str
    library: str
    scheme: str  # of tiers, the very version
    items: tuple[ItemSpec, ...]
    desk: Mapping[str, Any]
    hidden_before: tuple[tuple[str, str], ...] = ()
    format: int = FORMAT

    @property
    def day(self) -> date:
        return date.fromisoformat(self.as_of)

    @property
    def meets(self) -> date:
        return date.fromisoformat(self.meeting)

    @property
    def last(self) -> date | None:
        return date.fromisoformat(self.since) if self.since else None

    def held(self, edition: Edition) -> tuple[ItemSpec, ...]:
        """The items that stand in an edition."""
        return tuple(one for one in self.items if Edition(one.edition) in edition.holds)


def as_json(value: Any) -> str:
    """One text for the same values, on every machine."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)


def address_of(value: Any) -> str:
    return hashlib.sha256(as_json(value).encode()).hexdigest()


def dumped(spec: Spec) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(as_json(asdict(spec)))
    if spec.format < GUARDED:  # its items had no files then
        found["items"] = [{name: value for name, value in one.items() if name != "files"} for one in found["items"]]
    return found


def loaded(given: Mapping[str, Any]) -> Spec:
    """A spec from the plain values it was kept as."""
    items = tuple(
        ItemSpec(**{**one, "urns": tuple(one["urns"]), "files": tuple(FileSpec(**each) for each in one.get("files", ()))})
        for one in given["items"]
    )
    before = tuple((row, column) for row, column in given["hidden_before"])
    return Spec(**{**given, "items": items, "hidden_before": before})
