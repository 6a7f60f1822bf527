"""Drawings within papers: only plain shapes and text, styled by themselves, since a paper has no style sheet of pages."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {"svg", "g", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "a"}
LARGEST = 2_000_000  # characters
# no reference to anything outside: what could fetch, run or restyle is not on the list
ALLOWED = {
    "class", "id", "x", "y", "x1", "y1", "x2", "y2", "dx", "dy", "cx", "cy", "r", "rx", "ry", "d", "points", "width", "height", "viewBox",
    "transform", "role", "tabindex", "focusable", "fill", "stroke", "stroke-width", "stroke-dasharray", "fill-opacity", "stroke-opacity",
    "text-anchor", "opacity", "href",
}  # fmt: skip
# the colours and strokes of site/assets/scss/_charts.scss and _tokens.scss, as far as paper needs them
STYLE = """
text{font-family:Inter,Arial,sans-serif;font-size:12px;fill:#484f54}
.strong{fill:#0b0c0c;stroke:#0b0c0c;stroke-width:.35}.mine{fill:#0b5563;stroke:#0b5563;stroke-width:.35}
.mid{text-anchor:middle}.end{text-anchor:end}
.axis{stroke:#7c868b;fill:none}.grid{stroke:#e1e5e6;fill:none}
.own{fill:#0b5563}.own-line{stroke:#0b5563;stroke-width:2;fill:none}.own-margin{stroke:#0b5563;stroke-width:1.5;fill:none}
.own-care{fill:#fff;stroke:#0b5563;stroke-width:2}.family{fill:#fff;stroke:#0b0c0c;stroke-width:1.5}
.family-line,.authority-line,.england-line{stroke:#9aa3a7;stroke-width:1;fill:none}.england-line{stroke-dasharray:3 2}
.authority{fill:#5c656a}.england{stroke:#0b0c0c;stroke-width:2.5}
.gap{fill:#f3f5f5}.gap-hatch{stroke:#c3c9cb;fill:none}.break{stroke:#5c656a;stroke-dasharray:2 3;fill:none}
.lane{fill:#f3f5f5}.land{fill:#f3f5f5;stroke:#7c868b}.spot{fill:#0b5563;stroke:#fff}.spot.near{fill:#fff;stroke:#0b5563;stroke-width:1.5}
.spot.is-better{fill:#1a5a9c}.spot.is-behind{fill:#a34700}.pooled,.band,.top{fill:#e1eef0}.mark{fill:#484f54}
.hollow{fill:#fff;stroke:#484f54;stroke-width:1.2}.tie{stroke:#7c868b;fill:none}.range{stroke:#9aa3a7;stroke-width:1.5;fill:none}
.range.own{stroke:#0b5563;stroke-width:2.5;fill:none}
.limit{stroke:#5c656a;stroke-dasharray:5 3;fill:none}.limit.outer{stroke-dasharray:none}
.faint{stroke-opacity:.45}
.promised{stroke:#0b0c0c;stroke-width:2;fill:none}.needed{stroke:#0b0c0c;stroke-width:1.4;stroke-dasharray:2 4;fill:none}
.needed-mark{fill:#fff;stroke:#0b0c0c}.needed-end{stroke:#0b0c0c;stroke-width:2;fill:none}.bar{fill:#0b5563}
.b{fill:#0b0c0c}.v-on{fill:#1a5a9c}.v-tick{fill:none;stroke:#fff;stroke-width:1.8}
.v-ring{fill:none;stroke:#484f54;stroke-width:1.6}.v-cross{fill:none;stroke:#484f54;stroke-width:1.8}.v-half{fill:#484f54}
.v-risk .v-ring,.v-off .v-ring,.v-off .v-cross{stroke:#a34700}.v-risk .v-half{fill:#a34700}.v-early,.v-none{fill:none}
.fell,.sess-counted{fill:#a34700}.fell-line{stroke:#a34700;stroke-width:2;fill:none}.fell-from{fill:#fff;stroke:#484f54;stroke-width:1.5}
.sess{fill:#f3f5f5}.sess-young{fill:#fff;stroke:#a34700;stroke-width:2;stroke-dasharray:3 2}.sess-absent{fill:#fff;stroke:#7c868b}
"""
ElementTree.register_namespace("", SVG[1:-1])


def faults_of_drawing(svg: str) -> Iterator[str]:
    """What keeps a drawing out of a paper, in words that follow "a picture that"."""
    if len(svg) > LARGEST:
        yield "is too large"
        return
    if "<!" in svg or "<?" in svg:  # no document types: their entities could grow without end
        yield "holds something besides shapes"
        return
    try:
        root = ElementTree.fromstring(svg)  # noqa: S314 - without a document type there are no entities to expand
    except ElementTree.ParseError:
        yield "cannot be read as SVG"
        return
    if root.tag != f"{SVG}svg" or not re.fullmatch(r"\d+(\.\d+)?", root.get("width", "")):
        yield "has no width in pixels"
    for element in root.iter():
        yield from _faults_of_element(element)


def _faults_of_element(element: ElementTree.Element) -> Iterator[str]:
    name = str(element.tag).removeprefix(SVG)
    if name not in SHAPES:
        yield f"holds <{name}>"
    for attribute, value in element.attrib.items():
        if "url(" in value or (attribute not in ALLOWED and not attribute.startswith("aria-")):
            yield f"gives {attribute} to <{name}>"


def bare(svg: str) -> str:
    """The drawing without links, ids and tips, which paper cannot follow. It must be free of faults."""
    root = ElementTree.fromstring(svg)  # noqa: S314 - checked before
    for element in root.iter():
        for child in list(element):
            if child.tag in (f"{SVG}title", f"{SVG}desc"):
                element.remove(child)  # the words go with the picture as its alternative text
        for attribute in list(element.attrib):
            if attribute in ("href", "id", "tabindex", "role") or attribute.startswith("aria-"):
                del element.attrib[attribute]
        if element.tag == f"{SVG}a":
            element.tag = f"{SVG}g"
    return ElementTree.tostring(root, encoding="unicode")


def styled(svg: str) -> str:
    """A bare drawing with its own style sheet, for where no page styles it."""
    return svg.replace(">", f"><style>{STYLE}</style>", 1)


def width_of(svg: str) -> float:
    """In CSS pixels."""
    found = re.search(r'<svg[^>]*? width="([\d.]+)"', svg)
    return float(found[1]) if found else 0.0
