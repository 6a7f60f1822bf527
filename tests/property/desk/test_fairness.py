"""Which gaps stand after several tests, and what is held back: held equal to a twin that asks of each group on its own."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from headway.desk.fairness.rules import State, standing
from headway.readings.tier_backtest.answers import GroupGap
from headway.readings.tier_backtest.keeping import Kept, open_gaps
from headway.stats.group_gaps import Beside, Difference

WIDE, NARROW = Difference(0.9, 0.5, 0.2, 0.6), Difference(0.55, 0.5, -0.1, 0.2)
FOUND = {"wide": WIDE, "narrow": NARROW, "few": None}
gaps = st.dictionaries(st.tuples(st.sampled_from(["points", "second_opinion"]), st.sampled_from("ab")), st.sampled_from(sorted(FOUND)))
histories = st.lists(st.tuples(st.sampled_from(["fall", "results"]), gaps), max_size=5)


def kept(at: int, outcome: str, found: dict[tuple[str, str], str], rules: str = "as it is") -> Kept:
    day = date(2018, 10, 1)
    rows = tuple(GroupGap(way, "size", Beside(group, 60, 12, FOUND[one], None), None) for (way, group), one in found.items())
    return Kept(f"test-{at}", "ours.v1", "Ours", rules, outcome, "", day, day, 100, "2026-11-26T00:00:00", "", "", 1000, 100, rows, None)


def made(history: list[tuple[str, dict[tuple[str, str], str]]]) -> list[Kept]:
    return [kept(at, *one) for at, one in enumerate(history)]


@given(histories)
def test_of_each_group_the_newest_test_that_could_say_something_counts(history: list[tuple[str, dict[tuple[str, str], str]]]) -> None:
    tests = made(history)  # the newest first
    expected = set()
    for outcome in ("fall", "results"):
        for key in ((way, group) for way in ("points", "second_opinion") for group in "ab"):
            told = [(at, found[key]) for at, (of, found) in enumerate(history) if of == outcome and found.get(key, "few") != "few"]
            if told and told[0][1] == "wide":
                expected.add((f"test-{told[0][0]}", *key))
    assert {(test.id, one.way, one.beside.group) for test, one in open_gaps(tests)} == expected


@given(histories, st.sets(st.sampled_from([f"test-{at}" for at in range(5)])))
def test_held_back_unless_every_test_with_a_gap_is_signed(history: list[tuple[str, dict[tuple[str, str], str]]], signed: set[str]) -> None:
    stands = standing("ours.v1", "as it is", made(history), signed)
    owed = {(test.id, one.way) for test, one in open_gaps(made(history))}
    for way in ("points", "second_opinion"):
        assert stands.holds_back(way) == any(name not in signed for name, of in owed if of == way)
    assert (stands.state is State.UNTESTED) == (not history)
    assert (stands.state is State.HELD) == any(stands.holds_back(way) for way in ("points", "second_opinion"))
    assert standing("ours.v1", "as it is", made(history), {f"test-{at}" for at in range(5)}).state is not State.HELD


def test_to_alter_a_scheme_or_to_test_too_few_takes_no_gap_away() -> None:
    gap = kept(1, "fall", {("points", "a"): "wide"}, rules="as it was")
    stands = standing("ours.v1", "as it is", [kept(0, "fall", {("points", "a"): "few"}, rules="as it was"), gap], ())
    assert stands.state is State.HELD and stands.altered and stands.to_sign == (gap,)
    assert standing("ours.v1", "as it is", [kept(0, "fall", {("points", "a"): "narrow"}), gap], ()).state is State.FAIR
    assert standing("ours.v1", "as it is", [kept(0, "fall", {("points", "a"): "few"})], ()).state is State.TOO_FEW
