"""The Word document as Word's own readers see it."""

import io
from typing import Any

import docx as word
import pytest

from headway.papers.blocks import Heading, Paragraph
from headway.papers.word import docx
from headway.vocabulary.errors import HeadwayError
from tests.unit.papers.making import PAPER, TRAIL, with_blocks

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(made: bytes) -> Any:
    return word.Document(io.BytesIO(made))


def test_headings_are_real() -> None:
    found = [(one.style.name, one.text) for one in opened(docx(PAPER)).paragraphs if one.style.name.startswith(("Title", "Heading"))]
    assert found == [
        ("Title", "Promises: where we stand"),
        ("Heading 1", "Promises"),
        ("Heading 2", "What changed"),
        ("Heading 1", "Recommendations"),
        ("Heading 1", "Where the numbers come from"),
    ]


def test_a_table_repeats_its_heading_row_and_says_what_it_is() -> None:
    (table,) = opened(docx(PAPER)).tables
    assert [cell.text for cell in table.rows[0].cells] == ["Promise", "Latest (%)", "Verdict"]
    assert table.rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None
    assert table._tbl.tblPr.find(f"{W}tblCaption").get(f"{W}val") == "Eleven promises"


def test_a_picture_has_words() -> None:
    (shape,) = opened(docx(PAPER)).inline_shapes
    assert shape._inline.docPr.get("descr") == "Line: 91.7, then 93.1"


def test_numbers_lead_to_their_trail() -> None:
    body = opened(docx(PAPER)).element.body
    assert [link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")] == ["trail-1", "trail-1"]
    (start,) = body.iter(f"{W}bookmarkStart")
    assert start.get(f"{W}name") == "trail-1"
    assert TRAIL in "".join(start.getparent().itertext())


def test_each_numbered_list_starts_at_one() -> None:
    numbered = [one for one in opened(docx(PAPER)).paragraphs if one.style.name == "List Number"]
    lists = [one._p.pPr.numPr.numId.val for one in numbered]
    assert lists[0] == lists[1] != lists[2] == lists[3]


def test_the_file_says_nothing_of_who_made_it_or_when() -> None:
    facts = opened(docx(PAPER)).core_properties
    assert (facts.title, facts.author, facts.last_modified_by) == (PAPER.title, PAPER.body, PAPER.body)
    assert facts.created.date() == facts.modified.date() == PAPER.issued


def test_what_people_typed_is_text() -> None:
    typed = "</w:t></w:r><w:r><w:t>more & \x0b=1+1"
    assert opened(docx(with_blocks(Paragraph(typed)))).paragraphs[-1].text == "</w:t></w:r><w:r><w:t>more & =1+1"


def council(*, without: str = "") -> bytes:
    document = word.Document()
    document.add_paragraph("Text of the template")
    document.sections[0].header.paragraphs[0].text = "Wrenford City Council"
    document.styles["Heading 1"].font.name = "Gill Sans"
    if without:
        document.styles[without].delete()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_councils_template_gives_its_look_and_not_its_text() -> None:
    made = opened(docx(with_blocks(Heading("Options considered")), template=council()))
    assert [one.text for one in made.paragraphs] == [PAPER.title, "Options considered"]
    assert made.sections[0].header.paragraphs[0].text == "Wrenford City Council"
    assert made.styles["Heading 1"].font.name == "Gill Sans"


@pytest.mark.parametrize(("template", "said"), [(b"PK not a document", "not a Word document"), (council(without="Caption"), "Caption")])
def test_a_template_that_cannot_be_used_is_refused(template: bytes, said: str) -> None:
    with pytest.raises(HeadwayError) as caught:
        docx(PAPER, template=template)
    assert caught.value.code == "H-USAGE-81"
    assert said in caught.value.what
