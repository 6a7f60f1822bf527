"""Makes ambitions promises of a strategy: keeps the definition, what was known that day, and the file in the workspace's library."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from headway.definitions import ambition_writing
from headway.definitions.ambition_writing import as_text, slug
from headway.definitions.ambitions import ANY_AREA
from headway.desk.framing.pages import area_of
from headway.desk.strategy import actions, keeping, queries
from headway.desk.strategy.models import Promise, Strategy
from headway.desk.strategy.promise_form import fields_of
from headway.readings.ambitions.adopted import definition, judged, text_of
from headway.readings.door import Door
from headway.vocabulary import clock


def set_of(strategy: Strategy) -> str:
    """The name of the strategy's own set of ambitions in the library."""
    return f"strategy_{strategy.pk}"


def choices(door: Door, strategy: Strategy, authority: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The library's ambitions that this area may adopt and the strategy has not, by set."""
    taken = {one.ambition for one in queries.promises(strategy)}
    found: dict[str, list[tuple[str, str]]] = {}
    for one in sorted(door.library.ambitions.values(), key=lambda one: (one.set, one.number)):
        listed = door.library.ambition_sets[one.set]
        if listed.area in (authority, ANY_AREA) and one.id not in taken and not one.set.startswith("strategy_"):
            found.setdefault(listed.title, []).append((one.id, one.words))
    return list(found.items())


@transaction.atomic
def from_library(*, by: str, door: Door, strategy: Strategy, names: Iterable[str], owner: str = "", reason: str = "") -> list[Promise]:
    """Adopt ambitions as the library has them."""
    known = door.library.ambitions
    return [_adopt(by, door, strategy, name, text_of(door, name), known[name].title, owner or known[name].owner, reason) for name in names]


@transaction.atomic
def write(
    *, by: str, door: Door, strategy: Strategy, text: str, title: str, owner: str, ambition: str = "", reason: str = ""
) -> Promise:  # fmt: skip
    """Adopt a promise as a form gave it, and keep it in the workspace's own library, once all is committed."""
    taken = {one.rpartition(".")[2] for one in strategy.promises.values_list("ambition", flat=True)}
    name = ambition or f"{set_of(strategy)}.{slug(title, taken)}"
    made = _adopt(by, door, strategy, name, text, title, owner, reason)
    whose = _owner(door, strategy)
    transaction.on_commit(lambda: ambition_writing.keep(door.home, name, text, whose))
    return made


def _adopt(by: str, door: Door, strategy: Strategy, name: str, text: str, title: str, owner: str, reason: str = "") -> Promise:
    known = keeping.evidence_of(judged(door, definition(name, text), area_of(door)[0])) if door.facts else {}
    return actions.adopt(
        by=by, strategy=strategy, ambition=name, title=title, owner=owner, definition=text, library=door.library.digest,
        snapshot=door.facts.id if door.facts else "", evidence=known, reason=reason,
    )  # fmt: skip


def _owner(door: Door, strategy: Strategy) -> dict[str, Any]:
    """The entry of the strategy's set of ambitions."""
    reference = {"title": strategy.title, "href": f"/strategy/{strategy.pk}/", "seen": clock.today()}
    return {"title": strategy.title, "area": area_of(door)[0], "made": strategy.starts, "reference": reference}


def start_of(proposal: Mapping[str, Any]) -> dict[str, Any]:
    """What the form of a promise begins with, of one that came with a blueprint."""
    return fields_of(as_text(proposal))
