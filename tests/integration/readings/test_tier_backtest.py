"""The time machine on a made-up country: naive twins of its labels and counts, successors followed, nothing later than the day used."""

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import duckdb
import numpy as np
import pytest
from typer.testing import CliRunner

from headway.cli.main import app
from headway.readings.columns import EVERY_DAY, columns, many_days
from headway.readings.door import Door, open_door
from headway.readings.tier_backtest.answers import Backtest
from headway.readings.tier_backtest.labels import _state, at_risk
from headway.readings.tier_backtest.running import Test as Asked
from headway.readings.tier_backtest.running import backtest, every_year_of, outcome_named
from headway.readings.tier_proposal.asking import Question, gather
from headway.readings.tier_proposal.known import known_by
from headway.readings.tier_proposal.proposing import scheme_named
from headway.store.snapshots import current
from headway.vocabulary.answer import Answer
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import PUBLIC, Viewer

THEN, END = date(2018, 10, 1), date(2022, 10, 1)


@pytest.fixture(scope="module")
def door(example: Path) -> Door:
    return open_door(example)


@pytest.fixture(scope="module")
def found(door: Door) -> Backtest:
    return backtest(door, Asked(THEN, END))


def graded(door: Door, urn: int) -> list[tuple[date, bool]]:
    """(day known, less than good) of each graded inspection of a school on the scale of overall grades, in order."""
    rows = door.lookup.rows("SELECT inspected, published, grade FROM inspection WHERE urn = ? AND judgement = 'overall_effectiveness' "
                            "AND scale = 'four_grades' ORDER BY inspected", [urn])  # fmt: skip
    return sorted((published or inspected + timedelta(days=60), grade in "34") for inspected, published, grade in rows)


def test_labels_are_those_of_a_naive_twin(door: Door, found: Backtest) -> None:
    chain = door.lookup.rows("SELECT urn, of_urn FROM chain")
    for one in found.schools:
        numbers = [one.urn, *(urn for urn, of in chain if of == one.urn)]
        later = sorted((known, less) for number in numbers for known, less in graded(door, number) if THEN < known <= END)
        if later:
            assert (one.known, one.fell) == later[0]
        else:
            assert one.fell is None
        before = [less for known, less in graded(door, one.urn) if known <= THEN]
        assert not before or before[-1] is False, "only schools that were good or better are at risk"


def test_the_counts_are_those_of_the_schools(found: Backtest) -> None:
    labelled = [one for one in found.schools if one.fell is not None]
    flagged = [one for one in labelled if one.tier in ("light_touch", "focus", "intensive")]
    assert found.at_risk == len(found.schools) and found.labelled == len(labelled)
    assert found.fell == sum(bool(one.fell) for one in labelled) > 0
    assert (found.flagged.flagged, found.flagged.caught) == (len(flagged), sum(bool(one.fell) for one in flagged))
    undecided = [one for one in labelled if one.tier == "not_enough_evidence"]
    assert found.undecided.flagged == len(undecided)
    for line in found.frontier:
        above = [one for one in labelled if one.points >= line.points]
        assert line.picked.flagged >= len(above), "floors put schools at the points where their tier begins"
    assert [line.picked.recall for line in found.frontier] == sorted((line.picked.recall for line in found.frontier), reverse=True)
    assert {one.name for one in found.ranked} == {"points", "previous_grade"}
    assert all(one.at_capacity.flagged == pytest.approx(found.capacity) for one in found.ranked)


def test_groups_too_small_to_judge_say_nothing(found: Backtest) -> None:
    for one in found.groups:
        assert (one.missed is None) == bool(one.why)
        if one.missed is not None:
            assert one.units >= 50 and one.fell >= 10
            assert (one.missed_low or 0) <= one.missed <= (one.missed_high or 0)


@pytest.fixture
def changed(example: Path, tmp_path: Path) -> Path:
    home = tmp_path / "changed"
    shutil.copytree(example, home)
    snapshot = current(home)
    assert snapshot is not None
    snapshot.path.chmod(0o600)
    return home


def rewrite(home: Path, *statements: tuple[str, list[object]]) -> Door:
    snapshot = current(home)
    assert snapshot is not None
    with duckdb.connect(str(snapshot.path)) as con:
        for sql, values in statements:
            con.execute(sql, values)
    return open_door(home)


def test_a_school_judged_inadequate_closed_and_reopened_under_another_number_stays_as_a_fall(found: Backtest, changed: Path) -> None:
    """Of one that held: its later inspections are taken from it, it closes, and a new school that follows it is judged inadequate."""
    held = next(one for one in found.schools if one.fell is False and one.under is None)
    new, day = 999_999, date(2020, 3, 1)
    door = rewrite(
        changed,
        ("DELETE FROM inspection WHERE urn = ? AND inspected > ?", [held.urn, THEN - timedelta(days=70)]),
        ("DELETE FROM chain WHERE of_urn = ?", [held.urn]),
        ("UPDATE establishment SET status = 'closed', closed = ? WHERE urn = ?", [date(2019, 8, 31), held.urn]),
        ("INSERT INTO chain VALUES (?, ?, 2009, 2019)", [new, held.urn]),
        ("INSERT INTO inspection SELECT ?, ?, ?, 'four_grades', 'overall_effectiveness', '4', 'Inadequate', source, file_id, row "
         "FROM inspection LIMIT 1", [new, day, day]),
    )  # fmt: skip
    after = backtest(door, Asked(THEN, END))
    [one] = [line for line in after.schools if line.urn == held.urn]
    assert (one.fell, one.known, one.under) == (True, day, new)
    assert after.fell == found.fell + 1
    assert after.under_successor == found.under_successor + 1


