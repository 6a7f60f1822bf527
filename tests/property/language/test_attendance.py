"""Sentences of attendance say what the numbers say, whichever way round."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.language.attendance import attendance_sentence, monday_sentence, sessions_words
from headway.readings.attendance.few import Rates

DROPPED = "of pupils dropped sharply"
RATE = st.floats(40, 100, allow_nan=False)


def told(now: float, before: float | None) -> Rates:
    return Rates("", 400, now, before, 4.0, 2.0, 20.0, 2.0, 400)


@given(RATE, RATE)
def test_up_and_down_are_never_exchanged(now: float, before: float) -> None:
    said = attendance_sentence(told(now, before))
    assert (" up on " in said) is (round(abs(now - before), 1) > 0.05 and now > before) or abs(now - before) < 0.1
    assert not (" up on " in said and now < before)
    assert not (" down on " in said and now > before)


@given(RATE, RATE)
def test_above_and_below_england(now: float, england: float) -> None:
    said = attendance_sentence(told(now, None), england)
    assert not (" above England" in said and now < england)
    assert not (" below England" in said and now > england)
    assert "last year" not in said  # of a year that is not held nothing is said


@pytest.mark.parametrize(
    ("without", "fell", "nobody", "words"),
    [
        (
            23,
            4,
            2,
            f"23 severely absent pupils have no plan, and four groups {DROPPED}, with nobody yet acting on two of them.",
        ),
        (1, 0, 0, "One severely absent pupil has no plan, and no group of pupils dropped sharply."),
        (0, 1, 1, "Every severely absent pupil has a plan, and one group of pupils dropped sharply, with nobody yet acting on it."),
        (0, 2, 0, "Every severely absent pupil has a plan, and two groups of pupils dropped sharply; somebody acts on each."),
    ],
)
def test_monday_in_a_sentence(without: int, fell: int, nobody: int, words: str) -> None:
    assert monday_sentence(without, fell, nobody) == words


def test_the_very_sessions() -> None:
    day = date(2025, 11, 12)
    assert (
        sessions_words([(day, "AM", "O"), (day, "PM", "O"), (date(2026, 1, 13), "AM", "U")])
        == "12 November am and pm, O · 13 January am, U"
    )


def test_too_few_pupils_have_no_rate() -> None:
    assert (
        attendance_sentence(Rates("", None, None, None, None, None, None, None, None, ("attendance",)))
        == "Too few pupils to show attendance."
    )
