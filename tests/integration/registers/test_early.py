"""Early warning from files to words: who is flagged, who is not, what an honest action clears, what two viewers see."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from headway.language.early import flag_words, flags_answer
from headway.readings.attendance.early.asking import Asked
from headway.readings.attendance.early.done import Done
from headway.readings.attendance.early.pupils import drifting, flags, patterns
from headway.readings.attendance.early.schools import clusters, school_anomalies
from headway.readings.door import open_door
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import Viewer
from tests.integration.registers.conftest import MARKS, PUPILS, write

Load = Callable[..., list[dict[str, Any]]]
ME = Viewer("me", sees_pupils=True)
DAYS = [date(2025, 9, 1) + timedelta(7 * week + day) for week in range(12) for day in range(5)]
SESSIONS = [(day, session) for day in DAYS for session in ("AM", "PM")]
AWAY = {
    "D1": dict.fromkeys((103, 106, 108, 111, 114, 117), "I"),  # drifts: six of the last twenty, none before
    "D2": dict.fromkeys((20, 21, 40, 41, 60, 61), "I"),  # as much as ever
    "M3": {2 * at + half: "O" for at in range(0, 60, 5) for half in (0, 1)},  # every Monday
}  # fmt: skip


@pytest.fixture(autouse=True)
def a_day_in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWAY_TODAY", "2025-11-22")


@pytest.fixture
def one(schools: Callable[[str, int], list[int]], load: Load, tmp_path: Path) -> int:
    """A school of four pupils over twelve weeks."""
    urn = schools("primary", 2)[0]
    rows = [(urn, pupil, day, session, AWAY.get(pupil, {}).get(at, "/")) for pupil in ("D1", "D2", "M3", "P4")
            for at, (day, session) in enumerate(SESSIONS)]  # fmt: skip
    write(tmp_path / "in/marks.csv", MARKS, rows)
    siblings = {"D1": "F1", "M3": "F1"}
    listed = [(urn, pupil, 4, "F", "2020-09-01", "", siblings.get(pupil, "")) for pupil in ("D1", "D2", "M3", "P4")]
    write(tmp_path / "in/pupils.csv", (*PUPILS, "siblings"), listed)
    assert {done["state"] for done in load(tmp_path / "in")} == {"landed"}
    return urn


def test_who_drifts_and_what_clears_it(one: int, home: Path) -> None:
    door = open_door(home)
    found = drifting(door, ME, Asked())
    (flag,) = found.flags
    assert (flag.pupil, flag.since, flag.stands) == ("D1", SESSIONS[103][0], True)
    assert (flag.facts["long"], flag.facts["past"], flag.facts["past_missed"], flag.facts["stretches"]) == (6, 100, 0, 5)
    assert (flag.siblings.linked, flag.siblings.also) == (1, 1)  # type: ignore[union-attr]  # the sibling misses every Monday
    assert flag_words(flag).startswith("Missed 6 of 20 of the last sessions, in 6 spells")
    assert "The sibling is flagged" in flag_words(flag)
    assert flags_answer(found) == "One pupil is flagged, of 4, with marks to Friday 21 November 2025."

    def stands(what: str, on: date) -> bool:
        return drifting(door, ME, Asked(done=(Done(one, "D1", what, on),))).flags[0].stands

    assert not stands("meeting", date(2025, 11, 19))
    assert not stands("plan", date(2025, 11, 21))
    assert stands("plan", date(2025, 10, 1))  # before it was up
    assert stands("plan", date(2025, 12, 1))  # not done yet
    assert stands("plan", SESSIONS[103][0])  # five sessions were missed since
    with pytest.raises(HeadwayError, match="H-USAGE-118"):
        drifting(door, ME, Asked(done=(Done(one, "D1", "opened", date(2025, 11, 19)),)))


def test_every_monday_is_a_pattern_and_a_patch_sees_its_own(one: int, home: Path) -> None:
    door = open_door(home)
    found = patterns(door, ME, Asked())
    assert [(flag.pupil, flag.kind, flag.facts["there"]) for flag in found.flags] == [("M3", "monday", 12)]
    assert "Of 12 days away 12 are Mondays; 12 of 60 days on roll are Mondays." in flag_words(found.flags[0])
    assert flags(door, Viewer("other", urns=frozenset({1}), sees_pupils=True), Asked()).flags == []
    assert flags(door, ME, Asked(urns=(1,))).pupils == 0
    with pytest.raises(HeadwayError, match="H-ACCESS-47"):
        flags(door, Viewer("nobody"), Asked())


def test_a_day_before_it_began_knows_nothing_of_it(one: int, home: Path) -> None:
    assert drifting(open_door(home), ME, Asked(until=date(2025, 11, 7))).flags == []
    early = drifting(open_door(home), ME, Asked(until=date(2025, 9, 19)))
    assert (early.flags, early.past_too_short, early.pupils) == ([], 4, 4)


def test_the_command_tells_flags_in_words_and_clears_them(one: int, run: Callable[..., Result], tmp_path: Path) -> None:
    result = run("early", "--viewer", "me", "--format", "json")
    assert result.exit_code == 0, (result.output, result.exception)
    told = json.loads(result.stdout)
    assert [(row["kind"], row["pupil"], row["stands"]) for row in told] == [
        ("drop", "D1", True), ("drifting", "D1", True), ("monday", "M3", True)
    ]  # fmt: skip
    assert "nothing is decided by it alone" in result.stderr
    done = write(tmp_path / "done.csv", ("urn", "pupil", "what", "on"), [(one, "D1", "meeting", "2025-11-20")])
    rows = json.loads(run("early", "--viewer", "me", "--format", "json", "--done", done).stdout)
    assert [(row["pupil"], row["stands"]) for row in rows] == [("M3", True), ("D1", False), ("D1", False)]
    bad = write(tmp_path / "bad.csv", ("urn", "pupil"), [(one, "D1")])
    assert run("early", "--viewer", "me", "--done", bad).exception.code == "H-USAGE-119"  # type: ignore[union-attr]
    assert run("early", "--viewer", "me", "--kind", "moody").exception.code == "H-USAGE-98"  # type: ignore[union-attr]
    for show in ("clusters", "codes"):
        assert run("early", "--viewer", "me", "--show", show).exit_code == 0


def test_one_school_cannot_be_compared(one: int, home: Path) -> None:
    found = school_anomalies(open_door(home), ME, Asked())
    assert found.schools == []
    assert "Too few primary schools" in found.notes[0]
    assert clusters(open_door(home), ME, Asked()).groups == []
