"""Read strategies: who may read which, a strategy as one document, and how its actions are going."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Prefetch

from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import Anyone, may
from headway.desk.strategy.models import (
    Action,
    Milestone,
    Partner,
    Piece,
    Priority,
    Promise,
    Risk,
    Step,
    Strand,
    Strategy,
    Update,
    Version,
)  # fmt: skip
from headway.desk.strategy.rules import ENDED, Reader, State, is_overdue, needed_to_read

KINDS: dict[str, type[Piece]] = {
    "strand": Strand, "priority": Priority, "action": Action, "milestone": Milestone, "partner": Partner, "risk": Risk
}  # fmt: skip
KIND_OF = {model: kind for kind, model in KINDS.items()}


def reader(user: Anyone) -> Reader:
    """What a person reads as."""
    if may(user, Permission.WRITE_STRATEGY) or may(user, Permission.UPDATE_STRATEGY):
        return Reader.TEAM
    return Reader.AREA if may(user, Permission.VIEW_STRATEGY) else Reader.ANYBODY


def writes(user: Anyone) -> bool:
    return bool(may(user, Permission.WRITE_STRATEGY))


def tells(user: Anyone, action: Action) -> bool:
    """Whether a person may tell how an action is going: by their role, or because it stands on their list."""
    return bool(may(user, Permission.UPDATE_STRATEGY)) or (action.person_id is not None and action.person_id == user.pk)


def visible_to(user: Anyone) -> list[Strategy]:
    """The strategies that a person may read, those that run first."""
    asking, decided = reader(user), _decided()
    order = [State.ACTIVE, State.DECIDED, State.REVIEWED, State.CONSULTATION, State.REVISED, State.DRAFT, State.CLOSED]
    found = [one for one in Strategy.objects.all() if asking >= needed_to_read(one.state, one.audience, one.pk in decided)]
    return sorted(found, key=lambda one: order.index(State(one.state)))


def find(user: Anyone, pk: int) -> Strategy | None:
    """A strategy that a person may read; one that they may not is as one that is not there."""
    one = Strategy.objects.filter(pk=pk).first()
    return one if one and reader(user) >= needed_to_read(one.state, one.audience, was_decided(one)) else None


def state_of(pk: int) -> State:
    return State(Strategy.objects.values_list("state", flat=True).get(pk=pk))


def _decided() -> set[int]:
    return set(Step.objects.filter(target=State.DECIDED).values_list("strategy_id", flat=True))


def was_decided(strategy: Strategy) -> bool:
    return strategy.steps.filter(target=State.DECIDED).exists()


def decision(strategy: Strategy) -> Step | None:
    """By whom and under which minute it was decided, the last time."""
    return strategy.steps.filter(target=State.DECIDED).first()


def tree(strategy: Strategy) -> list[Strand]:
    """Strands with their priorities, actions and milestones that were not withdrawn, each read once, as `.listed` of each."""
    milestones = Prefetch("milestones", Milestone.objects.filter(withdrawn=None), "listed")
    actions = Action.objects.filter(withdrawn=None).select_related("partner").prefetch_related(milestones, "updates")
    priorities = Priority.objects.filter(withdrawn=None).prefetch_related(Prefetch("actions", actions, "listed"))
    return list(strategy.strands.filter(withdrawn=None).prefetch_related(Prefetch("priorities", priorities, "listed")))


def actions_of(strategy: Strategy) -> list[Action]:
    return [action for strand in tree(strategy) for priority in strand.listed for action in priority.listed]


def last_update(action: Action) -> Update | None:
    """The newest word on an action; of those read beforehand where they were."""
    return next(iter(action.updates.all()), None)


def standing_of(action: Action) -> str:
    update = last_update(action)
    return update.standing if update else ""


def overdue(actions: Iterable[Action], today: date) -> list[Action]:
    return [one for one in actions if is_overdue(one.due, standing_of(one), today)]


def milestones_due(actions: Iterable[Action], today: date) -> list[Milestone]:
    """Those not reached of actions that have not ended, the earliest first; `late` tells those whose day is past."""
    found = [one for action in actions if standing_of(action) not in ENDED for one in action.listed if one.reached is None]
    for one in found:
        one.late = one.due < today
    return sorted(found, key=lambda one: (one.due, one.pk))


def promises(strategy: Strategy) -> list[Promise]:
    """The ambitions adopted, each in the version that is in force, in the order in which they were first adopted."""
    first: dict[str, Promise] = {}
    for one in strategy.promises.order_by("pk"):
        first.setdefault(one.ambition, one)
        if one.until is None:
            first[one.ambition] = one
    return [one for one in first.values() if one.until is None]


def promise(strategy: Strategy, ambition: str, number: int | None = None) -> Promise | None:
    """A promise in force, or one version of it."""
    found = strategy.promises.filter(ambition=ambition)
    return (found.filter(until=None) if number is None else found.filter(number=number)).first()


def piece(strategy: Strategy, kind: str, pk: int) -> Piece | None:
    """A piece of this strategy that was not withdrawn, with its row."""
    above = {"priority": "strand__", "action": "priority__strand__", "milestone": "action__priority__strand__"}.get(kind, "")
    found = KINDS[kind].objects.filter(pk=pk, withdrawn=None).filter(**{f"{above}strategy": strategy}).first()
    return found if found and not any(one.withdrawn for one in parents(found)) else None


def parents(one: Piece) -> list[Piece]:
    """What a piece stands under, the nearest first."""
    above = getattr(one, {"Priority": "strand", "Action": "priority", "Milestone": "action"}.get(type(one).__name__, ""), None)
    return [above, *parents(above)] if above else []


def version(strategy: Strategy, number: int) -> Version | None:
    return strategy.versions.filter(number=number).first()


def versions_for(strategy: Strategy, user: Anyone) -> list[Version]:
    """The versions that a person may read, the newest first: outside the team none of those that were being drafted."""
    asking, decided, found = reader(user), False, []
    for one in strategy.versions.order_by("number"):
        decided = decided or one.state == State.DECIDED
        if asking >= needed_to_read(one.state, strategy.audience, decided):
            found.append(one)
    return found[::-1]


def changes_since(strategy: Strategy, user: Anyone, day: date) -> list[Version]:
    """What was changed after a day, of what a person may read, the newest first."""
    return [one for one in versions_for(strategy, user) if one.at.date() > day]


def document_of(one: Version) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(one.document)
    return found


# --- a strategy as one document -------------------------------------------------------------------------------------


def document(strategy: Strategy) -> dict[str, Any]:
    """All that a strategy says, without how it is going: plain values, the pieces by their numbers."""
    own = {name: getattr(strategy, name) for name in ("title", "summary", "owner", "audience")}
    return {
        "strategy": {**own, "starts": str(strategy.starts), "ends": str(strategy.ends)},
        "strands": [_strand(one) for one in tree(strategy)],
        "promises": [_promise(one) for one in promises(strategy)],
        "partners": [_partner(one) for one in strategy.partners.filter(withdrawn=None)],
        "risks": [_plain(one, "title", "likelihood", "effect", "answer", "owner") for one in strategy.risks.filter(withdrawn=None)],
    }


def _plain(one: Any, *names: str) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in names}
    return {"id": one.pk} | {name: str(value) if isinstance(value, date) else value for name, value in values.items()}


def _strand(one: Strand) -> dict[str, Any]:
    priorities = [_plain(each, "title", "purpose") | {"actions": [_action(action) for action in each.listed]} for each in one.listed]
    return _plain(one, "title", "purpose") | {"priorities": priorities}


def _action(one: Action) -> dict[str, Any]:
    own = _plain(one, "title", "activity", "output", "outcome", "evidence", "owner", "starts", "due", "resources", "cost")
    milestones = [_plain(each, "title", "due") for each in one.listed]
    return own | {"partner": one.partner.title if one.partner else "", "serves": sorted(one.serves), "milestones": milestones}


def _partner(one: Partner) -> dict[str, Any]:
    return _plain(one, "title", "delivers", "bond", "reference", "until", "if_not")


def _promise(one: Promise) -> dict[str, Any]:
    return {"id": one.ambition, "title": one.title, "owner": one.owner, "number": one.number, "definition": one.definition}
