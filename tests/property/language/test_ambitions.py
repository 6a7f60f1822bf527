"""Words of ambitions say what the numbers say, whatever these are."""

import re
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from headway.definitions.ambitions import Against, Asks
from headway.language.ambitions import (
    course_words,
    direction,
    distance_words,
    heading,
    missing_words,
    promise_words,
    unit_of,
    verdict_words,
)  # fmt: skip
from headway.readings.ambitions import Answer, Missing, Point, Verdict, kept
from headway.readings.ambitions.judging import decided, distance, sign, target
from headway.readings.answers import MeasureFacts
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.number import PLACES, rounded, shown
from headway.vocabulary.status import Release

UNITS = ("percent", "points", "score", "progress")
sizes = st.floats(-40, 40, allow_nan=False)
values = st.floats(0, 100, allow_nan=False)


def point(value: float, wanted: float, short: float, year: int = 2017) -> Point:
    return Point(
        AcademicYear(year), value, wanted, short, None, None, None, "", date(2018, 1, 31), "listed", Release.FINAL, False, ()
    )  # fmt: skip


def answer(asks: Asks, at: Point, unit: str, better: str, verdict: Verdict, done: bool) -> Answer:
    facts = MeasureFacts("m.one", "One", "One", unit, better, "", "ks2_end", 11)
    return Answer(
        "s.one", "s", 1, "One", "One", "us", "330", "Birmingham", date(2019, 7, 31), verdict, None, asks.due, None, done, done, asks, facts,
        latest=at,
    )  # fmt: skip


@given(sizes, sizes, st.sampled_from(UNITS))
def test_narrowed_means_nearer_and_widened_further(before: float, now: float, unit: str) -> None:
    word = direction(before, now, unit)
    left = max(now, 0.0) - max(before, 0.0)
    if rounded(left, PLACES[unit]) == 0:
        assert word == "did not change"
    else:
        assert word == ("narrowed" if left < 0 else "widened")


@given(sizes, sizes, st.sampled_from(UNITS))
def test_nothing_narrows_that_was_not_there(before: float, now: float, unit: str) -> None:
    said = course_words(before, now, unit, "2015/16")
    assert bool(said) == (rounded(before, PLACES[unit]) > 0)


@given(values, values, st.sampled_from(UNITS), st.sampled_from(["higher", "lower"]), st.sampled_from(["reach", "within"]))
def test_short_of_and_better_than_follow_the_good_direction(
    value: float, beside: float, unit: str, better: str, relation: str
) -> None:  # fmt: skip
    asks = Asks(
        measure="m.one", relation=relation, amount=5 if relation == "within" else None, unit="points" if relation == "within" else None,
        against=Against(kind="england", moves="each_year"), baseline=AcademicYear(2015), due=date(2018, 8, 31),
    )  # fmt: skip
    wanted = target(asks, better, beside, None)
    assert wanted is not None
    short = distance(asks, better, value, wanted)
    assert short is not None
    at = point(value, wanted, short)
    found = answer(asks, at, unit, better, decided(asks, short), True)
    said = distance_words(found, at)
    worse = (value - wanted) * sign(better) < 0
    assert ("short of" in said) <= worse
    assert ("better than" in said) <= (not worse)
    assert ("level with" in said) <= kept(asks, short)
    assert heading(found) == ("Met" if kept(asks, short) else "Missed")
    whole = verdict_words(found)
    assert whole.startswith(heading(found))
    assert shown(value, unit_of(found)) in whole
    assert shown(wanted, unit_of(found)) in whole


@given(values, st.sampled_from(["percent", "points"]), st.floats(0.5, 30))
def test_points_are_never_called_per_cent_nor_per_cent_points(value: float, unit: str, amount: float) -> None:
    asks = Asks(
        measure="m.one", relation="within", amount=round(amount, 1), unit=unit, against=Against(kind="area_average", moves="each_year"),
        baseline=AcademicYear(2015),
    )  # fmt: skip
    found = answer(asks, point(value, value, 0.0), "percent", "higher", Verdict.MET, False)
    said = promise_words(found)
    assert ("per cent" in said) == (unit == "percent")
    assert ("point" in said) == (unit == "points")


@given(st.text("abcdefgh ,", min_size=3, max_size=40), st.text("abcdefgh .", min_size=3, max_size=40))
def test_cannot_tell_names_the_series_its_years_and_why(series: str, why: str) -> None:
    one = Missing(f"Key {series.strip()} end", "2019/20", f"No {why.strip(' .')} x.")
    said = missing_words(one)
    assert one.series[1:] in said
    assert "2019/20" in said
    assert re.search(re.escape(one.why[1:].rstrip(".")), said)
    found = replace(
        answer(Asks(), point(1, 1, 0), "percent", "higher", Verdict.CANNOT_TELL, False), missing=(one,), latest=None
    )  # fmt: skip
    assert verdict_words(found) == f"Cannot tell: {said}."
