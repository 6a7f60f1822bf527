"""A school's place among a hundred, with its margin, on the example area."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.language.ranks import place_words
from headway.readings.door import Door, measure_facts, open_door
from headway.readings.measures import distribution
from headway.readings.positions import Place, below, place, spreads
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.viewer import Viewer

WHO = Viewer("somebody", at_keyboard=True)


@pytest.fixture(scope="module")
def door(example: Path) -> Door:
    return open_door(example)


def places(door: Door, measure: str, phase: str) -> list[tuple[float, float, Place]]:
    of = distribution(door, WHO, measure=measure, authority=door.published.areas[0][0], year=AcademicYear(2023), phase=phase)
    facts = measure_facts(door.measure(measure))
    found = [(reading.value, reading.denominator, place(door, reading, facts, phase)) for _, reading in of.rows]
    return [one for one in found if one[2] is not None]


def test_the_range_holds_a_place_drawn_in_and_better_results_stand_before_worse(door):
    found = places(door, "ks2.rwm_expected", "primary")
    assert len(found) > 10
    for _, _, stands in found:
        assert 1 <= stands.low <= stands.high <= 100
        assert stands.schools >= 50
    best, worst = max(found, key=lambda one: one[0]), min(found, key=lambda one: one[0])
    assert best[2].low <= 10 < worst[2].low
    assert best[2].published < worst[2].published


def test_a_larger_school_has_the_narrower_range(door):
    found = [one for one in places(door, "ks2.rwm_expected", "primary") if 55 <= one[0] <= 70]
    small, large = min(found, key=lambda one: one[1]), max(found, key=lambda one: one[1])
    assert small[1] < large[1]
    assert small[2].high - small[2].low > large[2].high - large[2].low


def test_steps_rise_and_spread_less_than_the_figures(door):
    known = spreads(door)
    assert ("ks2.rwm_expected", 2023, "primary") in known
    for one in known.values():
        assert list(one.steps) == sorted(one.steps)
        assert one.tau >= 0


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=30), st.floats(-120, 120))
def test_the_share_below_rises_from_nothing_to_all(steps, value):
    ordered = tuple(sorted(steps))
    assert 0 <= below(ordered, value) <= 1
    assert below(ordered, ordered[0] - 1) == 0
    assert below(ordered, ordered[-1] + 1) == 1
    assert below(ordered, value) <= below(ordered, value + 1)


def test_the_words_of_a_place():
    assert place_words(Place(31, 18, 46, 1500), "higher") == "Place 31 of 100 in England (18 to 46)"
    assert place_words(Place(None, 18, 46, 1500), "lower") == "Place 18 to 46 of 100 in England"
    assert "highest" in place_words(Place(31, 18, 46, 1500), "neither")
    assert place_words(None, "higher") == ""
