"""The pupil rules beside twins written pupil by pupil, without arrays."""

import math
from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from headway.definitions.loading import library_for
from headway.pupil_results import basics, ebacc, key_stage2, outcome_codes, outlier_cap
from headway.pupil_results.attainment8 import Elements, Points, elements
from headway.pupil_results.prior_attainment import average
from headway.pupil_results.progress8 import scores

TABLES = library_for().progress8["2023_24_revised"]
grade = st.one_of(st.none(), st.integers(0, 9).map(float))
pupil = st.tuples(grade, grade, grade, st.lists(grade, min_size=6, max_size=6), st.lists(grade, min_size=4, max_size=4))
scaled = st.one_of(st.none(), st.integers(80, 120).map(float))


def array(values: list[float | None]) -> np.ndarray:
    return np.array([math.nan if value is None else value for value in values])


def best(values: list[float], most: int = 3) -> float:
    return sum(sorted(values, reverse=True)[:most])


def twin(language: float | None, literature: float | None, maths: float | None, academic: list, other: list) -> float:
    """Every way of choosing three EBacc subjects is tried; the most points win, as the rule says they may."""
    english = [points for points in (language, literature) if points is not None]
    total = 2 * max(english) if len(english) == 2 else sum(english)
    total += 2 * (maths or 0)
    spare = [min(english)] if len(english) == 2 else []
    taken = [points for points in academic if points is not None]
    rest = spare + [points for points in other if points is not None]
    ways = combinations(range(len(taken)), min(3, len(taken)))
    return total + max(sum(taken[at] for at in way) + best(rest + [taken[at] for at in range(len(taken)) if at not in way]) for way in ways)


@given(st.lists(pupil, min_size=1, max_size=8))
def test_attainment8_is_the_most_that_the_rule_allows(pupils: list) -> None:
    language, literature, maths, academic, other = zip(*pupils, strict=True)
    points = Points(
        array(language),
        array(literature),
        array(maths),
        np.array([array(row) for row in academic]),
        np.array([array(row) for row in other]),
    )
    found = elements(points)
    assert list(found.total) == [twin(*one) for one in pupils]
    assert found.english.max() <= 18
    assert found.maths.max() <= 18
    assert max(found.ebacc.max(), found.open.max()) <= 27


def test_english_is_doubled_only_when_both_were_taken() -> None:
    none = np.full((3, 1), np.nan)
    found = elements(Points(array([7, 7, None]), array([5, None, None]), array([None] * 3), none, none))
    assert list(found.english) == [14, 7, 0]
    assert list(found.open) == [5, 0, 0]


@given(st.lists(st.tuples(scaled, scaled, st.floats(0, 90)), min_size=1, max_size=20))
def test_progress8_is_a_tenth_of_the_way_from_the_estimate(pupils: list) -> None:
    reading, maths, attained = zip(*pupils, strict=True)
    whole = Elements(np.array(attained), *(np.zeros(len(pupils)) for _ in range(3)))
    found = scores(whole, average(array(reading), array(maths)), TABLES)
    for at, (first, second, total) in enumerate(pupils):
        known = [score for score in (first, second) if score is not None]
        if not known:
            assert math.isnan(found.progress8[at])
            assert found.group[at] == 0
            continue
        mean = sum(known) / len(known)
        number, row = next((n, row) for n, row in enumerate(TABLES.groups, start=1) if mean <= row[0])
        assert found.group[at] == number
        assert abs(found.progress8[at] - (total - row[1]) / 10) < 1e-12
        assert abs(found.english[at] - (total - row[2]) / 2) < 1e-12


def test_the_librarys_least_score_raises_and_never_lowers() -> None:
    table = TABLES.model_copy(update={"lowest": (None,) * 13 + (-2.0,) * 21})
    total = Elements(np.array([0.0, 0.0, 90.0]), *(np.zeros(3) for _ in range(3)))
    found = scores(total, np.array([90.0, 110.0, 110.0]), table)
    assert list(found.raised) == [False, True, False]
    assert found.progress8[1] == -2.0
    assert found.progress8[2] == (90.0 - 57.6) / 10
    assert found.progress8[0] == -22.0 / 10


