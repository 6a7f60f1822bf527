"""What a promise would take, on the example area: the sums come out, moving the schools so closes it, and what cannot be split says why."""

from datetime import date
from pathlib import Path

import pytest

from headway.definitions.ambitions import Against, Ambition, Asks
from headway.definitions.schemas import Reference
from headway.language.taking import ask_words, taking_words, what_if_words
from headway.readings.ambitions import judging
from headway.readings.ambitions.asking import answer
from headway.readings.ambitions.series import Asof
from headway.readings.ambitions.taking import Taking, taking
from headway.readings.door import Door, open_door
from headway.vocabulary import clock
from headway.vocabulary.viewer import Viewer

ANYONE = Viewer("anyone", at_keyboard=True)
HERE = Reference(title="A test", href="https://example.org", seen=date(2026, 1, 1))


@pytest.fixture
def door(example: Path) -> Door:
    return open_door(example)


def _taking(door: Door, **asks: object) -> Taking:
    given = {"measure": "ks2.rwm_expected", "relation": "reach", **asks}
    ambition = Ambition(id="made.up", title="Made up", words="", owner="x", review_by=date(2027, 1, 1), reference=HERE, asks=Asks(**given))  # type: ignore[arg-type]
    when = Asof(clock.today(), False, ANYONE)
    return taking(door, ANYONE, answer(door, when, ambition, door.published.areas[0][0]))


def test_the_pupils_asked_for_close_the_distance_and_hardly_more(door: Door) -> None:
    found = _taking(door, against=Against(kind="fixed", level=80.0))
    assert found.schools
    assert found.short is not None
    pupils = sum(one.pupils for one in found.schools)
    assert found.more_pupils == sum(one.more_pupils or 0 for one in found.schools)
    assert all(one.to <= 100 for one in found.schools)
    assert all((one.reading.value or 0) < 80 for one in found.schools)
    if found.enough:
        moved = sum(one.move * one.pupils for one in found.schools) / pupils
        assert moved >= found.short * 0.5
    assert "short" in taking_words(found)
    assert all(" did it" in ask_words(one, found) for one in found.schools)


def test_the_harder_the_level_the_fewer_of_their_likes_did_it(door: Door) -> None:
    easy, hard = (_taking(door, against=Against(kind="fixed", level=level)) for level in (70.0, 74.0))
    if easy.share and hard.share:
        assert easy.share >= hard.share


def test_a_promise_that_is_kept_asks_for_nothing_and_says_so(door: Door) -> None:
    found = _taking(door, against=Against(kind="fixed", level=5.0))
    assert not found.schools
    assert "kept" in taking_words(found)
    assert "own average" in _taking(door, cut="disadvantage=yes", against=Against(kind="area_average", moves="each_year")).because


def test_lower_absence_asks_primary_schools_of_a_primary_promise_and_counts_no_pupils(door: Door) -> None:
    found = _taking(door, measure="attendance.overall_absence", cut="phase=primary", against=Against(kind="fixed", level=4.0))
    assert all(one.more_pupils is None and one.to < (one.reading.value or 0) for one in found.schools)
    assert judging.sign("lower") == -1
    assert what_if_words.__doc__
