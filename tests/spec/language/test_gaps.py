"""What is said of groups over all measures: one sentence a pair, the measure that matters most first."""

from headway.language import gaps_sentence, group_gaps
from headway.readings.answers import MeasureLine
from tests.factories.lines import ABSENCE, RWM, reading, trend


def lines(*cells):
    """(measure, cut, value, n) as lines of one year."""
    return [MeasureLine(trend(reading("2023/24", value, measure, n, cut=cut), measure=measure), {}) for measure, cut, value, n in cells]


def test_two_measures_are_counted_and_the_first_is_told():
    found = group_gaps(
        lines(
            (ABSENCE, "disadvantage=yes", 9.0, None), (ABSENCE, "disadvantage=no", 6.0, None),
            (RWM, "disadvantage=yes", 40.0, 400), (RWM, "disadvantage=no", 60.0, 400),
        )
    )  # fmt: skip
    assert [[gap.one.measure.id for gap in pair] for pair in found] == [["ks2.rwm_expected", "attendance.overall_absence"]]
    assert gaps_sentence(found[0]) == (
        "Disadvantaged pupils and the others, on 2 measures: disadvantaged pupils did worse on 2. Of 1 with a margin, 1 is beyond chance. "
        "Reading, writing and maths: the gap was 20.0 points in 2023/24 (the gap is beyond chance)."
    )


def test_one_measure_alone_and_within_chance():
    (pair,) = group_gaps(lines((RWM, "sex=girls", 62.0, 15), (RWM, "sex=boys", 60.0, 15)))
    assert gaps_sentence(pair) == (
        "Girls and boys. Reading, writing and maths: the gap was 2.0 points in 2023/24 (the gap is within chance)."
    )


def test_a_group_without_its_other_half_is_no_gap():
    assert group_gaps(lines((RWM, "sex=girls", 62.0, 15), (RWM, "disadvantage=no", 60.0, 15))) == []
    assert group_gaps(lines((RWM, "sex=girls", None, 15), (RWM, "sex=boys", 60.0, 15))) == []
