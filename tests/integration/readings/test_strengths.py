"""Strengths that figures and inspections suggest: nothing that is old, and what was left out is counted."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from headway.language.brokerage import too_old_sentence
from headway.readings.door import Door, open_door
from headway.readings.found_wanting import inspected
from headway.readings.strengths import suggesting, suggestions
from headway.vocabulary import clock
from headway.vocabulary.academic_year import AcademicYear


@pytest.fixture
def door(example: Path) -> Door:
    """Nothing kept from another day."""
    found = open_door(example)
    return Door(found.home, found.lookup, found.library)


def test_no_strength_comes_from_figures_that_are_old(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    this_year = AcademicYear.of(clock.today()).start

    def looked(*given: object) -> list[SimpleNamespace]:
        """Of each measure one school’s figures at the limit, and one’s that are a year older."""
        ages = (suggesting.OLDEST_FIGURES, suggesting.OLDEST_FIGURES + 1)
        return [SimpleNamespace(found=SimpleNamespace(years=(AcademicYear(this_year - age),))) for age in ages]

    monkeypatch.setattr(suggesting, "_looked", looked)
    monkeypatch.setattr(suggesting, "_beyond_chance", tuple)
    found = suggestions(door, "150")
    assert found.compared == found.too_old.figures == len(found.found) > 0
    assert all(this_year - one.found.years[-1].start == suggesting.OLDEST_FIGURES for one in found.found)
    assert "of figures that end more than three years ago" in too_old_sentence(found)


def test_no_strength_comes_from_inspections_that_are_old(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    now = suggestions(door, "150")
    assert now.inspected and all(clock.today() - one.inspected <= suggesting.OLDEST_INSPECTION for one in now.inspected)
    later = clock.today().replace(year=clock.today().year + 12, day=1)
    monkeypatch.setattr(suggesting, "today", lambda: later)
    old = suggestions(door, "150")
    assert not old.found and not old.inspected
    assert old.too_old.judgements >= len(now.inspected)
    assert "of more than five years ago" in too_old_sentence(old)


def test_inspections_that_became_known_in_a_time_are_told_once_a_school(door: Door) -> None:
    every = inspected(door, "150", date(2000, 1, 1), clock.today())
    assert len({one.urn for one in every}) == len(every) > 20
    assert {one.wanting for one in every} == {True, False}
    part = inspected(door, "150", date(2020, 1, 1), date(2022, 1, 1))
    assert part and all(date(2020, 1, 1) < one.known <= date(2022, 1, 1) for one in part)
