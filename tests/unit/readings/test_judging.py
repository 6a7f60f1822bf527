"""From figures to a verdict, in plain numbers."""

from datetime import date

import pytest

from headway.definitions.ambitions import Against, Asks
from headway.readings.ambitions.answers import WORST_FIRST, Verdict
from headway.readings.ambitions.judging import allowed, decided, distance, kept, target, under_way, worst
from headway.vocabulary.academic_year import AcademicYear

START, HALFWAY, END = AcademicYear(2014), AcademicYear(2016), AcademicYear(2018)
AVERAGE = Against(kind="area_average", moves="each_year")


def within(amount: float, unit: str, tolerance: float = 0.0) -> Asks:
    return Asks(
        measure="m",
        relation="within",
        against=AVERAGE,
        amount=amount,
        unit=unit,
        baseline=START,
        due=date(2019, 8, 31),
        tolerance=tolerance,
    )


def short(asks: Asks, value: float, beside: float, better: str = "higher") -> float:
    found = distance(asks, better, value, target(asks, better, beside, None))
    assert found is not None
    return found


def test_five_points_and_five_per_cent_are_two_promises() -> None:
    """Group 46 beside 50: within five points, not within the two and a half that five per cent of 50 are."""
    assert short(within(5, "points"), 46, 50) == -1
    assert short(within(5, "percent"), 46, 50) == 1.5


def test_a_gap_of_24_against_50_half_way_is_on_course_by_points_and_not_by_per_cent() -> None:
    """From a gap of 43: half way a straight path leaves 24 to five points, and 22.75 to five per cent of 50."""
    said = {}
    for unit in ("points", "percent"):
        asks = within(5, unit, tolerance=1)
        start = short(asks, 7, 50)
        said[unit] = under_way(asks, short(asks, 26, 50), HALFWAY, start, 0.0, END)
    assert said == {"points": Verdict.ON_COURSE, "percent": Verdict.OFF_COURSE}


def test_lower_is_better_turns_the_promise_round() -> None:
    asks = Asks(relation="reach", against=Against(kind="england", moves="each_year"))
    assert short(asks, 5.6, 5.2, "lower") == pytest.approx(0.4)
    assert short(asks, 5.0, 5.2, "lower") == pytest.approx(-0.2)


def test_every_school_is_counted_in_schools_whatever_the_grade_is_better_for() -> None:
    asks = Asks(relation="every_school_at_least", against=Against(kind="fixed", level=2))
    assert short(asks, 83.5, 2, "lower") == pytest.approx(16.5)


def test_to_fall_by_no_stated_amount_takes_some_fall() -> None:
    asks = Asks(relation="fall_by")
    assert target(asks, "lower", None, 8.5) == 8.5
    assert not kept(asks, 0.0)
    assert kept(asks, -0.1)
    assert target(Asks(relation="fall_by", amount=20, unit="percent"), "lower", None, 10) == 8


def test_the_path_is_straight_and_ends_at_nought() -> None:
    assert [allowed(8, START, END, year) for year in START.to(END)] == [8, 6, 4, 2, 0]
    assert allowed(-3, START, END, HALFWAY) == 0


@pytest.mark.parametrize(("now", "verdict"), [(-1, "on course"), (4, "on course"), (4.5, "at risk"), (5, "at risk"), (5.1, "off course")])
def test_under_way_beside_the_path(now: float, verdict: str) -> None:
    assert under_way(within(5, "points", tolerance=1), now, HALFWAY, 8, 0.0, END) == verdict


def test_chance_may_explain_a_figure_off_its_path() -> None:
    asks = within(5, "points")
    assert under_way(asks, 6, HALFWAY, 8, 0.0, END) is Verdict.OFF_COURSE
    assert under_way(asks, 6, HALFWAY, 8, 2.5, END) is Verdict.AT_RISK


def test_without_a_date_the_direction_counts() -> None:
    asks = Asks(relation="reach", against=AVERAGE, baseline=START, tolerance=0.5)
    said = [under_way(asks, now, HALFWAY, 4, 0.0, None) for now in (-0.1, 3.4, 3.6, 4.5, 4.6)]
    assert said == ["met", "on course", "at risk", "at risk", "off course"]


def test_without_a_start_nobody_can_tell_unless_it_is_kept_already() -> None:
    asks = within(5, "points")
    assert under_way(asks, 3, HALFWAY, None, 0.0, END) is None
    assert under_way(asks, -3, HALFWAY, None, 0.0, END) is Verdict.ON_COURSE


def test_what_is_to_be_kept_has_no_path() -> None:
    asks = Asks(relation="stay_above", against=AVERAGE, tolerance=0.5)
    said = [under_way(asks, now, HALFWAY, None, 0.0, None) for now in (-1, 0, 0.4, 0.6)]
    assert said == ["met", "met", "at risk", "off course"]


def test_the_deciding_figure_is_final() -> None:
    assert decided(within(5, "points"), 0) is Verdict.MET
    assert decided(within(5, "points", tolerance=3), 0.1) is Verdict.OFF_COURSE


def test_what_is_unknown_never_counts_as_met() -> None:
    assert WORST_FIRST[worst([Verdict.MET, Verdict.CANNOT_TELL, Verdict.ON_COURSE])] is not Verdict.MET
    assert worst([Verdict.MET, Verdict.CANNOT_TELL]) == 1
    assert worst([Verdict.CANNOT_TELL, Verdict.OFF_COURSE]) == 1
    assert worst([Verdict.MET, Verdict.MET]) == 0
