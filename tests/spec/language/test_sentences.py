"""What is said of a line, case by case: ties, suppression, small cohorts, early results, breaks, polarity."""

import pytest

from headway.language import gap_sentence, line_sentence, moved_sentence
from headway.readings.answers import BreakMark, Moved
from headway.vocabulary.status import Release, Status
from tests.factories.lines import ABSENCE, EAL, PAY, PROGRESS, RWM, line, reading, trend, year

NOT = (BreakMark(year("2023/24"), "not_comparable", "new tests"),)
CARE = (BreakMark(year("2023/24"), "comparable_with_care", "new rules"),)


def of(*values, measure=RWM, england=None, **options):
    """A line of (year, value, n) with England's value in the newest year."""
    own = trend(*(reading(at, value, measure, n) for at, value, n in values), measure=measure, **options)
    beside = {"england": trend(reading(values[-1][0], england, measure, name="England"), measure=measure)} if england is not None else {}
    return line(own, **beside)


CASES = [
    ("no readings", line(trend()), "No figure has been published."),
    ("a value alone", of(("2023/24", 61.2, None)), "61.2% in 2023/24."),
    ("how many it is of", of(("2023/24", 60.0, 30)), "60.0% of 30 pupils in 2023/24."),
    ("one pupil is one", of(("2023/24", 100.0, 1)), "100.0% of 1 pupil in 2023/24."),
    ("sessions are not pupils", of(("2023/24", 7.1, 90000), measure=ABSENCE), "7.1% in 2023/24."),
    ("level in the rounding", of(("2023/24", 61.24, None), england=61.2), "61.2% in 2023/24: level with England."),
    ("no margin, no word of chance", of(("2023/24", 65.4, None), england=61.2), "65.4% in 2023/24: 4.2 points above England."),
    ("within chance", of(("2023/24", 65.4, 26), england=61.2), "65.4% of 26 pupils in 2023/24: 4.2 points above England, within chance."),
    ("beyond chance", of(("2023/24", 40.0, 400), england=61.2),
     "40.0% of 400 pupils in 2023/24: 21.2 points below England, beyond chance."),
    ("one point is singular", of(("2023/24", 62.2, None), england=61.2), "62.2% in 2023/24: 1.0 point above England."),
    ("rose, and better", of(("2022/23", 50.0, None), ("2023/24", 55.0, None)),
     "55.0% in 2023/24. It rose 5.0 points since 2022/23 (better)."),
    ("within chance is no better", of(("2022/23", 50.0, 30), ("2023/24", 55.0, 30)),
     "55.0% of 30 pupils in 2023/24. It rose 5.0 points since 2022/23, within chance."),
    ("lower is better", of(("2022/23", 6.2, None), ("2023/24", 7.1, None), measure=ABSENCE),
     "7.1% in 2023/24. It rose 0.9 points since 2022/23 (worse)."),
    ("neither way is good", of(("2022/23", 20.0, None), ("2023/24", 25.0, None), measure=EAL),
     "25.0% in 2023/24. It rose 5.0 points since 2022/23."),
    ("hardly", of(("2022/23", 61.2, None), ("2023/24", 61.3, None)), "61.3% in 2023/24. It hardly changed since 2022/23."),
    ("not at all", of(("2022/23", 61.2, None), ("2023/24", 61.21, None)), "61.2% in 2023/24. It did not change since 2022/23."),
    ("pounds", of(("2022/23", 40000.0, None), ("2023/24", 42500.0, None), measure=PAY),
     "£42,500 in 2023/24. It rose £2,500 since 2022/23."),
    ("the year before is missing", of(("2018/19", 50.0, None), ("2021/22", 45.0, None)),
     "45.0% in 2021/22. It fell 5.0 points since 2018/19 (worse)."),
    ("never across a break", of(("2022/23", 50.0, None), ("2023/24", 55.0, None), breaks=NOT),
     "55.0% in 2023/24. Earlier years cannot be compared: the measure changed."),
    ("with care", of(("2022/23", 50.0, None), ("2023/24", 55.0, None), breaks=CARE),
     "55.0% in 2023/24. It rose 5.0 points since 2022/23 (better); compare with care."),
    ("suppressed", line(trend(reading("2023/24", None, status=Status.SUPPRESSED))), "Withheld to protect people in 2023/24."),
    ("too few", line(trend(reading("2023/24", None, status=Status.LOW_COUNT))), "Too few to show (fewer than 11) in 2023/24."),
    ("does not apply", line(trend(reading("2023/24", None, status=Status.NOT_APPLICABLE))), "Does not apply in 2023/24."),
    ("not published", line(trend(reading("2023/24", None, status=Status.NOT_PUBLISHED))), "Not published in 2023/24."),
    ("a newer year withheld", line(trend(reading("2022/23", 61.2), reading("2023/24", None, status=Status.SUPPRESSED))),
     "61.2% in 2022/23. The figure for 2023/24 is withheld to protect people."),
    ("a newer year too few", line(trend(reading("2022/23", 61.2), reading("2023/24", None, status=Status.LOW_COUNT))),
     "61.2% in 2022/23. For 2023/24: too few to show (fewer than 11)."),
    ("early", line(trend(reading("2023/24", 61.2, release=Release.EARLY))), "61.2% in 2023/24 (early, unvalidated, not for publication)."),
    ("provisional", line(trend(reading("2023/24", 61.2, release=Release.PROVISIONAL))), "61.2% in 2023/24 (provisional)."),
    ("small, nothing pooled", line(trend(reading("2023/24", 50.0, n=8)), small=True),
     "8 pupils in 2023/24: too few to judge one year alone."),
    ("small, pooled", line(trend(reading("2023/24", 50.0, n=8)), small=True, pooled=reading("2023/24", 48.0, n=25)),
     "8 pupils in 2023/24: too few to judge one year alone. Over three years together 48.0% of 25 pupils."),
    ("published limits are used", line(trend(reading("2022/23", 1.4, PROGRESS, limits=(-0.2, 3.0)), measure=PROGRESS),
                                       england=trend(reading("2022/23", 0.0, PROGRESS), measure=PROGRESS)),
     "+1.40 in 2022/23: 1.40 points above England, within chance."),
    ("another year is never beside it", line(trend(reading("2023/24", 61.2)), england=trend(reading("2022/23", 59.0))),
     "61.2% in 2023/24."),
    ("nobody else has the newest year", line(trend(reading("2022/23", 60.0), reading("2023/24", 61.2, release=Release.EARLY)),
                                             england=trend(reading("2022/23", 59.0))),
     "61.2% in 2023/24 (early, unvalidated, not for publication). It rose 1.2 points since 2022/23 (better). "
     "In 2022/23, the newest year with others’ figures, it was 60.0%, 1.0 point above England."),
    ("each of a few counts", of(("2023/24", 50.0, 16)), "50.0% of 16 pupils in 2023/24. One pupil is 6.3 points."),
]  # fmt: skip


