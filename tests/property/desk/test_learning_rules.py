"""Waiting lists beside a naive twin, whatever the order; take-up counted one by one; what may never happen."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from headway.desk.learning.rules import faults_of_booking, lines, moves, pupils_words, take_up_sentence


@dataclass
class Waits:
    pk: int
    school_id: int
    asked: int


WAITING = st.lists(st.tuples(st.integers(1, 5), st.integers(0, 9)), max_size=8).map(
    lambda told: [Waits(place, school, asked) for place, (school, asked) in enumerate(told)]
)


@given(WAITING, st.integers(1, 8), st.data())
def test_moving_up_beside_a_twin_that_looks_at_everybody_each_time(waiting: list[Waits], places: int, data: st.DataObject) -> None:
    seats = data.draw(st.sets(st.integers(1, places)))
    booked = [(data.draw(st.integers(1, 5)), seat) for seat in sorted(seats)]
    found = moves(waiting, booked, places)
    left, held, twin = list(waiting), list(booked), []
    for seat in range(1, places + 1):
        if seat in {taken for _, taken in held} or not left:
            continue
        without = [one for one in left if not any(school == one.school_id for school, _ in held)]
        turn = sorted(without or left, key=lambda one: (one.asked, one.pk))[0]
        twin.append((turn.pk, seat))
        held.append((turn.school_id, seat))
        left.remove(turn)
    assert list(found) == twin
    assert len(booked) + len(found) <= places
    assert max(Counter(seat for _, seat in held).values(), default=1) == 1
    assert not left or len(held) == places  # nobody waits beside a free place


BOOKINGS = st.lists(
    st.tuples(st.integers(1, 5), st.sampled_from(["booked", "waiting", "withdrawn"]), st.sampled_from([None, True, False])), max_size=12
)
REASONS = st.dictionaries(st.integers(1, 5), st.lists(st.sampled_from(["Figures.", "Plan."]), min_size=1, max_size=2))


@given(BOOKINGS, REASONS, st.booleans())
def test_take_up_beside_counting_one_by_one(
    bookings: list[tuple[int, str, bool | None]], reasons: dict[int, list[str]], over: bool
) -> None:
    found = {one.urn: one for one in lines(range(1, 6), reasons, bookings, over=over)}
    for urn in range(1, 6):
        came = sum(1 for school, state, here in bookings if school == urn and state == "booked" and here is True)
        booked = sum(1 for school, state, _ in bookings if school == urn and state == "booked")
        waits = any(school == urn and state == "waiting" for school, state, _ in bookings)
        assert (urn in found) == bool(reasons.get(urn) or booked or waits)
        if urn in found:
            assert (found[urn].came, found[urn].booked) == (came, booked)
            assert found[urn].missed == (bool(reasons.get(urn)) and came == 0)
    said = take_up_sentence(list(found.values()), over, "it")
    assert said.startswith("Nothing" if not reasons else f"{len(reasons)} school")


@given(st.integers(0, 4_000))
def test_few_pupils_are_never_counted_out(pupils: int) -> None:
    said = pupils_words(pupils)
    assert (said == "fewer than 5") == (1 <= pupils <= 4)
    assert pupils_words(None) == "not told"


@given(
    st.sampled_from(["teacher", "governor"]), st.sets(st.sampled_from(["teacher", "governor"])), st.booleans(), st.booleans(), st.booleans()
)
def test_a_booking_without_fault_is_one_that_may_be(level: str, levels: set[str], off: bool, ended: bool, past: bool) -> None:
    today = date(2026, 1, 26)
    day = date(2026, 1, 25) if past else today
    faults = faults_of_booking(day, today, "Snow" if off else "", ended, level, levels, ("governor",))
    assert (faults == []) == (not off and not ended and not past and level in levels and level == "governor")
