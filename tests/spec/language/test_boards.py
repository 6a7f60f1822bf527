"""Sentences of board papers: counts agree with their verbs, withheld is never nought, money changes are told with their direction."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.language.boards import (
    actions_sentence,
    ahead_sentence,
    change_of_rate,
    count_words,
    delivered_sentence,
    moves_sentence,
    needs_sentence,
    seen_sentence,
    support_sentence,
    wait_sentence,
)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((318, 296, 14), "Of 318 visits and calls due by now, 296 were made and 14 are late."),
        ((4, 4, 0), "Of 4 visits and calls due by now, all were made."),
        ((3, 0, 1), "Of 3 visits and calls due by now, none was made and 1 is late."),
        ((1, 0, 1), "The one visit or call due by now is late."),
        ((0, 0, 0), "No visit or call was due by now."),
    ],
)
def test_what_was_delivered(given: tuple[int, int, int], said: str) -> None:
    assert delivered_sentence(*given) == said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((2, 1, 1), "Of 4 actions 2 are closed, 1 is late and 1 is not yet due."),
        ((0, 1, 0), "The one action is late."),
        ((0, 0, 0), "The board has asked for nothing yet."),
    ],
)
def test_what_became_of_actions(given: tuple[int, int, int], said: str) -> None:
    assert actions_sentence(*given) == said


def test_a_withheld_count_is_said_to_be_one() -> None:
    assert count_words(None) == "withheld" and count_words(0) == "0" and count_words(1204) == "1,204"
    said = support_sentence([("Focus", 44), ("Intensive", None)], 412)
    assert (
        "44 of 412 schools are proposed for Focus" in said
        and "The count for Intensive is withheld" in said
        and "0" not in said.replace("412", "").replace("44", "")
    )


@given(st.floats(0.5, 50), st.floats(0.5, 50))
def test_a_rate_is_more_or_less_as_it_is(rate: float, last: float) -> None:
    said = change_of_rate(rate, last)
    difference = round(rate - last, 2)
    assert ("more" in said) == (difference > 0) and ("less" in said) == (difference < 0)


def test_a_rate_without_one_before_is_not_compared() -> None:
    assert change_of_rate(9, None) == "There was no rate last year."
    assert change_of_rate(9, 6) == "£3.00 more for each pupil than last year’s £6.00, 50% more."


def test_what_is_decided_is_told_as_decided() -> None:
    assert support_sentence([("Focus", 1), ("Intensive", 2)], 60, decided=True) == "1 of 60 schools has Focus and 2 Intensive."
    assert (
        moves_sentence(3, 1, "17 September 2026")
        == "Since 17 September 2026 3 schools moved to more support and 1 school moved to less support."
    )
    assert moves_sentence(0, 0, "17 September 2026") == "No school moved to another tier since 17 September 2026."


def test_needs_are_counted_in_words_that_agree() -> None:
    assert needs_sentence(0, 0, 0, 0, 0).startswith("No need and no offer")
    one = needs_sentence(1, 1, 1, 1, 1)
    assert one == "1 need is open, and it is urgent; 1 match waits for the heads’ word; 1 day is on offer; help is under way in 1 school."
    assert "3 needs are open, 2 of them urgent" in needs_sentence(3, 2, 0, 9, 2)


def test_before_the_first_match_nobody_can_say_how_long_one_takes() -> None:
    assert "nobody can say" in wait_sentence(None)
    assert wait_sentence(0) == "Half of the needs with help agreed had both heads’ yes within 0 days."
    assert "1 day." in wait_sentence(1) and "12.5 days" in wait_sentence(12.5)


@pytest.mark.parametrize(
    ("wanting", "flagged", "said"),
    [
        (0, 0, "No school was found wanting in the last year."),
        (1, 0, "The one school found wanting in the last year had not been given more support before the visit."),
        (1, 1, "The one school found wanting in the last year had been given more support before the visit."),
        (5, 0, "Of 5 schools found wanting in the last year, none had been given more support before the visit."),
        (5, 4, "Of 5 schools found wanting in the last year, 4 had been given more support before the visit."),
        (5, 5, "Of 5 schools found wanting in the last year, all had been given more support before the visit."),
    ],
)
def test_whether_it_was_seen_coming(wanting: int, flagged: int, said: str) -> None:
    assert seen_sentence(wanting, flagged) == said


def test_how_far_ahead() -> None:
    assert ahead_sentence(None) == ""
    assert "7 months ahead or more" in ahead_sentence(7.2) and "a month ahead or less" in ahead_sentence(0.9)
