"""A back-test in words: caught and missed, beside the baseline, and never a chance called one that is not."""

from dataclasses import replace
from datetime import UTC, date, datetime

from headway.language.backtests import answer_sentence, backtest_lines, gap_sentences, ranked_sentence
from headway.readings.answers import SnapshotFacts
from headway.readings.tier_backtest.answers import Backtest, GroupGap, Lead, Ranked, Reason, SecondOpinion
from headway.stats.detection import Picked
from headway.stats.group_gaps import Beside, Difference
from headway.stats.logistic import Calibration

SNAPSHOT = SnapshotFacts("20261125T000000000000Z", datetime(2026, 11, 25, tzinfo=UTC), "abc", True, (("150", "Wrenford"),))
POINTS = Ranked("points", "The scheme’s points", Picked(100, 40, 150, 1000), 0.31, 0.66)
CALIBRATION = Calibration(0.95, 0.05, 150, 148.0, 1000)
OPINION = SecondOpinion(date(2016, 1, 31), date(2017, 1, 31), 900, 130, (Reason("Results low", 0.52),), CALIBRATION)
TITLE = "The next graded inspection finds the school less than good"
FOUND = Backtest(
    "ours.v1", "Ours", "inspection_fall", TITLE, date(2017, 1, 31), date(2020, 2, 28),
    SNAPSHOT, 1500, 1200, 1000, 150, 3, 40, Picked(80, 36, 150, 1000), Picked(60, 9, 150, 1000), 0.9, 0.8, 100, (POINTS,), (), (), (),
    Lead(36, 7.2, 12.9, 18.0), OPINION, (), ("A caution.",),
)  # fmt: skip


def gap(group: str, missed: Difference | None = None, flagged: Difference | None = None, by: str = "size") -> GroupGap:
    return GroupGap("points", by, Beside(group, 400, 60, missed, flagged), None)


def test_the_answer_counts_hits_and_false_alarms() -> None:
    assert answer_sentence(FOUND) == (
        "Of the 150 that fell, of 1,000 at risk whose outcome is known, the tiers had flagged 36 (24%, 18% to 31%). "
        "Of 80 flags 44 were false alarms: 45%, 35% to 56% fell."
    )
    assert "flagged none" in answer_sentence(replace(FOUND, flagged=Picked(0, 0, 150, 1000)))


def test_each_way_to_rank_has_recall_and_precision_at_the_capacity() -> None:
    assert ranked_sentence(POINTS) == (
        "The scheme’s points: the first 100 schools hold 40 that fell (27%, 20% to 34% of all that did); 40%, 31% to 50% of those picked "
        "fell. Over all thresholds: average precision 0.31, ranks a fall above a hold 66 times in 100."
    )


def test_chances_that_are_not_what_they_say_are_not_called_so() -> None:
    assert any("are about what they say: 148 falls expected, 150 seen" in line for line in backtest_lines(FOUND))
    bad = replace(FOUND, second_opinion=replace(OPINION, calibration=Calibration(0.4, 0.9, 150, 80.0, 1000)))
    assert any("must not be read as chances" in line for line in backtest_lines(bad))
    unknown = replace(FOUND, second_opinion=replace(OPINION, calibration=None))
    assert any("not enough evidence" in line for line in backtest_lines(unknown))


def test_how_early_is_told_of_inspections_and_not_of_results_which_are_looked_at_once() -> None:
    assert "became known 13 months after the day or later (middle half 7 to 18)." in " ".join(backtest_lines(FOUND))
    assert "looked at once, at the end" in " ".join(backtest_lines(replace(FOUND, lead=Lead(36, None, None, None))))
    assert "none was flagged early" in " ".join(backtest_lines(replace(FOUND, lead=Lead(0, None, None, None))))


def test_what_was_not_labelled_and_who_had_gone_are_told() -> None:
    said = " ".join(backtest_lines(FOUND))
    assert "Of 200 of 1,200 at risk it is not known what came; the outcome is known of 90% of the flagged and 80% of the others." in said
    assert "40 at risk have closed since; 3 falls were found under the number of a school that followed." in said
    assert said.endswith("A caution.")


def test_a_group_that_bears_more_of_the_errors_is_named_only_over_ten_points_and_beyond_chance() -> None:
    assert gap_sentences([gap("small", Difference(0.9, 0.6, 0.18, 0.4))]) == [
        "By the points: 90% of the falls among small schools were missed, 60% among all others: 30 points more, 95% limits 18 to 40."
    ]
    fewer = gap("academy", None, Difference(0.08, 0.2, -0.2, -0.04), "governance")
    assert "8% of academies that held were flagged, 20% among all others: 12 points fewer, 95% limits 4 to 20" in gap_sentences([fewer])[0]
    told = backtest_lines(replace(FOUND, gaps=(fewer,)))
    assert "Somebody has to answer for that before the scheme is used." in told and told[-1] == "A caution."
    assert not any("answer for" in line for line in backtest_lines(FOUND))
    assert gap_sentences([gap("small", Difference(0.9, 0.6, -0.01, 0.5)), gap("large", Difference(0.65, 0.6, 0.02, 0.08))]) == []
