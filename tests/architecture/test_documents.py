"""The documents keep step: their links lead somewhere, and what they must hold is there."""

import re
from functools import cache
from pathlib import Path

import pytest

from headway.cli.reference import pages
from headway.definitions.loading import library_for
from tests.architecture.tree import ROOT, SOURCE, python_files, short, tracked

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
PICTURES = ROOT / "docs/pictures"  # taken from the running product; a document may name one before it is there
EXPECTED = ["README.md", "GLOSSARY.md", "DEVELOPERS.md", "TESTING.md", "CHANGELOG.md", "docs/tour.md", "docs/reference/errors.md"]


def documents() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".md"]


@cache
def there() -> frozenset[Path]:
    """Every file, and every folder that holds one."""
    return frozenset(one for path in tracked() for one in (path, *path.parents) if one.is_relative_to(ROOT))


@cache
def headings(path: Path) -> set[str]:
    """The anchors of a document's headings, as code hosts make them."""
    titles = re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def leads_nowhere(document: Path, link: str) -> bool:
    if re.match(r"[a-z]+:", link):
        return False  # an address outside; tests do not leave this machine
    name, _, anchor = link.partition("#")
    target = (document.parent / name).resolve() if name else document
    if target.parent == PICTURES:
        return False
    return target not in there() or bool(anchor and target.suffix == ".md" and anchor not in headings(target))


@pytest.mark.parametrize("name", EXPECTED)
def test_the_document_is_there(name: str) -> None:
    assert (ROOT / name).read_text().strip()


def test_every_link_leads_somewhere() -> None:
    dead = {short(path): [link for link in LINK.findall(path.read_text()) if leads_nowhere(path, link)] for path in documents()}
    assert {name: links for name, links in dead.items() if links} == {}


def test_documents_that_the_code_names_are_there() -> None:
    sources = [path for path in tracked() if path.is_relative_to(ROOT / "src") and path.suffix in {".py", ".yaml", ".html"}]
    named = {name: short(path) for path in sources for name in re.findall(r"docs/[\w/.-]+\.md", path.read_text())}
    assert {name: where for name, where in named.items() if not (ROOT / name).exists()} == {}


def test_every_document_can_be_found() -> None:
    """From the index, by the links of the documents it leads to."""
    found, waiting = set[Path](), [ROOT / "docs/README.md"]
    while waiting:
        document = waiting.pop()
        if document in found or not document.exists() or document.suffix != ".md":
            continue
        found.add(document)
        waiting += [(document.parent / link.partition("#")[0]).resolve() for link in LINK.findall(document.read_text()) if ":" not in link]
    lost = [short(path) for path in documents() if path.is_relative_to(ROOT / "docs") and path not in found and path.parent != PICTURES]
    assert lost == []


def test_the_generated_reference_names_everything() -> None:
    """Written by python -m headway.cli.reference, which is what to run when this fails."""
    for name, text in pages(library_for()).items():
        wanted, there = (set(re.findall(r"^## (.+)$", one, re.MULTILINE)) for one in (text, (ROOT / "docs/reference" / name).read_text()))
        assert wanted == there, f"docs/reference/{name} is behind; run: python -m headway.cli.reference"


def test_every_setting_is_in_the_reference() -> None:
    page = (ROOT / "docs/reference/settings.md").read_text()
    read = [*python_files(SOURCE), ROOT / "tests/conftest.py", ROOT / "tests/machines.py", ROOT / "headway"]
    named = {name: short(path) for path in read for name in re.findall(r"[\"'](HEADWAY_[A-Z_]+)[\"']", path.read_text())}
    assert {name: where for name, where in named.items() if f"`{name}`" not in page} == {}


def test_the_tour_links_the_files_it_names() -> None:
    """The tour goes from file to page: it must name real files of ours, and a good number of them."""
    links = [link for link in LINK.findall((ROOT / "docs/tour.md").read_text()) if link.startswith("../src/")]
    assert len(links) >= 10
    storeys = {link.split("/")[3] for link in links}
    assert {"library", "sources", "store", "analysis", "pipeline", "readings", "language", "desk", "site"} <= storeys