@pytest.mark.parametrize(("given", "said"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_line_says(given, said):
    assert line_sentence(given) == said


def pair(then, now):
    readings = [trend(reading("2022/23", then[side]), reading("2023/24", now[side])) for side in (0, 1)]
    return gap_sentence(*readings)


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [
        ((40, 60), (45, 60), "The gap was 15.0 points in 2023/24; it narrowed by 5.0 points since 2022/23."),
        ((40, 60), (40, 62), "The gap was 22.0 points in 2023/24; it widened by 2.0 points since 2022/23."),
        ((40, 60), (41, 61), "The gap was 20.0 points in 2023/24, as wide as in 2022/23."),
        ((None, 60), (41, 61), "The gap was 20.0 points in 2023/24."),
        ((40, 60), (41, None), ""),
    ],
)
def test_a_gap_says(then, now, said):
    assert pair(then, now) == said


@pytest.mark.parametrize(("n", "told"), [(30, "within chance"), (3_000, "beyond chance")])
def test_whether_a_gap_moved_by_more_than_chance_goes_by_how_many_there_are(n, told):
    groups = [trend(reading("2022/23", then, n=n), reading("2023/24", now, n=n)) for then, now in ((40, 45), (60, 60))]
    assert gap_sentence(*groups) == f"The gap was 15.0 points in 2023/24; it narrowed by 5.0 points since 2022/23, {told}."


@pytest.mark.parametrize(
    ("measure", "then", "now", "beyond", "said"),
    [
        (
            RWM,
            52.0,
            66.2,
            True,
            "Reading, writing and maths rose 14.2 points, from 52.0% in 2022/23 to 66.2% in 2023/24 (better), beyond chance.",
        ),
        (RWM, 66.2, 52.0, False, "Reading, writing and maths fell 14.2 points, from 66.2% in 2022/23 to 52.0% in 2023/24, within chance."),
        (ABSENCE, 6.0, 9.5, None, "Overall absence rose 3.5 points, from 6.0% in 2022/23 to 9.5% in 2023/24 (worse)."),
        (ABSENCE, 6.0, 6.01, None, "Overall absence did not change: 6.0% in 2022/23 and in 2023/24."),
    ],
)
def test_a_school_that_moved(measure, then, now, beyond, said):
    moved = Moved(None, measure, reading("2022/23", then, measure), reading("2023/24", now, measure), now - then, beyond)
    assert moved_sentence(moved) == said
