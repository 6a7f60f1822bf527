"""The PDF says that it is PDF/UA-1, and is: tagged, titled, in a language, with words for its pictures; typed text never runs."""

import io
from collections.abc import Iterator
from typing import Any

import pypdf
import pytest

from headway.papers.blocks import Paragraph, Table
from headway.papers.typesetting import pdf, png
from tests.unit.papers.making import PAPER, TABLE, TRAIL, with_blocks


def opened(made: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(made))


def tags(made: bytes) -> Iterator[Any]:
    """Every element of the structure, in the order of reading."""
    waiting = [opened(made).trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop()
        if not isinstance(element, pypdf.generic.DictionaryObject):
            continue
        if "/S" in element:
            yield element
        kids = element.get("/K", [])
        kids = kids if isinstance(kids, list) else [kids]
        waiting += [kid.get_object() for kid in reversed(kids)]


def words(made: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in opened(made).pages).split())


def test_it_says_that_it_is_pdf_ua() -> None:
    root = opened(pdf(PAPER)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert PAPER.title.encode() in root["/Metadata"].get_data()


def test_headings_tables_lists_and_pictures_are_tagged() -> None:
    kinds = [element["/S"] for element in tags(pdf(PAPER))]
    assert [kind for kind in kinds if kind in ("/H1", "/H2", "/H3")] == ["/H1", "/H2", "/H3", "/H2", "/H2"]
    assert kinds.count("/Table") == 1
    assert kinds.count("/TH") == len(TABLE.columns)
    assert kinds.count("/L") == 3
    assert kinds.count("/Figure") == 1


def test_a_picture_has_words() -> None:
    (figure,) = [element for element in tags(pdf(PAPER)) if element["/S"] == "/Figure"]
    assert figure["/Alt"] == "Line: 91.7, then 93.1"


def test_the_trail_is_in_it() -> None:
    assert f"1. {TRAIL}" in words(pdf(PAPER))


@pytest.mark.parametrize(
    "typed",
    [
        '#read("/etc/passwd")',
        "#panic()",
        "$ x $ *bold* _it_ `code`",
        "= Heading",
        "#let a = 1",
        "@trail-1 <trail-1>",
        "\\#1 // comment",
        "]#x[",
    ],
)
def test_what_people_typed_is_text(typed: str) -> None:
    table = Table(typed, TABLE.columns, ((typed, typed, typed),), note=typed)
    made = words(pdf(with_blocks(Paragraph(typed), table)))
    assert made.count(typed) >= 2


def test_a_character_without_a_shape_is_a_box_and_no_fault() -> None:
    assert "□□ naïve Łódź □" in words(pdf(with_blocks(Paragraph("اردو naïve Łódź 😀"[2:]))))


def test_a_long_table_goes_over_pages() -> None:
    table = Table("Schools", TABLE.columns, tuple((f"School {number}", "1", "2") for number in range(200)))
    made = opened(pdf(with_blocks(table)))
    assert len(made.pages) > 2
    assert "School 199" in made.pages[-1].extract_text()
    assert "Latest (%)" in made.pages[-1].extract_text()  # the heading row again


def test_a_drawing_as_pixels() -> None:
    from headway.papers.drawings import bare
    from tests.unit.papers.making import DRAWING

    made = png(bare(DRAWING), 225.0)
    assert made.startswith(b"\x89PNG")
    assert int.from_bytes(made[16:20]) == 750  # 225 points at 240 to the inch
