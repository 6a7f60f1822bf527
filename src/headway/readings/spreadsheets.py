"""A spreadsheet that somebody brings: its sheets as rows of text, read in a process of its own, within limits."""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from headway.sources.opening import unpack
from headway.sources.tables import tables
from headway.vocabulary.errors import HeadwayError

MOST_BYTES = 10 * 2**20
MOST_ROWS = 20_000
PACKED = (b"PK", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"\xfd7zXZ")  # workbooks old and new, and what may hold one
WIDE = (b"\xff\xfe", b"\xfe\xff")  # text in two bytes a letter


@dataclass(frozen=True)
class Sheet:
    """One sheet: its heads, and each row under them with the number it has in the file."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def sheets_of(chunks: Iterable[bytes], name: str) -> list[Sheet]:
    """The sheets of an xlsx or csv file that hold rows. Raises H-DATA-10 (too large) or H-DATA-12 (cannot be read)."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        path = scratch / (Path(name).name[-100:] or "sheet")  # so that a fault names the file as it was brought
        _written(path, chunks, name)
        _is_text_or_workbook(path, name)
        inside = scratch / "inside"
        inside.mkdir()
        files = [file for file in unpack(path, inside, name) if file.kind in ("text", "workbook")]
        found = [_sheet(table.sheet or Path(name).stem, table.rows(-1)) for file in files for table in tables(file, inside)]
    return [one for one in found if one is not None]


def _written(path: Path, chunks: Iterable[bytes], name: str) -> None:
    size = 0
    with open(path, "wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > MOST_BYTES:
                raise HeadwayError("H-DATA-10", f"{name} is too large.", f"It has more than {MOST_BYTES // 2**20} MB.", "Bring fewer rows.")
            file.write(chunk)


def _is_text_or_workbook(path: Path, name: str) -> None:
    """A document or a picture would otherwise be read as text, line for line. Raises H-DATA-12."""
    with open(path, "rb") as file:
        head = file.read(4096)
    if head.startswith(b"%PDF") or (b"\0" in head and not head.startswith((*PACKED, *WIDE))):
        raise HeadwayError("H-DATA-12", f"{name} is no spreadsheet.", "It is a document or a picture.", "Bring it as xlsx or csv.")


def _whole(heads: tuple[str, ...], under: tuple[str, ...]) -> tuple[str, ...] | None:
    """Two lines of heads as one, where the first has a merged cell whose parts are named below it; None where the second is a row."""
    width = max(len(heads), len(under))
    above, below = ((*cells, *[""] * (width - len(cells))) for cells in (heads, under))
    fills = any(part and not head for head, part in zip(above, below, strict=True))
    if not fills or below[0] or any(any(sign.isdigit() for sign in part) for part in below):
        return None
    return tuple(part or head for head, part in zip(above, below, strict=True))


def _sheet(name: str, rows: Iterable[list[str]]) -> Sheet | None:
    """The first row with two filled cells is the head, with the parts of merged heads from the line below it. Empty rows are left out,
    and the others keep their numbers.
    """
    heads: tuple[str, ...] = ()
    kept: list[tuple[int, tuple[str, ...]]] = []
    for number, row in enumerate(rows, start=1):
        cells = tuple(cell.strip() for cell in row)
        if not heads:
            heads = cells if sum(map(bool, cells)) >= 2 else ()
        elif not kept and (both := _whole(heads, cells)) is not None:
            heads = both
        elif any(cells):
            kept.append((number, (*cells, *[""] * (len(heads) - len(cells)))[: len(heads)]))
        if len(kept) > MOST_ROWS:
            raise HeadwayError("H-DATA-10", f"{name} is too long.", f"It has more than {MOST_ROWS:,} rows.", "Bring it in parts.")
    return Sheet(name, heads, tuple(kept)) if kept else None
