"""A paper with one block of each kind, to write in every format."""

from dataclasses import replace
from datetime import date

from headway.charts.drawing import framed, line, mark, text
from headway.papers.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    LegalCheck,
    Number,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Strong,
    Table,
    VisibleTo,
    Voice,
)

TRAIL = "Attendance in 2024/25, early; file absence.csv, row 12."
SEVERE = Number("2.6%", TRAIL, 2.6123)
DRAWING = framed(
    "a", 300, 120, "Attendance", "Wrenford 93.1", [line(28, 104, 290, 104, "axis"), mark("own", 280, 62, "tip"), text(200, 50, "Wrenford")]
)
TABLE = Table(
    "Eleven promises",
    (Column("Promise"), Column("Latest", "%", number=True), Column("Verdict")),
    (
        ("Severe absence down by a third", (SEVERE,), (Strong("Off course"),)),
        ("Progress of pupils with SEND", (Number("–"),), "Cannot tell"),
    ),
    note="“–”: no figure.",
)
BEHIND = Table("Attendance", (Column("Year"), Column("Wrenford", "%", number=True)), (("2023/24", "93.1"),))
BLOCKS: tuple[Block, ...] = (
    VisibleTo("everybody"),
    Paragraph("One promise is off course.", Voice.ANSWER),
    Heading("Promises"),
    TABLE,
    Heading("What changed", 2),
    Bullets(((Strong("Severe absence."), " Now ", SEVERE, "."), "Second"), numbered=True),
    Bullets(("Another list", "of two"), numbered=True),
    Bullets(("One", "Two")),
    Picture(DRAWING, "Rose two years running", "Line: 91.7, then 93.1", BEHIND, "Hatched: not comparable."),
    LegalCheck("Section 13A of the Education Act 1996."),
    PageBreak(),
    Heading("Recommendations"),
    Paragraph("Agree a review.", Voice.PLAIN),
)
PAPER = Paper(
    "Promises: where we stand", "Wrenford Challenge Board", "5 February 2026 · Paper 4", date(2026, 2, 5), BLOCKS, "No pupil is named."
)


def with_blocks(*blocks: Block) -> Paper:
    return replace(PAPER, blocks=blocks)
