"""Strengths that figures and inspections suggest: nothing that is old, and what was left out is counted."""

from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from headway.language.brokerage import as_of_sentence, selective_sentence, too_old_sentence
from headway.readings.door import Door, open_door
from headway.readings.found_wanting import inspected
from headway.readings.strengths import suggesting, suggestions
from headway.readings.trend import trend
from headway.vocabulary import clock
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.place import Level
from headway.vocabulary.reading import Reading
from headway.vocabulary.viewer import PUBLIC

PAST = date(2024, 8, 31)


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


@pytest.fixture
def of_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """An area of eighty schools has too few comparisons of a measure to tell their spread well; here a handful does."""
    monkeypatch.setattr(suggesting, "FEWEST", 5)


@pytest.mark.usefixtures("of_few")
def test_strengths_are_found_on_a_past_day_and_each_is_what_its_figures_say(door: Door) -> None:
    """Some stand out; the mean of each is that of its published figures, beside its family’s."""
    found = suggestions(door, "150", PAST)
    assert len(found.found) >= 5 and found.compared > 20 and found.as_of == PAST
    assert "31 August 2024" in as_of_sentence(found) and not as_of_sentence(suggestions(door, "150"))
    for one in found.found[:12]:
        values = {reading.year: reading for reading in readings_of(door, one.urn, one.measure.id, one.cut)}
        mine = [values[year].value for year in one.years if year in values and values[year].value is not None]
        assert mine and one.own == pytest.approx(sum(mine) / len(mine))
        sign = 1 if one.measure.better == "higher" else -1
        assert one.better_by == pytest.approx(sign * (one.own - one.family)) and one.low < one.better_by < one.high
        assert (one.low > 0) is one.strong and one.years[-1] <= AcademicYear.of(PAST)
    with pytest.raises(HeadwayError, match="H-USAGE-91"):
        suggestions(door, "150", clock.today() + timedelta(1))


@pytest.mark.usefixtures("of_few")
def test_a_school_that_chooses_its_pupils_is_set_beside_such_schools_only(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """Alone of its kind it is compared with nobody, and nobody with it; where its whole family chooses too, it is as before."""
    before = suggestions(door, "150", PAST)
    one = next(each for each in before.found if each.strong)
    assert before.selective.schools == 0 and selective_sentence(before) == ""
    fresh = Door(door.home, door.lookup, door.library)
    monkeypatch.setattr(suggesting, "selective_schools", lambda door: frozenset({one.urn}))
    alone = suggestions(fresh, "150", PAST)
    assert one.urn not in {each.urn for each in alone.found}
    assert (alone.selective.schools, alone.selective.alone) == (1, 1)
    assert "too few, and no figure suggests anything" in selective_sentence(alone)
    assert any(each.urn == one.urn for each in alone.inspected) == any(each.urn == one.urn for each in before.inspected)
    everybody = frozenset(door.authorities_of_schools)
    monkeypatch.setattr(suggesting, "selective_schools", lambda door: everybody)
    same = suggestions(Door(door.home, door.lookup, door.library), "150", PAST)
    assert same.found == before.found and same.selective.alone < same.selective.schools


def readings_of(door: Door, urn: int, measure: str, cut: str) -> tuple[Reading, ...]:
    return trend(door, measure=measure, level=Level.SCHOOL, place=str(urn), cut=cut, viewer=PUBLIC).readings


@pytest.mark.usefixtures("of_few")
def test_what_came_out_later_is_not_used(door: Door) -> None:
    """The results of summer 2024 came out after that August; inspections are those known by the day."""
    early, late = suggestions(door, "150", date(2022, 8, 31)), suggestions(door, "150", PAST)
    assert late.found and all(one.years[-1] <= AcademicYear(2022) for one in late.found)
    assert early.inspected and all(one.inspected <= date(2022, 8, 31) for one in early.inspected)
    assert len(early.inspected) < len(late.inspected)


def test_inspections_that_became_known_in_a_time_are_told_once_a_school(door: Door) -> None:
    every = inspected(door, "150", date(2000, 1, 1), clock.today())
    assert len({one.urn for one in every}) == len(every) > 20
    assert {one.wanting for one in every} == {True, False}
    part = inspected(door, "150", date(2020, 1, 1), date(2022, 1, 1))
    assert part and all(date(2020, 1, 1) < one.known <= date(2022, 1, 1) for one in part)
