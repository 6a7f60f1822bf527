"""Where files lie: in the workspace's `documents`, by their hash, for the desk's own user only."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings


def folder() -> Path:
    path = Path(settings.HEADWAY.home) / "documents"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def path_of(sha256: str) -> Path:
    return folder() / sha256[:2] / sha256


def received(chunks: Iterable[bytes]) -> tuple[Path, str, int]:
    """A file as it comes in, beside the others under a passing name: (path, hash, size)."""
    digest, size = hashlib.sha256(), 0
    handle, name = tempfile.mkstemp(prefix=".coming-", dir=folder())  # mode 0600
    with os.fdopen(handle, "wb") as file:
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            file.write(chunk)
    return Path(name), digest.hexdigest(), size


def settled(coming: Path, sha256: str) -> None:
    """Put it in its place; the same bytes are there once."""
    place = path_of(sha256)
    place.parent.mkdir(mode=0o700, exist_ok=True)
    coming.replace(place)


def erased(sha256: str) -> None:
    path_of(sha256).unlink(missing_ok=True)
