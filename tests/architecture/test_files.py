"""House rules of files: their length, their names, and nothing in them that belongs to one machine."""

import re

import pytest

from tests.architecture.tree import ROOT, python_files, short, tracked

LONGEST = 400
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "base", "manager", "managers", "data", "info", "misc"}
OWN_TEXT = {".py", ".md", ".toml", ".yaml", ".yml", ".json", ".html", ".scss", ".cfg", ".txt", ".lock", ".js", ""}
# written in two halves so that this file does not hold what it looks for
OF_ONE_MACHINE = re.compile(r"(?<![\w.])(/wo" r"rk/|/ro" r"ot/|/ho" r"me/[a-z]+/|/Us" r"ers/|C:\\Us" r"ers)")
REGISTRIES = re.compile(r"(pypi\.o" r"rg|python" r"hosted\.org|registry\.npm" r"js|deb\.deb" r"ian\.org|index[-_]u" r"rl\s*=)")


def own_texts() -> list[tuple[str, str]]:
    texts = [path for path in tracked() if path.suffix in OWN_TEXT and path.stat().st_size < 2_000_000]
    return [(short(path), path.read_text(encoding="utf-8", errors="replace")) for path in texts]


def test_no_python_file_is_longer_than_400_lines() -> None:
    lengths = {short(path): len(path.read_text().splitlines()) for path in python_files()}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    stems = {short(path): {path.stem, *path.relative_to(ROOT).parent.parts} for path in python_files()}
    assert [name for name, parts in stems.items() if parts & FORBIDDEN] == []


@pytest.mark.parametrize(("what", "pattern"), [("a machine's own path", OF_ONE_MACHINE), ("a registry's address", REGISTRIES)])
def test_no_file_holds(what: str, pattern: re.Pattern[str]) -> None:
    found = {name: match.group() for name, text in own_texts() if (match := pattern.search(text))}
    assert found == {}, f"these files hold {what}"


def test_python_modules_say_what_they_are_for() -> None:
    """Every module that holds code opens with a doc-string; migrations are Django's."""
    silent = []
    for path in python_files(ROOT / "src"):
        text = path.read_text().strip()
        exempt = not text or path.name in {"__init__.py", "__main__.py"} or "migrations" in path.parts
        if not exempt and not text.startswith(('"""', 'r"""')):
            silent.append(short(path))
    assert silent == []
