"""A strategy out as a package, and in again as another area's draft. What is in a package is words: no data, no person, no address."""

import re
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from headway.definitions.ambition_writing import as_text
from headway.definitions.blueprints import Blueprint, Doing, read_blueprint
from headway.definitions.loading import LIBRARY
from headway.desk.strategy import actions, queries
from headway.desk.strategy.models import Action, Milestone, Partner, Piece, Priority, Promise, Risk, Strand, Strategy
from headway.readings.ambitions.adopted import plain

FOLDER = LIBRARY / "blueprints"
OWN_PLACE = ("reference", "review_by", "id")  # of the area that made it: another's has its own
LINK = re.compile(r"(https?://|www\.)\S+")


def shipped() -> dict[str, Blueprint]:
    """The blueprints that come with Headway, by name."""
    return {path.stem: read_blueprint(path.read_bytes(), path.name) for path in sorted(FOLDER.glob("*.yaml"))}


def package(strategy: Strategy) -> str:
    """The strategy as a blueprint, in YAML: the pieces, the promises as proposals; days as months from its first day."""
    told = strategy.promises.filter(until=None)
    keys = {one.ambition: one.ambition.rpartition(".")[2] for one in told}
    content = {
        "blueprint": 1, "title": strategy.title, "summary": strategy.summary, "owner": strategy.owner,
        "said_by": strategy.source or strategy.title, "months": max(3, _months(strategy.starts, strategy.ends)),
        "strands": [_strand(one, strategy, keys) for one in queries.tree(strategy)],
        "partners": [_named(one, "title", "delivers", "bond", "if_not") for one in strategy.partners.filter(withdrawn=None)],
        "risks": [_named(one, "title", "likelihood", "effect", "answer", "owner") for one in strategy.risks.filter(withdrawn=None)],
        "promises": {keys[one.ambition]: _proposal(one) for one in told},
    }  # fmt: skip
    return as_text(_without_links(content))


def _named(one: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(one, name) for name in names}


def _strand(one: Strand, strategy: Strategy, keys: dict[str, str]) -> dict[str, Any]:
    priorities = [
        _named(each, "title", "purpose") | {"actions": [_action(action, strategy, keys) for action in each.listed]} for each in one.listed
    ]
    return _named(one, "title", "purpose") | {"priorities": priorities}


def _action(one: Action, strategy: Strategy, keys: dict[str, str]) -> dict[str, Any]:
    own = _named(one, "title", "activity", "output", "outcome", "evidence", "owner", "resources")
    milestones = [{"title": each.title, "after": max(0, _months(one.starts, each.due))} for each in one.listed]
    return own | {
        "partner": one.partner.title if one.partner else "", "begins": max(0, _months(strategy.starts, one.starts)),
        "lasts": max(1, _months(one.starts, one.due)), "serves": [keys[name] for name in one.serves if name in keys],
        "milestones": milestones,
    }  # fmt: skip


def _proposal(one: Promise) -> dict[str, Any]:
    content = {name: value for name, value in plain(one.definition).items() if name not in (*OWN_PLACE, "number")}
    return {"owner": one.owner, **content}


def _without_links(value: Any) -> Any:
    """A package leads nowhere: what looks like an address in the words is left out."""
    if isinstance(value, dict):
        return {name: _without_links(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_without_links(one) for one in value]
    return LINK.sub("(address left out)", value) if isinstance(value, str) else value


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + (1 if last.day >= 28 else 0)


def _after(first: date, months: int) -> date:
    """The first day of the month that begins so many months on, or the day itself for none."""
    total = first.year * 12 + first.month - 1 + months
    return date(total // 12, total % 12 + 1, first.day if months == 0 else 1)


@transaction.atomic
def take_up(*, by: str, blueprint: Blueprint, starts: date, owner: str = "", title: str = "") -> Strategy:
    """A draft that begins from a blueprint: its pieces with days counted from `starts`; its promises as proposals."""
    said_by = blueprint.said_by or blueprint.title
    proposals = [one.model_dump(exclude_defaults=True) for one in blueprint.promises.values()]
    ends = last_day(starts, blueprint.months)
    strategy = actions.begin(
        by=by, source=said_by, title=title or blueprint.title, summary=blueprint.summary, owner=owner or blueprint.owner, starts=starts,
        ends=ends, audience="everybody", proposals=_jsonable(proposals),
    )  # fmt: skip
    partners = {one.title: Partner(strategy=strategy, **one.model_dump()) for one in blueprint.partners}
    risks = [Risk(strategy=strategy, **one.model_dump()) for one in blueprint.risks]
    pieces: list[Piece] = [*partners.values(), *risks]
    for line in blueprint.strands:
        strand = Strand(strategy=strategy, title=line.title, purpose=line.purpose)
        pieces.append(strand)
        for aim in line.priorities:
            priority = Priority(strand=strand, title=aim.title, purpose=aim.purpose)
            pieces += [priority, *(piece for doing in aim.actions for piece in _do(strategy, priority, doing, partners))]
    actions.fill(by=by, strategy=strategy, pieces=pieces, what=f"Took up the blueprint “{blueprint.title}”")
    strategy.refresh_from_db()
    return strategy


def _do(strategy: Strategy, priority: Priority, doing: Doing, partners: dict[str, Partner]) -> list[Piece]:
    """An action and its milestones."""
    told = doing.model_dump(include={"title", "activity", "output", "outcome", "evidence", "owner", "resources"})
    begins = _after(strategy.starts, doing.begins)
    action = Action(priority=priority, starts=begins, due=last_day(begins, doing.lasts), partner=partners.get(doing.partner), **told)
    return [action, *(Milestone(action=action, title=step.title, due=last_day(begins, step.after)) for step in doing.milestones)]


def last_day(first: date, months: int) -> date:
    return date.fromordinal(_after(first, months).toordinal() - 1) if months else first


def _jsonable(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _jsonable(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_jsonable(one) for one in value]
    return str(value) if isinstance(value, date) else value


def path_of(name: str) -> Path:
    return FOLDER / f"{name}.yaml"
