"""Where the mean of a group stands, in words: the word for a side always agrees with the numbers and with polarity."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from headway.language.groups import group_answer, in_the_mean
from headway.readings.answers import MeasureLine
from headway.readings.groups import GroupYear, LeftOut
from tests.factories.lines import ABSENCE, RWM, reading, trend

FIGURES = st.floats(0, 100).map(lambda value: round(value, 1))


def line(measure: str, ours: float, england: float) -> MeasureLine:
    beside = trend(reading("2023/24", england, measure, None), measure=measure)
    return MeasureLine(trend(reading("2023/24", ours, measure, None), measure=measure), {"england": beside})


@given(ours=FIGURES, england=FIGURES)
def test_the_side_agrees_with_the_numbers_and_with_what_is_better(ours: float, england: float) -> None:
    for measure, sign in ((RWM, 1), (ABSENCE, -1)):
        said = group_answer("Estuary", 12, [line(measure, ours, england)])
        apart = sign * (ours - england)
        assert ("better than England" in said) == (apart > 0.05)
        assert ("behind England" in said) == (apart < -0.05)
        assert ("level with England" in said) == (abs(apart) < 0.05)


def test_both_sides_in_one_sentence() -> None:
    said = group_answer("Estuary", 12, [line(RWM, 66.0, 60.0), line(ABSENCE, 7.0, 6.0)])
    assert (
        said == "The mean of the 12 schools of Estuary is better than England on reading, writing and maths; behind it on overall absence."
    )


def test_without_figures_or_without_england() -> None:
    assert "none of the measures" in group_answer("Estuary", 3, [])
    alone = replace(line(RWM, 66.0, 60.0), comparators={})
    assert "no figures of the same years" in group_answer("Estuary", 3, [alone])


def test_who_is_in_the_mean_and_why_the_others_are_not() -> None:
    one = reading("2023/24", 60.0, RWM, 30)
    year = GroupYear(one, (one,) * 9, (LeftOut(100001, "A", "withheld"), LeftOut(100002, "B", "too_few")))
    assert in_the_mean(year, 12) == "9 of 12 schools; left out: 1 (withheld to protect people), 1 (too few pupils); without a figure: 1"
