"""What is wrong with a paper, all at once, before anything is written."""

from collections import Counter
from collections.abc import Iterator

from headway.papers.blocks import Block, Bullets, Heading, LegalCheck, Paper, Paragraph, Picture, Table, VisibleTo, text
from headway.papers.drawings import faults_of_drawing
from headway.vocabulary.errors import HeadwayError

DEEPEST = 3


def checked(paper: Paper) -> Paper:
    """The paper, fit to be written. Raises H-USAGE-80 with every fault."""
    faults = list(faults_of(paper))
    if faults:
        many = "One thing is" if len(faults) == 1 else f"{len(faults)} things are"
        raise HeadwayError(
            "H-USAGE-80",
            f"{many} wrong with the paper “{paper.title[:80]}”: {'; '.join(faults)}.",
            "A paper must be readable by everybody, also with a screen reader, and alike in every format.",
            "Put them right and write it again.",
        )
    return paper


def faults_of(paper: Paper) -> Iterator[str]:
    if not paper.title.strip():
        yield "it has no title"
    if not paper.body.strip():
        yield "it does not say whose it is"
    yield from _faults_of_headings([block for block in paper.blocks if isinstance(block, Heading)])
    for place, block in enumerate(paper.blocks, 1):
        for fault in _faults_of_block(block):
            yield f"block {place} {fault}"


def _faults_of_headings(headings: list[Heading]) -> Iterator[str]:
    """A heading may be at most one level below the one before it; the first is of level 1."""
    before = 0
    for heading in headings:
        if not 1 <= heading.level <= DEEPEST:
            yield f"the heading “{heading.words}” has level {heading.level}, not 1 to {DEEPEST}"
        elif heading.level > before + 1:
            yield f"the heading “{heading.words}” skips a level"
        before = heading.level


def _faults_of_block(block: Block) -> Iterator[str]:
    if isinstance(block, Picture):
        yield from _faults_of_picture(block)
    elif isinstance(block, Table):
        yield from _faults_of_table(block)
    elif isinstance(block, Bullets):
        if not block.items or any(not text(item).strip() for item in block.items):
            yield "is a list with nothing in it or in one of its items"
    elif isinstance(block, (Heading, Paragraph, LegalCheck)) and not text(block.words).strip():
        yield "has no words"
    elif isinstance(block, VisibleTo) and not block.who.strip():
        yield "does not say who may read the paper"


def _faults_of_picture(block: Picture) -> Iterator[str]:
    if not block.title.strip():
        yield "is a picture without a title"
    if not block.alt.strip():
        yield "is a picture without words for those who cannot see it"
    for fault in faults_of_drawing(block.svg):
        yield f"is a picture that {fault}"
    if block.table is not None:
        yield from _faults_of_table(block.table)


def _faults_of_table(block: Table) -> Iterator[str]:
    if not block.caption.strip():
        yield "is a table without a caption"
    heads = Counter(column.heading.strip() for column in block.columns)
    if not heads or "" in heads:
        yield f"is a table with a column that has no heading (“{block.caption}”)"
    for head, times in heads.items():
        if times > 1:
            yield f"is a table with {times} columns called “{head}”"
    for place, row in enumerate(block.rows, 1):
        if len(row) != len(block.columns):
            yield f"is a table whose row {place} has {len(row)} cells for {len(block.columns)} columns (“{block.caption}”)"
