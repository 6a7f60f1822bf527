"""Cuts, cohorts, comparators and the calendar: complete, in use, and told in words everywhere."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from headway.charts.names import NAMES
from headway.definitions.loading import library_for, read_library
from headway.readings.calendar import coming, term_of
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError

LIBRARY = library_for()
CALENDAR = LIBRARY.calendar
assert CALENDAR


def test_every_cohort_is_counted_by_a_measure_and_each_measures_cohort_is_told() -> None:
    assert {measure.cohort for measure in LIBRARY.measures.values()} == set(LIBRARY.cohorts)


def test_every_group_of_a_cut_has_a_heading_and_words_of_its_own() -> None:
    for cut in LIBRARY.cuts.values():
        for said in ("title", "words"):
            assert len({getattr(value, said) for value in cut.values.values()}) == len(cut.values), cut.id
        assert not any("=" in value.words for value in cut.values.values())


def test_cuts_are_told_in_words() -> None:
    assert LIBRARY.cut_words("all") == ""
    assert LIBRARY.cut_words("disadvantage=yes") == "disadvantaged pupils"
    assert LIBRARY.cut_words("of=baseline_2013&phase=primary", heading=True) == "Maintained in 2013/14, Primary schools"


@pytest.mark.parametrize("cut", ["sex=men", "wealth=high", "disadvantage=yes&phase=tertiary"])
def test_a_cut_that_nobody_knows_is_refused_with_what_there_is(cut: str) -> None:
    with pytest.raises(HeadwayError) as fault:
        LIBRARY.check_cut(cut)
    assert fault.value.code == "H-USAGE-04"
    assert "There are:" in fault.value.remedy


def test_comparators_have_the_fixed_order_and_a_mark_each() -> None:
    assert list(NAMES) == ["family", "neighbours", "authority", "region", "england"]
    assert len({comparator.mark for comparator in LIBRARY.comparators.values()}) == len(LIBRARY.comparators)


def test_the_calendar_holds_the_years_from_2015_to_2028_without_overlap() -> None:
    assert list(CALENDAR.years) == [f"{start}/{(start + 1) % 100:02d}" for start in range(2015, 2028)]
    for text, year in CALENDAR.years.items():
        start = AcademicYear.parse(text)
        days = [day for term in year.terms for day in (term.from_, term.until)]
        assert days == sorted(days)
        assert all(start.first_day <= day <= start.last_day for day in days)
        assert year.terms[1].until < year.easter < year.terms[2].from_
        assert all(any(term.holds(half.from_) and term.holds(half.until) for term in year.terms) for half in year.half_terms)
        assert all(day.weekday() < 5 for day in days)


def test_easter_is_a_sunday_after_the_first_full_moon_of_spring() -> None:
    published = {2016: (3, 27), 2018: (4, 1), 2019: (4, 21), 2020: (4, 12), 2022: (4, 17), 2024: (3, 31), 2025: (4, 20), 2026: (4, 5)}
    for year, (month, day) in published.items():
        assert CALENDAR.years[str(AcademicYear(year - 1))].easter == date(year, month, day)
    assert all(year.easter.weekday() == 6 for year in CALENDAR.years.values())


def test_census_days_are_thursdays_of_the_rule() -> None:
    for year in CALENDAR.years.values():
        for day, first in ((year.census.autumn, 1), (year.census.spring, 15), (year.census.summer, 15)):
            assert day.weekday() == 3
            assert first <= day.day < first + 7


def test_where_a_day_lies() -> None:
    assert term_of(date(2025, 9, 18), LIBRARY) == "Autumn term, week 3"
    assert term_of(date(2025, 10, 28), LIBRARY) == "half term"
    assert term_of(date(2026, 4, 6), LIBRARY) == "holidays"
    assert term_of(date(2040, 1, 1), LIBRARY) == ""


def test_what_is_coming_is_dated_and_referenced_for_a_year_ahead() -> None:
    day = date(2026, 11, 23)
    found = coming(day, LIBRARY)
    assert all(day <= item.on <= day + timedelta(days=366) and item.reference for item in found)
    assert [item.on for item in found] == sorted(item.on for item in found)
    assert len([item for item in found if "monthly" in item.title]) in (12, 13)
    assert sum(item.kind == "census" for item in found) == 3


def test_an_areas_own_dates_go_over_ours_and_an_announced_date_over_the_usual_one(tmp_path: Path) -> None:
    (tmp_path / "calendar.yaml").write_text(
        "years:\n"
        "  2026/27:\n"
        "    terms: [{name: Autumn term, from: 2026-09-07, until: 2026-12-18}]\n"
        "    half_terms: [{from: 2026-10-19, until: 2026-10-30}]\n"
        "    easter: 2027-03-28\n"
        "    census: {autumn: 2026-10-01, spring: 2027-01-21, summer: 2027-05-20}\n"
        "announced:\n"
        '  - {"on": 2026-12-10, title: "Key stage 2, revised", kind: release, replaces: "Key stage 2, revised, school by school",\n'
        "     reference: {title: DfE, href: https://www.gov.uk/, seen: 2026-11-22}}\n"
    )
    own = read_library(tmp_path)
    assert term_of(date(2026, 10, 22), own) == "half term"
    assert term_of(date(2025, 9, 18), own) == "Autumn term, week 3"
    titles = {(item.on, item.title) for item in coming(date(2026, 11, 23), own)}
    assert (date(2026, 12, 10), "Key stage 2, revised") in titles
    assert not any(on.year == 2026 and "school by school" in title for on, title in titles)


def test_the_faults_of_an_areas_own_files_are_told_with_their_lines(tmp_path: Path) -> None:
    (tmp_path / "cuts.yaml").write_text("sex: {}\nbus:\n  title: Comes by bus\n")
    (tmp_path / "calendar.yaml").write_text("years:\n  2026/27:\n    terms: []\n")
    with pytest.raises(HeadwayError) as fault:
        read_library(tmp_path)
    said = fault.value.what
    assert "cuts.yaml:1: sex is published" in said
    assert "cuts.yaml:2: bus.means" in said
    assert "calendar.yaml:2: years.2026/27" in said


def test_financial_years_are_put_to_the_year_in_which_they_end() -> None:
    year = AcademicYear(2018)
    assert CALENDAR.financial_year("maintained", year) == (date(2018, 4, 1), date(2019, 3, 31))
    assert CALENDAR.financial_year("academy", year) == (date(2018, 9, 1), date(2019, 8, 31))
