"""A council's report: every part that it must have is there, written or not."""

from headway.papers.blocks import Heading, LegalCheck, Paragraph, text
from headway.papers.checking import faults_of
from headway.papers.council import MUST, TO_BE_WRITTEN, Part, report
from tests.unit.papers.making import with_blocks


def test_a_part_that_nobody_wrote_says_so() -> None:
    made = report({Part.FINDINGS: (Paragraph("Seven of eleven."),)})
    headings = [block.words for block in made if isinstance(block, Heading)]
    assert headings == [Part.RECOMMENDATIONS, Part.FINDINGS, *MUST[1:]]
    assert sum(TO_BE_WRITTEN in text(block.words) for block in made if isinstance(block, Paragraph)) == len(MUST) - 1
    assert sum(isinstance(block, LegalCheck) for block in made) == 1


def test_a_councils_own_headings() -> None:
    made = report({}, {Part.RISK: "Risk management"})
    assert Heading("Risk management") in made
    assert Heading(Part.RISK.value) not in made


def test_a_report_can_be_written() -> None:
    parts = {part: (Paragraph(part.value), Heading("More", 2)) for part in Part}
    assert list(faults_of(with_blocks(*report(parts)))) == []
