"""What a page answers with: at most three sentences, what matters first; and the grey line under them."""

from datetime import UTC, datetime
from types import SimpleNamespace

from headway.language import area_answer, basis, flags, profile_answer
from headway.readings.answers import MeasureFacts, SnapshotFacts
from headway.vocabulary.status import Release
from tests.factories.lines import ABSENCE, RWM, line, reading, trend

SNAPSHOT = SnapshotFacts("s1", datetime(2026, 1, 1, tzinfo=UTC), "d", True, ())


def one(measure: MeasureFacts, value: float, england: float, n: float | None = None, cut: str = "all", **options):
    return line(
        trend(reading("2023/24", value, measure, n, cut=cut, **options), measure=measure),
        england=trend(reading("2023/24", england, measure), measure=measure),
    )


def area(*lines):
    return SimpleNamespace(name="Wrenford", lines=lines, cuts=())


def school(lines, cuts=()):
    return SimpleNamespace(lines=lines, cuts=cuts, establishment=SimpleNamespace(name="Pellwick"))


GAP = (one(RWM, 45.0, 46.0, cut="disadvantage=yes"), one(RWM, 65.0, 67.0, cut="disadvantage=no"))


def test_an_area_leads_with_attendance_then_attainment_then_the_gap():
    told = area_answer(area(*GAP, one(RWM, 60.0, 61.0), one(ABSENCE, 7.1, 6.9)))
    assert told == (
        "Overall absence was 7.1% in 2023/24, 0.2 points above England.",
        "Reading, writing and maths was 60.0% in 2023/24, 1.0 point below England.",
        "Reading, writing and maths: the gap for disadvantaged pupils was 20.0 points in 2023/24.",
    )


def test_an_area_without_figures_says_so():
    assert area_answer(area()) == ("No figures for Wrenford have been published yet.",)


def test_a_school_says_first_what_is_beyond_chance():
    told = profile_answer(school((one(RWM, 40.0, 61.0, n=300), one(ABSENCE, 7.1, 6.9)), GAP))
    assert told[0] == "Reading, writing and maths is worse than England beyond chance."
    assert len(told) == 3


def test_a_school_within_chance_is_told_as_plainly():
    assert profile_answer(school((one(RWM, 60.0, 61.0, n=30),)))[0] == "Nothing here differs from England by more than chance."


def test_a_school_without_results_says_so():
    assert profile_answer(school(())) == ("No results of Pellwick have been published yet.",)


def test_a_small_cohort_is_never_judged_by_one_year():
    small = line(trend(reading("2023/24", 0.0, n=5)), small=True, england=trend(reading("2023/24", 61.0)))
    assert flags([small]) == (0, 0, 0.0)
    assert profile_answer(school((small,))) == ("Reading, writing and maths: too few pupils to judge one year alone.",)


def test_the_grey_line_says_years_releases_how_many_and_luck():
    lines = [one(RWM, 40.0, 61.0, n=300), one(ABSENCE, 7.1, 6.9, release=Release.PROVISIONAL)]
    assert basis(lines, SNAPSHOT) == (
        "Newest figures: 2023/24, final and provisional. 2 measures looked at. "
        "Of 1 with a margin, 1 differs from England beyond chance; luck alone would give fewer than one. The area is made up."
    )
    assert basis([]) == "No figures yet."
