"""Writes an ambition into a workspace's own library, as a form gave it: whole files, put in place in one step."""

import os
import re
import unicodedata
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import yaml

from headway.definitions.ambition_reading import FOLDER

SETS = "ambition_sets.yaml"
CHANGED = "changed"  # touched with each change, so that processes which hold the library open know of it


def as_text(content: Mapping[str, Any]) -> str:
    """A definition as YAML, in the order given, without what is empty."""
    return yaml.safe_dump(_full(content), sort_keys=False, allow_unicode=True, width=120, default_flow_style=None)


def _full(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _full(one) for name, one in value.items() if one not in (None, "", [], {}, ())}
    return [_full(one) for one in value] if isinstance(value, (list, tuple)) else value


def slug(title: str, taken: Collection[str] = ()) -> str:
    """A name for a file, of a title's first words: reach_england; with a number where it is taken."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40].rstrip("_") or "promise"
    return next(name for number in range(1, 1_000) if (name := words if number == 1 else f"{words}_{number}") not in taken)


def keep(home: Path, name: str, text: str, owner: Mapping[str, Any]) -> Path:
    """Put an ambition (id set.name) into the workspace's library; `owner` is the set's entry, written where the set is new."""
    root = home / "library"
    folder, _, file = name.rpartition(".")
    path = root / FOLDER / folder / f"{file}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    _set(root / SETS, folder, owner)
    _replace(path, text)
    touch(home)
    return path


def touch(home: Path) -> None:
    """Tell whoever holds the library open that it is another."""
    (home / "library" / CHANGED).write_bytes(b"")


def _set(path: Path, name: str, owner: Mapping[str, Any]) -> None:
    """The set's entry, added after what stands there already, comments and all."""
    before = path.read_text() if path.exists() else ""
    if name not in (yaml.safe_load(before) or {}):
        _replace(path, before + ("\n" if before and not before.endswith("\n") else "") + as_text({name: dict(owner)}))


def _replace(path: Path, text: str) -> None:
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text)
    os.replace(fresh, path)
