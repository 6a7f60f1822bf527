"""An attack on everything public together, earlier releases among it, and what changed between two releases."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.desk.publication.rules import MOVES, Facts, State, attacked, diff, may_move
from headway.readings.school_counts import counted, lines

ROWS, COLUMNS = ("light", "focus"), ("academy", "maintained")


def facts(numbers: dict, hidden: set, subject: str = "tiers") -> Facts:
    sums = tuple((f"{one.total[0]}|{one.total[1]}", tuple(f"{row}|{column}" for row, column in one.parts)) for one in lines(ROWS, COLUMNS))
    return Facts(
        subject, {f"{row}|{column}": None if (row, column) in hidden else number for (row, column), number in numbers.items()}, sums
    )


@settings(max_examples=10)
@given(st.fixed_dictionaries({(row, column): st.integers(0, 12) for row in ROWS for column in COLUMNS}))
def test_what_is_withheld_by_our_rule_survives_the_attack(numbers: dict) -> None:
    made = counted(numbers, ROWS, COLUMNS)
    leaks, tried = attacked([facts(dict(made.numbers), set(made.hidden))])
    assert leaks == [] and tried == len(made.hidden)


def test_a_table_that_gives_a_small_count_away_is_found() -> None:
    made = counted(
        {("light", "academy"): 20, ("light", "maintained"): 3, ("focus", "academy"): 9, ("focus", "maintained"): 30}, ROWS, COLUMNS
    )
    leaks, _ = attacked([facts(dict(made.numbers), {("light", "maintained")})])
    assert [(one.cell, one.low, one.high) for one in leaks] == [("light|maintained", 3, 3)]
    assert "it must be 3" in leaks[0].words


def test_an_earlier_release_that_shows_another_cell_gives_it_away_too() -> None:
    made = counted(
        {("light", "academy"): 20, ("light", "maintained"): 3, ("focus", "academy"): 9, ("focus", "maintained"): 30}, ROWS, COLUMNS
    )
    now = facts(dict(made.numbers), set(made.hidden))
    assert attacked([now])[0] == []
    earlier = facts(dict(made.numbers), {("light", "maintained"), ("focus", "maintained")})  # two in one column only
    leaks, _ = attacked([earlier, now])
    assert ("light|maintained", 3, 3) in [(one.cell, one.low, one.high) for one in leaks]
    assert attacked([facts(dict(made.numbers), set(made.hidden), "another day"), now])[0] == []


def test_two_releases_that_contradict_each_other_are_an_error() -> None:
    with pytest.raises(ValueError, match="shown as"):
        attacked([Facts("s", {"a": 7}, ()), Facts("s", {"a": 8}, ())])


def test_what_changed_between_two_releases() -> None:
    found = diff({"a": "1", "b": "1", "c": "1"}, {"a": "1", "b": "2", "d": "1"})
    assert (found.new, found.changed, found.gone) == (("d",), ("b",), ("c",))
    assert diff({"a": "1"}, {"a": "1"}).empty


def test_only_a_draft_becomes_public() -> None:
    assert [one for one in State if may_move(one, State.LIVE)] == [State.DRAFT]
    assert MOVES.keys() == set(State)
