"""Opens the next file while the one before it is landed: most of opening is inflating and reading workbooks, outside Python."""

import os
from collections.abc import Container, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from headway.sources.opening import Unpacked, content_id, unpack
from headway.sources.tables import Table, tables

Found = list[Table] | Exception


@dataclass
class Opened:
    """A file, its content's id, and each plain file in it with its id and its tables, or the fault in them.

    A `fault` of the file itself leaves no members. The scratch folder in which they lie goes when the next file is asked for.
    """

    path: Path
    identity: str = ""
    scratch: Path = Path()
    members: list[tuple[Unpacked, str, Found]] = field(default_factory=list)
    fault: Exception | None = None
    unread: OSError | None = None  # not even its bytes could be had


def spelt(path: Path) -> str:
    """A path as text that every report can hold: bytes of a name that are not UTF-8 are shown as a replacement mark."""
    return os.fsencode(path).decode("utf-8", errors="replace")


def openable(path: Path, scratch: Path) -> Path:
    """The file itself, or a link to it where its name is not UTF-8, which DuckDB cannot open."""
    if spelt(path.resolve()) == str(path.resolve()):
        return path.resolve()
    link = scratch / f"named-{spelt(Path(path.name))}"
    link.symlink_to(path.resolve())
    return link


def opened(paths: list[Path], seen: Container[str], landed: Container[str]) -> Iterator[Opened]:
    """Each file in turn, the next already being opened. What was `seen` is not unpacked again; of what has `landed` no table is read."""
    with ThreadPoolExecutor(1) as thread, ExitStack() as folders:

        def begin(path: Path) -> tuple[Future[Opened], TemporaryDirectory[str]]:
            folder = TemporaryDirectory(prefix="headway-")
            folders.callback(folder.cleanup)
            return thread.submit(_open, path, Path(folder.name), seen, landed), folder

        waiting = iter(paths)
        ahead = begin(first) if (first := next(waiting, None)) else None
        while ahead:
            (future, folder), following = ahead, next(waiting, None)
            current = future.result()
            ahead = begin(following) if following else None
            yield current
            folder.cleanup()


def _open(path: Path, scratch: Path, seen: Container[str], landed: Container[str]) -> Opened:
    try:
        found = Opened(path, content_id(path), scratch)
    except OSError as error:
        return Opened(path, unread=error)
    if found.identity in seen:
        return found
    try:
        members = list(unpack(openable(path, scratch), scratch, spelt(path)))
    except Exception as error:  # told when its turn comes
        found.fault = error
        return found
    for position, member in enumerate(members):
        identity = found.identity if len(members) == 1 else f"{found.identity}-{position}"
        found.members.append((member, identity, [] if identity in landed or member.kind == "html" else _tables(member, scratch)))
    return found


def _tables(member: Unpacked, scratch: Path) -> Found:
    try:
        return tables(member, scratch)
    except Exception as error:  # as above
        return error
