"""Counts of few pupils: whoever has every line that is shown, and the total, cannot work one out; who may see pupils gets all."""

from hypothesis import given
from hypothesis import strategies as st

from headway.readings.attendance.few import FEWEST, breakdown, of_sessions, rates
from headway.registers.counts import Counts, pooled


@st.composite
def counts(draw: st.DrawFn) -> Counts:
    decided = draw(st.integers(0, 120))
    persistent = draw(st.integers(0, decided))
    severe = draw(st.integers(0, persistent))
    return Counts(decided * 100, decided * 4, decided * 2, decided, persistent, severe, decided, 0)


LINES = st.lists(counts(), min_size=1, max_size=9).map(lambda found: [(str(at), one, None) for at, one in enumerate(found)])


@given(LINES)
def test_a_withheld_count_cannot_be_worked_out_from_the_rest_and_the_total(lines: list[tuple[str, Counts, None]]) -> None:
    shown = breakdown(lines, exact=False)
    total = pooled(one for _, one, _ in lines)
    for name in ("persistent", "severe"):
        hidden = [at for at, one in enumerate(shown) if name in one.few]
        rest = sum(getattr(lines[at][1], name) for at in range(len(lines)) if at not in hidden)
        left = getattr(total, name) - rest  # what somebody works out who has the total
        everything = len(hidden) == len(lines)  # nothing of the breakdown is shown
        assert not hidden or everything or (len(hidden) >= 2 and left >= FEWEST) or name in rates("", total, None, exact=False).few


@given(LINES)
def test_a_group_that_is_withheld_cannot_be_worked_out_from_the_others_and_all(lines: list[tuple[str, Counts, None]]) -> None:
    shown = breakdown(lines, exact=False)
    hidden = [at for at, one in enumerate(shown) if one.enrolments is None]
    left = sum(lines[at][1].enrolments for at in hidden)
    assert not hidden or len(hidden) == len(lines) or (len(hidden) >= 2 and left >= FEWEST)
    for at in hidden:
        one = shown[at]
        assert (one.attendance, one.unauthorised, one.persistent, one.severe, one.decided) == (None,) * 5


@given(counts())
def test_no_count_of_fewer_than_six_is_shown_nor_all_but_fewer(one: Counts) -> None:
    found = rates("", one, None, exact=False)
    for name in ("persistent", "severe"):
        many = found.count(name)
        if many is not None and found.decided:
            assert many == 0 or many >= FEWEST
            assert found.decided - many == 0 or found.decided - many >= FEWEST
    if one.enrolments < FEWEST:
        assert found.attendance is None
        assert found.enrolments is None


@given(counts())
def test_who_may_see_pupils_has_every_figure(one: Counts) -> None:
    found = rates("", one, None, exact=True)
    assert found.few == ()
    assert found.attendance == one.rate(one.attended)
    assert found.severe == one.share(one.severe)


@given(st.lists(st.integers(0, 30), max_size=9))
def test_sessions_withheld_cannot_be_worked_out_from_the_others_and_the_sum(parts: list[int]) -> None:
    """A school's page shows authorised absence and its reasons: all but one of them would tell the one."""
    shown = of_sessions(parts)
    hidden = [at for at, one in enumerate(shown) if one is None]
    assert all(one is None or (one == parts[at] and (one == 0 or one >= FEWEST)) for at, one in enumerate(shown))
    assert not hidden or len(hidden) == len(parts) or (len(hidden) >= 2 and sum(parts[at] for at in hidden) >= FEWEST)
