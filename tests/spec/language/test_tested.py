"""The page of a kept back-test in words: caught, how early, false alarms; of the area's own schools counts and no shares."""

from dataclasses import replace

from headway.language.tested import beside_sentence, own_sentence, seen_sentence
from headway.readings.tier_backtest.answers import Lead, Ranked, SchoolLine
from headway.stats.detection import Picked
from tests.spec.language.test_backtests import FOUND, POINTS


def school(urn: int, *, flagged: bool, fell: bool | None) -> SchoolLine:
    return SchoolLine(urn, f"School {urn}", "focus" if flagged else "secure", 5, flagged, None, (), fell, None, None)


def test_the_answer_tells_caught_how_early_and_false_alarms() -> None:
    assert seen_sentence(FOUND) == (
        "Of 150 schools that later fell, the rules had flagged 36, half of them 13 months or more before it was known; "
        "44 were flagged that did not fall."
    )
    one = replace(FOUND, fell=1, flagged=Picked(1, 1, 1, 1000), lead=Lead(1, 1.0, 1.0, 1.0))
    assert seen_sentence(one) == (
        "Of 1 school that later fell, the rules had flagged 1, 1 month before it was known; none was flagged that did not fall."
    )
    none = replace(FOUND, fell=0, flagged=Picked(2, 0, 0, 1000))
    assert seen_sentence(none) == "None of the 1,000 schools whose outcome is known fell; the rules had flagged 2 of them."
    missed = replace(FOUND, flagged=Picked(1, 0, 150, 1000), lead=Lead(0, None, None, None))
    assert seen_sentence(missed) == "Of 150 schools that later fell, the rules had flagged 0; 1 was flagged that did not fall."


def test_our_own_schools_are_counted_and_what_is_not_known_counts_for_nothing() -> None:
    lines = [school(1, flagged=True, fell=True), school(2, flagged=False, fell=True), school(3, flagged=True, fell=False),
             school(4, flagged=True, fell=None), school(5, flagged=False, fell=False)]  # fmt: skip
    assert own_sentence("Wrenford", lines) == (
        "Of 2 schools of Wrenford that later fell, of 4 whose outcome is known, the rules had flagged 1; 1 was flagged that did not fall."
    )
    held = "Of 2 schools of Wrenford whose outcome is known none fell; 1 was flagged that did not fall."
    assert own_sentence("Wrenford", lines[2:]) == held
    assert own_sentence("Wrenford", lines[3:4]) == "Of no school of Wrenford is it known what came of it."


def test_beside_the_grade_and_a_draw_by_lot() -> None:
    grade = Ranked("previous_grade", "The newest grade", Picked(100, 17.4, 150, 1000), 0.2, 0.5)
    assert beside_sentence(replace(FOUND, ranked=(POINTS, grade))) == (
        "Of the 150 that fell, the first 100 schools hold 40 by the points, 17 by the grade that was known and 15 by lot."
    )
    assert beside_sentence(replace(FOUND, fell=0)) == ""
