"""What changes about documents. Each in one transaction with its audit event."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from headway.desk.audit.actions import record
from headway.desk.documents import store
from headway.desk.documents.inspecting import inspected, refused
from headway.desk.documents.models import Document
from headway.desk.documents.queries import due
from headway.desk.documents.rules import LARGEST, keep_until
from headway.vocabulary.clock import now, today


def keep(*, by: str, title: str, chunks: Iterable[bytes], retention: str) -> Document:
    """Take a file in: looked at apart, then kept by its content. Raises H-DATA-95 for one that is not taken; nothing of it stays."""
    coming, sha256, size = store.received(_at_most(chunks))
    try:
        media = inspected(coming)
        with transaction.atomic():
            made = Document.objects.create(
                title=title, sha256=sha256, media=media, size=size, retention=retention, keep_until=keep_until(retention, today()), by=by
            )
            after = {"title": title, "sha256": sha256, "size": size, "retention": retention}
            record(by=by, verb="kept", target="document", target_id=made.pk, after=after)
            store.settled(coming, sha256)
    finally:
        coming.unlink(missing_ok=True)
    return made


def _at_most(chunks: Iterable[bytes]) -> Iterable[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > LARGEST:
            raise refused("it is larger than 100 MB")
        yield chunk


@transaction.atomic
def archive(*, by: str, document: Document, reason: str) -> None:
    """Take a document off the lists. The file stays as long as its rule says."""
    Document.objects.filter(pk=document.pk, archived=None).update(archived=now(), why_archived=reason)
    record(by=by, verb="archived", target="document", target_id=document.pk, after={"reason": reason})


def erase_due(*, by: str) -> int:
    """Erase the files whose time is over; how many documents. A file that another document still needs stays."""
    over = list(due(today()))
    for document in over:
        _erase(by, document, today())
    return len(over)


@transaction.atomic
def _erase(by: str, document: Document, day: date) -> None:
    Document.objects.filter(pk=document.pk).update(erased=now())
    record(by=by, verb="erased", target="document", target_id=document.pk, after={"sha256": document.sha256, "on": str(day)})
    if not Document.objects.filter(sha256=document.sha256, erased=None).exists():
        transaction.on_commit(lambda: store.erased(document.sha256))
