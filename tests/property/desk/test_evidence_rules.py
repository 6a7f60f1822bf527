"""How strong evidence is, and who moves a practice where: what may never happen, whatever is written down."""

from hypothesis import given
from hypothesis import strategies as st

from headway.desk.evidence_library.rules import LEVELS, MOVES, may_move, results_words, strength

SOURCES = st.lists(st.sampled_from(["high", "moderate", "low", "none"]), max_size=4)
RESULTS = st.lists(st.sampled_from(["better", "worse", "level", "unknown"]), max_size=5)


@given(SOURCES, RESULTS, st.sampled_from(["high", "moderate", "low", "none"]))
def test_another_source_never_weakens_and_a_weak_one_never_strengthens(sources: list[str], results: list[str], more: str) -> None:
    before, after = strength(sources, results), strength([*sources, more], results)
    assert LEVELS.index(after) >= LEVELS.index(before)
    if more in ("low", "none"):
        assert after == before


@given(SOURCES, RESULTS)
def test_a_worse_result_is_never_hidden_by_a_better_one(sources: list[str], results: list[str]) -> None:
    assert strength(sources, [*results, "worse"]) in ("tried", "outside")
    assert (strength(sources, results) in ("seen", "both")) == ("better" in results and "worse" not in results)


@given(RESULTS)
def test_every_result_is_counted_the_bad_ones_too(results: list[str]) -> None:
    said = results_words(results)
    told = sum(int(word) for word in said.replace(":", " ").split() if word.isdigit())
    assert told == (2 * len(results) if results else 0)


@given(st.sampled_from(sorted(MOVES)), st.sampled_from(sorted(MOVES)), st.booleans(), st.booleans(), st.booleans())
def test_moves_are_those_of_the_table_by_those_who_may(state: str, to: str, team: bool, leads: bool, own: bool) -> None:
    moved = may_move(state, to, team=team, leads=leads, own=own)
    assert not moved or to in MOVES[state]
    assert not (moved and to == "reviewed" and own)
    assert not (moved and to == "published" and not leads)
    assert not may_move(state, to, team=False, leads=False, own=False)


def test_nothing_is_published_that_was_not_reviewed() -> None:
    """Every way to `published` goes through `reviewed`, or was published before."""
    assert {state for state, tos in MOVES.items() if "published" in tos} == {"reviewed", "published"}
