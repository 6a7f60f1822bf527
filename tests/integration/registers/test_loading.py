"""Files of registers land whole or not at all: what is refused, what changes nothing, what takes the place of what was before."""

import hmac
import random
import stat
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from headway.protected.schools import known_schools
from headway.registers.code_book import CodeBook
from headway.registers.faults import MARKED, NOT_A_NUMBER, OUTSIDE
from headway.registers.generations import Generations
from headway.registers.held import KEY
from headway.registers.identities import Identities
from headway.store.workspace import open_workspace
from headway.vocabulary.academic_year import AcademicYear
from tests.integration.registers.conftest import CALENDAR, MARKS, PUPILS, write

Load = Callable[..., list[dict[str, Any]]]
Schools = Callable[[str, int], list[int]]
CANARY = "Zebedee Canarywright"


@pytest.fixture
def urn(schools: Schools) -> int:
    return schools("primary", 1)[0]


def stored(home: Path) -> dict[tuple[int, str, str, str], str]:
    """(school, pupil's number, day, session) → code: everything that is held."""
    from headway.definitions.loading import library_for

    store, book = Generations(open_workspace(home)), CodeBook(library_for().attendance.codes)
    found = {}
    for year in store.years:
        held = store.year(year)
        for row, marks in enumerate(held.enrolments.marks):
            for slot in marks.nonzero()[0]:
                day, session = held.slots.session(int(slot))
                number = store.identities.number(held.enrolments.pupils[row].tobytes())
                found[(int(held.enrolments.urns[row]), number, day.isoformat(), session)] = book.code(int(marks[slot]))
    return found