@given(st.lists(st.tuples(st.floats(-6, 6), st.integers(1, 3)), min_size=60, max_size=150))
def test_the_cap_raises_the_hundredth_furthest_below_and_nobody_else(pupils: list) -> None:
    pupils += [(float(at), group) for group in (1, 2, 3) for at in (0, 1)]  # two in every group, apart
    progress, group = np.array([score for score, _ in pupils]), np.array([name for _, name in pupils])
    cap = outlier_cap.find(progress, group)
    after = outlier_cap.raised(progress, group, cap)
    changed = after != progress
    z = [(score - progress[group == name].mean()) / progress[group == name].std(ddof=1) for score, name in pupils]
    hundredth = sorted(z)[int(0.01 * len(pupils) + 0.5) - 1]
    rounding = 1e-4  # the cut to ten places and the spread to six, as published: those who tie with the last one may go either way
    assert all(z[at] <= hundredth + rounding * (1 + abs(hundredth)) for at in np.flatnonzero(changed))
    assert all(changed[at] for at in range(len(pupils)) if z[at] < hundredth - rounding * (1 + abs(hundredth)))
    for at in np.flatnonzero(changed):
        own = list(cap.groups).index(group[at])
        assert after[at] == cap.spread[own] * cap.cut


@given(st.lists(st.tuples(grade, grade, grade), min_size=1, max_size=10), st.sampled_from([4.0, 5.0]))
def test_basics(pupils: list, wanted: float) -> None:
    found = basics.met(*(array(column) for column in zip(*pupils, strict=True)), wanted)
    twins = [any(g is not None and g >= wanted for g in (a, b)) and m is not None and m >= wanted for a, b, m in pupils]
    assert list(found) == twins


subjects = st.tuples(grade, grade, grade, grade, *(st.lists(grade, min_size=n, max_size=n) for n in (4, 2, 2)))


@given(st.lists(subjects, min_size=1, max_size=6))
def test_ebacc(pupils: list) -> None:
    columns = list(zip(*pupils, strict=True))
    taken = ebacc.Subjects(*(array(c) for c in columns[:4]), *(np.array([array(row) for row in c]) for c in columns[4:]))
    entered, points = ebacc.entered(taken), ebacc.average_points(taken)
    for at, (language, literature, maths, double, singles, humanities, languages) in enumerate(pupils):
        sat = [one for one in singles if one is not None]
        science = double is not None or len(sat) >= 3
        wanted = None not in (language, literature, maths) and science and any(x is not None for x in humanities)
        assert entered[at] == (wanted and any(x is not None for x in languages))
        slots = [max(language or 0, literature or 0), maths or 0, max(2 * (double or 0), best(sat, 2))]
        slots += [max([x or 0 for x in group]) for group in (humanities, languages)]
        assert abs(points[at] - sum(slots) / 6) < 1e-12


test_result = st.one_of(st.integers(80, 120), st.sampled_from([*outcome_codes.NOT_MET, *outcome_codes.OUTSIDE]))
writing = st.sampled_from([*outcome_codes.WRITING_MET, *outcome_codes.WRITING_NOT_MET, *outcome_codes.OUTSIDE])


@given(st.lists(st.tuples(test_result, test_result, writing), min_size=1, max_size=20))
def test_key_stage2(pupils: list) -> None:
    score = [array([one if isinstance(one, int) else None for one in column]) for column in list(zip(*pupils, strict=True))[:2]]
    code = [np.array(["" if isinstance(one, int) else one for one in column]) for column in list(zip(*pupils, strict=True))[:2]]
    outcomes = key_stage2.Outcomes(*score, *code, np.array([one for _, _, one in pupils]))
    cohort, expected, higher = key_stage2.in_cohort(outcomes), key_stage2.expected(outcomes), key_stage2.higher(outcomes)
    for at, (reading, maths, written) in enumerate(pupils):
        away = {"F", "L", "M", "P"} & {reading, maths, written}
        scored = isinstance(reading, int) and isinstance(maths, int) and not away
        assert cohort[at] == (not away)
        assert expected[at] == (scored and reading >= 100 and maths >= 100 and written in ("EXS", "GDS"))
        assert higher[at] == (scored and reading >= 110 and maths >= 110 and written == "GDS")
