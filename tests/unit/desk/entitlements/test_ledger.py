"""What each tier gives, line by line, by the calendar of 2025/26; and what happens to it when a school moves, is visited, or is let off."""

from datetime import date

import pytest

from headway.definitions.entitlements import Entitlement
from headway.definitions.loading import library_for
from headway.desk.entitlements.planning import Happening, Stay, merged
from headway.desk.entitlements.rules import Asked, Entry, Owed, State, days_given, days_owed, ledger, next_due, outside
from headway.readings.calendar import open_days

LIBRARY = library_for()
DAYS = open_days(LIBRARY.calendar)
WORCESTERSHIRE, OURS = LIBRARY.entitlements["worcestershire_2017"], LIBRARY.entitlements["aiming_higher"]
SEPTEMBER = date(2025, 9, 2)  # the first day of the school year
HALF_TERM, CHRISTMAS, JULY = date(2025, 10, 24), date(2025, 12, 19), date(2026, 7, 22)


def ask(
    tier: str, *entries: Entry, today: date = SEPTEMBER, of: Entitlement = WORCESTERSHIRE, since: date = SEPTEMBER,
    happened: tuple[Happening, ...] = (), stays: tuple[Stay, ...] = (),
) -> tuple[Owed, ...]:  # fmt: skip
    year = DAYS.year(SEPTEMBER)
    assert year is not None
    return ledger(Asked(of, year, DAYS, today, stays or (Stay(tier, since),), happened, entries))


def told(lines: tuple[Owed, ...]) -> list[tuple[str, str, str, str]]:
    return [(line.item, line.why, str(line.due), line.state.value) for line in lines if line.state is not State.LATER]


ONCE, STANDS = "once a year", "while in the tier"
IN_SECURE_PLUS = [
    ("desktop", ONCE, "2026-07-22", "due"),  # annual desk-top analysis
    ("lead_support", STANDS, "2026-07-22", "in place"),  # opportunity to lead support for others
    ("self_evaluation", ONCE, "2026-07-22", "due"),  # invitation to submit a self-evaluation summary
]
IN_SECURE = [
    ("call_follow_up", ONCE, "2026-07-22", "due"),  # follow-up telephone discussion of progress
    ("call_self_evaluation", ONCE, "2026-07-22", "due"),  # telephone conversation
    ("desktop", ONCE, "2026-07-22", "due"),
    ("traded_offer", STANDS, "2026-07-22", "in place"),
]
IN_LIGHT_TOUCH = [
    ("call_follow_up", "end of autumn term", "2025-12-19", "due"),  # end of term one
    ("desktop", ONCE, "2026-07-22", "due"),
    ("initial_visit", ONCE, "2026-07-22", "due"),
]
IN_FOCUS = [
    ("project_board", "every 6 to 12 school weeks", "2025-11-14", "due"),  # nine school weeks from the start, the half term left out
    ("review", "every 6 to 12 school weeks", "2025-11-14", "due"),  # frequency proportionate to need
    ("criteria_visit", ONCE, "2026-07-22", "due"),
    ("desktop", ONCE, "2026-07-22", "due"),
    ("programme", ONCE, "2026-07-22", "due"),  # tier 1 or 2 involvement
]
IN_INTENSIVE = [
    ("review", "every 3 to 6 school weeks", "2025-10-03", "due"),  # four weeks
    ("project_board", "every 4 to 6 school weeks", "2025-10-10", "due"),  # five weeks
    ("criteria_visit", ONCE, "2026-07-22", "due"),
    ("programme", ONCE, "2026-07-22", "due"),
]  # no desk-top analysis: the need is known


