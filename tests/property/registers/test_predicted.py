"""What the prediction rests on: inputs by a twin, who is at risk, and scores of made-up chances against what came."""

import random
from datetime import date
from itertools import groupby
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.definitions.absence_rules import in_force
from headway.definitions.loading import library_for
from headway.readings.attendance.early.scoring import bands, group_errors, scored
from headway.readings.attendance.early.validation import Validation, read
from headway.registers.early_inputs import became_persistent, inputs, is_full, of_year_before, sessions_after
from headway.registers.so_far import so_far
from headway.registers.terms import half_terms
from headway.vocabulary.academic_year import AcademicYear
from tests.factories.registers import random_pupils, view, weekdays
from tests.property.registers.test_early import history, in_rows

LIBRARY = library_for()
YEAR = AcademicYear(2025)
RULE = in_force(LIBRARY.attendance.absence_rules, date(2025, 9, 1))
HALVES = half_terms(LIBRARY.calendar, YEAR)
SEEDS = st.integers(0, 10**6)


@pytest.mark.slow
@given(seed=SEEDS, remaining=st.integers(1, 250))
def test_inputs_and_who_is_at_risk_are_those_of_the_twin(seed: int, remaining: int) -> None:
    draw = random.Random(seed)
    days = weekdays(date(2025, 9, 1), 8)
    pupils = random_pupils(draw, days, away=0.1)
    year = view(pupils, YEAR)
    told = so_far(year, days[-1])
    last_year = np.array([(draw.choice([0, 300]), draw.randint(0, 60)) for _ in pupils], np.int64)
    last_year[last_year[:, 0] == 0] = 0
    found = inputs(year, told, last_year, remaining, np.ones(len(pupils), np.bool_), RULE)
    histories = [[missed for _, missed in history(pupil, days[-1])] for pupil in in_rows(pupils, year)]
    mean = max(sum(map(sum, histories)), 1) / max(sum(map(len, histories)), 2)

    def odds(missed: float, possible: float) -> float:
        share = (missed + 20 * mean) / (possible + 20)
        return log(share / (1 - share))

    for row, missed in enumerate(histories):
        whole, gone = len(missed) + remaining, sum(missed)
        room = min(max((whole / 10 - gone) / remaining, 0.002), 0.998)
        runs = 100 * sum(away for away, _ in groupby(missed)) / max(len(missed), 1)
        own = found.values[row].tolist()
        wanted = [odds(gone, len(missed)), odds(sum(missed[-20:]), len(missed[-20:])), odds(last_year[row, 1], last_year[row, 0])]
        assert own[:3] == pytest.approx(wanted)
        assert own[4:] == pytest.approx([runs, log(room / (1 - room))])
        open_ = 10 * gone < whole and 10 * (gone + remaining) >= whole and 10 * gone < len(missed) and len(missed) >= 30
        assert bool(found.at_risk[row]) == open_


@given(seed=SEEDS)
def test_the_year_before_is_of_the_person_at_every_school(seed: int) -> None:
    draw = random.Random(seed)
    days = weekdays(date(2024, 9, 2), 2)
    before = random_pupils(draw, days)
    now = random_pupils(draw, weekdays(date(2025, 9, 1), 1))
    then, year = view(before, AcademicYear(2024)), view(now, YEAR)
    found = of_year_before(year, then, so_far(then, date.max))
    for row, pupil in enumerate(in_rows(now, year)):
        missed = [away for one in before if one.person == pupil.person for _, away in history(one, date.max)]
        assert found[row].tolist() == [len(missed), sum(missed)]
    assert of_year_before(year, None, None).sum() == 0


def test_the_rest_of_a_year_and_when_a_year_is_full() -> None:
    assert sessions_after(HALVES, HALVES[-1].last) == 0
    last_friday = HALVES[-1].last - (HALVES[-1].last - 1) % 7 + 4
    assert sessions_after(HALVES, last_friday - 5) in (2, 4, 6, 8, 10)
    assert 360 <= sessions_after(HALVES, 0) <= 400
    short = view(random_pupils(random.Random(1), weekdays(date(2025, 9, 1), 8)), YEAR)
    assert not is_full(short, HALVES)
    assert is_full(view(random_pupils(random.Random(1), weekdays(date(2025, 9, 1), 46), pupils=2), YEAR), HALVES)


def test_who_became_persistent_is_who_the_summary_counts() -> None:
    pupils = random_pupils(random.Random(5), weekdays(date(2025, 9, 1), 40), pupils=20)
    year = view(pupils, YEAR)
    every = np.ones(year.slots.width, np.bool_)
    counted = year.add_up(every, year.cells(()), RULE, HALVES)[0].persistent
    assert (became_persistent(year, RULE, HALVES) & (year.cohort(RULE, HALVES) > 0)).sum() == counted


@given(seed=SEEDS)
def test_bands_hold_everybody_once_and_scores_know_the_perfect_and_the_useless(seed: int) -> None:
    draw = np.random.default_rng(seed)
    chances = draw.random(300)
    came = draw.random(300) < chances
    told = bands(chances, came)
    assert sum(one.pupils for one in told) == 300
    assert sum(one.events for one in told) == came.sum()
    assert all(one.low <= one.predicted <= one.high and one.share_low - 1e-9 <= one.share <= one.share_high + 1e-9 for one in told)
    perfect = scored("perfect", came.astype(float), came, float(came.sum()))
    assert (perfect.brier, perfect.recall, perfect.precision, perfect.area) == (0, 1, 1, 1)
    flat = scored("flat", np.full(300, 0.5), came, 30)
    assert flat.area == 0.5
    assert flat.precision == pytest.approx(came.mean())


def test_errors_that_differ_between_groups_are_told_and_others_are_not() -> None:
    draw = np.random.default_rng(7)
    group = np.where(draw.random(4000) < 0.5, "yes", "no")
    true = draw.random(4000) < 0.3
    fair = np.where(true, 0.8, 0.2) + draw.normal(0, 0.2, 4000)
    unfair = fair - 0.5 * (group == "yes")
    even = list(group_errors(fair, true, {"fsm": group}, 1200))
    assert [one.differs for one in even] == [False, False]
    odd = list(group_errors(unfair, true, {"fsm": group}, 1200))
    assert all(one.differs for one in odd)
    assert next(one for one in odd if one.group == "yes").missed > 0.2
    assert list(group_errors(fair[:60], true[:60], {"fsm": group[:60]}, 10)) == []  # too few to tell


def test_a_validation_is_read_as_it_was_kept() -> None:
    draw = np.random.default_rng(1)
    chances = draw.random(300)
    came = draw.random(300) < chances
    groups = tuple(group_errors(chances, came, {"sex": np.where(draw.random(300) < 0.5, "girls", "boys")}, 30))
    kept = Validation(
        "2024/25", ("2023/24",), "2024-11-22", "other schools, in a later year", 8, 300, int(came.sum()), False,
        (scored("prediction", chances, came, 30),), bands(chances, came), None, None, groups, ("sen",),
    )  # fmt: skip
    assert read(kept.as_dict()) == kept
    assert not kept.validated
