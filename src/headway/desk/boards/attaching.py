"""Files under an item of an agenda: who may read each, never more people than its item. Kept by hash; taken off, never deleted."""

from collections.abc import Iterable

from django.db import transaction

from headway.desk.audit.actions import record
from headway.desk.boards import queries, rules
from headway.desk.boards.models import Item, ItemFile
from headway.desk.boards.rules import State
from headway.desk.documents import actions as documents
from headway.vocabulary.clock import now
from headway.vocabulary.errors import HeadwayError


def attach(*, by: str, item: Item, title: str, chunks: Iterable[bytes], edition: str, grounds: str = "") -> ItemFile:
    """Take a file in and put it under an item. Raises H-DATA-95 for a file that is not taken, H-DESK-66 where more people would read it
    than its item, H-DESK-60 once the meeting is signed."""
    _may(item, edition)
    kept = documents.keep(by=by, title=title, chunks=chunks, retention="pack")
    with transaction.atomic():
        meeting = queries.unsigned(item.meeting_id)
        _may(Item.objects.get(pk=item.pk), edition)
        made = ItemFile.objects.create(item=item, document=kept, edition=edition, grounds=grounds, by=by)
        told = {"file": made.pk, "sha256": kept.sha256, "edition": edition, "papers_out": meeting.state != State.PLANNED}
        record(by=by, verb="put a file under", target="board item", target_id=item.pk, after=told)
    return made


def _may(item: Item, edition: str) -> None:
    if rules.narrower(item.edition, edition):
        raise HeadwayError(
            "H-DESK-66", "More people would read this file than the item it belongs to.", f"The item is in the {item.edition} edition.",
            "Choose that edition or a narrower one, or put the file under another item.",
        )  # fmt: skip


@transaction.atomic
def take_off(*, by: str, file: ItemFile, reason: str) -> None:
    """Off the item; what was read stays known, and the document is kept as long as its rule says."""
    queries.unsigned(file.item.meeting_id)
    if ItemFile.objects.filter(pk=file.pk, withdrawn=None).update(withdrawn=now(), why_withdrawn=reason):
        record(by=by, verb="took a file off", target="board item", target_id=file.item_id, after={"file": file.pk, "reason": reason})