@pytest.mark.parametrize(
    ("tier", "expected"),
    [
        ("secure_plus", IN_SECURE_PLUS), ("secure", IN_SECURE), ("light_touch", IN_LIGHT_TOUCH), ("focus", IN_FOCUS),
        ("intensive", IN_INTENSIVE),
    ],
)  # fmt: skip
def test_every_line_of_worcestershires_five_tiers(tier: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert told(ask(tier)) == expected


@pytest.mark.parametrize(
    ("tier", "kind", "item"), [("secure_plus", "performance_signal", "capacity_check"), ("light_touch", "progress_issue", "progress_visit")]
)
def test_what_is_given_only_on_a_condition_is_owed_from_the_day_it_holds(tier: str, kind: str, item: str) -> None:
    holds = (Happening(kind, date(2025, 11, 17)),)
    [line] = [one for one in ask(tier, happened=holds) if one.item == item]
    assert (line.why, line.state) == (kind, State.DUE)
    assert item not in {one.item for one in ask(tier, happened=(Happening("tier_entered", date(2025, 11, 17)),))}
    assert item not in {one.item for one in ask(tier, happened=(Happening(kind, date(2025, 11, 17), date(2025, 11, 24)),))}


def test_a_visit_on_progress_takes_the_place_of_the_call_and_its_day() -> None:
    lines = {one.item: one for one in ask("light_touch", happened=(Happening("progress_issue", date(2025, 11, 17)),))}
    assert (lines["call_follow_up"].state, lines["progress_visit"].due) == (State.REPLACED, CHRISTMAS)
    late = {one.item: one for one in ask("light_touch", happened=(Happening("progress_issue", date(2025, 12, 15)),))}
    assert late["progress_visit"].due == DAYS.after(date(2025, 12, 15), 30)  # four days would be no time for it
    called = Entry("call_follow_up", date(2025, 11, 3), "delivered", number=1)
    both = {one.item: one for one in ask("light_touch", called, happened=(Happening("progress_issue", date(2025, 11, 17)),))}
    assert (both["call_follow_up"].state, both["progress_visit"].state) == (State.DELIVERED, State.DUE)


def test_each_line_of_our_own_scheme_that_names_a_day() -> None:
    due = {(one.item, str(one.due)) for one in ask("light_touch", of=OURS)}
    assert {("initial_visit", "2025-10-24"), ("call_follow_up", "2025-12-19"), ("summer_review", "2026-07-22")} <= due
    assert {day for item, day in due if item == "desktop"} == {"2026-02-05", "2026-07-22"}  # 98 of the 196 open days, and all of them
    due = {(one.item, str(one.due)) for one in ask("intensive", of=OURS)}
    assert {("initial_visit", "2025-09-12"), ("plan", "2025-09-23")} <= due  # week 2; 15 school days
    assert sorted(day for item, day in due if item == "director_meeting") == [
        "2025-10-24", "2025-12-19", "2026-02-13", "2026-03-27", "2026-05-22", "2026-07-22",
    ]  # fmt: skip
    given = {one.item: one.state for one in ask("secure", of=OURS)}
    assert (given["named_adviser"], given["data_pack"]) == (State.STANDING, State.DUE)


@pytest.mark.parametrize(("kind", "item"), [("new_head", "new_head_induction"), ("inspection_call", "inspection_support")])
def test_an_event_brings_its_entitlement_each_time(kind: str, item: str) -> None:
    twice = (Happening(kind, date(2025, 10, 6)), Happening(kind, date(2026, 3, 2)))
    assert [one.due for one in ask("secure", of=OURS, happened=twice) if one.item == item] == [
        DAYS.after(date(2025, 10, 6), 30), DAYS.after(date(2026, 3, 2), 30),
    ]  # fmt: skip
    assert not [one for one in ask("secure", of=OURS, happened=(Happening(kind, date(2024, 10, 7)),)) if one.item == item]
    august = (Happening(kind, date(2025, 8, 25)),)  # in the holidays before: within the year's first thirty days of school
    assert [one.due for one in ask("secure", of=OURS, happened=august) if one.item == item] == [DAYS.after(SEPTEMBER, 29)]


@pytest.mark.parametrize(("rag", "due"), [("green", "2026-02-13"), ("amber", "2026-01-23"), ("red", "2025-12-19"), ("", "2026-01-23")])
def test_the_next_review_comes_sooner_the_worse_the_last_one_went(rag: str, due: str) -> None:
    reviewed = Entry("review", date(2025, 11, 5), "delivered", 1.0, rag, number=1)
    following = [one for one in ask("focus", reviewed, today=date(2025, 11, 6)) if one.item == "review" and one.state is State.DUE]
    assert [str(one.due) for one in following] == [due]


def test_a_review_that_is_waived_counts_from_the_day_on_which_it_was_due() -> None:
    waived = Entry("review", date(2025, 10, 1), "waived", for_due=date(2025, 11, 14), number=1, because="the head is ill")
    lines = [one for one in ask("focus", waived, today=date(2025, 10, 2)) if one.item == "review" and one.state is not State.LATER]
    assert [(one.state, str(one.due)) for one in lines] == [(State.WAIVED, "2025-11-14"), (State.DUE, "2026-01-30")]


def test_an_overdue_review_stays_one_line_and_the_later_ones_are_counted_from_today() -> None:
    lines = [one for one in ask("focus", today=date(2026, 3, 2)) if one.item == "review"]
    assert [one.state for one in lines][:2] == [State.OVERDUE, State.LATER]
    assert lines[1].due == DAYS.week_after(date(2026, 3, 2), 9)


@pytest.mark.parametrize(
    ("entry", "today", "state"),
    [
        (None, CHRISTMAS, "due"),
        (None, date(2025, 12, 20), "overdue"),
        (Entry("call_follow_up", date(2025, 12, 1), "booked", number=1), CHRISTMAS, "booked"),
        (Entry("call_follow_up", date(2026, 1, 12), "booked", number=1), date(2026, 1, 6), "booked"),  # late, but it is in the diary
        (Entry("call_follow_up", date(2026, 1, 12), "booked", number=1), date(2026, 1, 13), "overdue"),  # nobody has said that it was held
        (Entry("call_follow_up", date(2026, 1, 12), "delivered", number=1), date(2026, 1, 13), "delivered"),
        (Entry("call_follow_up", SEPTEMBER, "waived", for_due=CHRISTMAS, number=1), date(2026, 1, 13), "waived"),
        (Entry("call_follow_up", date(2025, 7, 28), "delivered", number=1), SEPTEMBER, "delivered"),  # done in the holidays before
        (Entry("call_follow_up", date(2025, 7, 21), "delivered", number=1), SEPTEMBER, "due"),  # was the year before's
    ],
)
def test_how_a_line_stands(entry: Entry | None, today: date, state: str) -> None:
    entries = (entry,) if entry else ()
    [line] = [one for one in ask("light_touch", *entries, today=today, since=date(2024, 9, 2)) if one.item == "call_follow_up"]
    assert line.state.value == state


def test_more_than_is_owed_stands_beside_it() -> None:
    calls = (Entry("call_follow_up", date(2025, 11, day), "delivered", 0.25, number=day) for day in (3, 10))
    lines = ask("light_touch", *calls, Entry("", date(2025, 11, 12), "delivered", 0.5, number=99), today=date(2025, 12, 1))
    beside = [(one.item, str(one.due)) for one in lines if one.why == "beside what is owed"]
    assert beside == [("call_follow_up", "2025-11-10"), ("", "2025-11-12")]
    assert days_given(lines) == 1.0


def test_who_moves_in_the_middle_of_a_year_has_time_and_nothing_twice() -> None:
    january = date(2026, 1, 5)
    stays = (Stay("secure", SEPTEMBER, january), Stay("focus", january))
    desk = Entry("desktop", date(2025, 10, 1), "delivered", 0.25, number=1)
    first = Entry("call_self_evaluation", date(2025, 10, 8), "delivered", 0.25, number=2)
    lines = ask("", desk, first, of=OURS, stays=stays, today=date(2026, 1, 6))
    by = {(one.item, str(one.due)): one.state for one in lines if one.tier}
    assert by[("initial_visit", "2026-01-30")] is State.DUE  # its fourth week in the tier
    assert by[("plan", str(DAYS.after(january, 30)))] is State.DUE
    assert by[("call_self_evaluation", "2025-12-19")] is State.DELIVERED  # what it had stays told
    assert ("call_follow_up", "2026-07-22") not in by  # the lighter tier's summer call is not owed any more
    assert [one.state for one in lines if one.item == "desktop" and one.tier == "secure"] == [State.DELIVERED]
    assert len([one for one in lines if one.item == "data_pack"]) == 1  # what everybody has comes once, not once for each tier


def test_what_was_owed_before_a_move_and_not_done_has_lapsed_and_is_told() -> None:
    stays = (Stay("light_touch", SEPTEMBER, date(2026, 1, 5)), Stay("secure", date(2026, 1, 5)))
    lines = {(one.item, one.tier): one.state for one in ask("", stays=stays, today=date(2026, 1, 6))}
    assert lines[("call_follow_up", "light_touch")] is State.LAPSED
    assert ("initial_visit", "light_touch") not in lines  # was due in July


def test_days_owed_are_an_advisers_only_and_hold_the_later_reviews_of_the_year() -> None:
    lines = ask("intensive", of=OURS)
    low, high = OURS.days("intensive")
    assert low <= days_owed(lines) <= high
    assert days_owed(ask("secure")) == 0.75


def test_a_decision_that_changes_nothing_begins_no_new_stay() -> None:
    told = merged(
        [Stay("focus", date(2025, 9, 15)), Stay("focus", date(2024, 9, 16), date(2025, 9, 15)), Stay("secure", date(2025, 12, 1))]
    )
    assert told == (Stay("focus", date(2024, 9, 16), date(2025, 12, 1)), Stay("secure", date(2025, 12, 1)))


def test_the_next_thing_is_the_longest_overdue() -> None:
    line = next_due(ask("light_touch", today=date(2026, 1, 6)))
    assert line is not None
    assert (line.item, line.state) == ("call_follow_up", State.OVERDUE)


def test_a_day_outside_the_interval_says_so() -> None:
    [line] = [one for one in WORCESTERSHIRE.tiers["focus"].lines if one.item == "review"]
    last = date(2025, 9, 10)
    assert outside(line, last, date(2025, 11, 21), DAYS) == ""  # type: ignore[arg-type]
    assert "ends on 12 December 2025" in outside(line, last, date(2025, 12, 15), DAYS)  # type: ignore[arg-type]
    assert "24 October 2025" in outside(line, last, date(2025, 9, 29), DAYS)  # type: ignore[arg-type]
