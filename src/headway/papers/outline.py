"""A paper as plain lists and texts, cleaned and with its trails numbered: what the writers of files share."""

from typing import Any

from headway.papers import trails
from headway.papers.blocks import (
    Block,
    Bullets,
    Heading,
    LegalCheck,
    Number,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Run,
    Strong,
    Table,
    VisibleTo,
    Words,
    runs,
    text,
)
from headway.papers.characters import clean
from headway.papers.drawings import bare, width_of

MARK = "Template: for the council’s legal team to check before use."
NARROW = 14  # characters
Outline = dict[str, Any]


def outline(paper: Paper) -> Outline:
    """{title, body, line, foot, language, issued, trails_title, trails, blocks}, all of it JSON. The paper must be checked."""
    numbered = trails.trails_of(paper)
    return {
        "title": clean(paper.title),
        "body": clean(paper.body),
        "line": clean(paper.line),
        "foot": clean(paper.foot),
        "language": [*paper.language.split("-"), "GB"][:2],
        "issued": [paper.issued.year, paper.issued.month, paper.issued.day],
        "trails_title": trails.TITLE,
        "trails": [{"number": number, "words": clean(trail)} for trail, number in numbered.items()],
        "blocks": [_block(block, numbered) for block in paper.blocks],
    }


def _block(block: Block, numbered: dict[str, int]) -> Outline:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "words": clean(block.words)}
        case Paragraph():
            return {"kind": block.voice.value, "words": _words(block.words, numbered)}
        case Bullets():
            return {"kind": "numbered" if block.numbered else "bullets", "items": [_words(item, numbered) for item in block.items]}
        case Table():
            return _table(block, numbered)
        case Picture():
            return _picture(block, numbered)
        case PageBreak():
            return {"kind": "page_break"}
        case VisibleTo():
            return {"kind": "visible_to", "who": clean(block.who)}
        case LegalCheck():
            return {"kind": "legal_check", "mark": MARK, "words": _words(block.words, numbered)}


def _words(words: Words, numbered: dict[str, int]) -> list[Outline]:
    return [_run(run, numbered) for run in runs(words)]


def _run(run: Run, numbered: dict[str, int]) -> Outline:
    if isinstance(run, Number):
        return {"kind": "number", "words": clean(run.shown), "trail": numbered.get(run.trail, 0), "value": run.value}
    if isinstance(run, Strong):
        return {"kind": "strong", "words": clean(run.words), "trail": 0}
    return {"kind": "plain", "words": clean(run), "trail": 0}


def _table(block: Table, numbered: dict[str, int]) -> Outline:
    return {
        "kind": "table",
        "caption": clean(block.caption),
        "columns": [
            {"heading": clean(column.heading), "number": column.number, "share": _share(block, place)}
            for place, column in enumerate(block.columns)
        ],
        "rows": [[_words(cell, numbered) for cell in row] for row in block.rows],
        "note": _note(block.note),
    }


def _share(block: Table, place: int) -> float:
    """How much of the room left a column takes: 0 for one that needs no more than its words."""
    longest = max([len(block.columns[place].head), *(len(text(row[place])) for row in block.rows)])
    return 0.0 if block.columns[place].number or longest <= NARROW else round(longest**0.5, 1)


def _picture(block: Picture, numbered: dict[str, int]) -> Outline:
    return {
        "kind": "picture",
        "svg": bare(block.svg),
        "width": width_of(block.svg),
        "title": clean(block.title),
        "alt": clean(block.alt),
        "table": _table(block.table, numbered) if block.table else None,
        "note": _note(block.note),
    }


def _note(note: str) -> list[Outline]:
    return _words(note, {}) if note else []
