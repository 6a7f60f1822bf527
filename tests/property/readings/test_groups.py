"""The mean of a group tells of no school what may not be shown of it, however groups are put together."""

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.definitions.loading import library_for
from headway.readings import groups
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.place import Level
from headway.vocabulary.reading import Reading
from headway.vocabulary.status import Release, Status

MEASURE, YEAR = "ks2.rwm_expected", AcademicYear(2022)
library = library_for(None)
FLOOR = library.measures[MEASURE].floor
door: Any = SimpleNamespace(library=library, school_names={}, snapshot="made up")


def cell(urn: int, value: float | None, of: float | None, status: Status) -> Reading:
    return Reading(
        Level.SCHOOL, str(urn), "", MEASURE, YEAR, "all", value, None, of, None, None, status, Status.NOT_PUBLISHED, Status.PUBLISHED,
        "percent", "higher", Release.FINAL, "made", "made.csv", 1, "", None, None, "made up",
    )  # fmt: skip


shown = st.builds(lambda value, of: (value, of, Status.PUBLISHED), st.floats(0, 100), st.none() | st.integers(FLOOR, 300))
small = st.builds(lambda value, of: (value, of, Status.PUBLISHED), st.floats(0, 100), st.integers(1, FLOOR - 1))
low = st.builds(lambda value: (value, None, Status.LOW_COUNT), st.floats(0, 100))
withheld = st.just((None, None, Status.SUPPRESSED))
absent = st.none()
school = shown | shown | small | low | withheld | absent


def mean(schools: dict[int, Any]) -> groups.GroupYear:
    figures = {urn: cell(urn, *one) for urn, one in schools.items() if one}
    return groups._year(door, tuple(schools), "a group", MEASURE, "all", YEAR, figures)


def protected(one: Any) -> bool:
    return one is not None and (one[2] is not Status.PUBLISHED or (one[1] is not None and one[1] < FLOOR))


@given(st.lists(school, min_size=3, max_size=20), st.floats(0, 100))
def test_what_may_not_be_shown_makes_no_difference(listed: list[Any], noise: float) -> None:
    """Every protected value replaced by another: not a digit of any answer changes."""
    schools = {100_000 + place: one for place, one in enumerate(listed)}
    other = {urn: (noise, *one[1:]) if protected(one) and one[0] is not None else one for urn, one in schools.items()}
    assert mean(schools) == mean(other)


@given(st.lists(school, min_size=3, max_size=20))
def test_the_mean_is_that_of_what_may_be_shown(listed: list[Any]) -> None:
    found = mean({100_000 + place: one for place, one in enumerate(listed)})
    values = [one[0] for one in listed if one and not protected(one)]
    assert len(found.left_out) == sum(protected(one) for one in listed)
    if len(values) < 3:
        assert (found.reading.value, found.reading.status) == (None, Status.LOW_COUNT)
    else:
        assert found.reading.value == pytest.approx(sum(values) / len(values))


@given(st.lists(shown, min_size=3, max_size=20), small | low | withheld)
def test_a_group_with_one_small_school_more_has_the_mean_of_the_others(listed: list[Any], extra: Any) -> None:
    """All against all but one: a mean with the small school in it is refused."""
    without = {100_000 + place: one for place, one in enumerate(listed)}
    with_it = mean({**without, 999_999: extra})
    assert with_it.reading.value == mean(without).reading.value
    assert [one.urn for one in with_it.left_out] == [999_999]


@pytest.mark.parametrize("urns", [(), (100_001, 100_002), (100_001, 100_001, 100_002), range(100_001, 100_300)])
def test_too_few_or_too_many_are_refused(urns: Any) -> None:
    with pytest.raises(groups.HeadwayError, match="H-USAGE-52"):
        groups.checked(urns)


def test_a_group_is_written_as_a_place() -> None:
    assert groups.members_of("group:100003+100001, 100002 100001") == (100003, 100001, 100002)
