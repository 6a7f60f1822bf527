"""Opens a file of any kind that publishers use and says what is inside, by its bytes and not its name."""

import codecs
import gzip
import hashlib
import lzma
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from headway.sources import limits
from headway.vocabulary.errors import HeadwayError

MOST_NULS = 0.01  # of a text: exports of old systems hold some
XZ, GZ, ZIP, PARQUET, OLE = b"\xfd7zXZ\x00", b"\x1f\x8b", b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Unpacked:
    """One plain file: where it lies now, the name to show, what it is, and how its text is encoded.

    `kind` is text, json, html, workbook, parquet, shape or binary. Text lies as UTF-8 without a mark;
    `encoding` is what it was published in.
    """

    path: Path
    name: str
    kind: str
    encoding: str = ""


def content_id(path: Path) -> str:
    """Sixteen hexadecimal digits of the SHA-256 of a file's bytes."""
    total = hashlib.sha256()
    with open(path, "rb") as file:
        while chunk := file.read(limits.CHUNK):
            total.update(chunk)
    return total.hexdigest()[:16]


def unpack(path: Path, scratch: Path, name: str = "", depth: int = 0) -> Iterator[Unpacked]:
    """The plain files in a file: itself, what it compresses, or an archive's members.

    Raises H-DATA-10 (too large), H-DATA-11 (an archive that cannot be trusted), H-DATA-12 (cannot be read).
    """
    name = name or str(path)
    try:
        with open(path, "rb") as file:
            head = file.read(8)
    except OSError as error:
        raise HeadwayError(
            "H-DATA-12", f"{path.name} cannot be read.", str(error), "Check that the file exists and may be read.", name
        ) from None
    if head.startswith(XZ):
        yield from unpack(_inflate(lzma.open(path), path, scratch, name), scratch, name, depth)
    elif head.startswith(GZ):
        yield from unpack(_inflate(gzip.open(path), path, scratch, name), scratch, name, depth)  # type: ignore[arg-type]
    elif head.startswith(ZIP):
        yield from _archive(path, scratch, name, depth)
    elif head.startswith(OLE):
        yield Unpacked(path, name, "workbook")
    elif head.startswith(PARQUET):
        yield Unpacked(path, name, "parquet")
    elif head.startswith(b"\x00\x00\x27\x0a") and path.suffix.lower() == ".shp":
        yield Unpacked(path, name, "shape")
    else:
        yield _text(path, scratch, name)


def _inflate(packed: IO[bytes], path: Path, scratch: Path, name: str) -> Path:
    """Write the decompressed bytes to the scratch folder, no more of them than the limit."""
    target = scratch / f"{hashlib.sha256(str(path).encode()).hexdigest()[:12]}-{path.stem}"
    written = 0
    try:
        with packed, open(target, "wb") as out:
            while chunk := packed.read(limits.CHUNK):
                written += len(chunk)
                if written > limits.MOST_UNPACKED:
                    raise too_large(name, limits.MOST_UNPACKED)
                out.write(chunk)
    except (lzma.LZMAError, EOFError, gzip.BadGzipFile, OSError) as error:
        raise HeadwayError(
            "H-DATA-12", f"{path.name} cannot be decompressed.", f"{error}.", "Download it again: it may be cut off.", name
        ) from None
    return target


def too_large(name: str, limit: int) -> HeadwayError:
    return HeadwayError(
        "H-DATA-10",
        f"{PurePosixPath(name).name} is too large.",
        f"Unpacked it has more than {limit / 1024**2:,.0f} MiB.",
        "Load a smaller extract.",
        name,
    )


def _archive(path: Path, scratch: Path, name: str, depth: int) -> Iterator[Unpacked]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if any(member.filename == "[Content_Types].xml" for member in members):
                if sum(member.file_size for member in members) > limits.MOST_WORKBOOK:
                    raise too_large(name, limits.MOST_WORKBOOK)
                yield Unpacked(path, name, "workbook")
                return
            _trust(members, name, depth)
            for member in members:
                digest = hashlib.sha256(f"{path}/{member.filename}".encode()).hexdigest()[:12]  # of the path: archives repeat names
                target = scratch / f"{digest}-{Path(member.filename).name[-80:]}"
                with archive.open(member) as source, open(target, "wb") as out:
                    shutil.copyfileobj(source, out, limits.CHUNK)
                inner = name if len(members) == 1 else f"{name}/{member.filename}"
                yield from unpack(target, scratch, inner, depth + 1)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, NotImplementedError) as error:
        raise HeadwayError(
            "H-DATA-12", f"{path.name} cannot be unpacked.", f"{error}.", "Download it again, or unpack it by hand.", name
        ) from None


def _trust(members: list[zipfile.ZipInfo], name: str, depth: int) -> None:
    """Refuse an archive that is too deep, too wide, too large, or that reaches outside its folder."""
    faults = []
    if depth >= limits.DEEPEST_ARCHIVE:
        faults.append(f"archives lie more than {limits.DEEPEST_ARCHIVE} deep")
    if len(members) > limits.MOST_MEMBERS:
        faults.append(f"it holds {len(members):,} files, more than {limits.MOST_MEMBERS:,}")
    if sum(member.file_size for member in members) > limits.MOST_UNPACKED:
        raise too_large(name, limits.MOST_UNPACKED)
    for member in members:
        parts = PurePosixPath(member.filename.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts or (member.external_attr >> 16) & 0o170000 == 0o120000:
            faults.append("a member's name leads outside the archive, or is a link")
            break
    if faults:
        raise HeadwayError(
            "H-DATA-11",
            f"{Path(name).name} is not an archive that can be trusted.",
            f"{'; '.join(faults)}.",
            "Unpack it by hand and load the files.",
            name,
        )


def _text(path: Path, scratch: Path, name: str) -> Unpacked:
    """Plain text as UTF-8: in place when it is that already, else rewritten in the scratch folder."""
    with open(path, "rb") as file:
        head = file.read(4096)
    if head.count(0) > MOST_NULS * len(head) and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Unpacked(path, name, "binary")
    encoding = _encoding(path, head)
    if encoding != "utf-8":
        path = _rewritten(path, scratch, name, encoding)
        with open(path, "rb") as file:
            head = file.read(4096)
    start = head.lstrip()[:512].lower()
    kind = (
        "html"
        if start.startswith((b"<!doctype html", b"<html", b"<?xml", b"<!--", b"<head"))
        else "json"
        if start[:1] in (b"[", b"{")
        else "text"
    )
    return Unpacked(path, name, kind, encoding)


def _encoding(path: Path, head: bytes) -> str:
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with open(path, "rb") as file:
            while chunk := file.read(limits.CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _rewritten(path: Path, scratch: Path, name: str, encoding: str) -> Path:
    target = scratch / f"{hashlib.sha256(str(path).encode()).hexdigest()[:12]}-{path.stem}.utf8"
    # the five bytes that Windows-1252 leaves undefined become the mark of a lost character, which screening reports
    with open(path, encoding=encoding, errors="replace", newline="") as source, open(target, "w", encoding="utf-8", newline="") as out:
        shutil.copyfileobj(source, out, limits.CHUNK)
    return target
