"""The calendar of first publication: what a day may know."""

from datetime import date

import pytest

from headway.definitions.loading import library_for
from headway.definitions.publications import Publication, YearOut, last_day, least_sure, publication_of
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.status import Release

CALENDAR = library_for().publications


def test_a_month_counts_by_its_last_day() -> None:
    assert last_day("2016-02") == date(2016, 2, 29)
    assert last_day("2017-12-14") == date(2017, 12, 14)


@pytest.mark.parametrize("name", sorted(CALENDAR))
def test_nothing_is_published_before_its_year_is_over_nor_years_late(name: str) -> None:
    """Inspections apart, whose held lists are of later days, and the neighbours, which are no figure of a year.

    The censuses of January and November are counted and told within their year.
    """
    if name in ("inspections", "neighbours"):
        return
    for year, out in CALENDAR[name].years.items():
        over = AcademicYear.parse(year).last_day
        days = [last_day(text) for text in (out.provisional, out.final) if text]
        earliest = -150 if name in ("census", "workforce") else -31
        assert all(earliest < (day - over).days < 400 for day in days), (name, year)


def test_a_provisional_release_comes_first() -> None:
    ks4 = CALENDAR["ks4"]
    assert ks4.out(AcademicYear(2016), Release.PROVISIONAL).day == date(2017, 10, 31)
    assert ks4.out(AcademicYear(2016), Release.FINAL).day == date(2018, 1, 25)
    assert ks4.out(AcademicYear(2016), Release.REVISED).day == date(2018, 1, 25)
    assert ks4.first(AcademicYear(2016)).day == date(2017, 10, 31)


def test_a_year_that_is_not_listed_goes_by_the_usual_month_and_says_so() -> None:
    found = CALENDAR["absence"].out(AcademicYear(2024), Release.FINAL)
    assert (found.day, found.known) == (date(2026, 3, 31), "usual")


def test_a_year_without_figures_says_why() -> None:
    found = CALENDAR["ks2"].out(AcademicYear(2019), Release.FINAL)
    assert (found.day, found.known) == (None, "never")
    assert "No tests" in found.why


def test_a_day_is_listed_where_a_page_that_tells_it_was_read_else_it_is_unchecked() -> None:
    ks4 = CALENDAR["ks4"]
    assert ks4.out(AcademicYear(2016), Release.FINAL).known == "listed"
    assert ks4.out(AcademicYear(2016), Release.PROVISIONAL).known == "unchecked"
    assert least_sure(["listed", "unchecked", "listed"]) == "unchecked"
    assert least_sure(["usual", "unchecked"]) == "usual"
    for name, one in CALENDAR.items():
        for year, said in one.years.items():
            assert all(address.startswith("http") for address in said.seen.values()), (name, year)


def test_the_autumn_of_2024_saw_no_provisional_figures_of_key_stage_4_before_november() -> None:
    """They were put off: what is generally known of a timetable is not what happened."""
    assert (CALENDAR["ks4"].first(AcademicYear(2023)).day or date.min) >= date(2024, 11, 1)


def test_the_longest_name_decides() -> None:
    made = {
        name: Publication(id=name, title=name, publisher="x", measures=(fits,), reference=CALENDAR["ks2"].reference)
        for name, fits in (("wide", "ks2.*"), ("narrow", "ks2.rwm_higher"))
    }
    assert publication_of(made, "ks2.rwm_higher") is made["narrow"]
    assert publication_of(made, "ks2.rwm_expected") is made["wide"]
    assert publication_of(made, "ks4.basics_94") is None


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"never": "x", "final": "2017-12"},
        {"provisional": "2018-02", "final": "2017-12"},
        {"final": "Dec"},
        {"final": "2017-12", "seen": {"provisional": "https://example.org"}},
    ],
)
def test_contradictions_are_refused(said: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        YearOut.model_validate(said)
