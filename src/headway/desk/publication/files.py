"""Files that people put under open items of a board: which the public may have, under which name, as they are.

Nobody can tell by machine what a file of somebody else gives away: whoever approves a release reads each. So only what three say is open
goes out: the papers as they were sent, the item now, and the file now; never what was taken off or erased since.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.text import slugify

from headway.definitions.boards import Edition
from headway.desk.boards.models import ItemFile, Meeting
from headway.desk.boards.packs.spec import Spec
from headway.desk.documents.queries import file_of

MARK, LONGEST = "file-", 60
KILO = 1_000


@dataclass(frozen=True)
class File:
    """One file beside the papers of a meeting. The same bytes under the same words have the same path."""

    path: str
    title: str
    item: str
    ending: str
    size: int  # bytes
    lies: Path

    @property
    def weight(self) -> str:
        """“csv, 3 KB”"""
        kilo = max(1, round(self.size / KILO))
        return f"{self.ending}, {kilo} KB" if kilo < KILO else f"{self.ending}, {kilo / KILO:.1f} MB"


def of_meeting(meeting: Meeting, spec: Spec) -> list[File]:
    """Those that the public may have, in the order of the agenda."""
    told = {(item.item, one.sha256) for item in spec.held(Edition.PUBLIC) for one in item.files if one.edition == Edition.PUBLIC}
    rows = ItemFile.objects.filter(
        item__meeting=meeting, item__edition=Edition.PUBLIC, edition=Edition.PUBLIC, withdrawn=None, document__erased=None
    ).select_related("item", "document")
    place = {item.item: at for at, item in enumerate(spec.items)}
    found = [one for one in rows if (one.item_id, one.document.sha256) in told]
    return list(_files(sorted(found, key=lambda one: (place[one.item_id], one.pk))))


def _files(rows: Iterable[ItemFile]) -> Iterator[File]:
    for row in rows:
        one, lies = row.document, file_of(row.document)
        if lies is not None:
            name = f"{MARK}{slugify(one.title)[:LONGEST].strip('-')}-{one.sha256[:16]}.{one.ending}"
            yield File(name, one.title, row.item.title, one.ending, one.size, lies)


def among(paths: Iterable[str]) -> list[str]:
    """Of the paths of a release those that people wrote, not Headway."""
    return sorted(path for path in paths if path.startswith(MARK))
