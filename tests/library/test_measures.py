"""What each measure must say of itself, and that nothing reaches over a break in silence."""

from itertools import pairwise

import pytest

from headway.definitions.loading import library_for
from headway.definitions.schemas import Measure

MEASURES = library_for().measures
UNTESTED = range(2019, 2021)  # 2019/20 and 2020/21: no examinations, no tests
ENTRIES = {"ks4.ebacc_entry"}  # entered, whoever gave the grade


@pytest.mark.parametrize("measure", MEASURES.values(), ids=list(MEASURES))
def test_a_measure_says_what_it_is_for_whom_and_after_whom(measure: Measure) -> None:
    assert len(measure.why_it_matters.split()) >= 8
    assert len(measure.short) <= 30
    assert measure.range is not None or measure.unit == "count"
    assert measure.floor == (1 if measure.cohort == "schools_inspected" else 11)
    for period in measure.periods:
        assert period.reference.href.startswith("https://")
        assert period.reference.title


@pytest.mark.parametrize("measure", MEASURES.values(), ids=list(MEASURES))
def test_periods_follow_one_another_and_each_new_one_says_what_changed(measure: Measure) -> None:
    for before, after in pairwise(measure.periods):
        assert before.until != "open"
        assert before.until < after.from_
        assert after.break_, f"{measure.id} begins anew in {after.from_} and does not say why"
        assert len(after.break_.note.split()) >= 5


@pytest.mark.parametrize("measure", [m for m in MEASURES.values() if m.id.split(".")[0] in ("ks1", "ks2", "ks4", "ks5", "phonics")])
def test_no_period_of_results_holds_years_with_and_without_examinations(measure: Measure) -> None:
    if measure.id in ENTRIES:
        return
    for period in measure.periods:
        last = 9999 if period.until == "open" else period.until.start
        inside = set(range(period.from_.start, min(last, 2030) + 1))
        assert inside <= set(UNTESTED) or not inside & set(UNTESTED), f"{measure.id} runs over 2020 and 2021"


@pytest.mark.parametrize("measure", MEASURES.values(), ids=list(MEASURES))
def test_a_supply_with_other_columns_is_another_period(measure: Measure) -> None:
    """One column of one table for one cut in a period: two would be two definitions under one name."""
    for period in measure.periods:
        said: dict[tuple[str, str, int, str], set[str]] = {}
        for supply in period.supplies:
            whole = {supply.cut: supply, **supply.cuts}
            for cut, columns in whole.items():
                back = columns.years_back or supply.years_back
                where = str(sorted({**supply.where, **columns.where}.items()))
                said.setdefault((supply.table, cut, back, where), set()).add(columns.value or supply.value or "")
        assert {key: names for key, names in said.items() if len(names) > 1} == {}


def test_progress_has_limits_where_its_schools_file_has_them() -> None:
    for name in ("ks2.reading_progress", "ks2.writing_progress", "ks2.maths_progress", "ks4.progress8"):
        table = f"performance_tables.{name[:3]}"
        supplies = [supply for period in MEASURES[name].periods for supply in period.supplies if supply.table == table]
        assert supplies
        assert all(supply.lower and supply.upper for supply in supplies)


def test_percentages_lie_between_0_and_100() -> None:
    unbounded = {name for name, measure in MEASURES.items() if measure.unit == "percent" and measure.range != (0, 100)}
    assert unbounded == {"finance.in_year_balance_percent", "finance.reserve_percent"}  # may be below 0
