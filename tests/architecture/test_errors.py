"""Every error code has a heading in the reference, and no heading is left of a code that is gone."""

import ast
import re

from tests.architecture.tree import ROOT, SOURCE, parsed, python_files, short

CODE = re.compile(r"H-[A-Z]+-\d\d+")
PAGE = ROOT / "docs/reference/errors.md"


def codes() -> dict[str, str]:
    """Each code in the source, with the first file that names it."""
    found: dict[str, str] = {}
    for path in [*python_files(SOURCE), ROOT / "headway"]:
        for code in CODE.findall(path.read_text()):
            found.setdefault(code, short(path))
    return found


def headed() -> list[str]:
    return re.findall(r"^#{2,4} (H-[A-Z]+-\d\d+)", PAGE.read_text(), re.MULTILINE)


def sections(missing: set[str]) -> str:
    """Sections to start from, for codes without one: what each raise says."""
    lines = []
    for path in python_files(SOURCE):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant) and node.args[0].value in missing:
                words = [ast.unparse(argument) for argument in [*node.args[1:], *(keyword.value for keyword in node.keywords)]]
                lines.append(f"### {node.args[0].value}\n{short(path)}:{node.lineno}\n" + "\n".join(words))
    return "\n\n".join(lines)


def test_every_code_has_its_section() -> None:
    missing = codes().keys() - set(headed())
    where = {code: codes()[code] for code in sorted(missing)}
    assert where == {}, f"give each a section in docs/reference/errors.md; start from:\n\n{sections(missing)}"


def test_no_section_is_left_of_a_code_that_is_gone() -> None:
    assert set(headed()) - codes().keys() == set()


def test_no_code_has_two_sections() -> None:
    assert len(headed()) == len(set(headed()))
