"""Value added in words: counts agree with the intervals, and one school alone is told without another's name."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from headway.language.ranks import in_words
from headway.language.value_added import answer, apart, context, finding
from headway.readings.pupil_value_added import Comparison, SchoolValueAdded
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.status import Release, Status

YEAR = AcademicYear(2023)
HALF = 1.959963984540054
NUMBERS = st.floats(-10, 10), st.floats(0.1, 4)


def school(raw: float, error: float, contextual: float = 0.0, urn: int = 900_001) -> SchoolValueAdded:
    return SchoolValueAdded(
        urn, "Pellwick School", YEAR, 120, raw, error, contextual, error, raw, contextual, Status.PUBLISHED, Release.EARLY
    )


def comparison(*schools: SchoolValueAdded, looked_at: int = 0) -> Comparison:
    return Comparison(list(schools), ("girl",), [], YEAR, looked_at or len(schools), 1_000, 0.1)


@given(st.lists(st.tuples(*NUMBERS), min_size=2, max_size=20))
def test_those_apart_are_those_whose_interval_leaves_out_nought(numbers: list[tuple[float, float]]) -> None:
    schools = [school(value, error) for value, error in numbers]
    above = sum(value > HALF * error for value, error in numbers)
    below = sum(-value > HALF * error for value, error in numbers)
    assert apart(schools) == (above, below)
    assert f"Of {len(schools)} schools" in answer(comparison(*schools), whole=True)[0]


def test_one_school_of_ones_own() -> None:
    said, firm = answer(comparison(school(5.0, 1.0, contextual=-0.5), looked_at=40), whole=False)
    assert said == (
        "Among the schools in the file, given what its pupils could do before, Pellwick School stands above the middle beyond chance; "
        "given who they are as well, it cannot be told from the middle. "
        "Taking account of who its pupils are moves it by 5.5 points of Attainment 8."
    )
    assert "about two of 40 would stand apart by chance" in firm and "not for publication" in firm


def test_nothing_to_show() -> None:
    few = SchoolValueAdded(900_001, "A", YEAR, None, None, None, None, None, None, None, Status.SUPPRESSED, Release.EARLY)
    assert answer(comparison(few), whole=True) == ("No school to show for 2023/24: too few pupils.",)


def test_whose_schools_are_not_in_the_file_is_told_so_and_not_that_pupils_are_few() -> None:
    none = replace(comparison(), looked_at=12)
    assert answer(none, whole=False) == ("None of the schools you work with is among the pupils stored for 2023/24.",)


@given(st.lists(st.tuples(*NUMBERS, st.floats(-10, 10)), min_size=2, max_size=20))
def test_what_context_changes_is_true_of_the_schools(numbers: list[tuple[float, float, float]]) -> None:
    schools = [school(value, error, contextual) for value, error, contextual in numbers]
    words = r"moves half of the schools by ([0-9.]+) points or more, and changes what can be said of (\w+) of them\."
    told = re.search(words, context(comparison(*schools)))
    assert told
    least = float(told[1]) - 0.05
    assert sum(abs(one - value) >= least - 1e-9 for value, _, one in numbers) * 2 >= len(numbers)
    where = [[(at > HALF * error) - (at < -HALF * error) for at in (value, one)] for value, error, one in numbers]
    assert told[2] == in_words(sum(before != after for before, after in where))
    assert finding(comparison(*schools)).startswith(in_words(sum(before != 0 for before, _ in where)).capitalize())
