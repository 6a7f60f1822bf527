"""Five clear working days, a quorum, who may read what: rules of boards without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.definitions.boards import Edition
from headway.definitions.loading import library_for
from headway.desk.boards import minutes, rules
from headway.desk.boards.rules import MOVES, Reader, State

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
HOLIDAYS = frozenset({date(2026, 12, 25), date(2026, 12, 28), date(2026, 4, 3), date(2026, 4, 6)})


@pytest.mark.parametrize(
    ("out", "meeting", "expected"),
    [
        (date(2026, 11, 25), date(2026, 12, 3), 5),  # Thursday to Wednesday lie between
        (date(2026, 11, 26), date(2026, 12, 3), 4),
        (date(2026, 12, 3), date(2026, 12, 3), 0),
        (date(2026, 12, 18), date(2026, 12, 30), 5),  # Christmas Day and the Monday after do not count
    ],
)
def test_neither_the_day_of_sending_nor_that_of_the_meeting_counts(out: date, meeting: date, expected: int) -> None:
    assert rules.clear_days(out, meeting, HOLIDAYS) == expected


@given(out=DAYS, ahead=st.integers(0, 60))
def test_clear_days_are_those_of_a_count_day_by_day(out: date, ahead: int) -> None:
    meeting, day, found = out + timedelta(ahead), out, 0
    while (day := day + timedelta(1)) < meeting:
        if day.isoweekday() not in (6, 7) and day not in HOLIDAYS:
            found += 1
    assert rules.clear_days(out, meeting, HOLIDAYS) == found


@given(meeting=DAYS)
def test_the_last_day_for_papers_is_a_working_day_and_the_next_one_is_too_late(meeting: date) -> None:
    by = rules.papers_by(meeting, HOLIDAYS)
    assert rules.is_working(by, HOLIDAYS)
    assert rules.fault_of_calling(by, meeting, HOLIDAYS, "") == ""
    later = by + timedelta(1)
    while not rules.is_working(later, HOLIDAYS):
        later += timedelta(1)
    assert later >= meeting or "five clear working days" in rules.fault_of_calling(later, meeting, HOLIDAYS, "")


def test_an_urgent_meeting_says_why_and_a_past_one_cannot_be_called() -> None:
    day = date(2026, 12, 3)
    assert rules.fault_of_calling(date(2026, 12, 1), day, HOLIDAYS, "A school closes on Monday") == ""
    assert rules.fault_of_calling(date(2026, 12, 1), day, HOLIDAYS, "   ")
    assert "past" in rules.fault_of_calling(date(2026, 12, 4), day, HOLIDAYS, "Whatever")


@pytest.mark.parametrize(
    ("voting", "share", "expected"), [(15, 40, 6), (16, 40, 7), (5, 34, 2), (2, 34, 2), (1, 34, 2), (0, 34, 0), (10, 50, 5)]
)
def test_a_quorum_is_a_share_rounded_up_and_two_at_least(voting: int, share: int, expected: int) -> None:
    assert rules.needed(voting, share) == expected
    assert not rules.is_quorate(0, 0, share)


@pytest.mark.parametrize("reader", Reader)
@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("out", [True, False])
def test_an_interest_keeps_what_is_not_public_from_everybody(reader: Reader, edition: Edition, out: bool) -> None:
    with_it, without = rules.shows(reader, edition, out, True), rules.shows(reader, edition, out, False)
    assert with_it.papers <= without.papers
    assert edition is Edition.PUBLIC or not with_it.papers
    assert bool(with_it.why) != with_it.papers
    if reader < Reader.MEMBER:
        assert without.papers == (out and edition is Edition.PUBLIC)
    if not out:
        assert without.papers == (reader is Reader.CLERK)


def test_what_is_signed_or_cancelled_goes_nowhere() -> None:
    assert not MOVES[State.SIGNED]
    assert not MOVES[State.CANCELLED]
    assert not any(rules.may_move(State.SIGNED, to) for to in State)
    assert MOVES.keys() == set(State)


def test_minutes_keep_the_clerks_words_when_they_are_drafted_again() -> None:
    item = {"item": 4, "title": "Attendance", "edition": "public", "excluded": [], "decisions": [], "actions": []}
    first = minutes.draft(present=["A"], apologies=[], quorum="", items=[item], before={})
    written = minutes.with_words(first, {4: "Much was said."})
    again = minutes.draft(present=["A", "B"], apologies=[], quorum="", items=[item, {**item, "item": 5}], before=written)
    assert [one["said"] for one in again["items"]] == ["Much was said.", ""]


def test_the_public_minutes_hold_nothing_of_a_closed_item() -> None:
    item = {"item": 1, "title": "Schools of most concern", "edition": "exempt", "excluded": ["X"], "said": "Canary"}
    document = {"items": [{**item, "decisions": [{"words": "Canary"}], "actions": [{"what": "Canary"}]}]}
    assert "Canary" not in str(minutes.for_edition(document, Edition.PUBLIC))
    assert "Canary" not in str(minutes.for_edition(document, Edition.MEMBERS))
    assert "Canary" in str(minutes.for_edition(document, Edition.EXEMPT))
    assert "Canary" not in str(minutes.without(minutes.for_edition(document, Edition.EXEMPT), [1]))


def test_every_kind_of_board_in_the_library_reads() -> None:
    library = library_for()
    assert set(library.board_kinds) == {"challenge_board", "partnership_board", "schools_forum", "concern_meeting"}
    assert {item.edition for item in library.board_kinds["challenge_board"].items} == set(Edition)
    assert library.board_kinds["schools_forum"].quorum == 0.4
