"""The life of a consultation, what may be asked, and which counts may be shown. No database."""

from datetime import date

import pytest

from headway.desk.consultation.rules import (
    MOVES,
    Kind,
    State,
    faults_of_move,
    faults_of_question,
    is_open,
    moves_from,
    people_words,
    shown_counts,
    tally,
)

READY = {"questions": 1, "waiting": 0, "themes": 1, "unanswered": 0}


@pytest.mark.parametrize(("source", "target"), list(MOVES))
def test_each_step_of_the_table_may_be_taken(source: State, target: State) -> None:
    assert faults_of_move(source, target, **READY) == []


def test_every_other_step_is_refused() -> None:
    refused = [(one, other) for one in State for other in State if (one, other) not in MOVES]
    assert all(faults_of_move(one, other, **READY) for one, other in refused)
    assert moves_from(State.ANSWERED) == []


@pytest.mark.parametrize(
    ("target", "changed", "said"),
    [
        (State.OPEN, {"questions": 0}, "asks nothing"),
        (State.ANSWERED, {"waiting": 1}, "1 response waits"),
        (State.ANSWERED, {"themes": 0}, "no theme"),
        (State.ANSWERED, {"unanswered": 2}, "2 themes do not say"),
    ],
)
def test_what_keeps_it_from_its_next_step(target: State, changed: dict[str, int], said: str) -> None:
    source = State.DRAFT if target == State.OPEN else State.CLOSED
    (fault,) = faults_of_move(source, target, **{**READY, **changed})
    assert said in fault


def test_it_takes_answers_on_its_first_and_last_day() -> None:
    first, last = date(2026, 1, 10), date(2026, 2, 10)
    taken = [is_open(State.OPEN, first, last, day) for day in (date(2026, 1, 9), first, last, date(2026, 2, 11))]
    assert taken == [False, True, True, False]
    assert not is_open(State.CLOSED, first, last, first)


def test_questions_and_their_answers() -> None:
    assert faults_of_question(Kind.WORDS, []) == []
    assert faults_of_question(Kind.WORDS, ["Yes"])
    assert faults_of_question(Kind.ONE, ["Yes"])
    assert faults_of_question(Kind.ONE, ["Yes", "yes"])
    assert faults_of_question(Kind.SEVERAL, ["Yes", "No"]) == []


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 10, "b": 20}, {"a": 10, "b": 20}),
        ({"a": 10, "b": 0}, {"a": 10, "b": 0}),
        ({"a": 3, "b": 20, "c": 9}, {"a": None, "b": 20, "c": None}),  # the next smallest goes with it
        ({"a": 3, "b": 4, "c": 9}, {"a": None, "b": None, "c": 9}),
        ({"a": 1, "b": 1, "c": 9, "d": 12}, {"a": None, "b": None, "c": None, "d": 12}),  # two people would be told apart
        ({"a": 3, "b": 0}, {"a": None, "b": None}),
        ({}, {}),
    ],
)
def test_small_counts_are_not_shown_nor_what_gives_them_away(counts: dict[str, int], shown: dict[str, int | None]) -> None:
    assert shown_counts(counts) == shown


def test_where_several_may_be_chosen_those_who_did_not_are_kept_too() -> None:
    given = [["bus"]] * 9 + [["bus", "walk"]] * 6 + [["walk"]] * 2
    found = tally("How?", ["bus", "walk", "car"], given, Kind.SEVERAL)
    assert dict(found.rows) == {"bus": None, "walk": 8, "car": 0}  # two of 17 did not choose the bus


def test_of_fewer_than_five_answers_nothing_is_shown() -> None:
    found = tally("How?", ["bus", "walk"], [["bus"]] * 4, Kind.ONE)
    assert found.answered == "fewer than 5 responses"
    assert dict(found.rows) == {"bus": None, "walk": None}


def test_how_many_in_words() -> None:
    assert [people_words(count) for count in (0, 1, 4, 5, 1200)] == [
        "no responses", "fewer than 5 responses", "fewer than 5 responses", "5 responses", "1,200 responses"
    ]  # fmt: skip
