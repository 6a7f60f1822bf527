"""What everybody may read of phases: two weeks laid beside each other tell no count of pupils under six."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from headway.readings.attendance.morning_answers import SchoolCounts
from headway.readings.attendance.phases import PhaseFigures, phases
from headway.registers.counts import Counts

SCHOOLS = 6


def told(persistent: int, decided: int, enrolments: int) -> PhaseFigures:
    """Of a phase in which so many pupils are persistently absent, however they lie in its schools."""
    first = Counts(50_000, 2_000, 1_000, enrolments - 50, persistent, 0, decided)
    rest = [Counts(10_000, 400, 200, 10) for _ in range(SCHOOLS - 1)]
    found, _ = phases(
        [SchoolCounts(at, one, None, settled=True) for at, one in enumerate([first, *rest])], dict.fromkeys(range(SCHOOLS), "primary")
    )
    return found[0]


@given(st.integers(10, 200), st.integers(300, 500))
def test_one_pupil_more_is_told_as_none_or_as_ten(persistent: int, decided: int) -> None:
    shown = [told(persistent + more, decided, 520).persistent for more in range(21)]
    steps = [
        round((after - before) * _ten(decided) / 1000) * 10 for before, after in pairwise(shown) if before is not None and after is not None
    ]
    assert set(steps) <= {0, 10}
    assert sum(step == 10 for step in steps) <= 2


@given(st.integers(300, 2_000), st.integers(0, 9))
def test_a_child_who_came_or_went_is_not_told(enrolments: int, more: int) -> None:
    pupils = {told(40, 280, enrolments + one).pupils for one in (0, more)}
    assert all(one is not None and one % 10 == 0 for one in pupils)


def test_of_few_nothing_is_told() -> None:
    assert told(9, 300, 520).persistent is None
    assert told(295, 300, 520).persistent is None


def _ten(count: int) -> int:
    return (count + 5) // 10 * 10
