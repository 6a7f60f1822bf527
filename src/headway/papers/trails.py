"""Number trails: each way that a figure came about, numbered once, in the order of reading."""

from collections.abc import Iterator

from headway.papers.blocks import Block, Bullets, LegalCheck, Number, Paper, Paragraph, Table, Words, runs

TITLE = "Where the numbers come from"


def trails_of(paper: Paper) -> dict[str, int]:
    """Trail → its number, from 1. The same trail has one number, wherever it is cited."""
    found: dict[str, int] = {}
    for words in _all_words(paper.blocks):
        for run in runs(words):
            if isinstance(run, Number) and run.trail:
                found.setdefault(run.trail, len(found) + 1)
    return found


def _all_words(blocks: tuple[Block, ...]) -> Iterator[Words]:
    for block in blocks:
        if isinstance(block, (Paragraph, LegalCheck)):
            yield block.words
        elif isinstance(block, Bullets):
            yield from block.items
        elif isinstance(block, Table):
            for row in block.rows:
                yield from row
