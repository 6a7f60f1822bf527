"""An attack on everything public together, earlier releases among it, and what changed between two releases."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headway.desk.publication.rules import MOVES, Facts, State, attacked, diff, may_move
from headway.readings.school_counts import ALL, Elsewhere, counted, lines, owners, with_sums

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
    found = attacked([facts(dict(made.numbers), set(made.hidden))])
    assert not found.leaks and found.tried == len(made.hidden)


def test_a_table_that_gives_a_small_count_away_is_found() -> None:
    made = counted(
        {("light", "academy"): 20, ("light", "maintained"): 3, ("focus", "academy"): 9, ("focus", "maintained"): 30}, ROWS, COLUMNS
    )
    leaks = attacked([facts(dict(made.numbers), {("light", "maintained")})]).leaks
    assert [(one.cell, one.low, one.high) for one in leaks] == [("light|maintained", 3, 3)]
    assert "it must be 3" in leaks[0].words


def test_an_earlier_release_that_shows_another_cell_gives_it_away_too() -> None:
    made = counted(
        {("light", "academy"): 20, ("light", "maintained"): 3, ("focus", "academy"): 9, ("focus", "maintained"): 30}, ROWS, COLUMNS
    )
    now = facts(dict(made.numbers), set(made.hidden))
    assert not attacked([now]).leaks
    earlier = facts(dict(made.numbers), {("light", "maintained"), ("focus", "maintained")})  # two in one column only
    leaks = attacked([earlier, now]).leaks
    assert ("light|maintained", 3, 3) in [(one.cell, one.low, one.high) for one in leaks]
    assert not attacked([facts(dict(made.numbers), set(made.hidden), "another day"), now]).leaks


COLUMN_SUMS = frozenset({(ALL, ALL), (ALL, "academy"), (ALL, "maintained")})


@pytest.mark.slow
@settings(max_examples=8)
@given(
    st.fixed_dictionaries({(row, column): st.integers(0, 12) for row in ROWS for column in COLUMNS}),
    st.lists(st.dictionaries(st.sampled_from([(row, column) for row in ROWS for column in COLUMNS]), st.integers(1, 4)), max_size=3),
)
def test_what_is_withheld_survives_the_list_of_schools_and_what_heads_and_trusts_know(numbers: dict, shares: list) -> None:
    holders = tuple({cell: min(many, numbers[cell]) for cell, many in one.items() if numbers[cell]} for one in shares)
    elsewhere = Elsewhere(COLUMN_SUMS, holders, heads=True)
    assert not attacked([guarded(numbers, elsewhere, elsewhere)]).leaks


def guarded(numbers: dict, told: Elsewhere, known: Elsewhere) -> Facts:
    """A table made under one assumption of what is known besides, to be attacked under another."""
    made = counted(numbers, ROWS, COLUMNS, (), told)
    plain = facts(dict(made.numbers), set(made.hidden))
    outside = {f"{row}|{column}": float(made.numbers[(row, column)]) for row, column in known.known}
    shares = (with_sums(own) for own in owners(made.numbers, made.hidden, known) if own)
    holders = tuple({f"{row}|{column}": many for (row, column), many in one.items()} for one in shares)
    return replace(plain, outside=outside, holders=holders)


def test_a_sum_that_is_withheld_and_stands_in_the_list_of_schools_gives_a_count_away() -> None:
    numbers = {("light", "academy"): 20, ("light", "maintained"): 9, ("focus", "academy"): 9, ("focus", "maintained"): 3}
    made = counted(numbers, ROWS, COLUMNS)
    shown = set(made.hidden) | {(ALL, "maintained")} - {("light", "maintained")}
    open_ = facts(dict(made.numbers), {("focus", "maintained"), ("focus", "all"), (ALL, "maintained"), (ALL, ALL)})
    assert shown and not attacked([open_]).leaks
    beside = replace(open_, outside={"all|maintained": 12.0, "all|all": 41.0, "all|academy": 29.0})
    found = attacked([beside])
    assert [(one.cell, one.low, one.high, one.by) for one in found.leaks if one.cell == "focus|maintained"] == [
        ("focus|maintained", 3, 3, "whoever has the official files")
    ]
    assert "to whoever has the official files" in found.leaks[0].words and found.ways[1].found


def test_what_official_files_tell_by_themselves_is_not_given_away_by_these_pages() -> None:
    """Three special schools in the list of schools: nobody can keep secret that each tier has at most three of them."""
    elsewhere = Elsewhere(COLUMN_SUMS)
    numbers = {("light", "academy"): 40, ("light", "maintained"): 1, ("focus", "academy"): 30, ("focus", "maintained"): 2}
    assert not attacked([guarded(numbers, elsewhere, elsewhere)]).leaks
    made = counted(numbers, ROWS, COLUMNS, (), elsewhere)
    assert not made.hidden & COLUMN_SUMS and {("light", "maintained"), ("focus", "maintained")} <= made.hidden


def test_a_trust_that_knows_its_own_schools_works_out_the_rest_where_only_strangers_were_thought_of() -> None:
    numbers = {("light", "academy"): 40, ("light", "maintained"): 30, ("focus", "academy"): 5, ("focus", "maintained"): 6}
    trust = Elsewhere(COLUMN_SUMS, ({("focus", "academy"): 5, ("focus", "maintained"): 2},))
    leaks = attacked([guarded(numbers, Elsewhere(COLUMN_SUMS), trust)]).leaks
    assert ("focus|academy", 0, 4) in [(one.cell, one.low, one.high) for one in leaks] and "of their own schools" in leaks[0].words
    assert not attacked([guarded(numbers, trust, trust)]).leaks


def test_what_follows_from_published_figures_is_said_not_to_be_protected() -> None:
    made = counted({("light", "academy"): 20, ("light", "maintained"): 3}, ROWS, COLUMNS)
    found = attacked([replace(facts(dict(made.numbers), {("light", "maintained")}), follows=True)])
    assert not found.leaks and found.tried == 0
    assert found.ways[-1].tried == 1 and "Nothing protects them" in found.ways[-1].note


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
