"""How the margin of a reading is had: published limits, a share of persons, a rate of events, a mean of scores; and when it is not."""

from dataclasses import replace
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.readings.answers import MeasureFacts
from headway.readings.margins import as_plain, margin, source, variance
from headway.stats.intervals import Z95, byar, wilson
from headway.vocabulary.place import Level
from headway.vocabulary.reading import Reading
from tests.factories.lines import PAY, PROGRESS, RWM, reading, year

SPREAD = replace(PROGRESS, spread=((year("2017/18"), 6.0),))
EXCLUDED = MeasureFacts("exclusions.permanent_rate", "", "", "rate_per_100", "lower", "", "pupils_on_roll", 0, once_each=True)
SUSPENDED = replace(EXCLUDED, once_each=False)


def events(count: float | None, of: float | None) -> Reading:
    return replace_counts(reading("2017/18", 0.1, EXCLUDED), count, of)


def replace_counts(one: Reading, numerator: float | None, denominator: float | None) -> Reading:
    return one._replace(numerator=numerator, denominator=denominator)


def test_published_limits_come_first() -> None:
    one = reading("2017/18", 0.6, SPREAD, n=30, limits=(-0.2, 1.4))
    assert (source(one, SPREAD), margin(one, SPREAD)) == ("published", (-0.2, 1.4))


def test_a_share_of_persons_has_wilsons() -> None:
    low, high = wilson(24, 30)
    one = reading("2017/18", 80.0, n=30)
    assert (source(one, RWM), margin(one, RWM)) == ("wilson", pytest.approx((100 * low, 100 * high)))


def test_a_mean_of_scores_has_the_national_spreads() -> None:
    one = reading("2017/18", 0.6, SPREAD, n=36)
    assert source(one, SPREAD) == "national_spread"
    assert margin(one, SPREAD) == pytest.approx((0.6 - Z95, 0.6 + Z95))
    assert variance(one, SPREAD) == pytest.approx(1.0)


def test_another_years_spread_is_not_borrowed() -> None:
    one = reading("2016/17", 0.6, SPREAD, n=36)
    assert (source(one, SPREAD), margin(one, SPREAD), variance(one, SPREAD)) == ("", None, None)


@given(st.integers(0, 400), st.integers(1_000, 200_000))
def test_a_rate_of_events_has_byars(count: int, pupils: int) -> None:
    low, high = byar(count)
    assert source(events(count, pupils), EXCLUDED) == "byar"
    assert margin(events(count, pupils), EXCLUDED) == pytest.approx((100 * low / pupils, 100 * high / pupils))


def test_events_that_one_pupil_may_have_many_of_have_none() -> None:
    """Ten suspensions of one pupil are no ten throws of a coin."""
    assert margin(events(10, 500), SUSPENDED) is None


@pytest.mark.parametrize(
    ("one", "measure"),
    [
        (reading("2017/18", None, n=30), RWM), (reading("2017/18", 80.0), RWM), (reading("2017/18", 80.0, n=0), RWM),
        (reading("2017/18", 104.0, n=30), RWM), (reading("2017/18", 0.6, SPREAD), SPREAD), (events(None, 500), EXCLUDED),
        (events(3, None), EXCLUDED), (reading("2017/18", 40_000.0, PAY, n=30), PAY),
    ],
)  # fmt: skip
def test_where_something_is_not_known_there_is_no_margin(one: Reading, measure: MeasureFacts) -> None:
    assert (source(one, measure), margin(one, measure), variance(one, measure)) == ("", None, None)


def test_as_columns_the_nation_is_fixed_and_a_school_is_not() -> None:
    one = reading("2017/18", 80.0, n=30)
    assert as_plain(one, RWM)["margin_from"] == "wilson"
    assert as_plain(one._replace(level=Level.ENGLAND), RWM) == {"margin_low": None, "margin_high": None, "margin_from": ""}


def test_the_spread_of_a_margin_is_its_halves_over_196() -> None:
    one = events(25, 10_000)
    low, high = margin(one, EXCLUDED) or (0.0, 0.0)
    assert sqrt(variance(one, EXCLUDED) or 0.0) == pytest.approx((high - low) / 2 / Z95)
