"""The list of schools: which pages it links to, what it says it was narrowed to; which measures a page calls current."""

import pytest

from tests.desk_site import ready

ready()

from headway.desk.overview.queries import filter_words, page_numbers  # noqa: E402 - Django must be ready first
from headway.desk.overview.sections import earlier, newest_year, sections  # noqa: E402
from headway.readings.answers import MeasureFacts  # noqa: E402
from tests.factories.lines import ABSENCE, PROGRESS, RWM, line, reading, trend  # noqa: E402

NOTHING = {"text": "", "phase": "", "type": "", "trust": "", "locality": "", "governance": "", "status": "open"}
GRADE = MeasureFacts("inspection.overall_effectiveness", "Grade", "Grade", "grade", "lower", "", "schools", 0)


@pytest.mark.parametrize(
    ("page", "pages", "linked"),
    [(1, 1, [1]), (1, 3, [1, 2, 3]), (5, 40, [1, 0, 4, 5, 6, 0, 40]), (40, 40, [1, 0, 39, 40]), (2, 40, [1, 2, 3, 0, 40])],
)
def test_pages_are_linked_at_the_ends_and_around_this_one(page: int, pages: int, linked: list[int]) -> None:
    assert page_numbers(page, pages) == linked


def test_what_the_list_was_narrowed_to_is_said() -> None:
    assert filter_words(NOTHING) == ""
    assert filter_words(NOTHING | {"text": "st", "phase": "all_through", "status": "any"}) == "“st”, all through, open and closed"


def test_a_measure_that_ended_long_ago_is_not_where_the_school_stands() -> None:
    old, new = (line(trend(reading(at, 60.0, measure), measure=measure)) for at, measure in (("2018/19", RWM), ("2024/25", ABSENCE)))
    grade = line(trend(reading("2025/26", 1.0, GRADE), measure=GRADE))
    newest = newest_year([old, new, grade])
    assert str(newest) == "2024/25"
    assert earlier([old, new], newest) == ([new], [old])


def test_progress_has_its_own_section_and_grades_are_not_results() -> None:
    lines = [line(trend(reading("2024/25", 1.0, measure), measure=measure)) for measure in (PROGRESS, GRADE, ABSENCE, RWM)]
    found = sections(lines)
    assert {name: [one.own.measure.id for one in kept] for name, kept in found.items()} == {
        "attendance": [ABSENCE.id],
        "attainment": [RWM.id],
        "progress": [PROGRESS.id],
    }
