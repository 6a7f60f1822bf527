"""Typst: the PDF of a paper, and a drawing as pixels. What people wrote reaches it as data, under a folder with nothing in it."""

import json
import struct
import tempfile
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from headway.papers.blocks import Paper
from headway.papers.checking import checked
from headway.papers.drawings import styled
from headway.papers.outline import outline

PIXELS_AN_INCH = 240.0
NOT_DRAWN = "□"  # for a character that the typeface does not have
PICTURE = b"""#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg", width: float(sys.inputs.points) * 1pt)"""


def pdf(paper: Paper) -> bytes:
    """PDF/UA-1, tagged. Raises H-USAGE-80 for a paper with faults.

    A character that its typeface does not have is shown as □: the other formats hold it.
    """
    source = files("headway.papers").joinpath("paper.typ").read_bytes()
    given = json.dumps(_printable(outline(checked(paper))), ensure_ascii=False)
    return _compiled(source, {"paper": given}, format="pdf", pdf_standards=["ua-1"])


def png(svg: str, points: float) -> bytes:
    """A bare drawing as pixels, `points` wide on paper."""
    return _compiled(PICTURE, {"svg": styled(_printable(svg)), "points": repr(points)}, format="png", ppi=PIXELS_AN_INCH)


def _compiled(source: bytes, given: dict[str, str], **wanted: Any) -> bytes:
    """Typefaces of the machine are left out, so that every machine gives the same bytes."""
    import typst  # here, so that pages do not pay for it

    faces: Any = [_typefaces()]
    with tempfile.TemporaryDirectory(prefix="headway-paper-") as empty:
        made: Any = typst.compile(
            source, root=empty, package_path=empty, package_cache_path=empty, sys_inputs=given, font_paths=faces, ignore_system_fonts=True,
            **wanted,
        )  # fmt: skip
    if not isinstance(made, bytes):
        raise TypeError("Typst gave pages where one file was asked for.")
    return made


def _typefaces() -> Path:
    import fontpkg_inter

    return Path(fontpkg_inter.__file__).parent / "files"


def _printable(value: Any) -> Any:
    """Every text of an outline in characters that the typeface has."""
    if isinstance(value, str):
        had = _characters()
        return value if value.isascii() else "".join(mark if ord(mark) in had else NOT_DRAWN for mark in value)
    if isinstance(value, dict):
        return {name: styled(_printable(one)) if name == "svg" else _printable(one) for name, one in value.items()}
    return [_printable(one) for one in value] if isinstance(value, list) else value


@lru_cache(maxsize=1)
def _characters() -> frozenset[int]:
    """The characters that the typeface draws, from its own table (cmap, format 12)."""
    font = next(path for path in _typefaces().glob("*.ttf") if "Italic" not in path.name).read_bytes()
    start = _table(font, b"cmap")
    found: set[int] = set()
    for place in range(struct.unpack_from(">H", font, start + 2)[0]):
        at = start + struct.unpack_from(">I", font, start + 8 + 8 * place)[0]
        if struct.unpack_from(">H", font, at)[0] == 12:
            for group in range(struct.unpack_from(">I", font, at + 12)[0]):
                first, last = struct.unpack_from(">II", font, at + 16 + 12 * group)
                found.update(range(first, last + 1))
    return frozenset(found)


def _table(font: bytes, wanted: bytes) -> int:
    """Where a table of a typeface begins."""
    for at in range(12, 12 + 16 * struct.unpack_from(">H", font, 4)[0], 16):
        if font[at : at + 4] == wanted:
            return int(struct.unpack_from(">I", font, at + 8)[0])
    raise LookupError(wanted)
