"""The funnel of an area's schools: limits from all of England, sides that agree with them, and nobody judged on too few."""

from pathlib import Path

import pytest

from headway.charts.funnel import funnel as drawn
from headway.language.funnels import funnel_sentence
from headway.readings.door import Door, open_door
from headway.readings.measures import distribution
from headway.readings.ranking.funnel import Funnel, funnel, limits
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.viewer import Viewer

WHO = Viewer("somebody", at_keyboard=True)


@pytest.fixture(scope="module")
def door(example: Path) -> Door:
    return open_door(example)


def of(door: Door, measure: str, phase: str = "") -> Funnel | None:
    area = door.published.areas[0][0]
    return funnel(door, distribution(door, WHO, measure=measure, authority=area, year=AcademicYear(2023)), phase)


def test_sides_agree_with_the_limits(door):
    found = of(door, "ks2.rwm_expected")
    assert found is not None
    assert found.phase == "primary"
    assert found.spread.units > len(found.points)
    for point in found.points:
        low, high = limits(found.spread, point.reading.denominator)
        value = point.reading.value
        assert point.side == ("high" if value > high else "low" if value < low else "")
        assert point.reading.denominator >= found.measure.floor
        assert not point.outer or point.side
        assert not point.stands_out or point.side
    assert found.by_chance == pytest.approx(0.05 * len(found.points))


def test_limits_narrow_with_size_and_the_outer_hold_the_inner(door):
    found = of(door, "ks2.rwm_expected")
    widths = [limits(found.spread, size)[1] - limits(found.spread, size)[0] for size in (11, 30, 60, 200)]
    assert widths == sorted(widths, reverse=True)
    assert limits(found.spread, 30, outer=True)[0] < limits(found.spread, 30)[0]


def test_what_is_no_share_of_pupils_has_no_funnel(door):
    assert of(door, "ks4.attainment8") is None
    assert of(door, "attendance.overall_absence") is None  # a share of sessions
    assert of(door, "ks2.rwm_expected", "special") is None


def test_the_drawing_has_a_dot_a_school_and_the_words_count_them(door):
    found = of(door, "ks2.rwm_expected")
    chart = drawn(found, "f", href="/schools/{urn}/")
    assert chart.svg.count("<circle") == len(found.points) == len(chart.table) - 1
    assert f"Of {len(found.points)} schools" in funnel_sentence(found)
    standing_out = [point for point in found.points if point.stands_out]
    assert ("none stands out" in funnel_sentence(found)) is not standing_out or bool(standing_out)
