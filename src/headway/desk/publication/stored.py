"""The public pages as they lie in the workspace: written once under their digest, read from memory, told apart by a one-line pointer.

Files that a board put under an open item lie beside the pages under a name with their hash in it. Large ones are read from the disc.
"""

import gzip
import hashlib
import shutil
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from headway.desk.documents.rules import ENDINGS

FOLDER, CURRENT = "public", "current"
KINDS = {f".{ending}": media for media, ending in ENDINGS.items()}
KINDS |= {".html": "text/html; charset=utf-8", ".csv": "text/csv; charset=utf-8"}
POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
HEADERS = (
    ("Content-Security-Policy", POLICY), ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()"), ("Cache-Control", "public, max-age=300"),
    ("Vary", "Accept-Encoding"),
)  # fmt: skip
SMALLEST_PACKED, LARGEST_KEPT = 1_000, 1 << 20  # bytes

Content = bytes | Path  # what is written: bytes, or a file to copy


@dataclass(frozen=True)
class Stored:
    """One file of the live release, plain and packed, with what names it; a large one only by where it lies."""

    kind: str
    plain: bytes
    packed: bytes
    tag: str
    large: Path | None = None


def hash_of(content: Content) -> str:
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    with content.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_of(files: Mapping[str, Content]) -> str:
    total = hashlib.sha256()
    for path, content in sorted(files.items()):
        total.update(path.encode() + b"\0" + bytes.fromhex(hash_of(content)))
    return total.hexdigest()


def write(home: Path, files: Mapping[str, Content]) -> str:
    """Keep the files of a release under their digest, whole or not at all; the digest."""
    name = digest_of(files)
    target, partial = home / FOLDER / name, home / FOLDER / f".{name}.partial"
    if target.is_dir():
        return name
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    for path, content in files.items():
        if isinstance(content, bytes):
            (partial / path).write_bytes(content)
        else:
            shutil.copyfile(content, partial / path)
    partial.replace(target)
    return name


def point(home: Path, name: str) -> None:
    """Make a release the public one; "" takes the pages down."""
    fresh = home / FOLDER / f".{CURRENT}.partial"
    fresh.parent.mkdir(parents=True, exist_ok=True)
    fresh.write_text(f"{name}\n")
    fresh.replace(home / FOLDER / CURRENT)


def content(home: Path, name: str, path: str) -> bytes | None:
    """A file of any release, for those who approve it."""
    found = home / FOLDER / name / path
    return found.read_bytes() if "/" not in path and name.isalnum() and found.is_file() else None


_live: dict[Path, tuple[int, dict[str, Stored]]] = {}
_lock = threading.Lock()


def live(home: Path) -> dict[str, Stored]:
    """The files of the public release, in memory until the pointer moves; none while there is none."""
    pointer = home / FOLDER / CURRENT
    try:
        moved = pointer.stat().st_mtime_ns
    except OSError:
        return {}
    kept = _live.get(home)
    if kept is not None and kept[0] == moved:
        return kept[1]
    with _lock:
        name = pointer.read_text().strip()
        folder = home / FOLDER / name
        files = {path.name: _stored(path) for path in sorted(folder.iterdir()) if path.suffix in KINDS} if name and folder.is_dir() else {}
        _live[home] = (moved, files)
        return files


def _stored(path: Path) -> Stored:
    kind, tag = KINDS[path.suffix], f'"{hash_of(path)[:20]}"'
    if path.suffix != ".html" and path.stat().st_size > LARGEST_KEPT:
        return Stored(kind, b"", b"", tag, path)
    plain = path.read_bytes()
    packs = kind.startswith("text/") and len(plain) >= SMALLEST_PACKED
    return Stored(kind, plain, gzip.compress(plain, 9, mtime=0) if packs else plain, tag)


Answer = tuple[str, list[tuple[str, str]], Content]


def answer(home: Path, path: str, accepts: str, known: str) -> Answer:
    """(status, headers, body) for a path under the public address; the body of a large file is where it lies. `accepts` and `known` are
    Accept-Encoding and If-None-Match."""
    found = live(home).get(path or "index.html")
    if found is None:
        return "404 Not Found", [("Content-Type", "text/plain; charset=utf-8"), *HEADERS[:2]], b"There is no such page.\n"
    tag = f"W/{found.tag}"
    headers = [("Content-Type", found.kind), ("ETag", tag), *HEADERS]
    if not found.kind.startswith("text/html"):
        headers.append(("Content-Disposition", f'attachment; filename="{path}"'))
    if known == tag:
        return "304 Not Modified", headers[1:], b""
    if found.large is not None:
        return "200 OK", [*headers, ("Content-Length", str(found.large.stat().st_size))], found.large
    packed = "gzip" in accepts and len(found.packed) < len(found.plain)
    body = found.packed if packed else found.plain
    headers += [("Content-Length", str(len(body)))] + ([("Content-Encoding", "gzip")] if packed else [])
    return "200 OK", headers, body
