"""Ambitions as a strategy adopted them, asked at the one door: by their own definition, whatever the library says of them since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from headway.definitions.ambition_reading import Known, checked
from headway.definitions.ambitions import Ambition
from headway.definitions.loading import LIBRARY
from headway.definitions.yaml_reading import Fault, parse_yaml
from headway.readings.ambitions.answers import Answer
from headway.readings.ambitions.asking import answer
from headway.readings.ambitions.series import Asof
from headway.readings.ambitions.states import Question
from headway.readings.door import Door
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import PUBLIC

Placed = tuple[tuple[str, ...], str]  # where in the definition, and what is wrong there


@dataclass(frozen=True)
class Judged:
    """What was said of a promise from a day on: the answer of that day, and which version of the promise it was given on."""

    on: date
    version: int
    answer: Answer


@dataclass(frozen=True)
class Adopted:
    """One version of a promise: its number, its definition, and the first day it was in force (None: from the start)."""

    number: int
    ambition: Ambition
    since: date | None


def definition(name: str, text: str) -> Ambition:
    """The ambition that a YAML text defines, as it was adopted. Raises H-LIBRARY-10 for one that this version cannot read."""
    try:
        content, _ = parse_yaml(text.encode(), Path(f"{name}.yaml"))
        return Ambition.model_validate({**content, "id": name})
    except (Fault, ValidationError, TypeError) as fault:
        raise HeadwayError(
            "H-LIBRARY-10", f"The promise {name} cannot be read as it was adopted.", str(fault).split("\n")[0], "Adopt it anew."
        ) from fault  # fmt: skip


def plain(text: str) -> dict[str, Any]:
    """A definition as plain values, as it was written."""
    content, _ = parse_yaml(text.encode(), Path("promise.yaml"))
    return dict(content)


def faults_of(name: str, text: str, known: Known) -> tuple[Ambition | None, list[Placed]]:
    """An ambition from the text of a form, and every fault of it with its place. The same checks as a file's."""
    try:
        content, _ = parse_yaml(text.encode(), Path(f"{name}.yaml"))
        ambition = Ambition.model_validate({**content, "id": name})
    except ValidationError as error:
        return None, [(tuple(map(str, one["loc"])), one["msg"]) for one in error.errors()]
    except (Fault, TypeError) as fault:
        return None, [((), str(fault).partition(": ")[2])]
    return ambition, checked(ambition, known)


def text_of(door: Door, name: str) -> str:
    """The file of an ambition in the workspace's library or ours, as it is now."""
    path = Path(door.library.files[name])
    own = door.home / "library" / path
    return (own if own.exists() else LIBRARY / path).read_text()


def judged(door: Door, ambition: Ambition, authority: str, *, as_of: date | None = None) -> Answer:
    """Where a promise stands on a day, by published figures alone: everybody is told the same. Kept with the snapshot."""
    today = clock.today()
    day = as_of or today
    key = ("judged", ambition.model_dump_json(), authority, day, as_of is None)
    if key not in door.kept:
        door.kept[key] = answer(door, Asof(day, as_of is not None, PUBLIC), ambition, authority)
    found: Answer = door.kept[key]
    return found


def history(door: Door, versions: Sequence[Adopted], authority: str) -> list[Judged]:
    """The verdicts so far, the newest first: one for each day on which the verdict, or the promise, became another.

    Each is worked out from what was published by its day and by the version that was in force then, so that a later figure or a
    changed promise rewrites none of them.
    """
    found: list[Judged] = []
    for day, one in _days(door, versions, authority):
        said = judged(door, one.ambition, authority, as_of=day)
        if not found or (found[-1].answer.verdict, found[-1].version) != (said.verdict, one.number):
            found.append(Judged(day, one.number, said))
    return found[::-1]


def _days(door: Door, versions: Sequence[Adopted], authority: str) -> list[tuple[date, Adopted]]:
    """The days on which a verdict may have become another, each with the version in force, the earliest first."""
    today, found = clock.today(), []
    ends = [one.since - timedelta(1) for one in versions[1:] if one.since] + [today]
    for one, end in zip(versions, ends, strict=True):
        when = Asof(end, True, PUBLIC)
        questions = [Question(door, asks, authority) for asks in one.ambition.all_parts(one.ambition.chosen).values()]
        days = {day for question in questions for day in question.events(when)} | ({one.since} if one.since else set())
        found += [(day, one) for day in sorted(days) if (one.since is None or day >= one.since) and day <= end]
    return found
