"""What is kept from one day to the next changes no answer: each day's state is as if it were the only day that was asked."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from headway.definitions.ambitions import Against, Ambition
from headway.readings.ambitions.series import Asof
from headway.readings.ambitions.states import Question, state
from headway.readings.door import Door, open_door
from headway.vocabulary.viewer import PUBLIC

TODAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def door(example: Path) -> Door:
    return open_door(example)


def asked(door: Door) -> list[Ambition]:
    """The shipped and the made-up ones, and of one each way in which the day could come in: neighbours, and what is held still."""
    found = list(door.library.ambitions.values())
    one = door.library.ambitions["wrenford_learns.key_stage_2"]
    for against in (Against(kind="neighbours", moves="each_year"), Against(kind="england", moves="held_at_baseline")):
        asks = one.asks.model_copy(
            update={"measure": "ks2.rwm_expected", "against": against, "relation": "reach", "unit": None, "amount": None}
        )
        found.append(one.model_copy(update={"asks": asks, "parts": {}, "choices": {}, "chosen": ""}))
    return found


def test_every_day_as_if_it_were_the_only_one(door: Door) -> None:
    area, when, days = door.published.areas[0][0], Asof(TODAY, True, PUBLIC), 0
    for ambition in asked(door):
        for asks in ambition.all_parts(ambition.chosen).values():
            question = Question(door, asks, area)
            for day in [TODAY, *question.events(when), date(2025, 4, 30)]:
                for explicit in (True, False):
                    then = replace(when, day=day, explicit=explicit)
                    assert state(question, then) == state(Question(door, asks, area), then), (ambition.id, day)
                    days += 1
    assert days > 200
