"""Whatever people type, a paper is written in every format, holds it as text, and is the same bytes each time."""

import io
import re
import zipfile
from dataclasses import replace
from html import unescape
from itertools import pairwise
from xml.etree import ElementTree

import docx as word
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.papers.annex import xlsx
from headway.papers.blocks import Bullets, Column, Heading, LegalCheck, Number, Paragraph, Strong, Table
from headway.papers.characters import clean
from headway.papers.checking import faults_of
from headway.papers.html import document, fragment
from headway.papers.typesetting import pdf
from headway.papers.word import docx
from tests.unit.papers.making import PAPER, with_blocks

TYPED = st.text(max_size=60).filter(lambda typed: typed.strip() and clean(typed).strip())
LEVELS = st.lists(st.integers(min_value=0, max_value=5), max_size=12)


def paper_of(typed: str, other: str):  # type: ignore[no-untyped-def]
    table = Table(typed, (Column("One"), Column("Two")), ((typed, (Number(other, typed, 1.5),)),), note=other)
    blocks = (Heading(typed), Paragraph((typed, Strong(other), Number(typed, other))), Bullets((other,)), table, LegalCheck(other))
    return replace(with_blocks(*blocks), title=typed, body=other, line=typed, foot=other)


@pytest.mark.slow
@given(TYPED, TYPED)
def test_every_format_takes_any_text_and_gives_the_same_bytes(typed: str, other: str) -> None:
    paper = paper_of(typed, other)
    for write in (pdf, docx, xlsx, document):
        assert write(paper) == write(paper)  # type: ignore[operator]


@pytest.mark.slow
@given(TYPED, TYPED)
def test_word_and_html_hold_it_as_text(typed: str, other: str) -> None:
    paper = paper_of(typed, other)
    assert clean(typed) in [one.text for one in word.Document(io.BytesIO(docx(paper))).paragraphs]
    made = fragment(paper)
    assert clean(typed) in unescape(made)
    allowed = "article|p|b|span|h1|h2|sup|a|ul|ol|li|div|table|caption|thead|tbody|tr|th|td|strong|section"
    assert not re.search(rf"<(?!/?({allowed})[ >])", made)


@pytest.mark.slow
@given(TYPED)
def test_every_part_of_an_office_file_is_sound_xml(typed: str) -> None:
    for made in (docx(paper_of(typed, "x")), xlsx(paper_of(typed, "x"))):
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            for name in archive.namelist():
                if name.endswith((".xml", ".rels")):
                    ElementTree.fromstring(archive.read(name))  # noqa: S314 - of our own making


@given(LEVELS)
def test_the_order_of_headings_against_a_twin(levels: list[int]) -> None:
    sound = all(1 <= level <= 3 for level in levels) and all(after <= before + 1 for before, after in pairwise([0, *levels]))
    assert (not list(faults_of(with_blocks(*(Heading("H", level) for level in levels))))) == sound


def test_a_changed_word_is_another_file() -> None:
    other = replace(PAPER, foot="Another foot.")
    assert all(write(PAPER) != write(other) for write in (pdf, docx, xlsx, document))  # type: ignore[operator]
