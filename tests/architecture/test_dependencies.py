"""What we stand on: every dependency has its reason, is locked by hash, and has a licence that we may ship under."""

import ast
import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, metadata, packages_distributions

from tests.architecture.tree import ROOT, SOURCE, parsed, python_files, short, statements

WHOLE = tomllib.loads((ROOT / "pyproject.toml").read_text())
PROJECT = WHOLE["project"]
APART = {name: (ROOT / f"requirements-{name}.lock").read_text() for name in WHOLE["dependency-groups"]}  # not in every environment
LOCK = (ROOT / "requirements.lock").read_text()
# copyleft that reaches into what is linked with it; the lesser GPL and the MPL do not, for a library used as it is
COPYLEFT = re.compile(r"(?<!L)(?<!Lesser )\b(A?GPL|GNU (Affero )?General Public)", re.IGNORECASE)


def plain(requirement: str) -> str:
    return re.split(r"[\[<>=~! ;]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def wanted() -> list[str]:
    extras = PROJECT["optional-dependencies"]
    return [*PROJECT["dependencies"], *(one for group in extras.values() for one in group)]


def apart() -> set[str]:
    return {plain(one) for group in WHOLE["dependency-groups"].values() for one in group}


def locked(text: str = LOCK) -> set[str]:
    return {match.lower().replace("_", "-") for match in re.findall(r"^([A-Za-z0-9_.-]+)==", text, re.MULTILINE)}


def test_the_lock_holds_every_dependency() -> None:
    assert {plain(requirement) for requirement in wanted()} - locked() == set()
    assert apart() - {name for lock in APART.values() for name in locked(lock)} == set()
    assert apart() & locked() == set()


def imported() -> dict[str, str]:
    """Each package from outside that our source imports, with the first file that does."""
    found: dict[str, str] = {}
    for path in python_files(SOURCE):
        for node in statements(parsed(path)):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []
            for name in names:
                found.setdefault(name.split(".")[0], short(path))
    return {name: where for name, where in found.items() if name not in sys.stdlib_module_names | {"headway"}}


def test_what_we_import_we_declare() -> None:
    """A package that comes along with another may go with it; so each one we use is named."""
    providers = packages_distributions()
    declared = {plain(requirement) for requirement in wanted()}
    undeclared = {name: where for name, where in imported().items() if not declared & {plain(one) for one in providers.get(name, [])}}
    undeclared = {name: where for name, where in undeclared.items() if name not in apart()}  # named like their packages
    assert undeclared == {}


def test_every_locked_package_has_a_hash() -> None:
    blocks = [block for lock in (LOCK, *APART.values()) for block in re.split(r"^(?=[A-Za-z0-9])", lock, flags=re.MULTILINE)]
    assert [block.splitlines()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block] == []


def test_every_dependency_says_why_it_is_there() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    lists = re.findall(r"^dependencies = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    lines = [line for line in lists[0].splitlines() if line.strip().startswith('"')]
    assert len(lines) == len(PROJECT["dependencies"])
    assert [line for line in lines if not re.search(r"#\s*\w{3,}", line)] == []


def test_no_shipped_dependency_is_under_a_copyleft_licence() -> None:
    found = {}
    for name in sorted({plain(requirement) for requirement in wanted()}):
        try:
            facts = metadata(name)
        except PackageNotFoundError:
            continue  # for another platform
        words = [facts.get("License-Expression") or "", *facts.get_all("Classifier", [])]
        if COPYLEFT.search(" ".join(words)):
            found[name] = words
    assert found == {}


def test_the_project_itself_is_mit() -> None:
    assert PROJECT["license"] == "MIT"
    assert (ROOT / "LICENSE").read_text().startswith("MIT License")
