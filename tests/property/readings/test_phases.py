"""What everybody may read of attendance: large phases only, and nothing from which a small one could be worked out."""

from hypothesis import given
from hypothesis import strategies as st

from headway.readings.attendance.morning_answers import SchoolCounts
from headway.readings.attendance.phases import PUPILS, SCHOOLS, phases
from headway.registers.counts import Counts, pooled

PHASES = ("primary", "secondary", "special")


@st.composite
def counts(draw: st.DrawFn) -> Counts:
    pupils = draw(st.integers(0, 400))
    persistent = draw(st.integers(0, pupils))
    return Counts(pupils * 100, draw(st.integers(0, pupils * 40)), draw(st.integers(0, pupils * 20)), pupils, persistent, 0, pupils, 0)


AREAS = st.lists(st.tuples(st.sampled_from(PHASES), counts(), st.none() | counts()), max_size=25)


def told(area: list[tuple[str, Counts, Counts | None]]) -> tuple[list[SchoolCounts], dict[int, str]]:
    return [SchoolCounts(at, one, before, True) for at, (_, one, before) in enumerate(area)], {
        at: name for at, (name, _, _) in enumerate(area)
    }


@given(AREAS)
def test_a_phase_is_shown_only_with_schools_and_pupils_enough(area: list[tuple[str, Counts, Counts | None]]) -> None:
    found, _ = phases(*told(area))
    for one in found:
        counted = [counts for name, counts, _ in area if name == one.phase]
        enough = len(counted) >= SCHOOLS and pooled(counted).enrolments >= PUPILS
        assert (one.attendance is not None) is enough
        assert one.pupils is None or one.pupils % 10 == 0
        if not enough:
            assert (one.pupils, one.before, one.unauthorised, one.persistent) == (None, None, None, None)


@given(AREAS)
def test_the_total_is_of_the_phases_shown_so_that_no_other_can_be_taken_from_it(area: list[tuple[str, Counts, Counts | None]]) -> None:
    found, total = phases(*told(area))
    shown = {one.phase for one in found if one.attendance is not None}
    if not shown:
        assert total is None
        return
    assert total is not None
    whole = pooled(counts for name, counts, _ in area if name in shown)
    assert total.schools == sum(name in shown for name, _, _ in area)
    assert total.attendance is not None
    assert abs(total.attendance - (whole.rate(whole.attended) or 0)) <= 0.0501


@given(AREAS)
def test_last_year_is_told_only_where_every_school_has_it(area: list[tuple[str, Counts, Counts | None]]) -> None:
    found, _ = phases(*told(area))
    for one in found:
        befores = [before for name, _, before in area if name == one.phase]
        assert one.before is None or all(before is not None for before in befores)
