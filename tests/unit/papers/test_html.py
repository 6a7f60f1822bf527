"""HTML that a screen reader follows, with what people typed as text and nothing else."""

import re

from headway.papers.blocks import Paragraph
from headway.papers.html import document, fragment
from tests.unit.papers.making import PAPER, TRAIL, with_blocks


def test_headings_follow_the_title() -> None:
    assert re.findall(r"<h(\d)>", fragment(PAPER)) == ["1", "2", "3", "2", "2"]
    assert re.findall(r"<h(\d)>", fragment(PAPER, top=2)) == ["2", "3", "4", "3", "3"]


def test_a_table_has_its_caption_and_headings() -> None:
    made = fragment(PAPER)
    assert "<caption>Eleven promises</caption>" in made
    assert '<th scope="col" class="n">Latest (%)</th>' in made
    assert '<th scope="row">Severe absence down by a third</th>' in made


def test_a_picture_is_one_image_with_words_and_its_table() -> None:
    made = fragment(PAPER)
    assert '<svg role="img" aria-label="Line: 91.7, then 93.1"' in made
    assert "Show as a table: Attendance" in made


def test_a_trail_is_told_once_and_led_to_twice() -> None:
    made = fragment(PAPER, key="p4")
    assert made.count('href="#p4-trail-1"') == 2
    assert made.count(f'<li id="p4-trail-1">{TRAIL}</li>') == 1


def test_what_people_typed_is_text() -> None:
    made = fragment(with_blocks(Paragraph('<script>alert(1)</script> & "more"\x00')))
    assert "<script" not in made
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;\ufffd" in made


def test_a_page_of_ours_holds_no_style_of_its_own() -> None:
    assert "style" not in fragment(PAPER)  # the content policy would refuse it


def test_a_document_stands_alone() -> None:
    made = document(PAPER).decode()
    assert made.startswith('<!doctype html>\n<html lang="en-GB">')
    assert not re.search(r"(src|href)=\"(?!#)", made)
    assert "url(" not in made
