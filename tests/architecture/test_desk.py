"""Views read and answer; what changes a row lives in actions.py."""

import ast
from pathlib import Path

import pytest

from tests.architecture.tree import SOURCE, parsed, python_files, short

WRITES = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete", "asave", "acreate", "adelete"}


def is_view(path: Path) -> bool:
    return path.stem == "views" or "views" in path.parts


def writes(tree: ast.AST) -> list[int]:
    """Lines that call something which writes to the database."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    return [call.lineno for call in calls if call.func.attr in WRITES or _updates_rows(call.func)]


def _updates_rows(function: ast.Attribute) -> bool:
    """`.update()` of a query, told from that of a dictionary by `objects` somewhere before it."""
    inside = {node.attr for node in ast.walk(function) if isinstance(node, ast.Attribute)}
    return function.attr == "update" and "objects" in inside


def test_no_view_writes() -> None:
    views = [path for path in python_files(SOURCE) if is_view(path)]
    assert {short(path): lines for path in views if (lines := writes(parsed(path)))} == {}


def functions(name: str) -> list[tuple[str, ast.FunctionDef]]:
    """Every function at the top of the desk's files of one name, with where it is."""
    paths = [path for path in python_files(SOURCE / "desk") if path.name == name]
    return [
        (f"{short(path)}:{node.lineno} {node.name}", node)
        for path in paths
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef)
    ]


@pytest.mark.parametrize("name", ["actions.py", "queries.py", "rules.py"])
def test_what_the_desk_does_and_asks_is_typed(name: str) -> None:
    bare = []
    for where, node in functions(name):
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        if node.returns is None or any(argument.annotation is None for argument in arguments):
            bare.append(where)
    assert bare == []


def test_every_action_says_by_whom() -> None:
    actions = [(where, node) for where, node in functions("actions.py") if not node.name.startswith("_")]
    assert [where for where, node in actions if "by" not in {argument.arg for argument in node.args.kwonlyargs}] == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("user.save()", [1]),
        ("Watch.objects.filter(urn=1).update(on=True)", [1]),
        ("context.update(year=year)", []),
        ("form.is_valid()", []),
    ],
)
def test_a_write_is_told_from_a_read(line: str, expected: list[int]) -> None:
    assert writes(ast.parse(line)) == expected
