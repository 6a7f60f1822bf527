"""Minutes drafted from the record: who was there, who was excluded from what, what was decided and asked for. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from headway.definitions.boards import Edition

Document = Mapping[str, Any]


def draft(*, present: list[str], apologies: list[str], quorum: str, items: list[dict[str, Any]], before: Document) -> dict[str, Any]:
    """The record as it stands; what the clerk wrote under an item of an earlier draft stays with it."""
    said = {one["item"]: one["said"] for one in before.get("items", ())}
    return {
        "present": present, "apologies": apologies, "quorum": quorum, "items": [{**one, "said": said.get(one["item"], "")} for one in items]
    }  # fmt: skip


def with_words(document: Document, said: Mapping[int, str]) -> dict[str, Any]:
    """The same minutes with the clerk’s words under their items."""
    items = [{**one, "said": said.get(one["item"], one["said"])} for one in document.get("items", ())]
    return {**document, "items": items}


def for_edition(document: Document, edition: Edition) -> list[dict[str, Any]]:
    """The items that stand in an edition: of the others only that they were taken, and why they are not told."""
    held = edition.holds
    return [one if Edition(one["edition"]) in held else _closed(one) for one in document.get("items", ())]


def without(items: Iterable[dict[str, Any]], withheld: Iterable[int]) -> list[dict[str, Any]]:
    """For a member who was excluded from some items."""
    hidden = set(withheld)
    return [_closed(one) if one["item"] in hidden and one["edition"] != Edition.PUBLIC else one for one in items]


def _closed(one: dict[str, Any]) -> dict[str, Any]:
    return {**one, "said": "", "decisions": [], "actions": [], "closed": True}


def canonical(value: Mapping[str, Any]) -> str:
    """One text for the same values: what is kept, compared and signed."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)


def digest(document: str) -> str:
    return hashlib.sha256(document.encode()).hexdigest()
