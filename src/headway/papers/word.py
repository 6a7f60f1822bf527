"""A paper as a Word document: real headings, lists and tables, pictures with words, on a council's own template where it gives one."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

from headway.papers import word_parts as parts
from headway.papers.blocks import Paper
from headway.papers.checking import checked
from headway.papers.outline import Outline, outline
from headway.papers.packing import repacked
from headway.papers.typesetting import png
from headway.vocabulary.errors import HeadwayError

STYLES = ("Title", "Heading 1", "Heading 2", "Heading 3", "List Bullet", "List Number", "Caption")
WIDEST = 493.0  # points between the margins


def docx(paper: Paper, template: bytes | None = None) -> bytes:
    """A .docx. `template` is a council's own, whose styles, headers and footers are kept and whose text is not.

    Raises H-USAGE-80 for a paper with faults, H-USAGE-81 for a template that cannot be used.
    """
    made = outline(checked(paper))
    document = _opened(template)
    if template is None:
        parts.dress(document, made)
    document.add_paragraph(made["title"], style="Title")
    for block in made["blocks"]:
        _WRITERS[block["kind"]](document, block)
    _trails(document, made)
    _described(document, made)
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue())


def _opened(template: bytes | None) -> Any:
    import docx as word  # here, so that pages do not pay for it

    if template is None:
        return word.Document()
    try:
        document = word.Document(io.BytesIO(template))
    except Exception as fault:  # the library raises whatever its readers meet in a file from outside
        raise HeadwayError("H-USAGE-81", "The template is not a Word document.", remedy="Give a .docx file, without macros.") from fault
    missing = [name for name in STYLES if name not in {style.name for style in document.styles}]
    if missing:
        raise HeadwayError(
            "H-USAGE-81",
            f"The template has no style called {', '.join(missing)}.",
            "Headings, lists and captions must be real ones for those who use a screen reader.",
            "Add the styles in Word and save it again.",
        )
    parts.emptied(document)
    return document


def _described(document: Any, made: Outline) -> None:
    """What the file says of itself: nothing of this machine, this moment or the template's author."""
    facts, then = document.core_properties, datetime.combine(date(*made["issued"]), time(), UTC)
    facts.title, facts.author, facts.language = made["title"], made["body"], "-".join(made["language"])
    facts.created = facts.modified = then
    facts.last_modified_by, facts.comments, facts.keywords, facts.revision = made["body"], "", "", 1


def _heading(document: Any, block: Outline) -> None:
    document.add_paragraph(block["words"], style=f"Heading {block['level']}")


def _paragraph(document: Any, block: Outline) -> None:
    paragraph = document.add_paragraph()
    parts.write(paragraph, block["words"], size={"answer": 14, "note": 9}.get(block["kind"]))


def _list(document: Any, block: Outline) -> None:
    style = "List Number" if block["kind"] == "numbered" else "List Bullet"
    numbering = parts.restarted(document, style) if block["kind"] == "numbered" else None
    for item in block["items"]:
        paragraph = document.add_paragraph(style=style)
        if numbering is not None:
            parts.number_by(paragraph, numbering)
        parts.write(paragraph, item)


def _table(document: Any, block: Outline) -> None:
    _caption(document, block["caption"])
    table = document.add_table(rows=1, cols=len(block["columns"]))
    parts.heading_row(table, block)
    for row in block["rows"]:
        cells = table.add_row().cells
        for cell, words, column in zip(cells, row, block["columns"], strict=True):
            parts.write(cell.paragraphs[0], words, size=9.5)
            parts.aligned(cell.paragraphs[0], right=column["number"])
    _note(document, block)


def _picture(document: Any, block: Outline) -> None:
    from docx.shared import Pt

    _caption(document, block["title"])
    points = min(block["width"] * 0.75, WIDEST)
    shape = document.add_paragraph().add_run().add_picture(io.BytesIO(png(block["svg"], points)), width=Pt(points))
    shape._inline.docPr.set("descr", block["alt"])
    shape._inline.docPr.set("title", block["title"])
    _note(document, block)


def _page_break(document: Any, block: Outline) -> None:
    document.add_page_break()


def _visible_to(document: Any, block: Outline) -> None:
    paragraph = document.add_paragraph()
    parts.barred(paragraph, parts.ACCENT)
    parts.write(paragraph, [parts.strong("Visible to: "), parts.plain(block["who"])])


def _legal_check(document: Any, block: Outline) -> None:
    paragraph = document.add_paragraph()
    parts.barred(paragraph, parts.WORSE)
    parts.write(paragraph, [parts.strong(f"{block['mark']} "), *block["words"]])


_WRITERS: dict[str, Callable[[Any, Outline], None]] = {
    "heading": _heading, "plain": _paragraph, "answer": _paragraph, "note": _paragraph, "bullets": _list, "numbered": _list,
    "table": _table, "picture": _picture, "page_break": _page_break, "visible_to": _visible_to, "legal_check": _legal_check,
}  # fmt: skip


def _caption(document: Any, words: str) -> None:
    paragraph = document.add_paragraph(words, style="Caption")
    paragraph.paragraph_format.keep_with_next = True


def _note(document: Any, block: Outline) -> None:
    if block["note"]:
        parts.write(document.add_paragraph(), block["note"], size=9)


def _trails(document: Any, made: Outline) -> None:
    if made["trails"]:
        document.add_paragraph(made["trails_title"], style="Heading 1")
        for one in made["trails"]:
            paragraph = document.add_paragraph()
            parts.write(paragraph, [parts.plain(f"{one['number']}. {one['words']}")], size=9)
            parts.bookmarked(paragraph, one["number"])
