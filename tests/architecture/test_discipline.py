"""Today comes from the one clock, randomness from a passed seed, and the desk does nothing behind one's back."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import SOURCE, parsed, python_files, short, text_of

CLOCK = SOURCE / "vocabulary/clock.py"
# a name made from the moment must be new each time, whatever day a demonstration has set
MOMENTS_OF_THEIR_OWN = {SOURCE / "store/snapshots.py"}
NOW = re.compile(r"\b(datetime\.(now|utcnow|today)|date\.today|timezone\.(now|localdate))$")
SEEDED = {"default_rng", "Generator", "SeedSequence", "PCG64", "BitGenerator"}
BEHIND_ONES_BACK = re.compile(r"\b(django\.dispatch|db\.models\.signals|contrib\.contenttypes\.fields)\b")


def dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def reads_another_clock(tree: ast.AST) -> list[int]:
    return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Call) and NOW.search(dotted(node.func))]


def unseeded(tree: ast.AST) -> list[int]:
    """The standard library's random, numpy's global one, or a generator made without a seed."""
    return [line for node in ast.walk(tree) for line in _unseeded(node)]


def _unseeded(node: ast.AST) -> Iterator[int]:
    if isinstance(node, ast.Import) and any(name.name == "random" for name in node.names):
        yield node.lineno
    if isinstance(node, ast.ImportFrom) and node.module == "random":
        yield node.lineno
    if isinstance(node, ast.Call):
        name = dotted(node.func)
        if re.search(r"\b(np|numpy)\.random\.\w+$", name) and name.rpartition(".")[2] not in SEEDED:
            yield node.lineno
        if name.endswith("default_rng") and not node.args and not node.keywords:
            yield node.lineno


def offenders(finding: object, exempt: set[Path], words: str) -> dict[str, list[int]]:
    """`words`: a file in whose text none of these stands cannot offend, and is not read as syntax."""
    assert callable(finding)
    paths = [path for path in python_files(SOURCE) if path not in exempt and "migrations" not in path.parts]
    paths = [path for path in paths if re.search(words, text_of(path))]
    return {short(path): lines for path in paths if (lines := finding(parsed(path)))}


def test_there_is_one_clock() -> None:
    assert (
        offenders(reads_another_clock, {CLOCK, *MOMENTS_OF_THEIR_OWN}, r"\b(?:datetime|date|timezone)\s*\.\s*\w*(?:now|today|localdate)\b")
        == {}
    )


def test_chance_comes_from_a_seed() -> None:
    assert offenders(unseeded, set(), "random|default_rng") == {}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("datetime.now(UTC)", [1]),
        ("datetime.date.today()", [1]),
        ("timezone.now()", [1]),
        ("clock.now()", []),
        ("today()", []),
    ],
)
def test_another_clock_is_told_from_ours(line: str, expected: list[int]) -> None:
    assert reads_another_clock(ast.parse(line)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("import random", [1]),
        ("from random import choice", [1]),
        ("np.random.normal(0, 1)", [1]),
        ("np.random.default_rng()", [1]),
        ("np.random.default_rng(seed)", []),
        ("random.normal(0, 1)", []),
    ],
)
def test_chance_without_a_seed_is_told(line: str, expected: list[int]) -> None:
    assert unseeded(ast.parse(line)) == expected


def test_the_desk_has_no_signals_and_no_generic_foreign_keys() -> None:
    found = [short(path) for path in python_files(SOURCE / "desk") if BEHIND_ONES_BACK.search(path.read_text())]
    assert found == []
