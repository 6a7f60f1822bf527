"""How a decision moves, when a letter may go, when a school may leave its tier; against tables and naive twins."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.definitions.loading import library_for
from headway.definitions.tiers import Leaving
from headway.desk.tiers import rules
from headway.desk.tiers.rules import Reviewed, unsaid
from headway.readings.terms import terms_begun

LIBRARY = library_for()
SCHEME = LIBRARY.tiers["aiming_higher.v1"]
HEAVY = Leaving(green_reviews=2, school_weeks_apart=6, sources=2)
DAYS = st.dates(date(2025, 9, 2), date(2027, 7, 1))
STATES = sorted(rules.MOVES)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("to", STATES)
def test_a_letter_comes_only_after_the_call(state: str, to: str) -> None:
    assert rules.may_move(state, to) is ((state, to) in {("decided", "told"), ("decided", "withdrawn"), ("told", "written")})


@pytest.mark.parametrize(
    ("day", "may"),
    [
        (date(2026, 12, 16), True),  # a Wednesday; the term ends on Friday the 18th
        (date(2026, 12, 17), False),
        (date(2026, 12, 18), False),
        (date(2026, 12, 24), False),  # in the holidays nobody is there to talk to
        (date(2027, 1, 4), True),
        (date(2026, 10, 23), True),  # before half term is not the end of a term
        (date(2026, 7, 20), True),
        (date(2026, 7, 21), False),
        (date(2026, 8, 20), False),
        (date(2026, 9, 2), True),
        (date(2040, 5, 5), False),  # a year that nobody has put into the calendar
    ],
)
def test_no_letter_at_the_end_of_a_term_unless_for_safeguarding(day: date, may: bool) -> None:
    assert (rules.why_no_letter(day, False, LIBRARY) == "") is may
    assert rules.why_no_letter(day, True, LIBRARY) == ""


def test_the_reason_names_the_day_from_which_it_may_go() -> None:
    assert "from 4 January 2027" in rules.why_no_letter(date(2026, 12, 18), False, LIBRARY)
    assert "from 2 September 2026" in rules.why_no_letter(date(2026, 7, 22), False, LIBRARY)


def test_a_reply_has_ten_school_days_over_half_term() -> None:
    assert rules.reply_by(date(2026, 10, 20), LIBRARY) == date(2026, 11, 10)  # three days, a week without school, seven more
    assert rules.reply_by(date(2026, 12, 16), LIBRARY) == date(2027, 1, 13)


def test_terms_begun_since() -> None:
    assert terms_begun(date(2025, 9, 18), date(2026, 11, 25), LIBRARY) == 3
    assert terms_begun(date(2026, 9, 2), date(2026, 9, 2), LIBRARY) == 0


def reviewed(*given: tuple[int, str, str]) -> list[Reviewed]:
    """(weeks after 8 September 2025, colour, sources)"""
    return [Reviewed(date(2025, 9, 8) + timedelta(weeks=weeks), colour, frozenset(sources.split())) for weeks, colour, sources in given]


@pytest.mark.parametrize(
    ("reviews", "lacks"),
    [
        ([], ["2 green reviews in a row; there is none", "2 kinds of evidence; so far 0"]),
        ([(0, "green", "books visits")], ["2 green reviews in a row; there is one"]),
        ([(0, "green", "books"), (5, "green", "visits")], ["green reviews at least 6 school weeks apart; so far 5.0"]),
        ([(0, "green", "books"), (6, "green", "visits")], []),
        ([(0, "green", "books"), (7, "green", "visits")], []),
        # six weeks on the wall, of which one is half term
        ([(2, "green", "books"), (8, "green", "visits")], ["green reviews at least 6 school weeks apart; so far 5.0"]),
        (
            [(0, "green", "books"), (3, "red", "books"), (9, "green", "visits")],
            ["2 green reviews in a row; there is one", "2 kinds of evidence; so far 1"],
        ),
        ([(0, "green", "books"), (6, "green", "books")], ["2 kinds of evidence; so far 1"]),
        ([(0, "amber", "books"), (1, "green", "books"), (8, "green", "visits")], []),
    ],
)  # fmt: skip
def test_what_a_school_has_still_to_show(reviews: list[tuple[int, str, str]], lacks: list[str]) -> None:
    assert list(rules.lacks_to_leave(HEAVY, reviewed(*reviews), LIBRARY)) == lacks


def test_each_tier_of_the_scheme_has_its_own_way_out() -> None:
    leaving = {name: tier.leaving for name, tier in SCHEME.tiers.items()}
    assert leaving["focus"] == leaving["intensive"] == HEAVY
    assert leaving["light_touch"] == Leaving(green_reviews=1)
    assert leaving["secure"] is None
    assert not rules.lacks_to_leave(None, [], LIBRARY)
    assert not rules.lacks_to_leave(leaving["light_touch"], reviewed((0, "green", "books")), LIBRARY)


@pytest.mark.parametrize(
    ("tier", "colours", "asks"),
    [
        ("light_touch", "amber red", True),
        ("light_touch", "red amber green", False),
        ("light_touch", "red", False),  # one review says little
        ("focus", "red amber", False),
        ("focus", "green red red", True),
        ("intensive", "amber amber", True),
        ("secure", "red red", False),  # no reviews are promised there
    ],
)
def test_reviews_in_a_row_ask_whether_the_support_is_enough(tier: str, colours: str, asks: bool) -> None:
    reviews = reviewed(*((week, colour, "books") for week, colour in enumerate(colours.split())))
    assert rules.worsens(SCHEME.tiers[tier].heavier, reviews) is asks


@pytest.mark.parametrize(
    ("before", "now", "colours", "terms", "asks"),
    [
        ("focus", "light_touch", "amber red", 1, True),
        ("focus", "light_touch", "amber", 1, False),
        ("focus", "light_touch", "red", 2, False),  # watched for a term
        ("secure", "light_touch", "red", 0, False),  # it did not come from a heavier one
        ("", "light_touch", "red", 0, False),
    ],
)
def test_one_red_review_soon_after_a_move_to_a_lighter_tier_is_a_reason_to_look(
    before: str, now: str, colours: str, terms: int, asks: bool
) -> None:
    reviews = reviewed(*((week, colour, "books") for week, colour in enumerate(colours.split())))
    assert rules.falls_back(SCHEME, before, now, reviews, terms) is asks


@given(st.lists(st.sampled_from(["green", "amber", "red"])))
def test_going_up_never_comes_of_a_worse_review(colours: list[str]) -> None:
    reviews = [Reviewed(date(2026, 1, 5) + timedelta(at), colour) for at, colour in enumerate(colours)]
    rank = ["red", "amber", "green"].index
    naive = bool(colours) and (colours[-1] == "green" or (len(colours) > 1 and rank(colours[-1]) > rank(colours[-2])))
    assert rules.going_up(reviews) is naive


@pytest.mark.parametrize(
    ("day", "now", "following"),
    [
        (date(2026, 9, 10), ["Desk-top analysis", "Lines from", "Meetings on tiers"], ("Heads rung", date(2026, 9, 15))),
        (date(2026, 10, 9), ["Heads rung and letters sent"], ("Re-check", date(2026, 12, 1))),
        (date(2026, 10, 10), [], ("Re-check", date(2026, 12, 1))),
        (date(2026, 12, 31), ["Re-check"], ("Re-check", date(2027, 4, 1))),
        (date(2027, 1, 31), ["Re-check"], ("Re-check", date(2027, 4, 1))),  # a season goes over the turn of the year
        (date(2027, 2, 1), [], ("Re-check", date(2027, 4, 1))),
        (date(2027, 5, 2), [], ("Desk-top analysis", date(2027, 7, 15))),
    ],
)
def test_where_a_day_lies_in_the_year_of_tiers(day: date, now: list[str], following: tuple[str, date]) -> None:
    found = rules.year_at(SCHEME, day)
    assert len(found.now) == len(now) and all(title.startswith(words) for (title, _), words in zip(found.now, now, strict=True))
    assert found.next is not None and found.next[0].startswith(following[0]) and found.next[1] == following[1]


def test_whoever_departs_from_the_proposal_says_why() -> None:
    assert rules.fault_of_outcome(SCHEME, "focus", "focus", "") == ""
    assert rules.fault_of_outcome(SCHEME, "focus", "secure", "  ") == "Say why. The head will read it."
    assert rules.fault_of_outcome(SCHEME, "focus", "secure", "One unusual year group.") == ""
    assert rules.fault_of_outcome(SCHEME, "not_enough_evidence", "not_enough_evidence", "") == ""
    assert "scheme" in rules.fault_of_outcome(SCHEME, "focus", "splendid", "x")


def test_nobody_hears_an_appeal_against_what_they_decided() -> None:
    assert rules.may_hear("user:1", {"user:1", "user:2"})
    assert rules.may_hear("user:3", {"user:1", "user:2"}) == ""


@given(st.lists(st.sampled_from(STATES), max_size=8))
def test_no_path_leads_to_a_letter_but_by_a_call_and_none_out_of_an_end(path: list[str]) -> None:
    state, been = "decided", ["decided"]
    for to in path:
        if rules.may_move(state, to):
            state = to
            been.append(to)
    assert "written" not in been or been == ["decided", "told", "written"]
    assert "withdrawn" not in been or "told" not in been  # what a head was told is not taken back unsaid


@pytest.mark.parametrize(
    ("before", "after", "lacks"),
    [("focus", "light_touch", 2), ("focus", "secure", 3), ("secure", "focus", 0), ("focus", "intensive", 0), ("secure", "secure_plus", 0),
     ("not_enough_evidence", "secure", 0), ("focus", "not_enough_evidence", 0)],
)  # fmt: skip
def test_a_lighter_tier_is_earned_and_one_tier_at_a_time(before: str, after: str, lacks: int) -> None:
    assert len(rules.lacks_to_move(SCHEME, before, after, [], LIBRARY)) == lacks


def test_what_moves_a_school_is_said_once() -> None:
    moves = ["A new, acting or absent head", "Places unfilled"]
    assert unsaid(moves, "Two green reviews. These no longer hold: a new, acting or absent head.") == ["Places unfilled"]
    assert unsaid(moves, "") == moves
