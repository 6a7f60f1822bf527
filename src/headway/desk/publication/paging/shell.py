"""A public page as stored HTML: our own frame without a sign-in, no script, nothing fetched from anywhere else."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from headway.papers.blocks import Paper
from headway.papers.html import fragment

PAGES = (
    ("index.html", "Where we stand"), ("promises.html", "Promises"), ("results.html", "How schools do"),
    ("schools.html", "School by school"),
    ("support.html", "Support"), ("boards.html", "Boards"), ("method.html", "Method and data"), ("glossary.html", "Words"),
    ("changes.html", "Changes"),
)  # fmt: skip
LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


@dataclass(frozen=True)
class Listed:
    """A file to take away beside the papers of a meeting."""

    path: str
    title: str
    weight: str  # its kind and size
    item: str


def page(
    path: str, paper: Paper, style: str, example: bool, meetings: list[tuple[str, str]], beside: Sequence[Listed] = ()
) -> bytes:  # fmt: skip
    """The whole page. `style` is the address of our style sheet; `meetings` are (path, title) of board papers; `beside` its own files."""
    title = f"{paper.title} – {paper.body}"
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="{escape(style)}">'
    )
    name = f'<a class="hw-name" href="index.html">{escape(paper.body)} <span>schools, in the open</span></a>'
    top = f'<header class="hw-top"><div class="hw-top__row">{name}</div></header>'
    body = fragment(paper) + (_listed(meetings) if path == "boards.html" else "") + (_files() if path == "method.html" else "")
    body += _beside(beside)
    middle = f'<div class="hw-frame">{_nav(path)}<main id="main" tabindex="-1">{body}</main></div>'
    skip = '<a class="hw-skip" href="#main">Skip to the page</a>'
    whole = f"<head>{head}</head><body>{skip}{top}{middle}{_foot(example)}</body>"
    return f'<!doctype html>\n<html lang="{escape(paper.language)}">{whole}</html>\n'.encode()


def _nav(current: str) -> str:
    under = "boards.html" if current.startswith("meeting-") else current
    items = "".join(f'<li><a href="{path}"{_mark(path, current, under)}>{escape(title)}</a></li>' for path, title in PAGES)
    return f'<nav class="hw-tasks" aria-label="Pages"><ul>{items}</ul></nav>'


def _mark(path: str, current: str, under: str) -> str:
    return ' aria-current="page"' if path == current else ' aria-current="true"' if path == under else ""


def _listed(meetings: list[tuple[str, str]]) -> str:
    if not meetings:
        return ""
    items = "".join(f'<li><a href="{escape(path)}">{escape(title)}</a></li>' for path, title in meetings)
    return f"<section><h2>Papers and minutes</h2><ul>{items}</ul></section>"


def _beside(files: Sequence[Listed]) -> str:
    if not files:
        return ""
    items = "".join(
        f'<li><a href="{escape(one.path)}">{escape(one.title)} <span>({escape(one.weight)})</span></a>, with “{escape(one.item)}”</li>'
        for one in files
    )
    return f"<section><h2>Files with these papers</h2><ul>{items}</ul></section>"


def _files() -> str:
    return '<p><a href="key_figures.csv">key_figures.csv</a> · <a href="key_figures.meta.csv">key_figures.meta.csv</a></p>'


def _foot(example: bool) -> str:
    said = (
        "The area is made up: nobody and no school here is real"
        if example
        else f'Contains public sector information licensed under the <a href="{LICENCE}">Open Government Licence v3.0</a>'
    )
    return f'<footer class="hw-foot"><p>{said}</p></footer>'