def test_what_came_later_changes_labels_and_nothing_else(found: Backtest, changed: Path) -> None:
    noise = "value = 97 * random(), denominator = 900 * random(), position = random()"
    door = rewrite(
        changed,
        (f"UPDATE reading SET {noise} WHERE year >= 2018", []),
        ("UPDATE inspection SET grade = '4' WHERE coalesce(published, inspected + INTERVAL 60 DAY) > ?", [THEN]),
    )
    after = backtest(door, Asked(THEN, END))
    assert [(one.urn, one.tier, one.points) for one in after.schools] == [(one.urn, one.tier, one.points) for one in found.schools]
    assert after.labelled >= found.labelled and after.fell > found.fell


def test_by_measures_apart_from_inspection(door: Door) -> None:
    by_results = backtest(door, Asked(THEN, date(2020, 1, 31), outcome="results_lowest"))
    assert by_results.labelled and not any("inspected" in one for one in by_results.cautions)


def test_several_years_and_a_second_opinion_taught_on_the_year_before(door: Door) -> None:
    several = list(every_year_of(door, Asked(date(2016, 10, 1), date(2016, 10, 1)), date(2019, 10, 1), 3))
    assert [one.as_of.year for one in several] == [2016, 2017, 2018, 2019]
    assert several[0].second_opinion is None
    for one in several[1:]:
        if one.second_opinion:
            assert one.second_opinion.trained_until <= one.as_of
            assert all(0 < line.chance < 1 for line in one.schools if line.chance is not None)


def test_questions_that_cannot_be_scored_say_so(door: Door) -> None:
    for asked, code in (
        (Asked(THEN, END, outcome="nothing"), "H-USAGE-94"),
        (Asked(END, THEN), "H-USAGE-95"),
        (Asked(THEN, END, taught_on=END), "H-USAGE-95"),
        (Asked(date(1999, 1, 1), date(1999, 2, 1)), "H-USAGE-96"),
    ):
        with pytest.raises(HeadwayError, match=code):
            backtest(door, asked)


def test_the_command_says_it_in_words_and_in_rows(example: Path) -> None:
    import json

    words = CliRunner().invoke(app, ["tiers", "backtest", "--as-of", "2018-10-01", "--until", "2022-10-01", "--home", str(example)])
    assert words.exit_code == 0, words.output
    for said in ("Of the ", "The newest grade, and the years since", "Not enough evidence", "unlabelled", "knew what came after"):
        assert said in words.stdout
    rows = CliRunner().invoke(
        app, ["tiers", "backtest", "--as-of", "2018-10-01", "--until", "2022-10-01", "--home", str(example), "--format", "json"]
    )
    [row] = json.loads(rows.stdout)
    assert row["labelled"] and row["frontier"] and {one["name"] for one in row["ranked"]} == {"points", "previous_grade"}


def test_a_measure_read_once_for_many_days_says_what_it_says_read_for_each(door: Door) -> None:
    days = [date(2014, 10, 1), date(2017, 3, 1), date(2019, 10, 1), date(2023, 1, 15)]
    viewers = [PUBLIC, Viewer("early", sees_early=True), Viewer("a head", urns=frozenset({900004, 900010}), sees_early=True)]
    measures = ["ks2.rwm_expected", "context.fsm", "context.roll", "attendance.overall_absence", "ks4.attainment8"]
    rows = 0
    for measure in measures:
        for viewer in viewers:
            asked = [(year, known_by(door.library, day).get(measure, set())) for day in days for year in (day.year, day.year - 3)]
            one_by_one = [columns(door, viewer, measure, "all", year - 9, year, known) for year, known in asked]
            with many_days(door):
                at_once = [columns(door, viewer, measure, "all", year - 9, year, known) for year, known in asked]
            for one, other in zip(one_by_one, at_once, strict=True):
                rows += len(one.urn)
                for name, column in vars(one).items():
                    np.testing.assert_array_equal(column, getattr(other, name), err_msg=f"{measure} {name}")
    assert rows > 1_000 and EVERY_DAY not in door.kept


def test_schools_of_the_same_grades_are_at_risk_together_as_one_by_one(door: Door) -> None:
    outcome = outcome_named(door, "inspection_fall")
    gathered = gather(door, PUBLIC, Question(scheme_named(door), THEN))
    found = at_risk(gathered, outcome)
    plain = replace(gathered, by_grades={})
    assert found == [_state(plain, outcome, at)[0] is Answer.NOT_MET for at in range(len(plain.wanted))]
    assert 0 < sum(found) < len(found)
