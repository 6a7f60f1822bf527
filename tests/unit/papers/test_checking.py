"""A paper that somebody could not read is refused, with every fault at once."""

import pytest

from headway.papers.blocks import Bullets, Column, Heading, Paragraph, Picture, Table, VisibleTo
from headway.papers.checking import checked, faults_of
from headway.vocabulary.errors import HeadwayError
from tests.unit.papers.making import DRAWING, PAPER, with_blocks

TWO = (Column("Year"), Column("Value"))


def test_a_whole_paper_has_no_faults() -> None:
    assert checked(PAPER) is PAPER


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (Picture(DRAWING, "Title", ""), "without words for those who cannot see it"),
        (Picture(DRAWING, " ", "alt"), "a picture without a title"),
        (Picture("<svg", "Title", "alt"), "cannot be read as SVG"),
        (Table("", TWO, ()), "without a caption"),
        (Table("T", (Column("Year"), Column("")), ()), "a column that has no heading"),
        (Table("T", (Column("Year"), Column("Year")), ()), "2 columns called “Year”"),
        (Table("T", TWO, (("2019",),)), "row 1 has 1 cells for 2 columns"),
        (Paragraph("  "), "has no words"),
        (Bullets(()), "a list with nothing in it"),
        (Bullets(("One", " ")), "a list with nothing in it"),
        (VisibleTo(""), "does not say who may read"),
        (Heading("Deep", 4), "has level 4"),
        (Heading("Second", 2), "skips a level"),
    ],
)
def test_each_fault_is_told(block: object, said: str) -> None:
    faults = list(faults_of(with_blocks(block)))  # type: ignore[arg-type]
    assert len(faults) == 1
    assert said in faults[0]


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(HeadwayError) as caught:
        checked(with_blocks(Heading("Second", 2), Picture(DRAWING, "Title", ""), Table("", TWO, ())))
    assert caught.value.code == "H-USAGE-80"
    assert caught.value.what.startswith("3 things are wrong")


def test_going_up_any_number_of_levels_is_no_fault() -> None:
    assert list(faults_of(with_blocks(*(Heading("H", level) for level in (1, 2, 3, 1, 1, 2))))) == []
