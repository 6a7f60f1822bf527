"""What goes out of registers: public figures, tidy files, the digest; and the commands of early warning on made-up registers."""

import csv
import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from headway.papers.tidy_screening import screened
from headway.readings.attendance.one_school import one_school
from headway.readings.attendance.public import public_figures
from headway.readings.door import open_door
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import PUBLIC, Viewer
from tests.integration.registers.conftest import MARKS, PUPILS, write

Load = Callable[..., list[dict[str, Any]]]
ME = Viewer("me", sees_pupils=True)
DAYS = [date(2025, 9, 1) + timedelta(7 * week + day) for week in range(4) for day in range(5)]
SIZES = (40, 30, 12, 4)  # pupils of each school; the last is too small for any figure
AWAY = (9, 3, 2, 2)  # of them persistently absent


@pytest.fixture(autouse=True)
def the_end_of_september(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWAY_TODAY", "2025-09-27")


@pytest.fixture
def four(schools: Callable[[str, int], list[int]], load: Load, tmp_path: Path) -> list[int]:
    urns = schools("primary", 4)
    marks, pupils = [], []
    for urn, size, away in zip(urns, SIZES, AWAY, strict=True):
        for number in range(size):
            pupil = f"P{urn}{number}"
            pupils.append((urn, pupil, 3, "F", "2020-09-01", ""))
            marks += [
                (urn, pupil, day, session, "O" if number < away and day.weekday() < 2 else "/") for day in DAYS for session in ("AM", "PM")
            ]
    write(tmp_path / "in/marks.csv", MARKS, marks)
    write(tmp_path / "in/pupils.csv", PUPILS, pupils)
    assert {done["state"] for done in load(tmp_path / "in")} == {"landed"}
    return urns


def test_no_small_number_is_public(four: list[int], home: Path) -> None:
    found = public_figures(open_door(home), ME)
    by_urn = {one.urn: one for one in found.figures if one.urn}
    assert found.left_out == 1
    assert four[3] not in by_urn
    assert [by_urn[urn].persistent for urn in four[:3]] == [10, None, None]
    assert [by_urn[urn].enrolments for urn in four[:3]] == [40, 30, 10]
    assert found.figures[0].possible == 82 * 40  # without the school that is left out, to the nearest ten
    with pytest.raises(HeadwayError, match="H-ACCESS-47"):
        public_figures(open_door(home), PUBLIC)


def test_a_reason_of_few_sessions_is_not_told_by_the_others_their_sum_or_the_lates(
    schools: Callable[[str, int], list[int]], load: Load, home: Path, tmp_path: Path
) -> None:
    """Unauthorised absence is shown, and so its reasons cannot all be but one; what comes after the register closed is one of them."""
    (urn,) = schools("primary", 1)
    codes = [*"UUUU", *"O" * 10, *"N" * 30, *"I" * 50, *"LL"]
    sessions = [(f"P{number}", day, session) for number in range(10) for day in DAYS for session in ("AM", "PM")]
    rows = [(urn, *at, codes[place] if place < len(codes) else "/") for place, at in enumerate(sessions)]
    load(write(tmp_path / "marks.csv", MARKS, rows))
    told, exact = (one_school(open_door(home), Viewer("me", sees_pupils=sees), urn) for sees in (False, True))
    assert told is not None
    assert exact is not None
    assert {name: many for name, many, _ in told.reasons} == {
        "illness": 50, "no_reason_yet": 30, "other_unauthorised": None, "late_after_close": None,
    }  # fmt: skip
    assert told.late == (None, None)
    assert ({many for _, many, _ in exact.reasons}, exact.late) == ({50, 30, 10, 4}, (2, 4))


def test_tidy_files_pass_the_published_checks(four: list[int], run: Callable[..., Result], tmp_path: Path) -> None:
    assert run("tidy", tmp_path / "out", "--viewer", "me").exit_code == 0
    data, meta = (list(csv.DictReader((tmp_path / "out" / name).read_text(encoding="utf-8").splitlines())) for name in (
        "pupil_attendance_202526.csv", "pupil_attendance_202526.meta.csv",
    ))  # fmt: skip
    assert screened(data, meta) == []
    by_urn = {row["school_urn"]: row for row in data if row["geographic_level"] == "School"}
    schools = [by_urn[str(urn)] for urn in four[:3]]
    assert [row["enrolments_pa_10_exact"] for row in schools] == ["10", "c", "c"]
    assert [row["enrolments_pa_10_exact_perc"] for row in schools[1:]] == ["c", "c"]
    counts = [row[name] for row in data for name in ("enrolments", "possible_sessions", "enrolments_pa_10_exact")]
    assert all(value == "c" or int(value) % 10 == 0 for value in counts)
    assert {row["time_period"] for row in data} == {"202526"}


def test_the_digest_names_no_pupil_and_the_public_one_no_small_number(
    four: list[int], run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = run("digest", "--viewer", "me")
    assert told.exit_code == 0, (told.output, told.exception)
    assert "Attendance, week of 22 September 2025 (marks to Friday 26 September)" in told.stdout
    assert "16 persistently absent" in told.stdout
    assert "16 pupils met the penalty-notice threshold" not in told.stdout  # met in an earlier week
    assert not re.search(r"P\d{6}", told.stdout)
    public = run("digest", "--public", "--viewer", "me").stdout
    assert "about 10 of 80 pupils" in public
    counts = [json.loads(run("digest", "--public", "--viewer", "me", "--to", day, "--format", "json").stdout) for day in (
        "2025-09-22", "2025-09-27",
    )]  # fmt: skip
    for one, other in zip(*counts, strict=True):
        for name in ("enrolments", "possible", "unauthorised", "told"):
            assert (other[name] - one[name]) % 10 == 0


def test_nothing_is_predicted_without_a_full_year(four: list[int], run: Callable[..., Result]) -> None:
    told = run("early", "--show", "predicted", "--viewer", "me")
    assert told.exit_code == 0, (told.output, told.exception)
    assert "no full past year" in told.stderr
    assert "no full past year" in run("early", "--calibration", "--viewer", "me").stderr
