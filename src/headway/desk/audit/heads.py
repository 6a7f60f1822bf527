"""The signed heads of the chain, in one file a day in the workspace: what a cut tail is found out by."""

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from headway.desk.audit.rules import SignedHead, parse_head, sign
from headway.vocabulary.clock import today


def folder() -> Path:
    return Path(settings.HEADWAY.home) / "audit"


def write(seq: int, hash: str) -> None:
    """Append a head after its event is committed; whole lines only, whoever else writes."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder() / f"{today().isoformat()}.heads", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        os.write(handle, f"{seq} {hash} {sign(settings.HEADWAY.secret_key, seq, hash)}\n".encode())
    finally:
        os.close(handle)


def read() -> Iterator[SignedHead]:
    for path in sorted(folder().glob("*.heads")):
        for line in path.read_text().splitlines():
            if head := parse_head(line):
                yield head
