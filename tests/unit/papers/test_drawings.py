"""Only plain shapes and text come into a paper; what our charts draw does, and has its colours there."""

import re

import pytest

from headway.papers.drawings import STYLE, bare, faults_of_drawing, styled
from tests.architecture.tree import SOURCE
from tests.unit.papers.making import DRAWING

START = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">'
DRAWN_BY_A_PAGE = {"hw-svg", "halo", "near", "wide-only", "narrow"}  # styled on pages only, or part of another's rule


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ('<image href="file:///etc/passwd"/>', "<image>"),
        ("<foreignObject/>", "<foreignObject>"),
        ('<use xmlns:x="http://www.w3.org/1999/xlink" x:href="http://elsewhere.example/a.svg#b"/>', "<use>"),
        ("<style>@import url(http://elsewhere.example)</style>", "<style>"),
        ('<rect onload="alert(1)"/>', "onload"),
        ('<rect style="fill:url(http://elsewhere.example)"/>', "style"),
        ('<rect fill="url(http://elsewhere.example)"/>', "fill"),
    ],
)
def test_what_could_fetch_run_or_restyle_is_refused(inside: str, said: str) -> None:
    assert any(said in fault for fault in faults_of_drawing(f"{START}{inside}</svg>"))


@pytest.mark.parametrize(
    "svg",
    [
        '<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg" width="1">&a;</svg>',
        "not a drawing",
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
        "<html/>",
        f"{START}{' ' * 2_000_001}</svg>",
    ],
)
def test_what_is_not_a_drawing_is_refused(svg: str) -> None:
    assert list(faults_of_drawing(svg))


def test_a_bare_drawing_keeps_its_shapes_and_loses_links_and_tips() -> None:
    linked = DRAWING.replace("<circle", '<a href="/schools/1/"><circle').replace("</circle>", "</circle></a>")
    assert list(faults_of_drawing(linked)) == []
    made = bare(linked)
    assert "<circle" in made
    assert not re.search(r"href|<title|<desc|<a |aria-|id=", made)
    assert styled(made).count("<style>") == 1


def test_every_class_that_a_chart_draws_has_its_look_on_paper() -> None:
    drawn: set[str] = set()
    for path in (SOURCE / "charts").glob("*.py"):
        for found in re.findall(r'class="([a-z- ]+)"', path.read_text()):
            drawn.update(found.split())
    styles = set(re.findall(r"\.([a-z-]+)", STYLE))
    assert drawn - styles - DRAWN_BY_A_PAGE == set()
