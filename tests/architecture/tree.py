"""The files of the repository as the architecture tests see them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/headway"


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that is or would be committed; without git, every file outside the ignored folders."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        paths = [ROOT / name for name in done.stdout.split("\0") if name]
    else:
        ignored = {".venv", "node_modules", "__pycache__", "compiled", ".git"}
        paths = [path for path in ROOT.rglob("*") if not ignored & set(path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in paths if path.is_file()))


def python_files(under: Path = ROOT) -> list[Path]:
    return [path for path in tracked() if path.suffix == ".py" and path.is_relative_to(under)]


@cache
def parsed(path: Path) -> ast.Module:
    """A file's syntax, read once for all the tests that look at it; nobody alters it."""
    return ast.parse(text_of(path))


def statements(tree: ast.AST) -> Iterator[ast.AST]:
    """Every statement of a file, however deep, without the expressions in them."""
    for name in ("body", "orelse", "finalbody", "handlers", "cases"):
        inside = getattr(tree, name, ())
        for one in inside if isinstance(inside, list) else ():
            yield one
            yield from statements(one)


@cache
def text_of(path: Path) -> str:
    return path.read_text()


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))
