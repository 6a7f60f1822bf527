"""Verdicts against a twin that is written out plainly, and laws that hold for any figures."""

from datetime import date

from hypothesis import assume, given
from hypothesis import strategies as st

from headway.definitions.ambitions import KEEPS, MOVES_BY, Against, Asks
from headway.readings.ambitions import WORST_FIRST, Verdict, kept
from headway.readings.ambitions.judging import allowed, decided, distance, target, under_way, worst
from headway.vocabulary.academic_year import AcademicYear

START = AcademicYear(2014)
numbers = st.floats(-20, 120, allow_nan=False).map(lambda number: round(number, 2))
slack = st.floats(0, 5, allow_nan=False).map(lambda number: round(number, 2))
relations = st.sampled_from(["reach", "within", "stay_above", "stay_below"])


def asked(relation: str, tolerance: float, dated: bool) -> Asks:
    within = relation == "within"
    return Asks(
        relation=relation, amount=5 if within else None, unit="points" if within else None, baseline=START, tolerance=tolerance,
        against=Against(kind="england", moves="each_year"), due=date(2019, 8, 31) if dated else None,
    )  # fmt: skip


def twin(relation: str, short: float, start: float, at: int, end: int | None, room: float, tolerance: float) -> str:
    """`at` and `end` are years since the baseline."""
    if short <= 0:
        return "met" if end is None else "on course"
    if relation.startswith("stay"):
        return "at risk" if short <= room else "off course"
    if end is None:
        if start - short > tolerance:
            return "on course"
        return "at risk" if start - short >= -tolerance else "off course"
    left = 0.0 if at >= end else max(start, 0.0) * (end - at) / end
    if short <= left:
        return "on course"
    return "at risk" if short <= left + room else "off course"


@given(relations, numbers, numbers, st.integers(1, 8), st.one_of(st.none(), st.integers(1, 7)), slack, slack)
def test_as_the_twin_has_it(relation: str, short: float, start: float, at: int, end: int | None, tolerance: float, margin: float) -> None:
    asks = asked(relation, tolerance, end is not None)
    found = under_way(asks, short, START + at, start, margin, None if end is None else START + end)
    assert found == twin(relation, short, start, at, end, max(tolerance, margin), tolerance)


@given(relations, numbers, numbers, numbers, st.integers(1, 4), slack)
def test_a_better_figure_never_has_a_worse_verdict(
    relation: str, start: float, one: float, other: float, at: int, tolerance: float
) -> None:
    asks = asked(relation, tolerance, True)
    order = [Verdict.ON_COURSE, Verdict.AT_RISK, Verdict.OFF_COURSE]
    verdicts = [under_way(asks, short, START + at, start, 0.0, START + 5) for short in sorted((one, other))]
    assert order.index(verdicts[0] or Verdict.OFF_COURSE) <= order.index(verdicts[1] or Verdict.OFF_COURSE)


@given(numbers, numbers, st.sampled_from(["higher", "lower"]), relations)
def test_turning_the_measure_round_changes_nothing(value: float, beside: float, better: str, relation: str) -> None:
    """Attendance and absence, its complement, are one promise."""
    asks, other = asked(relation, 0, False), "lower" if better == "higher" else "higher"
    short = distance(asks, better, value, target(asks, better, beside, None))
    turned = distance(asks, other, 100 - value, target(asks, other, 100 - beside, None))
    assert short is not None and turned is not None
    assert abs(short - turned) < 1e-6


@given(numbers, st.integers(0, 9), st.integers(1, 8))
def test_the_path_only_ever_shortens_and_ends_at_nought(start: float, at: int, end: int) -> None:
    here, next_year = (allowed(start, START, START + end, START + year) for year in (at, at + 1))
    assert here >= next_year >= 0
    assert allowed(start, START, START + end, START + end) == 0


@given(numbers, st.sampled_from(["rise_by", "fall_by"]), st.sampled_from(["points", "percent"]), st.floats(0.5, 50))
def test_to_move_by_an_amount_is_to_be_there(base: float, relation: str, unit: str, amount: float) -> None:
    assume(abs(base) > 1)
    better = "higher" if relation == "rise_by" else "lower"
    asks = Asks(relation=relation, amount=amount, unit=unit, baseline=START)
    wanted = target(asks, better, None, base)
    assert wanted is not None
    assert (wanted > base) == (relation == "rise_by")
    assert kept(asks, distance(asks, better, wanted, wanted) or 0.0)
    assert not kept(asks, distance(asks, better, base, wanted) or 0.0)


@given(st.lists(st.sampled_from(list(Verdict)), min_size=1, max_size=5))
def test_a_whole_is_met_only_where_every_part_is(parts: list[Verdict]) -> None:
    whole = parts[worst(parts)]
    assert (whole is Verdict.MET) == all(one is Verdict.MET for one in parts)
    assert (whole is Verdict.OFF_COURSE) == (Verdict.OFF_COURSE in parts)
    assert all(WORST_FIRST.index(whole) <= WORST_FIRST.index(one) for one in parts)


@given(relations, numbers)
def test_what_is_decided_is_met_or_not(relation: str, short: float) -> None:
    found = decided(asked(relation, 9, True), short)
    assert found is (Verdict.MET if short <= 0 else Verdict.OFF_COURSE)
    assert set(KEEPS) & set(MOVES_BY) == set()
