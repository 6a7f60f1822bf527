"""A paper as HTML: within a page of ours, or as a document that stands alone."""

from html import escape
from importlib.resources import files
from typing import Any

from headway.papers.blocks import Paper
from headway.papers.checking import checked
from headway.papers.drawings import STYLE
from headway.papers.outline import Outline, outline

DEEPEST = 6


def fragment(paper: Paper, top: int = 1, key: str = "paper") -> str:
    """An <article>, its title a heading of level `top`. `key` begins every id in it. Raises H-USAGE-80 for a paper with faults."""
    made = outline(checked(paper))
    parts = [_block(block, top, key) for block in made["blocks"]]
    head = f'<p class="paper__line"><b>{escape(made["body"])}</b> <span>{escape(made["line"])}</span></p>'
    foot = f'<p class="paper__foot">{escape(made["foot"])}</p>' if made["foot"] else ""
    title = f"<h{top}>{escape(made['title'])}</h{top}>"
    return f'<article class="paper">{head}{title}{"".join(parts)}{_trails(made, top, key)}{foot}</article>'


def document(paper: Paper) -> bytes:
    """A whole document with its own style: nothing in it is fetched from anywhere."""
    style = files("headway.papers").joinpath("paper.css").read_text() + STYLE
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><style>{style}</style>'
    title = escape(outline(paper)["title"])
    language = escape(paper.language)
    whole = f"<head><title>{title}</title>{head}</head><body><main>{fragment(paper)}</main></body>"
    return f'<!doctype html>\n<html lang="{language}">{whole}</html>\n'.encode()


def _block(block: Outline, top: int, key: str) -> str:
    kind = block["kind"]
    if kind in ("plain", "answer", "note"):
        made = "" if kind == "plain" else f' class="{kind}"'
        return f"<p{made}>{_words(block['words'], key)}</p>"
    return str(_WRITERS[kind](block, top, key))


def _heading(block: Outline, top: int, key: str) -> str:
    level = min(DEEPEST, top + int(block["level"]))
    return f"<h{level}>{escape(block['words'])}</h{level}>"


def _list(block: Outline, top: int, key: str) -> str:
    name = "ol" if block["kind"] == "numbered" else "ul"
    return f"<{name}>{''.join(f'<li>{_words(item, key)}</li>' for item in block['items'])}</{name}>"


def _table(block: Outline, top: int, key: str) -> str:
    marks = [' class="n"' if column["number"] else "" for column in block["columns"]]
    heads = "".join(f'<th scope="col"{mark}>{escape(column["heading"])}</th>' for column, mark in zip(block["columns"], marks, strict=True))
    names = [str(escape(column["heading"])) for column in block["columns"]]
    rows = "".join(_row(row, marks, names, key) for row in block["rows"])
    caption = escape(block["caption"])
    made = f'<table class="readings"><caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{caption}">{made}</div>{_note(block, key)}'


def _row(row: list[list[Outline]], marks: list[str], names: list[str], key: str) -> str:
    """Each cell names its column, for a narrow screen where the cells of a row stand below each other."""
    cells = [
        f'<th scope="row">{_words(cell, key)}</th>'
        if place == 0
        else f'<td{marks[place]} data-label="{names[place]}">{_words(cell, key)}</td>'
        for place, cell in enumerate(row)
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _picture(block: Outline, top: int, key: str) -> str:
    """The drawing is an image with words of its own: what is drawn in it is not read a second time."""
    drawn = str(block["svg"]).replace("<svg ", f'<svg role="img" aria-label="{escape(block["alt"])}" ', 1)
    table = block["table"]
    behind = f"<details><summary>Show as a table: {escape(table['caption'])}</summary>{_table(table, top, key)}</details>" if table else ""
    return f"<figure><figcaption>{escape(block['title'])}</figcaption>{drawn}</figure>{_note(block, key)}{behind}"


def _page_break(block: Outline, top: int, key: str) -> str:
    return '<div class="paper__break"></div>'


def _visible_to(block: Outline, top: int, key: str) -> str:
    return f'<p class="visible-to">Visible to: {escape(block["who"])}</p>'


def _legal_check(block: Outline, top: int, key: str) -> str:
    return f'<p class="legal-check"><strong>{escape(block["mark"])}</strong> {_words(block["words"], key)}</p>'


_WRITERS: dict[str, Any] = {
    "heading": _heading, "bullets": _list, "numbered": _list, "table": _table, "picture": _picture, "page_break": _page_break,
    "visible_to": _visible_to, "legal_check": _legal_check,
}  # fmt: skip


def _note(block: Outline, key: str) -> str:
    return f'<p class="note">{_words(block["note"], key)}</p>' if block["note"] else ""


def _words(words: list[Outline], key: str) -> str:
    return "".join(_run(run, key) for run in words)


def _run(run: Outline, key: str) -> str:
    shown = escape(run["words"])
    if run["kind"] == "strong":
        return f"<b>{shown}</b>"
    if not run["trail"]:
        return shown
    number = run["trail"]
    return f'{shown}<sup><a href="#{key}-trail-{number}" aria-label="Where {shown} comes from: {number}">{number}</a></sup>'


def _trails(made: Outline, top: int, key: str) -> str:
    if not made["trails"]:
        return ""
    items = "".join(f'<li id="{key}-trail-{one["number"]}">{escape(one["words"])}</li>' for one in made["trails"])
    level = min(DEEPEST, top + 1)
    return f'<section class="paper__trails"><h{level}>{escape(made["trails_title"])}</h{level}><ol>{items}</ol></section>'
