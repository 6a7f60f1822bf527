"""The life of a strategy, who reads it when, and what a change needs."""

from datetime import date
from itertools import pairwise, product

import pytest

from headway.desk.strategy.rules import (
    AGREED,
    ALLOWED,
    ENDED,
    MOVES,
    Audience,
    Reader,
    Standing,
    State,
    faults_of_change,
    faults_of_move,
    is_overdue,
    life_page,
    moves_from,
    needed_to_read,
    tally,
)  # fmt: skip
from tests.architecture.tree import ROOT


def test_the_life_in_its_order_is_allowed() -> None:
    given = {"reason": "Because.", "body": "Cabinet", "minute": "minute 44"}
    order = list(State)
    for source, target in pairwise(order):
        assert faults_of_move(source, target, **given) == {}, (source, target)


def test_what_is_not_in_the_table_is_refused() -> None:
    given = {"reason": "Because.", "body": "Cabinet", "minute": "minute 44"}
    for source, target in product(State, State):
        assert bool(faults_of_move(source, target, **given)) is ((source, target) not in ALLOWED)


def test_no_state_but_the_last_is_a_dead_end_and_every_one_is_reached() -> None:
    assert [state for state in State if not moves_from(state)] == [State.CLOSED]
    assert {move.target for move in MOVES} == set(State) - {State.DRAFT}


def test_all_that_a_decision_lacks_is_told_at_once() -> None:
    assert set(faults_of_move(State.REVISED, State.DECIDED, body=" ")) == {"body", "minute"}
    assert set(faults_of_move(State.REVIEWED, State.CLOSED)) == {"reason", "body", "minute"}
    assert set(faults_of_move(State.ACTIVE, State.REVIEWED)) == {"reason"}


@pytest.mark.parametrize("state", State)
def test_what_was_agreed_changes_only_with_a_reason_and_what_is_closed_not_at_all(state: State) -> None:
    assert bool(faults_of_change(state, " ")) is (state in AGREED or state is State.CLOSED)
    assert bool(faults_of_change(state, "The measure ended.")) is (state is State.CLOSED)


@pytest.mark.parametrize(
    ("state", "audience", "decided", "reader"),
    [
        (State.DRAFT, Audience.EVERYBODY, False, Reader.TEAM),
        (State.CONSULTATION, Audience.EVERYBODY, False, Reader.AREA),
        (State.REVISED, Audience.EVERYBODY, False, Reader.TEAM),
        (State.DECIDED, Audience.EVERYBODY, True, Reader.ANYBODY),
        (State.ACTIVE, Audience.HERE, True, Reader.AREA),
        (State.CLOSED, Audience.EVERYBODY, True, Reader.ANYBODY),
        (State.CLOSED, Audience.EVERYBODY, False, Reader.TEAM),  # given up before it was decided
        (State.REVISED, Audience.EVERYBODY, True, Reader.TEAM),  # taken back after a call-in
    ],
)
def test_who_reads_it(state: State, audience: Audience, decided: bool, reader: Reader) -> None:
    assert needed_to_read(state, audience, decided) is reader


def test_what_has_ended_is_never_late() -> None:
    day = date(2026, 11, 25)
    for standing in [*Standing, ""]:
        assert is_overdue(date(2026, 11, 24), standing, day) is (standing not in ENDED)
        assert not is_overdue(day, standing, day)
    assert not is_overdue(None, "", day)


def test_an_action_without_a_word_is_counted_as_such() -> None:
    assert tally({1: "green", 2: "", 3: "green"}) == {"green": 2, "amber": 0, "red": 0, "done": 0, "stopped": 0, "": 1}


def test_the_page_of_the_life_in_the_docs_is_current() -> None:
    assert (ROOT / "docs/reference/strategy-life.md").read_text() == life_page()
