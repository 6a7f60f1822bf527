"""The made-up strategy of the example area, lived through day by day, so that each of its pages is full."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import yaml

STORY = Path(__file__).parents[1] / "example/strategy.yaml"
BY = "command:demo"
BEGUN = date(2023, 1, 16)
FIRST_DAY = date(2023, 9, 1)


def make_demo_strategy() -> None:
    """Wrenford's strategy and a draft of a second. Nothing where there is one already."""
    from django.db import transaction

    from headway.desk.strategy.models import Strategy

    if Strategy.objects.exists():
        return
    with transaction.atomic():
        _live(yaml.safe_load(STORY.read_text()))


def _live(story: dict[str, Any]) -> None:
    strategy = _begun(story)
    happened = [(one["day"], kind, one) for kind in ("changes", "steps", "versions", "updates") for one in story[kind]]
    for day, kind, one in sorted(happened, key=lambda found: (found[0], found[1])):
        with clock_at(day):
            HAPPENS[kind](strategy.pk, one)
    _draft()


@contextmanager
def clock_at(day: date) -> Iterator[None]:
    """The one clock, set to a day of the story."""
    before = os.environ.get("HEADWAY_TODAY")
    os.environ["HEADWAY_TODAY"] = str(day)
    try:
        yield
    finally:
        os.environ.pop("HEADWAY_TODAY")
        if before is not None:
            os.environ["HEADWAY_TODAY"] = before


def _begun(story: dict[str, Any]) -> Any:
    """The draft with its promises, each written as a form would have it, and what serves what."""
    from headway.definitions.blueprints import Blueprint
    from headway.desk.framing.pages import the_door
    from headway.desk.strategy import actions, adopting, blueprints, queries

    blueprint = Blueprint.model_validate(story["blueprint"])
    with clock_at(BEGUN):
        strategy = blueprints.take_up(by=BY, blueprint=blueprint.model_copy(update={"promises": {}}), starts=FIRST_DAY)
        type(strategy).objects.filter(pk=strategy.pk).update(source="")
        names = {}
        for key, one in story["blueprint"]["promises"].items():
            made = adopting.write(by=BY, door=the_door(), strategy=strategy, text=_definition(one), title=one["title"], owner=one["owner"])
            names[key] = made.ambition
        doing = [action for strand in blueprint.strands for priority in strand.priorities for action in priority.actions]
        for action in queries.actions_of(strategy):
            serves = next(one.serves for one in doing if one.title == action.title)
            action.serves = [names[key] for key in serves]
            actions.put(by=BY, strategy=strategy, one=action)
    return strategy


def _definition(one: dict[str, Any]) -> str:
    from headway.definitions.ambition_writing import as_text

    reference = {"title": "Every school a good school, cabinet, 17 July 2023", "href": "/strategy/1/", "seen": date(2023, 7, 17)}
    return as_text({**one, "review_by": date(2028, 12, 31), "reference": reference})


def _step(pk: int, one: dict[str, Any]) -> None:
    from headway.desk.strategy import actions, evidence
    from headway.desk.strategy.models import Strategy

    strategy = Strategy.objects.get(pk=pk)
    told = {name: one.get(name, "") for name in ("reason", "body", "minute")}
    actions.move(by=BY, strategy=strategy, target=one["to"], on=one["day"], evidence=evidence.of_strategy(strategy), **told)


def _change(pk: int, one: dict[str, Any]) -> None:
    from headway.desk.strategy import actions
    from headway.desk.strategy.blueprints import last_day
    from headway.desk.strategy.models import Action, Strand, Strategy

    kind, model = ("strand", Strand) if "strand" in one else ("action", Action)
    piece = model.objects.get(title=one[kind])
    for name in ("purpose", "owner"):
        if name in one:
            setattr(piece, name, one[name])
    if "lasts" in one:
        piece.due = last_day(piece.starts, one["lasts"])
    actions.put(by=BY, strategy=Strategy.objects.get(pk=pk), one=piece, reason=one["reason"])


def _version(pk: int, one: dict[str, Any]) -> None:
    from headway.definitions.ambition_writing import as_text
    from headway.desk.framing.pages import the_door
    from headway.desk.strategy import adopting, queries
    from headway.desk.strategy.models import Strategy
    from headway.readings.ambitions.adopted import plain

    strategy = Strategy.objects.get(pk=pk)
    promise = next(each for each in queries.promises(strategy) if each.title == _title_of(one["promise"]))
    content = plain(promise.definition)
    content |= {"words": one["words"]} if "words" in one else {}
    content["asks"] |= {"tolerance": one["tolerance"]} if "tolerance" in one else {}
    adopting.write(by=BY, door=the_door(), strategy=strategy, text=as_text(content), title=promise.title, owner=promise.owner,
                   ambition=promise.ambition, reason=one["reason"])  # fmt: skip


def _title_of(name: str) -> str:
    return str(yaml.safe_load(STORY.read_text())["blueprint"]["promises"][name]["title"])


def _update(pk: int, one: dict[str, Any]) -> None:
    from headway.desk.strategy import actions
    from headway.desk.strategy.models import Action, Milestone

    action = Action.objects.get(title=one["action"], priority__strand__strategy=pk)
    actions.tell(by=BY, action=action, on=one["day"], standing=one["standing"], words=one["words"])
    for title in one.get("reached", ()):
        actions.reach(by=BY, milestone=Milestone.objects.get(action=action, title=title), on=one["day"])


def _draft() -> None:
    """A second strategy, still a draft, taken up from a blueprint that comes with Headway."""
    from headway.desk.strategy import blueprints

    blueprints.take_up(
        by=BY, blueprint=blueprints.shipped()["attendance_strategy"], starts=date(2027, 1, 1), title="Being in school, every day"
    )


HAPPENS = {"changes": _change, "steps": _step, "versions": _version, "updates": _update}
