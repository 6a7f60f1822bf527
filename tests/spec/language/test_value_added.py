"""Value added in words: counts agree with the intervals, and one school alone is told without another's name."""

from hypothesis import given
from hypothesis import strategies as st

from headway.language.value_added import answer, apart
from headway.readings.pupil_value_added import Comparison, SchoolValueAdded
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.status import Release, Status

YEAR = AcademicYear(2023)
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
    above = sum(value > 1.959963984540054 * error for value, error in numbers)
    below = sum(-value > 1.959963984540054 * error for value, error in numbers)
    assert apart(schools) == (above, below)
    assert f"Of {len(schools)} schools" in answer(comparison(*schools), whole=True)[0]


def test_one_school_of_ones_own() -> None:
    said, firm = answer(comparison(school(5.0, 1.0, contextual=-0.5), looked_at=40), whole=False)
    assert said == (
        "Among the schools in the file, given what its pupils could do before, Pellwick School stands above the middle beyond chance; "
        "given who they are as well, it cannot be told from the middle."
    )
    assert "about two of 40 would stand apart by chance" in firm and "not for publication" in firm


def test_nothing_to_show() -> None:
    few = SchoolValueAdded(900_001, "A", YEAR, None, None, None, None, None, None, None, Status.SUPPRESSED, Release.EARLY)
    assert answer(comparison(few), whole=True) == ("No school to show for 2023/24: too few pupils.",)
