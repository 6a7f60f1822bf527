"""The same figures from weekly counts, as expressions on an engine."""

import random
from datetime import date

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.analysis.attendance_weeks import at_threshold, measures
from headway.definitions.absence_rules import in_force
from headway.definitions.loading import library_for
from headway.registers.view import View
from headway.registers.weekly import weekly_counts
from headway.vocabulary.academic_year import AcademicYear
from tests.factories.registers import random_pupils, view, weekdays

RULE = in_force(library_for().attendance.absence_rules, date(2025, 9, 1))
EVERYBODY = RULE.model_copy(
    update={"outside": RULE.outside.model_copy(update={"year_groups": (), "boarders": False, "sixth_half_term_of": ()})}
)
NAMES = ("possible", "authorised", "unauthorised", "enrolments", "persistent", "severe", "decided", "too_early")


def made(seed: int, weeks: int, *, sundays: bool = False, pupils: int = 12) -> View:
    return view(random_pupils(random.Random(seed), weekdays(date(2025, 9, 1), weeks, sundays=sundays), pupils=pupils), AcademicYear(2025))


def from_planes(year: View) -> dict[tuple[str, ...], tuple[int, ...]]:
    cells = year.cells(("school", "year_group", "fsm"))
    counts = year.add_up(year.between(0, date.max.toordinal()), cells, EVERYBODY, [])
    return {label: tuple(getattr(one, name) for name in NAMES) for label, one in zip(cells.labels, counts, strict=True) if one.possible}


def from_rows(rows: list[dict[str, object]]) -> dict[tuple[str, ...], tuple[object, ...]]:
    return {(str(row["urn"]), str(row["year_group"]), str(row["fsm"])): tuple(row[name] for name in NAMES) for row in rows}


@pytest.mark.slow
@settings(max_examples=10)
@given(seed=st.integers(0, 10**6), weeks=st.integers(1, 14), sundays=st.booleans())
def test_weekly_counts_give_the_figures_of_the_planes(seed: int, weeks: int, sundays: bool) -> None:
    year = made(seed, weeks, sundays=sundays)
    table = ibis.memtable(weekly_counts(year))
    found = measures(table, ("urn", "year_group", "fsm")).to_pyarrow().to_pylist()
    assert from_rows(found) == from_planes(year)
    met = {row["enrolment"] for row in at_threshold(table).to_pyarrow().to_pylist()}
    assert met == slowly(year)


def slowly(year: View) -> set[int]:
    found: dict[int, list[tuple[int, int]]] = {}
    for row in weekly_counts(year).to_pylist():
        if row["school_week"]:
            found.setdefault(row["enrolment"], []).append((row["week"], row["unauthorised"]))
    return {
        enrolment for enrolment, weeks in found.items()
        if any(sum(count for _, count in sorted(weeks)[at : at + 10]) >= 10 for at in range(len(weeks)))
    }  # fmt: skip
