"""Who improved most, on the example area, whose truths are known."""

import json
from pathlib import Path

import pytest

from headway.readings.door import Door, open_door
from headway.readings.establishment import establishment
from headway.readings.ranking.improved import improved
from headway.readings.ranking.mix import mix
from headway.readings.ranking.standing import standing
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.place import Level
from headway.vocabulary.viewer import Viewer

WHO = Viewer("somebody", at_keyboard=True)


@pytest.fixture(scope="module")
def door(example: Path) -> Door:
    return open_door(example)


@pytest.fixture(scope="module")
def truths(example: Path) -> list[dict[str, object]]:
    told: list[dict[str, object]] = json.loads((example / "example-files" / "truths.json").read_text())["truths"]
    return told


def area(door: Door) -> str:
    return door.published.areas[0][0]


def of_schools(door: Door, measure: str, first: str, last: str):
    span = AcademicYear.parse(first), AcademicYear.parse(last)
    return improved(door, WHO, measure=measure, level=Level.SCHOOL, first=span[0], last=span[1], authority=area(door))


def test_the_schools_that_truly_improved_are_found(door, truths):
    planted = [truth for truth in truths if truth["kind"] == "improving"]
    assert len(planted) == 3
    for truth in planted:
        found = of_schools(door, truth["measure"], truth["first"], truth["last"])
        line = found.line(str(truth["urn"]))
        assert line is not None
        assert line.rank <= 3
        assert line.p_rise > 0.75  # two years of one form of pupils tell no more, and the page says so
        assert line.p_top > 0.5


def test_those_in_decline_are_not_called_improved(door, truths):
    for truth in truths:
        if truth["kind"] == "declining":
            found = of_schools(door, truth["measure"], truth["first"], truth["last"])
            line = found.line(str(truth["urn"]))
            assert line is not None
            assert line.p_improved < 0.2
            assert line.rank_low > 1
            assert line.rank > 0.7 * len(found.lines)


@pytest.mark.parametrize(("first", "last"), [("2021/22", "2022/23"), ("2022/23", "2023/24")])
def test_a_slip_in_one_year_is_no_improvement_and_is_named(door, truths, first, last):
    urn = str(next(truth["urn"] for truth in truths if truth["kind"] == "data_fault"))
    found = of_schools(door, "attendance.overall_absence", first, last)
    assert found.line(urn) is None
    assert "check it before it is used" in next(one.why for one in found.not_ranked if one.place == urn)


def test_chances_of_a_top_ten_add_up_and_ranges_hold_the_rank(door):
    found = of_schools(door, "ks2.rwm_expected", "2017/18", "2018/19")
    assert sum(line.p_top for line in found.lines) == pytest.approx(10, abs=0.05)
    assert [line.rank for line in found.lines] == list(range(1, len(found.lines) + 1))
    assert all(1 <= line.rank_low <= line.rank_high <= len(found.lines) for line in found.lines)
    assert not {line.place for line in found.lines} & {one.place for one in found.not_ranked}


def test_a_higher_absence_is_never_an_improvement(door):
    found = of_schools(door, "attendance.overall_absence", "2017/18", "2018/19")
    assert found.lines[0].shrunken_change < found.lines[-1].shrunken_change
    assert all(line.p_improved == pytest.approx(1 - line.p_rise) for line in found.lines)


def test_a_break_is_not_crossed_and_years_stand_in_order(door):
    for first, last in (("2014/15", "2018/19"), ("2018/19", "2017/18")):
        with pytest.raises(HeadwayError) as caught:
            of_schools(door, "ks2.rwm_expected", first, last)
        assert caught.value.code in ("H-VALIDITY-05", "H-VALIDITY-02")


def test_a_break_that_asks_for_care_is_said(door):
    assert "none were sat" in of_schools(door, "ks2.rwm_expected", "2018/19", "2024/25").care[0]
    assert of_schools(door, "ks2.rwm_expected", "2017/18", "2018/19").care == ()


def test_standing_ranks_the_best_first_by_polarity(door):
    better = standing(door, WHO, measure="ks2.rwm_expected", level=Level.SCHOOL, authority=area(door))
    lower = standing(door, WHO, measure="attendance.overall_absence", level=Level.SCHOOL, authority=area(door))
    assert better.lines[0].shrunken > better.lines[-1].shrunken
    assert lower.lines[0].shrunken < lower.lines[-1].shrunken
    best = better.lines[0]
    assert (best.reading.value or 0) >= best.shrunken  # drawn in, never out


def test_mix_alone_moves_a_figure_and_equal_mix_does_not():
    span = AcademicYear(2016), AcademicYear(2018)
    before, after = span
    rates = {"disadvantage=yes": 40.0, "disadvantage=no": 70.0}
    cells = {(group, year): (rate, 50.0) for group, rate in rates.items() for year in span}
    assert mix(cells, span) == 0
    cells[("disadvantage=yes", after)] = (40.0, 25.0)
    cells[("disadvantage=no", after)] = (70.0, 75.0)
    assert mix(cells, span) == pytest.approx(62.5 - 55.0)  # nobody did better, and the figure rose by 7.5 points
    assert before < after


def test_schools_are_ranked_among_their_own_phase(door):
    found = of_schools(door, "attendance.overall_absence", "2017/18", "2018/19")
    phases = {establishment(door, line.place).phase for line in found.lines}
    assert phases == {"primary"}
    assert any("secondary schools are ranked among themselves" in one.why for one in found.not_ranked)
