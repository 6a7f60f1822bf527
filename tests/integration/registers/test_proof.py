"""What a figure rests on: the quotient is that of the files, codes add up, corrections name their file; columns matched by command."""

import csv
import hashlib
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from headway.readings.attendance.proof import proof
from headway.readings.attendance.proof_answers import Proof
from headway.readings.door import open_door
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import PUBLIC, Viewer
from tests.integration.registers.conftest import CALENDAR, MARKS, PUPILS, write
from tests.integration.registers.test_reading import a_day_in_march, loaded, marks, school_days, two

__all__ = ["a_day_in_march", "loaded", "two"]
Load = Callable[..., list[dict[str, Any]]]
ME, ADVISER = Viewer("me", sees_pupils=True), Viewer("adviser")
ABSENT = {"I", "O", "N", "U"}


def proved(home: Path, urn: int, viewer: Viewer = ME) -> Proof:
    found = proof(open_door(home), viewer, urn)
    assert found is not None
    return found


def test_each_quotient_is_that_of_the_rows_of_the_file(home: Path, loaded: list[date], two: list[int], tmp_path: Path) -> None:
    with (tmp_path / "in/marks.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if int(row["urn"]) == two[1] and row["code"] != "D"]
    attended = sum(row["code"] not in ABSENT for row in rows)
    found = proved(home, two[1])
    share = found.share("attendance")
    assert share is not None
    assert (share.numerator, share.denominator) == (attended, len(rows)) == (98, 99)
    assert share.value == pytest.approx(100 * 98 / 99)
    assert {one.code: one.sessions for one in found.codes} == {"/": 97, "L": 1, "U": 1, "D": 1}
    assert found.agrees
    assert [(one.what, one.many) for one in found.left_out] == [
        ("marks that are no possible session", 1), ("enrolments outside persistent absence", 1),
    ]  # fmt: skip
    digest = hashlib.sha256((tmp_path / "in/marks.csv").read_bytes()).hexdigest()
    (of_marks,) = [one for one in found.files if one.shape == "marks"]
    assert (of_marks.sha256, of_marks.sessions, of_marks.schools) == (digest, 50, 2)
    assert {one.shape for one in found.files} == {"marks", "pupils"}


def test_years_1_to_11_alone_are_told_as_the_department_counts(home: Path, loaded: list[date], two: list[int]) -> None:
    of_age = next(one for one in proved(home, two[1]).differs if "compulsory" in one.why)
    assert (of_age.numerator, of_age.denominator) == (48, 49)  # without the child in reception


def test_a_correction_names_its_file_and_an_n_how_far_the_figure_may_rise(home: Path, load: Load, tmp_path: Path, two: list[int]) -> None:
    days = school_days(date(2025, 9, 1), 4)
    load(write(tmp_path / "a.csv", MARKS, marks(two[0], "P1", days, "NNI")))
    load(write(tmp_path / "b.csv", MARKS, marks(two[0], "P1", days, "IN")))
    found = proved(home, two[0])
    assert [(one.sessions, one.corrected) for one in found.files] == [(0, 2), (40, 0)]  # I for N, / for I
    waits = next(one for one in found.differs if one.why.startswith("Reasons"))
    assert (waits.numerator, waits.denominator) == (39, 40)
    assert found.share("attendance").numerator == 38  # type: ignore[union-attr]


def test_marks_outside_the_roll_and_sessions_without_one_are_told(home: Path, load: Load, tmp_path: Path, two: list[int]) -> None:
    days = school_days(date(2025, 9, 1), 4)
    load(write(tmp_path / "cal.csv", CALENDAR, [(two[0], day, session, "yes") for day in days for session in ("AM", "PM")]))
    whole = marks(two[0], "P2", days)
    load(write(tmp_path / "a.csv", MARKS, [*marks(two[0], "P1", days)[:34], *whole[:10], *whole[13:]]))
    load(write(tmp_path / "p.csv", PUPILS, [(two[0], "P1", 3, "F", "2020-09-01", days[14]), (two[0], "P2", 3, "M", "2020-09-01", "")]))
    found = proved(home, two[0])
    assert {one.what: one.many for one in found.left_out} == {
        "marks outside a pupil’s days on roll": 4, "sessions of pupils on roll without a mark": 3,
    }  # fmt: skip
    attendance = found.share("attendance")
    assert attendance is not None
    assert attendance.denominator == 30 + 37


def test_figures_to_date_stand_beside_marks_of_the_same_day(home: Path, load: Load, tmp_path: Path, two: list[int]) -> None:
    days = school_days(date(2025, 9, 1), 4)
    load(write(tmp_path / "a.csv", MARKS, marks(two[0], "P1", days, "II")))
    figures = ("urn", "date", "possible", "authorised", "unauthorised")
    load(write(tmp_path / "b.csv", figures, [(two[0], days[4], 10, 1, 0), (two[1], days[4], 10, 1, 1)]))
    told, ours = (one for one in proved(home, two[0]).differs if one.value is not None and one.denominator == 10)
    assert (told.value, ours.value) == (90.0, 80.0)
    assert "10.0 points less" in ours.told
    assert all(one.value is None and one.numerator is None for one in proved(home, two[0], ADVISER).differs)  # of one pupil
    alone = proved(home, two[1])  # sends no marks
    assert (alone.basis, alone.agrees, alone.codes) == ("figures to date", None, ())
    assert [one.shape for one in alone.files] == ["school_totals"]


def test_who_may_not_see_pupils_gets_no_code_and_no_quotient_of_few(home: Path, loaded: list[date], two: list[int]) -> None:
    found = proved(home, two[0], ADVISER)
    assert (found.codes, found.left_out) == ((), ())
    assert {(one.value, one.numerator, one.denominator) for one in found.shares} == {(None, None, None)}  # two pupils
    assert all(one.numerator is None for one in found.differs)
    assert proof(open_door(home), Viewer("head", urns=frozenset({two[1]}), sees_pupils=True), two[0]) is None
    for nobody in (None, PUBLIC):
        with pytest.raises(HeadwayError, match="H-ACCESS-47"):
            proof(open_door(home), nobody, two[0])


def test_the_command_says_the_same(loaded: list[date], run: Callable[..., Result], two: list[int]) -> None:
    told = run("explain", two[0], "--viewer", "me").output
    assert "of 100 sessions" in told
    assert "add up to what the bit planes count" in told
    (found,) = json.loads(run("explain", two[0], "--viewer", "me", "--format", "json").stdout)
    assert found["shares"][0]["denominator"] == 100
    area = json.loads(run("explain", "--viewer", "me", "--format", "json").stdout)[0]
    assert area["shares"][0]["denominator"] == sum(one["possible"] for one in area["schools"]) == 199
    assert run("explain", two[0]).exit_code != 0  # who reads?


HEADS = ("School no", "Up to", "Sessions (possible)", "Auth abs", "Unauth abs", "Head teacher")
PAIRS = ("School no=urn", "Up to=date", "Sessions (possible)=possible", "Auth abs=authorised", "Unauth abs=unauthorised")


def pairs(*texts: str) -> list[str]:
    return [word for text in texts for word in ("--match", text)]


def test_columns_matched_once_by_command_are_known_for_the_next_file(
    home: Path, load: Load, run: Callable[..., Result], tmp_path: Path, two: list[int]
) -> None:
    first = write(tmp_path / "one.csv", HEADS, [(two[0], "2025-11-14", 100, 5, 2, "Wilhelmina Canary")])
    assert load(first)[0]["code"] == "H-DATA-70"
    told = json.loads(run("columns", first, "--format", "json").stdout)
    assert {row["match"] for row in told if row["needed"]} == set(PAIRS)
    assert "Canary" not in json.dumps(told)
    (done,) = load(first, *pairs(*PAIRS))
    assert (done["state"], done["shape"], done["columns_left_out"]) == ("landed", "school_totals", 1)
    again = write(tmp_path / "two.csv", HEADS, [(two[0], "2025-11-21", 110, 6, 2, "")])
    assert load(again)[0]["state"] == "landed"
    load(write(tmp_path / "three.csv", HEADS, [(two[0], "2025-11-28", 120, 6, 2, "")]), *pairs(*PAIRS))
    assert len(list((home / "library" / "attendance_exports").glob("matched*.yaml"))) == 1  # not twice


@pytest.mark.parametrize(
    ("given", "code"),
    [(PAIRS[:4], "enough"), ((*PAIRS[:4], "No such=unauthorised"), "no such heading"), ((*PAIRS, "Head teacher=surname"), "surname"),
     (("School no",), "H-USAGE-106"), ((*PAIRS[:4], "Auth abs=unauthorised"), "One column cannot be two things")],
)  # fmt: skip
def test_a_match_that_cannot_be_is_refused_and_nothing_is_kept(
    given: tuple[str, ...], code: str, home: Path, run: Callable[..., Result], tmp_path: Path, two: list[int]
) -> None:
    file = write(tmp_path / "one.csv", HEADS, [(two[0], "2025-11-14", 100, 5, 2, "Wilhelmina Canary")])
    result = run("load", file, *pairs(*given))
    assert result.exit_code != 0
    assert code in f"{result.exception} {result.output}"
    assert "Canary" not in f"{result.exception} {result.output}"
    assert not list((home / "library").rglob("matched*.yaml"))