def a_week(urn: int, first: str, codes: str = "//\\\\I", pupil: str = "P1") -> list[tuple[object, ...]]:
    day = date.fromisoformat(first)
    return [(urn, pupil, (day + timedelta(at // 2)).isoformat(), ("AM", "PM")[at % 2], code) for at, code in enumerate(codes)]


def test_marks_are_stored_as_they_stand_and_only_for_their_owner(home: Path, tmp_path: Path, load: Load, urn: int) -> None:
    rows = [*a_week(urn, "2025-09-01", "/\\IU"), *a_week(urn, "2025-09-01", "LCON", "P2"), (urn, "P2", "2025-09-03", "am", "C2")]
    (done,) = load(write(tmp_path / "marks.csv", MARKS, rows))
    assert (done["state"], done["rows"], done["changed"], done["schools"]) == ("landed", 9, 9, 1)
    assert stored(home) == {(urn, str(row[1]), str(row[2]), str(row[3]).upper()): str(row[4]) for row in rows}
    folder = home / "registers"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_the_same_file_twice_changes_nothing_even_after_a_correction(home: Path, tmp_path: Path, load: Load, urn: int) -> None:
    first = write(tmp_path / "monday.csv", MARKS, a_week(urn, "2025-09-01", "/N"))
    load(first)
    load(write(tmp_path / "tuesday.csv", MARKS, a_week(urn, "2025-09-01", "/I")))
    before = stored(home), (home / "registers/current.json").read_bytes()
    (done,) = load(first)
    assert done["state"] == "same"
    assert (stored(home), (home / "registers/current.json").read_bytes()) == before
    assert stored(home)[(urn, "P1", "2025-09-01", "PM")] == "I"


def test_a_correction_is_remembered_with_what_was_known_before(home: Path, tmp_path: Path, load: Load, urn: int) -> None:
    load(write(tmp_path / "a.csv", MARKS, a_week(urn, "2025-09-01", "/N")), "--received", "2025-09-01")
    load(write(tmp_path / "b.csv", MARKS, [*a_week(urn, "2025-09-01", "/I"), *a_week(urn, "2025-09-01", "I", "P2")]))
    changes = Generations(open_workspace(home)).year(AcademicYear(2025)).changes
    told = sorted(zip(map(chr, changes.before), map(chr, changes.after), changes.session.tolist(), changes.load.tolist(), strict=True))
    assert told == [("\0", "I", 0, 2), ("N", "I", 1, 2)]


FAULTS: dict[str, tuple[tuple[object, ...], str, str]] = {
    "code": (("{urn}", "P1", "2025-09-02", "AM", "!"), "code", "not a register code"),
    "retired": (("{urn}", "P1", "2025-09-02", "AM", "H"), "code", "a code that was not in force on that day"),
    "too new": (("{urn}", "P1", "2024-06-03", "AM", "Y3"), "code", "a code that was not in force on that day"),
    "two marks": (("{urn}", "P1", "2025-09-01", "AM", "I"), "code", "two different marks for one session"),
    "urn": (("12", "P1", "2025-09-02", "AM", "/"), "urn", "not a URN, which has six digits"),
    "wrong school": (("999999", "P1", "2025-09-02", "AM", "/"), "urn", "no list of schools that was loaded holds this URN"),
    "date": (("{urn}", "P1", "2025-13-02", "AM", "/"), "date", "not a date, as 2025-09-01 or 01/09/2025"),
    "session": (("{urn}", "P1", "2025-09-02", "EVE", "/"), "session", "not AM or PM"),
    "name": (("{urn}", CANARY, "2025-09-02", "AM", "/"), "pupil", NOT_A_NUMBER),
    "sunday": (("{urn}", "P1", "2025-09-07", "AM", "/"), "code", "a Saturday or Sunday that no calendar says is open"),
    "blank": (("{urn}", "P1", "2025-09-02", "AM", ""), "code", "nothing stands here"),
}  # fmt: skip


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_is_told_by_row_and_column_and_nothing_is_stored(home: Path, tmp_path: Path, load: Load, urn: int, kind: str) -> None:
    row, column, problem = FAULTS[kind]
    rows = [*a_week(urn, "2025-09-01"), tuple(str(cell).replace("{urn}", str(urn)) for cell in row)]
    (done,) = load(write(tmp_path / "marks.csv", MARKS, rows))
    assert done["state"] == "refused"
    assert done["code"] == "H-DATA-72"
    assert {"row": 6, "column": column, "problem": problem} in done["faults"]
    assert not stored(home)


def test_one_bad_file_among_good_ones_is_alone_in_being_refused(home: Path, tmp_path: Path, load: Load, urn: int) -> None:
    good = write(tmp_path / "in/a.csv", MARKS, a_week(urn, "2025-09-01"))
    write(tmp_path / "in/b.csv", MARKS, a_week(urn, "2025-09-08", "/?"))
    (tmp_path / "in/c.csv").write_text("nobody,knows\n1,2\n")
    done = {one["file"]: one for one in load(good.parent)}
    assert {name: one["state"] for name, one in done.items()} == {"a.csv": "landed", "b.csv": "refused", "c.csv": "refused"}
    assert done["c.csv"]["code"] == "H-DATA-70"
    assert len(stored(home)) == 5


def test_a_pupil_is_on_roll_from_one_day_to_another_and_may_come_back(home: Path, tmp_path: Path, load: Load, urn: int) -> None:
    spells = [(urn, "P1", 3, "F", "2025-09-01", "2025-09-02"), (urn, "P1", 3, "F", "2025-09-04", "")]
    load(write(tmp_path / "pupils.csv", PUPILS, spells), "--year", "2025/26")
    (done,) = load(write(tmp_path / "marks.csv", MARKS, a_week(urn, "2025-09-01", "//////////")))
    assert [(fault["row"], fault["problem"]) for fault in done["faults"]] == [
        (5, "a mark outside the days on which the pupil was on roll"), (6, "a mark outside the days on which the pupil was on roll"),
    ]  # fmt: skip
    (done,) = load(write(tmp_path / "other.csv", MARKS, a_week(urn, "2025-09-01", "//", "P9")))
    assert {fault["problem"] for fault in done["faults"]} == {"the pupil is not in the school's list of pupils"}


def test_a_list_of_pupils_that_came_first_follows_the_marks_to_their_year(home: Path, tmp_path: Path, load: Load, urn: int) -> None:
    load(write(tmp_path / "pupils.csv", PUPILS, [(urn, "P1", 3, "F", "2024-09-02", "")]))
    load(write(tmp_path / "marks.csv", MARKS, a_week(urn, "2024-09-02")))
    store = Generations(open_workspace(home))
    rows = store.year(AcademicYear(2024)).enrolments
    assert (rows.texts["year_group"].tolist(), rows.texts["sex"].tolist(), rows.listed.tolist()) == (["3"], ["girls"], [True])
    load(write(tmp_path / "next.csv", MARKS, [*a_week(urn, "2025-09-01"), *a_week(urn, "2025-09-01", pupil="P2")]))
    rows = Generations(open_workspace(home)).year(AcademicYear(2025)).enrolments
    assert sorted(rows.texts["year_group"].tolist()) == ["", "4"]  # a year older; of the other nobody has told
    assert not rows.listed.any()


def test_sundays_fifty_three_weeks_and_more_than_380_sessions_are_exact(home: Path, tmp_path: Path, load: Load, urn: int) -> None:
    days = [date(2024, 8, 19) + timedelta(at) for at in range((date(2025, 7, 31) - date(2024, 8, 19)).days + 1)]
    calendar = [(urn, day.isoformat(), session, "yes") for day in days for session in ("AM", "PM")]
    draw = random.Random(5)
    rows = [(urn, "P1", day, session, draw.choice(["/", "I", "O", "C2"])) for _, day, session, _ in calendar]
    load(write(tmp_path / "calendar.csv", CALENDAR, calendar))
    (done,) = load(write(tmp_path / "marks.csv", MARKS, rows))
    assert done["changed"] == len(rows) > 690
    assert stored(home) == {(urn, "P1", str(day), str(session)): code for _, _, day, session, code in rows}


def test_a_file_that_is_refused_moves_no_list_and_keeps_no_number(
    home: Path, tmp_path: Path, load: Load, schools: Callable[[str, int], list[int]]
) -> None:
    """Beside a good one, with which the store is written: a list of pupils would have followed its marks to their year."""
    own, other = schools("primary", 2)
    load(write(tmp_path / "pupils.csv", PUPILS, [(other, "B1", 3, "F", "2020-09-02", "")]), "--received", "2025-09-01")
    good = write(tmp_path / "in/a.csv", MARKS, a_week(own, "2025-09-01"))
    bad = [*a_week(other, "2024-09-02", pupil="B1"), (other, "B77", "2024-09-04", "AM", "??")]
    states = {done["file"]: done["state"] for done in load(write(tmp_path / "in/b.csv", MARKS, bad).parent)}
    assert states == {good.name: "landed", "b.csv": "refused"}
    store = Generations(open_workspace(home))
    listed = {str(year): store.year(year).enrolments for year in store.years}
    assert {year: rows.urns[rows.listed].tolist() for year, rows in listed.items() if rows.listed.any()} == {"2025/26": [other]}
    assert store.identities.keys(["P1", "B1"]).shape == (2, 16)
    assert not store.identities.changed  # both are kept
    store.identities.keys(["B77"])
    assert store.identities.changed  # it was met for the first time


def test_a_session_that_the_calendar_has_closed_has_no_marks(home: Path, tmp_path: Path, load: Load, urn: int) -> None:
    load(write(tmp_path / "calendar.csv", CALENDAR, [(urn, "2025-09-01", "AM", "inset"), (urn, "2025-09-01", "PM", "yes")]))
    (done,) = load(write(tmp_path / "marks.csv", MARKS, a_week(urn, "2025-09-01")))
    assert [(fault["row"], fault["problem"]) for fault in done["faults"]] == [(1, "the calendar says that the school is closed then")]


def test_a_calendar_does_not_close_a_session_in_which_pupils_have_marks_that_count(
    home: Path, tmp_path: Path, load: Load, urn: int
) -> None:
    """Whichever comes first, the other is refused; a register's own code for the closure agrees with the calendar, whatever the order."""
    closed = write(tmp_path / "calendar.csv", CALENDAR, [(urn, "2025-09-01", "AM", "strike"), (urn, "2025-09-02", "AM", "yes")])
    load(write(tmp_path / "marks.csv", MARKS, a_week(urn, "2025-09-01")))
    (done,) = load(closed)
    assert [(fault["row"], fault["column"], fault["problem"]) for fault in done["faults"]] == [(1, "open", MARKED)]
    load(write(tmp_path / "right.csv", MARKS, [(urn, "P1", "2025-09-01", "AM", "#")]))
    (done,) = load(closed)
    assert done["state"] == "landed"
    (done,) = load(write(tmp_path / "again.csv", MARKS, [(urn, "P1", "2025-09-01", "AM", "Y4")]))
    assert (done["state"], done["changed"]) == ("landed", 1)


def test_a_register_may_say_that_a_pupil_is_not_on_roll_yet(home: Path, tmp_path: Path, load: Load, urn: int) -> None:
    load(write(tmp_path / "pupils.csv", PUPILS, [(urn, "A1", 3, "F", "2025-09-02", "")]), "--year", "2025/26")
    (done,) = load(write(tmp_path / "marks.csv", MARKS, [(urn, "A1", "2025-09-01", "AM", "Z"), (urn, "A1", "2025-09-01", "PM", "/")]))
    assert [(fault["row"], fault["problem"]) for fault in done["faults"]] == [(2, OUTSIDE)]
    (done,) = load(write(tmp_path / "good.csv", MARKS, [(urn, "A1", "2025-09-01", "AM", "Z"), (urn, "A1", "2025-09-02", "AM", "/")]))
    assert done["state"] == "landed"


@pytest.mark.parametrize("kind", ["csv", "xlsx", "two rows"])
def test_wide_exports_of_what_schools_have(home: Path, tmp_path: Path, load: Load, urn: int, kind: str) -> None:
    heads = ["01/09/2025 AM", "01/09/2025 PM", "02/09/2025 AM"]
    sheet = [["UPN", "Surname", *heads], ["A123", CANARY, "/", "I", ""], ["A124", "Other", "L", "-", "C2"]]
    if kind == "two rows":
        sheet = [["Register"], ["UPN", "Surname", "01/09/2025", "", "02/09/2025"], ["", "", "AM", "PM", "AM"], *sheet[1:]]
    path = tmp_path / ("register.xlsx" if kind == "xlsx" else "register.csv")
    if kind == "xlsx":
        with xlsxwriter.Workbook(str(path)) as book:
            page = book.add_worksheet()
            for at, row in enumerate(sheet):
                page.write_row(at, 0, row)
    else:
        write(path, sheet[0], sheet[1:])
    (done,) = load(path, "--urn", urn)
    assert done["state"] == "landed", done
    wanted = {("A123", "2025-09-01", "AM"): "/", ("A123", "2025-09-01", "PM"): "I"}
    wanted |= {("A124", "2025-09-01", "AM"): "L", ("A124", "2025-09-02", "AM"): "C2"}
    assert stored(home) == {(urn, *key): code for key, code in wanted.items()}


def test_strings_of_marks_are_read_along_the_calendar(home: Path, tmp_path: Path, load: Load, urn: int) -> None:
    days = ["2025-09-01", "2025-09-03"]
    calendar = [(urn, day, session, "yes") for day in days for session in ("AM", "PM")]
    write(tmp_path / "in/calendar.csv", CALENDAR, [*calendar, (urn, "2025-09-02", "AM", "inset")])
    write(tmp_path / "in/strings.csv", ("urn", "pupil", "from", "marks"), [(urn, "P1", days[0], "/-I"), (urn, "P2", days[1], "C2 O")])
    assert {one["state"] for one in load(tmp_path / "in")} == {"landed"}
    assert stored(home) == {
        (urn, "P1", days[0], "AM"): "/", (urn, "P1", days[1], "AM"): "I", (urn, "P2", days[1], "AM"): "C2", (urn, "P2", days[1], "PM"): "O",
    }  # fmt: skip


def test_no_canary_anywhere(home: Path, tmp_path: Path, load: Load, urn: int, capfd: pytest.CaptureFixture[str]) -> None:
    for at, column in enumerate(MARKS):
        row: list[object] = list(a_week(urn, "2025-09-01")[0])
        row[at] = f"{CANARY} {at}"
        path = write(tmp_path / f"{column}.csv", (*MARKS, "name"), [(*row, CANARY), *((*one, CANARY) for one in a_week(urn, "2025-09-08"))])
        (done,) = load(path)
        assert done["state"] == "refused"
        assert "Canarywright" not in str(done)
    ragged = tmp_path / "ragged.csv"
    ragged.write_text(",".join(MARKS) + f"\n{urn},P1,2025-09-01,AM,/,{CANARY}\n")
    assert load(ragged)[0]["faults"][0] == {"row": 1, "column": "", "problem": "the row has not as many cells as the header"}
    seen = capfd.readouterr()
    everything = seen.out.encode() + seen.err.encode() + b"".join(path.read_bytes() for path in (home / "registers").iterdir())
    assert b"canarywright" not in everything.lower()


@pytest.mark.parametrize("secret", [b"short", b"k" * 32, b"long" * 40])
def test_a_key_is_the_keyed_hash_of_the_number(secret: bytes) -> None:
    found = Identities(secret, None).keys([" a1 b2", "Z9"], kind="parent")
    wanted = [hmac.new(secret, b"parent:" + number, "sha256").digest()[:KEY] for number in (b"A1B2", b"Z9")]
    assert [key.tobytes() for key in found] == wanted


def test_the_numbers_of_pupils_are_sealed(home: Path, tmp_path: Path, load: Load, urn: int) -> None:
    load(write(tmp_path / "marks.csv", MARKS, a_week(urn, "2025-09-01", pupil="X9876543")))
    assert ("X9876543") in {key[1] for key in stored(home)}
    assert b"X9876543" not in b"".join(path.read_bytes() for path in (home / "registers").iterdir())


def test_only_schools_of_the_list_are_known(home: Path, urn: int) -> None:
    assert urn in known_schools(open_workspace(home))
