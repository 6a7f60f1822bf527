"""Days as people write them, columns by their heads."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.desk.day_one.rules import FORMS, KINDS, day_of, faults_of_columns, matched, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [("14/09/2026", date(2026, 9, 14)), ("3/4/26", date(2026, 4, 3)), ("1st Sept 2026", date(2026, 9, 1)),
     ("1st September 2026", date(2026, 9, 1)),
     ("2026-09-14 00:00:00", date(2026, 9, 14)), ("2026-09-14T10:30", date(2026, 9, 14)), ("14.09.2026", date(2026, 9, 14)),
     ("1.9.25", date(2025, 9, 1)),
     ("Monday 14th September 2026", date(2026, 9, 14)), ("Tues, 1 Sept 2026", date(2026, 9, 1)), ("Sunny", None),
     ("32/09/2026", None), ("September", None), ("", None)],
)  # fmt: skip
def test_a_day_is_read_as_people_in_england_write_it(text: str, expected: date | None) -> None:
    assert day_of(text) == expected


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 12, 31)), st.sampled_from([form for form in FORMS if "%y" not in form]))
def test_every_way_of_writing_a_day_is_read_back(day: date, form: str) -> None:
    assert day_of(day.strftime(form)) == day


def test_columns_are_told_by_their_heads_and_none_is_two_things() -> None:
    heads = ["Link adviser", "Date of visit", "School name", "Notes", ""]
    found = matched(KINDS["visits"], heads)
    assert found == {"adviser": 0, "day": 1, "school": 2, "purpose": 3}
    assert matched(KINDS["visits"], ["abc", "xyz"]) == {}
    assert faults_of_columns(KINDS["visits"], {"school": 1, "day": 1, "adviser": 9}, heads).keys() == {"school", "day", "adviser"}


@given(st.lists(st.lists(st.text(max_size=4), min_size=2, max_size=2), max_size=8))
def test_every_row_is_brought_in_or_told_and_never_both(rows: list[list[str]]) -> None:
    numbered = list(enumerate(rows, start=2))
    found = read(KINDS["categories"], numbered, {"school": 0, "category": 1}, {"school": lambda text: (text, "" if text != "a" else "no")})
    good, bad = {number for number, _ in found.rows}, {fault.row for fault in found.faults}
    assert good | bad == {number for number, _ in numbered} and not good & bad
    naive = {number for number, row in numbered if row[0].strip() and row[1].strip() and row[0].strip() != "a"}
    assert good <= naive
