"""A pack as files, addressed by content; and whether a file still is what its snapshot gives."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from headway.definitions.boards import Edition
from headway.desk.boards.packs.spec import READ, Spec, address_of, as_json, dumped, loaded
from headway.desk.boards.packs.writing import write
from headway.papers.annex import xlsx
from headway.papers.html import document
from headway.papers.outline import outline
from headway.papers.typesetting import pdf
from headway.papers.word import docx
from headway.readings.door import Door
from headway.readings.earlier import door_of
from headway.vocabulary.errors import HeadwayError

PACK = "pack.json"


@dataclass(frozen=True)
class Built:
    """What came out: the address of it all, and each edition’s paper as plain values, short and whole."""

    address: str
    papers: Mapping[str, Any]
    hidden: tuple[tuple[str, str], ...]


def build(door: Door, spec: Spec) -> Built:
    """Every edition, from one door: whatever is published meanwhile, the pack has one snapshot."""
    papers: dict[str, Any] = {}
    hidden: tuple[tuple[str, str], ...] = ()
    for edition in Edition:
        for full in (False, True):
            written = write(door, spec, edition, full=full)
            papers[f"{edition.value}{'-whole' if full else ''}"] = json.loads(as_json(outline(written.paper)))
            if edition is Edition.PUBLIC:
                hidden = tuple(sorted({*hidden, *written.hidden}))
    return Built(address_of({"spec": dumped(spec), "papers": papers}), papers, hidden)


def files_of(door: Door, spec: Spec, template: bytes | None = None) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of every file: each edition, short and whole, as PDF, Word, HTML and workbook; and pack.json, which verifies."""
    for edition in Edition:
        for full in (False, True):
            paper = write(door, spec, edition, full=full).paper
            name = f"{edition.value}{'-whole' if full else ''}"
            yield f"{name}.pdf", pdf(paper)
            yield f"{name}.docx", docx(paper, template)
            yield f"{name}.html", document(paper)
            yield f"{name}.xlsx", xlsx(paper)
    yield PACK, as_file(spec, build(door, spec))


def as_file(spec: Spec, built: Built) -> bytes:
    return as_json({"address": built.address, "spec": dumped(spec), "papers": built.papers}).encode()


@dataclass(frozen=True)
class Verified:
    """Whether a pack is what its snapshot gives; if not, every difference in words."""

    address: str
    differences: tuple[str, ...]

    @property
    def identical(self) -> bool:
        return not self.differences


def verify(home: Path, file: Path) -> Verified:
    """Build a pack again from its snapshot and compare. Raises H-USAGE-110 for a file that is no pack, H-STORE-05 without its snapshot."""
    given = _read(file)
    try:
        spec = loaded(given["spec"])
    except (KeyError, TypeError, ValueError) as fault:
        raise _no_pack(file) from fault
    differences = []
    changed = address_of({"spec": given["spec"], "papers": given["papers"]}) != given["address"]
    if changed:
        differences.append("The file was changed: what is in it does not have the address it gives.")
    door = door_of(home, spec.snapshot)
    if door.library.digest != spec.library:
        differences.append(f"The library is {door.library.digest} now and was {spec.library}; differences below may come from it.")
    again = build(door, spec)
    differences += list(_differences(given["papers"], again.papers))
    if again.address == given["address"] and not changed:
        return Verified(again.address, ())
    return Verified(again.address, tuple(differences))


def _read(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise _no_pack(file) from fault
    if not isinstance(found, dict) or {"address", "spec", "papers"} - found.keys() or found["spec"].get("format") not in READ:
        raise _no_pack(file)
    return found


def _no_pack(file: Path) -> HeadwayError:
    return HeadwayError(
        "H-USAGE-110", f"{file.name} is not a pack.", "A pack’s own file is the pack.json beside its papers.", "Give that file."
    )


def _differences(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """Paper by paper, the blocks that are not alike."""
    for name in sorted(then.keys() | now.keys()):
        if name not in then or name not in now:
            yield f"{name}: only in {'the file' if name in then else 'what is built now'}."
            continue
        yield from _of_paper(name, then[name], now[name])


def _of_paper(name: str, then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for part in sorted(then.keys() | now.keys()):
        if part != "blocks" and then.get(part) != now.get(part):
            yield f"{name}: {part} differs."
    before, after = then.get("blocks", []), now.get("blocks", [])
    if len(before) != len(after):
        yield f"{name}: {len(before)} blocks in the file, {len(after)} now."
    for number, (one, other) in enumerate(zip(before, after, strict=False), 1):
        if one != other:
            yield f"{name}: block {number} ({one.get('kind', '?')}) differs: {_words(one)[:80]!r}, now {_words(other)[:80]!r}."


def _words(block: Any) -> str:
    """The words of a block, for whoever looks for the difference."""
    if isinstance(block, dict):
        own = block["words"] if isinstance(block.get("words"), str) else ""
        return own or " ".join(
            filter(None, (_words(one) for name, one in block.items() if name in ("words", "rows", "items", "caption", "title")))
        )
    if isinstance(block, list):
        return " ".join(filter(None, map(_words, block)))
    return block if isinstance(block, str) else ""
