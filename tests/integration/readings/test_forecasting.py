"""Forecasts through the door of the example area: what is shown was tried, what was not says why, and a past day knows no more."""

from datetime import date
from pathlib import Path

import pytest

from headway.definitions.ambitions import Against, Asks
from headway.readings.ambitions.chances import chance, known_by
from headway.readings.ambitions.series import Asof
from headway.readings.door import Door, open_door
from headway.readings.forecasting import Bar, Known, calibration, held_today, likely, outlook
from headway.readings.forecasting.basis import basis
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import Viewer

ANYONE = Viewer("anyone", at_keyboard=True)
MEASURE = "ks2.rwm_expected"


@pytest.fixture
def door(example: Path) -> Door:
    return open_door(example)


def _area(door: Door) -> str:
    return door.published.areas[0][0]


def test_a_year_is_shown_only_where_its_horizon_was_tried_and_found_better(door: Door) -> None:
    found = outlook(door, ANYONE, place=_area(door), measure=MEASURE, gap=True)
    told = {one.year for one in found.fan} | {year for year, _ in found.withheld}
    assert len(told) == 3
    assert all(one.ratio <= 0.98 and one.trials >= 2 for one in found.tested)
    assert len(found.tested) == len(found.fan)
    assert all(why for _, why in found.withheld)
    for one in found.fan:
        assert one.q10 < one.q25 < one.q50 < one.q75 < one.q90


def test_levels_are_wider_than_gaps_and_stay_within_what_there_can_be(door: Door) -> None:
    for measure in sorted(door.library.measures):
        levels, gaps = (outlook(door, ANYONE, place=_area(door), measure=measure, gap=gap) for gap in (False, True))
        for level in levels.fan:
            gap = next(one for one in gaps.fan if one.year == level.year)
            assert level.width() > 0.9 * gap.width()
            if levels.measure.unit == "percent":
                assert 0 <= level.q10 <= level.q90 <= 100


def test_what_can_have_no_forecast_says_so(door: Door) -> None:
    area = _area(door)
    assert "context" in outlook(door, ANYONE, place=area, measure="context.ehcp").no_forecast_because
    assert "stock" in outlook(door, ANYONE, place=area, measure="inspection.good_or_outstanding_schools").no_forecast_because
    far = outlook(door, ANYONE, place=area, measure=MEASURE, to=AcademicYear(2035))
    assert "further than 3 years" in far.withheld[-1][1]
    with pytest.raises(HeadwayError, match="is past"):
        outlook(door, ANYONE, place=area, measure=MEASURE, to=AcademicYear(2018))


def test_a_lower_promise_is_likelier_and_the_published_figure_is_less_sure_than_the_rate(door: Door) -> None:
    area, known = _area(door), held_today(door, ANYONE, "attendance.overall_absence", "all")
    found = basis(door, door.measure("attendance.overall_absence"), "all", known)
    assert found.last is not None
    year = found.last + 1
    told = [
        likely(door, place=area, measure="attendance.overall_absence", cut="all", bar=Bar(points, 1.0), year=year, known=known)
        for points in (-1.0, 0.0, 1.0)
    ]
    if not told[0].no_forecast_because:
        chances = [one.published or 0.0 for one in told]
        assert chances == sorted(chances)  # lower absence is better: the further above England is allowed, the likelier
        assert all(abs((one.underlying or 0) - 0.5) >= abs((one.published or 0) - 0.5) - 0.02 for one in told)


def test_as_of_a_past_day_nothing_published_later_is_used(door: Door) -> None:
    day = date(2019, 6, 30)
    known = known_by(door, Asof(day, True, ANYONE), MEASURE, "all")
    assert known.figures
    assert max(year for by_year in known.figures.values() for year in by_year) <= 2017
    noise = {place: {year: value if year <= 2017 else 0.0 for year, value in by_year.items()} for place, by_year in known.figures.items()}
    assert noise == known.figures
    later = held_today(door, ANYONE, MEASURE, "all")
    cut = {place: {year: value for year, value in by_year.items() if year <= 2017} for place, by_year in later.figures.items()}
    england = {year: value for year, value in later.england.items() if year <= 2017}
    asked = {"place": _area(door), "measure": MEASURE, "cut": "all", "bar": Bar(0.0, 1.0), "year": AcademicYear(2018)}
    assert likely(door, known=known, **asked) == likely(door, known=Known(("cut",), cut, england), **asked)  # type: ignore[arg-type]


def test_a_promise_that_was_never_tried_has_no_chance_but_a_reason(door: Door) -> None:
    when = Asof(date(2026, 11, 25), False, ANYONE)
    asks = Asks(measure=MEASURE, relation="reach", against=Against(kind="neighbours", moves="each_year"), due=date(2027, 8, 31))
    assert "date" in chance(door, when, asks, _area(door), None, None, False).no_forecast_because
    assert "decided" in chance(door, when, asks, _area(door), None, AcademicYear(2026), True).no_forecast_because
    assert "figure" in chance(door, when, asks, _area(door), None, AcademicYear(2026), False).no_forecast_because


def test_the_record_adds_up(door: Door) -> None:
    found = calibration(door)
    assert [one.horizon for one in found.records] == [1, 2, 3]
    for one in found.records:
        assert one.shown_today + one.not_better + one.too_narrow + one.untested == one.series
        assert one.every is None or (one.every.trials >= one.trials and 0 < one.every.ratio < 2)
        assert not one.pit or sum(one.pit) == pytest.approx(1.0)
        assert sum(item.shown for item in found.measures if item.horizon == one.horizon) == one.shown_today
    assert found.levels is not None
    assert found.levels.least >= 0.75
