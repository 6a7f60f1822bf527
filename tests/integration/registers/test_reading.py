"""The commands that read: whole files in, the numbers of the rule's words out; who may read, and what is written down."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from headway.readings.attendance.notice_history import Issued, allowed
from headway.readings.attendance.one_pupil import key_of
from headway.readings.attendance.summary import Asked, summary
from headway.readings.attendance.watch import sending
from headway.readings.door import open_door
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import PUBLIC, Viewer
from tests.integration.registers.conftest import CALENDAR, MARKS, PUPILS, write

Load = Callable[..., list[dict[str, Any]]]
ME = Viewer("me", sees_pupils=True)


@pytest.fixture(autouse=True)
def a_day_in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWAY_TODAY", "2026-03-31")


@pytest.fixture
def ask(run: Callable[..., Result]) -> Callable[..., list[dict[str, Any]]]:
    def command(*words: object) -> list[dict[str, Any]]:
        result = run(*words, "--viewer", "me", "--format", "json")
        assert result.exit_code == 0, (result.output, result.exception)
        found: list[dict[str, Any]] = json.loads(result.stdout)
        return found

    return command


def school_days(first: date, weeks: int) -> list[date]:
    return [first + timedelta(7 * week + day) for week in range(weeks) for day in range(5)]


def marks(urn: int, pupil: str, days: list[date], codes: dict[int, str] | str = "") -> list[tuple[object, ...]]:
    """Present, but for the codes at the sessions counted from 0."""
    there = dict(enumerate(codes)) if isinstance(codes, str) else codes
    sessions = [(day, session) for day in days for session in ("AM", "PM")]
    return [(urn, pupil, day, session, there.get(at, "/")) for at, (day, session) in enumerate(sessions)]


@pytest.fixture
def two(schools: Callable[[str, int], list[int]]) -> list[int]:
    return schools("primary", 2)


@pytest.fixture
def loaded(load: Load, tmp_path: Path, two: list[int]) -> list[date]:
    """Four pupils of two schools over five weeks of autumn: 50 sessions each."""
    days = school_days(date(2025, 9, 1), 5)
    one, other = two
    write(tmp_path / "in/marks.csv", MARKS, [
        *marks(one, "P1", days, "IIIII"), *marks(one, "P2", days, dict.fromkeys(range(30), "O")),
        *marks(other, "P3", days, "LUD"), *marks(other, "P4", days),
    ])  # fmt: skip
    pupils = [(one, "P1", 3, "F"), (one, "P2", 4, "M"), (other, "P3", 3, "F"), (other, "P4", "R", "M")]
    write(tmp_path / "in/pupils.csv", PUPILS, [(*row, "2020-09-01", "") for row in pupils])
    assert {done["state"] for done in load(tmp_path / "in")} == {"landed"}
    return days


def test_a_summary_of_the_whole_area(loaded: list[date], ask: Callable[..., list[dict[str, Any]]]) -> None:
    (whole,) = ask("summary")
    assert (whole["possible"], whole["authorised"], whole["unauthorised"], whole["enrolments"]) == (199, 5, 31, 4)
    assert (whole["persistent"], whole["severe"], whole["decided"], whole["too_early"]) == (2, 1, 3, 0)  # reception is not counted
    assert (whole["late_before_close"], whole["late_after_close"]) == (1, 1)
    assert whole["attendance_rate"] == 100 * 163 / 199
    assert (whole["first"], whole["last"], whole["settled"]) == ("2025-09-01", "2025-10-03", False)


def test_by_school_week_weekday_and_attribute_and_over_the_last_weeks(loaded: list[date], ask: Callable[..., Any], two: list[int]) -> None:
    assert [(row["school"], row["possible"]) for row in ask("summary", "--by", "school")] == [(str(two[0]), 100), (str(two[1]), 99)]
    assert [row["unauthorised"] for row in ask("summary", "--by", "week")] == [11, 10, 10, 0, 0]
    assert [row["absent"] for row in ask("summary", "--by", "weekday")] == [9, 8, 7, 6, 6]
    assert {row["year_group"]: row["possible"] for row in ask("summary", "--by", "year_group")} == {"3": 99, "4": 50, "R": 50}
    assert [row["possible"] for row in ask("summary", "--weeks", 2)] == [80]
    assert [row["too_early"] for row in ask("summary", "--weeks", 2)] == [3]
    assert ask("summary", "--by", "half_term")[0]["half_term"] == "Autumn 1"
    assert [row["possible"] for row in ask("summary", "--where", "sex=girls", "--from", "2025-09-08")] == [80]
    assert ask("summary", "--reasons")[0]["reason_illness"] == 5


def test_a_day_that_has_not_come_is_not_counted(loaded: list[date], ask: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADWAY_TODAY", "2025-09-05")
    (whole,) = ask("summary")
    assert (whole["possible"], whole["last"]) == (39, "2025-09-05")


def test_the_same_weeks_of_term_of_the_year_before(load: Load, tmp_path: Path, ask: Callable[..., Any], two: list[int]) -> None:
    was, now = school_days(date(2024, 9, 2), 6), school_days(date(2025, 9, 1), 2)
    load(write(tmp_path / "was.csv", MARKS, marks(two[0], "P1", was, dict.fromkeys((0, 25, 41), "I"))))
    load(write(tmp_path / "now.csv", MARKS, marks(two[0], "P1", now)))
    (row,) = ask("summary", "--last-year")
    assert (row["possible"], row["before_possible"]) == (20, 20)
    assert row["before_attendance_rate"] == 95.0


def test_codes_that_changed_are_not_mixed_unasked(
    load: Load, tmp_path: Path, run: Callable[..., Result], ask: Callable[..., Any], two: list[int]
) -> None:
    load(write(tmp_path / "a.csv", MARKS, marks(two[0], "P1", school_days(date(2023, 9, 4), 4), "H")))
    load(write(tmp_path / "b.csv", MARKS, marks(two[0], "P1", school_days(date(2024, 8, 12), 4))))
    result = run("summary", "--year", "2024/25", "--viewer", "me")
    assert isinstance(result.exception, HeadwayError)
    assert result.exception.code == "H-VALIDITY-51"
    assert len(ask("summary", "--year", "2024/25", "--across-regimes")) == 1
    result = run("summary", "--year", "2024/25", "--from", "2024-08-19", "--last-year", "--viewer", "me", "--format", "json")
    assert "before_possible" not in json.loads(result.stdout)[0]
    assert "had other register codes" in result.stderr


def test_four_in_july_and_six_in_september_met_then_withdrawn(load: Load, tmp_path: Path, ask: Callable[..., Any], two: list[int]) -> None:
    one, other = two
    july, september = school_days(date(2025, 7, 7), 2), school_days(date(2025, 9, 1), 3)
    first, second = (tmp_path / f"{name}.csv" for name in ("july", "september"))
    load(write(first, MARKS, marks(one, "A7", july, {16: "O", 17: "O", 18: "O", 19: "O"})), "--received", "2025-07-18")
    load(write(second, MARKS, marks(other, "A7", september, "UUUUUN")), "--received", "2025-09-19")
    (met,) = ask("thresholds")
    assert (met["urn"], met["pupil"], met["first_met"], len(met["sessions"])) == (other, "A7", "2025-09-03", 10)
    assert [(item["code"], item["urn"]) for item in met["sessions"]][:5] == [("O", one)] * 4 + [("U", other)]
    assert not met["provisional"]
    assert ask("thresholds", "--known-on", "2025-09-18") == []
    load(write(tmp_path / "put-right.csv", MARKS, [(other, "A7", "2025-09-03", "PM", "I")]), "--received", "2025-09-26")
    assert ask("thresholds") == []
    assert ask("thresholds", "--known-on", "2025-09-25") == [met]
    (gone,) = ask("thresholds", "--withdrawn")
    assert (gone["pupil"], gone["first_met"], gone["known_from"], gone["withdrawn_on"]) == ("A7", "2025-09-03", "2025-09-19", "2025-09-26")


def test_notices_that_stand_are_counted_and_what_led_to_one_is_not(
    load: Load, tmp_path: Path, ask: Callable[..., Any], two: list[int]
) -> None:
    days = school_days(date(2025, 9, 1), 8)
    load(write(tmp_path / "marks.csv", MARKS, marks(two[0], "P1", days, dict.fromkeys((*range(10), *range(20, 30)), "O"))))
    assert [row["notices"] for row in ask("thresholds")] == [0, 0]
    header = ("urn", "pupil", "parent", "issued", "withdrawn", "paid")
    load(
        write(
            tmp_path / "notices.csv",
            header,
            [(two[0], "P1", "G1", "2025-09-12", "", ""), (two[0], "P1", "G2", "2025-09-12", "2025-09-20", "")],
        )
    )
    assert [(row["first_met"], row["notices"]) for row in ask("thresholds")] == [("2025-09-19", 1), ("2025-09-05", 1)]


NOTICES = ("urn", "pupil", "parent", "issued", "withdrawn", "paid")


@pytest.fixture
def moved(load: Load, home: Path, tmp_path: Path, two: list[int]) -> str:
    """The key of a child at a second school, who had another number and ten sessions away at the first, and two notices there."""
    one, other = two
    july, september = school_days(date(2025, 7, 7), 2), school_days(date(2025, 9, 1), 4)
    header = (*PUPILS, "person")
    write(tmp_path / "was/pupils.csv", header, [(one, "A1", 3, "F", "2020-09-01", "2025-07-18", "C7"), (one, "B2", 3, "F", "", "", "C8")])
    write(tmp_path / "was/marks.csv", MARKS, [*marks(one, "A1", july, "O" * 10), *marks(one, "B2", july)])
    write(tmp_path / "now/pupils.csv", header, [(other, "B2", 4, "F", "2025-09-01", "", "C7")])
    write(tmp_path / "now/marks.csv", MARKS, marks(other, "B2", september, "O" * 16))
    write(tmp_path / "now/notices.csv", NOTICES, [(one, "A1", "G1", "2025-09-03", "", ""), (one, "A1", "G2", "2025-09-03", "", "")])
    assert {done["state"] for folder in ("was", "now") for done in load(tmp_path / folder)} == {"landed"}
    return persons_key(home, other, "B2")


def test_a_notice_is_of_the_child_whatever_the_number_at_the_school(moved: str, ask: Callable[..., Any], two: list[int]) -> None:
    """Of B2 at the first school, who is another child with the number that this one has now, it is not."""
    assert [(row["urn"], row["first_met"], row["notices"]) for row in ask("thresholds")] == [
        (two[1], "2025-09-10", 1), (two[0], "2025-07-11", 1),
    ]  # fmt: skip


def test_two_notices_are_the_most_of_one_parent_for_one_child_at_any_school(moved: str, home: Path, two: list[int]) -> None:
    one, other = two
    day, first = date(2025, 9, 26), date(2025, 9, 10)
    asked: list[frozenset[str]] = []
    was = persons_key(home, one, "A1")

    def step(*issued: Issued, parent: str = "p1") -> tuple[bool, int | None]:
        found = allowed(open_door(home), ME, other, moved, parent, [day], lambda keys: asked.append(keys) or list(issued))  # type: ignore[func-returns-value]
        return found.allowed, found.number

    assert step() == (True, 2)  # two parents had one each: this one is at most one of them
    assert {was, moved} <= asked[0]
    assert step(Issued(one, was, "p1", first, None, None)) == (False, None)
    assert step(Issued(one, was, "p2", first, None, None)) == (True, 2)
    assert step(Issued(one, moved, "p1", first, None, None)) == (True, 2)  # the number of another child there
    the_same = [Issued(one, was, parent, date(2025, 9, 3), None, None) for parent in ("p1", "p2")]
    assert step(*the_same) == (True, 2)  # what the file says again
    assert step(*the_same, parent="p3") == (True, 1)


def persons_key(home: Path, urn: int, number: str) -> str:
    found = key_of(open_door(home), ME, urn, number)
    assert found
    return found


def test_who_needs_somebody_to_look(load: Load, tmp_path: Path, ask: Callable[..., Any], two: list[int]) -> None:
    days = school_days(date(2025, 9, 1), 7)
    rows = [*marks(two[0], "S1", days, dict.fromkeys(range(40), "I")), *marks(two[0], "D1", days, dict.fromkeys(range(62, 70), "I")),
            *marks(two[0], "F1", days, "I"), *marks(two[0], "Q1", days, dict.fromkeys(range(7), "I"))]  # fmt: skip
    load(write(tmp_path / "marks.csv", MARKS, rows))
    found = {(row["kind"], row["pupil"]): row for row in ask("watch")}
    assert set(found) == {("severe", "S1"), ("persistent", "D1"), ("persistent", "Q1"), ("drop", "D1")}
    drop = found[("drop", "D1")]
    assert (drop["recent_rate"], drop["before_rate"]) == (60.0, 100.0)
    assert [row["pupil"] for row in ask("watch", "--kind", "severe")] == ["S1"]


def test_who_has_left_is_in_the_figures_and_in_no_list_of_whom_to_look_at(
    load: Load, tmp_path: Path, ask: Callable[..., Any], two: list[int]
) -> None:
    days = school_days(date(2025, 9, 1), 7)
    away = dict.fromkeys(range(40), "I")
    write(tmp_path / "in/pupils.csv", PUPILS, [(two[0], "S1", 3, "F", "", ""), (two[0], "S2", 3, "F", "", days[-1])])
    write(tmp_path / "in/marks.csv", MARKS, [*marks(two[0], "S1", days, away), *marks(two[0], "S2", days, away)])
    load(tmp_path / "in")
    assert [row["pupil"] for row in ask("watch")] == ["S1"]
    assert {row["pupil"] for row in ask("watch", "--to", days[-1])} == {"S1", "S2"}  # on the last day she was there
    assert ask("summary")[0]["severe"] == 2


def test_schools_that_do_not_send_are_told_first(load: Load, tmp_path: Path, home: Path, two: list[int]) -> None:
    load(write(tmp_path / "a.csv", MARKS, marks(two[0], "P1", school_days(date(2025, 9, 1), 3))))
    load(write(tmp_path / "b.csv", MARKS, marks(two[1], "P2", school_days(date(2025, 9, 1), 2))))
    found = sending(open_door(home), ME)
    told = {one.urn: one.behind for one in found}
    assert (told[two[0]], told[two[1]]) == (0, 5)
    assert found[0].last is None
    assert found[0].behind == 15


def test_only_a_named_viewer_who_may_see_pupils_and_only_their_patch(
    loaded: list[date], home: Path, run: Callable[..., Result], two: list[int]
) -> None:
    for words in (("summary",), ("thresholds", "--viewer", "somebody"), ("watch",), ("sending",)):
        result = run(*words)
        assert isinstance(result.exception, HeadwayError)
        assert result.exception.code == "H-ACCESS-47"
    door = open_door(home)
    for viewer in (None, PUBLIC, Viewer("head", sees_early=True)):
        with pytest.raises(HeadwayError):
            summary(door, viewer, Asked())
    head = Viewer("head", urns=frozenset({two[1]}), sees_pupils=True)
    assert [line.counts.possible for line in summary(door, head, Asked(by=("school",))).lines] == [99]
    assert {one.urn for one in sending(door, head)} == {two[1]}
    last = json.loads((home / "registers/access.log").read_text().splitlines()[-1])
    assert (last["verb"], last["viewer"], last["what"]) == ("read", "head", "sending")


def test_a_calendar_makes_a_school_week_even_when_nobody_has_a_mark(
    load: Load, tmp_path: Path, ask: Callable[..., Any], two: list[int]
) -> None:
    days = school_days(date(2025, 9, 1), 12)
    rows = marks(two[0], "P1", [*days[:5], *days[-5:]], {0: "O", **dict.fromkeys(range(10, 19), "O")})
    load(write(tmp_path / "marks.csv", MARKS, rows))
    assert len(ask("thresholds")) == 1
    load(write(tmp_path / "calendar.csv", CALENDAR, [(two[0], day, session, "yes") for day in days for session in ("AM", "PM")]))
    assert ask("thresholds") == []


WRONG = {
    "H-USAGE-98": ("summary", "--by", "height"),
    "H-USAGE-106": ("summary", "--where", "tall"),
    "H-USAGE-63": ("summary", "--to", "x"),
    "H-DATA-73": ("summary", "--year", "2019/20"),
}


@pytest.mark.parametrize("code", WRONG)
def test_what_cannot_be_asked_is_told(loaded: list[date], run: Callable[..., Result], code: str) -> None:
    result = run(*WRONG[code], "--viewer", "me")
    assert isinstance(result.exception, HeadwayError)
    assert result.exception.code == code
