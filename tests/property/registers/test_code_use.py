"""Schools set beside schools of their kind: counts by a twin, few false alarms where there is nothing, one that is unlike is found."""

import random
from datetime import date, timedelta
from math import asin, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.definitions.absence_rules import in_force
from headway.definitions.loading import library_for
from headway.registers.code_use import LEAVE, OFF_SITE, SHIFT, STANDING, Use, code_use, shares
from headway.stats.outlying import beside_others, others_spread
from headway.stats.shrinkage import tau_squared
from headway.vocabulary.academic_year import AcademicYear
from tests.factories.registers import Pupil, view, weekdays

LIBRARY = library_for().attendance
FIRST = date(2025, 9, 1)
EARLY = in_force(LIBRARY.absence_rules, FIRST).early
NOTICES = in_force(LIBRARY.penalty_notices, FIRST)
DAYS = weekdays(FIRST, 12)
SCHOOLS, PUPILS = 10, 30
pytestmark = pytest.mark.slow  # many schools drawn anew for each example


def made(seed: int, odd: str = "") -> list[Pupil]:
    """Ten schools alike, pupils unlike; the first leaves N standing, marks B, C or, in the last weeks, I where it was O."""
    draw = random.Random(seed)
    found = []
    for school in range(SCHOOLS):
        for number in range(PUPILS):
            pupil = Pupil(900000 + school, f"{school}p{number}", f"{school}c{number}", "5")
            away = draw.betavariate(2, 12) if odd == SHIFT else draw.betavariate(0.6, 8)
            for day in DAYS:
                late = (day - FIRST).days >= 42
                odd_now = school == 0 and late
                code = draw.choice("IO" if odd == SHIFT else "IIIO") if draw.random() < away else "/"
                extra = {STANDING: "N", OFF_SITE: "B", LEAVE: "C"}.get(odd, "")
                if odd_now and extra and draw.random() < 0.08:
                    code = extra
                if odd_now and odd == SHIFT and code == "O":
                    code = "I"
                pupil.marks |= {(day, session): code for session in ("AM", "PM")}
            found.append(pupil)
    return found


def asked(pupils: list[Pupil]) -> tuple[list[Use], int]:
    year = view(pupils, AcademicYear(2025))
    middle = (FIRST + timedelta(42)).toordinal()
    return code_use(
        year, year.between(middle, DAYS[-1].toordinal()), year.between(0, middle - 1), {900000 + at: "primary" for at in range(SCHOOLS)},
        EARLY, NOTICES,
    )  # fmt: skip


@pytest.mark.slow
@settings(max_examples=3)
@given(seed=st.integers(0, 10**6))
@pytest.mark.parametrize("odd", [STANDING, OFF_SITE, LEAVE])
def test_a_school_unlike_the_others_is_found_and_counted(seed: int, odd: str) -> None:
    pupils = made(seed, odd)
    found, compared = asked(pupils)
    assert compared == 4 * SCHOOLS
    (own,) = [one for one in found if (one.urn, one.check) == (900000, odd)]
    code = {STANDING: "N", OFF_SITE: "B", LEAVE: "C"}[odd]
    first, last = DAYS[30], DAYS[-6] if odd == STANDING else DAYS[-1]  # an N that five school days have not followed is young
    marks = [mark for pupil in pupils if pupil.urn == 900000 for (day, _), mark in pupil.marks.items() if first <= day <= last]
    assert own.count == marks.count(code)
    assert own.total == 2 * 30 * PUPILS
    assert own.count / own.total > own.upper > own.expected


@pytest.mark.slow
@settings(max_examples=6)
@given(seed=st.integers(0, 10**6))
def test_schools_alike_are_left_alone(seed: int) -> None:
    found, _ = asked(made(seed))
    assert len(found) <= 1


@pytest.mark.slow
def test_illness_in_the_place_of_unauthorised_absence() -> None:
    found, _ = asked(made(4, SHIFT))
    assert [(one.urn, one.check) for one in found] == [(900000, SHIFT)]
    assert found[0].before is not None
    assert found[0].count / found[0].total - found[0].before > found[0].upper


@pytest.mark.slow
def test_fewer_schools_than_the_rule_says_are_not_compared() -> None:
    pupils = [pupil for pupil in made(1, OFF_SITE) if pupil.urn < 900005]
    year = view(pupils, AcademicYear(2025))
    every = year.between(0, date.max.toordinal())
    assert code_use(year, every, every, {900000 + at: "primary" for at in range(5)}, EARLY, NOTICES) == ([], 0)


@given(seed=st.integers(0, 10**6))
def test_the_design_effect_is_that_of_the_twin_and_grows_with_runs(seed: int) -> None:
    draw = random.Random(seed)
    of = np.array([draw.randint(1, 3) for _ in range(60)], np.int32)
    total = np.array([draw.randint(0, 50) for _ in of], np.int64)
    count = np.array([draw.choice([0, int(t)]) for t in total], np.int64)  # all or nothing: as clustered as can be
    between = single = 0.0
    for urn in (1, 2, 3):
        own = [(int(c), int(t)) for u, c, t in zip(of, count, total, strict=True) if u == urn and t]
        if len(own) > 1 and sum(c for c, _ in own):
            share = sum(c for c, _ in own) / sum(t for _, t in own)
            between += len(own) / (len(own) - 1) * sum((c - share * t) ** 2 for c, t in own)
            single += sum(t for _, t in own) * share * (1 - share)
    found = shares(count, total, of.astype(np.int64) - 1, 3).design_effect
    assert found == pytest.approx(max(1.0, between / single) if single else 1.0)


@given(seed=st.integers(0, 10**6), units=st.integers(4, 40))
def test_each_is_set_beside_the_rest_as_if_it_had_been_taken_away(seed: int, units: int) -> None:
    draw = np.random.default_rng(seed)
    variances = draw.uniform(0.2, 3.0, units) * draw.choice([1e-4, 1.0])
    values = draw.normal(draw.normal(), np.sqrt(variances) * draw.choice([0.1, 1.0, 3.0]))
    found = others_spread(values, variances)
    for at in range(units):
        alone = tau_squared(np.delete(values, at), np.delete(variances, at), 10_000)
        assert found[at] == pytest.approx(alone, rel=1e-5, abs=1e-8)  # which stops a little before it is there


def test_one_far_out_does_not_widen_its_own_limits() -> None:
    values = [asin(sqrt(share)) for share in (0.01, 0.011, 0.009, 0.01, 0.012, 0.008, 0.01, 0.2)]
    found = beside_others(values, [1 / (4 * 2000)] * 8)
    assert found[-1].chance < 1e-4
    assert all(one.chance > 0.02 for one in found[:-1])
    with pytest.raises(ValueError, match="three others"):
        beside_others(values[:3], [0.1] * 3)
