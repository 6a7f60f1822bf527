"""Before and after beside the nearest: against a slow twin that looks at one mark after another, and on support that did nothing."""

import random
from datetime import date, timedelta
from statistics import fmean

import numpy as np
import pytest

from headway.registers.before_after import FEWEST_ENROLMENTS, LEAST, PUPIL_POINTS, SCHOOL_POINTS, WEEKS, by_school, nearest, spans, told_of
from headway.stats.impact import effect_of_sharing
from headway.vocabulary.academic_year import AcademicYear
from tests.factories.registers import Pupil, key, random_pupils, view, weekdays

FIRST = date(2025, 9, 1)
YEAR = AcademicYear(2025)
ABSENT = set("IOGUNMCERSTJ")
pytestmark = pytest.mark.slow  # many schools drawn anew for each example


def week_of(day: date) -> date:
    return day - timedelta(day.weekday())


def windows(pupils: list[Pupil], on: date, until: date) -> tuple[set[date], set[date]] | None:
    """The twin: Mondays of the weeks before and after in which anybody has a mark."""
    held = sorted({week_of(day) for pupil in pupils for day, _ in pupil.marks if day <= until})
    before = [one for one in held if one < week_of(on)][-WEEKS:]
    after = [one for one in held if one > week_of(on)][:WEEKS]
    return None if min(len(before), len(after)) < LEAST else (set(before), set(after))


def rate(pupils: list[Pupil], inside: set[date], until: date) -> float | None:
    marks = [code for one in pupils for (day, _), code in one.marks.items() if week_of(day) in inside and day <= until and one.on_roll(day)]
    possible = [code for code in marks if code not in set("DQXZ#Y") and not code.startswith("Y")]
    return 100 * sum(code[0] not in ABSENT for code in possible) / len(possible) if possible else None


@pytest.mark.parametrize("seed", range(8))
def test_schools_before_and_after_are_those_of_the_twin(seed: int) -> None:
    draw = random.Random(seed)
    days = weekdays(FIRST, 14)
    pupils = random_pupils(draw, days, schools=3, pupils=34, away=0.2)
    on, until = days[draw.randrange(len(days))], days[draw.randrange(30, len(days))]
    found, told = spans(view(pupils, YEAR), on, until), windows(pupils, on, until)
    assert (found is None) == (told is None)
    if found is None or told is None:
        return
    urns, rates = by_school(view(pupils, YEAR), found[:2])
    for at, urn in enumerate(urns.tolist()):
        own = [one for one in pupils if one.urn == urn]
        for got, inside in zip(rates, told, strict=True):
            expected = rate(own, inside, until) if len(own) >= FEWEST_ENROLMENTS else None
            assert got[at] == pytest.approx(np.nan if expected is None else expected, nan_ok=True)


def test_a_small_school_is_not_told() -> None:
    days = weekdays(FIRST, 10)
    pupils = random_pupils(random.Random(3), days, schools=2, pupils=29)
    seen = view(pupils, YEAR)
    found = spans(seen, days[25], days[-1])
    assert found is not None
    assert np.isnan(by_school(seen, found[:2])[1][0]).all()


def test_the_nearest_are_like_it_within_reach_and_never_itself() -> None:
    before, after = np.array([90.0, 90.5, 91.0, 93.0, 90.1, np.nan]), np.array([92.0, 90.5, 90.0, 99.0, 99.0, 90.0])
    alike = np.array([True, True, True, True, False, True])
    assert nearest(before, after, 0, alike, SCHOOL_POINTS) == {1: 0.0, 2: -1.0}


def test_a_pupil_is_set_beside_the_same_year_group_without_a_plan() -> None:
    days = weekdays(FIRST, 12)
    pupils = [Pupil(100001, f"P{at}", f"P{at}", year_group="5" if at < 8 else "6") for at in range(12)]
    for at, one in enumerate(pupils):
        late = 30 if at else 5  # the first comes back after the sixth week
        one.marks = {
            (day, half): ("O" if slot < 30 and half == "PM" else "/") for slot, day in enumerate(days[:30]) for half in ("AM", "PM")
        }
        one.marks |= {
            (day, half): ("O" if slot < late and half == "PM" else "/") for slot, day in enumerate(days[30:]) for half in ("AM", "PM")
        }
    seen = view(pupils, YEAR)
    found = spans(seen, days[30], days[-1])
    assert found is not None
    supported = {pupils[0].number, pupils[1].number}
    told = told_of(seen, found[:2], [(100001, key("P0").hex())], {key(one) for one in supported})
    ((change, others),) = told
    assert len(others) == 6  # of year 5, without the supported
    assert change > fmean(others.values())
    assert PUPIL_POINTS > 0


def test_support_that_did_nothing_is_seen_to_do_nothing_though_every_school_rose() -> None:
    """The lowest of 60 schools are supported and rise of themselves: before and after alone says so, beside the nearest it does not."""
    draw, inside, naive = np.random.default_rng(5), 0, []
    for _ in range(200):
        level = draw.normal(93, 0.5, 60)
        before, after = level + draw.normal(0, 0.8, 60), level + draw.normal(0, 0.8, 60)
        low = np.argsort(before)[:20]
        supported = draw.permutation(low)[:10]
        alike = np.ones(60, np.bool_)
        alike[supported] = False
        told = [(float(after[at] - before[at]), nearest(before, after, int(at), alike, SCHOOL_POINTS)) for at in supported]
        effect = effect_of_sharing(told)
        naive.append(fmean(change for change, _ in told))
        inside += effect.low <= 0 <= effect.high
    assert fmean(naive) > 0.5
    assert 185 <= inside <= 199  # 190 are expected of limits of 95%
