"""Read documents."""

from datetime import date
from pathlib import Path

from django.db.models import QuerySet

from headway.desk.documents import store
from headway.desk.documents.models import Document


def listed() -> "QuerySet[Document]":
    return Document.objects.filter(archived=None, erased=None)


def find(pk: int) -> Document | None:
    return listed().filter(pk=pk).first()


def due(today: date) -> "QuerySet[Document]":
    """Those whose time is over and that are not erased yet."""
    return Document.objects.filter(keep_until__lt=today, erased=None)


def file_of(document: Document) -> Path | None:
    path = store.path_of(document.sha256)
    return path if path.is_file() else None
