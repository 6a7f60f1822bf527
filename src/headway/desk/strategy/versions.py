"""A strategy's text as one plain document, and what is different between two of them. No database writes here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Key = tuple[str, str]  # what kind of piece, and its number or id
FIELDS = {
    "strategy": "Strategy", "strand": "Strand", "priority": "Priority", "action": "Action", "milestone": "Milestone", "risk": "Risk",
    "partner": "Partner", "promise": "Promise",
}  # fmt: skip
PARENTS = {"priority": "strand", "action": "priority", "milestone": "action"}
NAMES = {
    "purpose": "what it is for", "summary": "what it is about", "activity": "what is done", "output": "what comes of it at once",
    "outcome": "what changes for pupils", "evidence": "why it should work", "due": "finished by", "cost": "cost in pounds",
    "serves": "promises it serves", "if_not": "if they cannot", "answer": "what is done about it", "under": "where it stands",
    "effect": "how much it would matter", "number": "version of the promise",
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One piece that came, went, or says something else: `fields` are (name, before, after) of what was changed."""

    kind: str
    key: str
    title: str
    how: str  # added, withdrawn, changed
    fields: tuple[tuple[str, Any, Any], ...] = ()


def flat(document: Mapping[str, Any]) -> dict[Key, dict[str, Any]]:
    """Every piece of a document by kind and number; `under` is the number of the piece it stands under."""
    found: dict[Key, dict[str, Any]] = {("strategy", ""): dict(document["strategy"])}
    for strand in document["strands"]:
        found |= _tree(strand, "strand", (("priorities", "priority"), ("actions", "action"), ("milestones", "milestone")), "")
    for name, kind in (("risks", "risk"), ("partners", "partner"), ("promises", "promise")):
        found |= {(kind, str(one["id"])): {field: value for field, value in one.items() if field != "id"} for one in document[name]}
    return found


def _tree(piece: Mapping[str, Any], kind: str, below: tuple[tuple[str, str], ...], under: str) -> dict[Key, dict[str, Any]]:
    lists = {name for name, _ in below}
    own = {field: value for field, value in piece.items() if field not in lists and field != "id"}
    found = {(kind, str(piece["id"])): {**own, "under": under} if under else own}
    if below:
        name, kind_below = below[0]
        for one in piece[name]:
            found |= _tree(one, kind_below, below[1:], str(piece["id"]))
    return found


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What a reader of the first must know to have read the second; in the order of the second, what went out last."""
    old, new = flat(before), flat(after)
    found = [_change(key, old, new) for key, piece in new.items() if old.get(key) != piece]
    return found + [Change(kind, key, piece["title"], "withdrawn") for (kind, key), piece in old.items() if (kind, key) not in new]


def _change(key: Key, before: Mapping[Key, dict[str, Any]], after: Mapping[Key, dict[str, Any]]) -> Change:
    old, new = before.get(key), after[key]
    if old is None:
        return Change(*key, new["title"], "added")
    names = [name for name in dict.fromkeys([*new, *old]) if old.get(name) != new.get(name)]
    fields = tuple((name, _told(key, name, old.get(name), before), _told(key, name, new.get(name), after)) for name in names)
    return Change(*key, new["title"], "changed", fields)


def _told(key: Key, name: str, value: Any, pieces: Mapping[Key, dict[str, Any]]) -> Any:
    """A value as a reader wants it: what a piece stands under by its title."""
    return pieces[(PARENTS[key[0]], value)]["title"] if name == "under" else value


def reasons(change: Change, steps: Iterable[tuple[str, Mapping[str, Any], Mapping[str, Any]]]) -> list[str]:
    """Why a piece is as it is: of the versions on the way, (reason, before, after), those that touched it."""
    found = [reason for reason, before, after in steps if reason and any(_same(change, one) for one in changes(before, after))]
    return list(dict.fromkeys(found))


def _same(one: Change, other: Change) -> bool:
    return (one.kind, one.key) == (other.kind, other.key)


def words_of(value: Any) -> str:
    """A value of a document for a reader: a day as one says it, a list with commas; empty for nothing."""
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-" and value.replace("-", "").isdecimal():
        day = date.fromisoformat(value)
        return f"{day.day} {day:%B %Y}"
    return ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def name_of(field: str) -> str:
    return NAMES.get(field, field.replace("_", " "))
