"""Safe YAML with the line of every key, no duplicate keys, and limits on aliases, depth and size."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from headway.vocabulary.errors import HeadwayError

MOST_BYTES = 512_000
MOST_ALIASES = 200
DEEPEST = 20

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Lines = dict[tuple[str | int, ...], int]


class Fault(Exception):
    """One fault in one YAML file, at a line that counts from 1."""

    def __init__(self, path: Path, line: int, words: str) -> None:
        super().__init__(f"{path}:{line}: {words}")


def read_yaml(path: Path) -> tuple[Any, Lines]:
    """The content of a YAML file as plain values, and the line of each key path. Raises Fault."""
    return parse_yaml(path.read_bytes(), path)


def parse_yaml(raw: bytes, path: Path) -> tuple[Any, Lines]:
    """As `read_yaml`, of bytes that lie in no file of ours; `path` is how faults name them."""
    if len(raw) > MOST_BYTES:
        raise Fault(path, 1, f"the file has {len(raw):,} bytes; a definition has at most {MOST_BYTES:,}")
    text = raw.decode("utf-8", "strict")
    if text.count(" *") > MOST_ALIASES:
        raise Fault(path, 1, f"more than {MOST_ALIASES} aliases")
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        lines: Lines = {(): 1}
        if node is None:
            return {}, lines
        _walk(node, (), lines, path)
        return loader.construct_document(node), lines
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise Fault(path, mark.line + 1 if mark else 1, f"not valid YAML: {error.problem}") from None
    finally:
        loader.dispose()


def _walk(node: yaml.Node, at: tuple[str | int, ...], lines: Lines, path: Path) -> None:
    if len(at) > DEEPEST:
        raise Fault(path, node.start_mark.line + 1, f"nested deeper than {DEEPEST} levels")
    lines.setdefault(at, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                raise Fault(path, key.start_mark.line + 1, f"the key {key.value!r} stands twice")
            seen.add(key.value)
            lines[(*at, key.value)] = key.start_mark.line + 1
            _walk(value, (*at, key.value), lines, path)
    elif isinstance(node, yaml.SequenceNode):
        for position, value in enumerate(node.value):
            _walk(value, (*at, position), lines, path)


def told(path: Path, error: ValidationError, lines: Lines, under: tuple[str, ...]) -> list[str]:
    """What is wrong with a file's content, each fault with its line."""
    said = []
    for item in error.errors(include_url=False):
        place = (*under, *(part for part in item["loc"] if isinstance(part, (str, int))))
        while place not in lines and place:
            place = place[:-1]
        said.append(f"{path}:{lines.get(place, 1)}: {'.'.join(map(str, (*under, *item['loc'])))}: {item['msg']}")
    return said


def all_at_once(faults: list[str]) -> HeadwayError:
    """One error that tells every fault of a library."""
    shown = "\n  ".join(faults[:60]) + (f"\n  … and {len(faults) - 60} more" if len(faults) > 60 else "")
    count = f"{len(faults)} fault{'s' if len(faults) > 1 else ''}"
    return HeadwayError("H-LIBRARY-01", f"The library has {count}:\n  {shown}\n", remedy="Mend each line named; nothing was loaded.")
