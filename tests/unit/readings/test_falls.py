"""Which groups fell: a planted outbreak is found; one pupil who stopped coming, a bad week for everybody, and luck are not."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from headway.definitions.absence_rules import in_force
from headway.definitions.loading import library_for
from headway.readings.attendance.falls import Falls, falls
from headway.registers.drops import recent_sessions
from headway.registers.view import View
from headway.vocabulary.academic_year import AcademicYear
from tests.factories.registers import BOOK, Pupil, view

pytestmark = pytest.mark.slow  # each makes a school's registers mark by mark
LIBRARY = library_for()
RULE = in_force(LIBRARY.attendance.absence_rules, date(2025, 9, 1))
DAYS = [date(2025, 9, 1) + timedelta(7 * week + day) for week in range(10) for day in range(5)]
GROUPS, SIZE = ("3", "4", "5", "6", "7", "8"), 12


def school(seed: int, away: float = 0.06) -> list[Pupil]:
    """Pupils who are ill now and then, each session by chance."""
    draw = np.random.default_rng(seed)
    return [
        Pupil(900_001, f"{group}-{at}", f"{group}-{at}", year_group=group, marks={
            (day, session): "I" if draw.random() < away else "/" for day in DAYS for session in ("AM", "PM")
        })
        for group in GROUPS for at in range(SIZE)
    ]  # fmt: skip


def found(pupils: list[Pupil]) -> Falls:
    of: View = view(pupils, AcademicYear(2025))
    until = DAYS[-1]
    sessions = of.sessions(of.between(0, until.toordinal())).astype(np.int64)
    recent = recent_sessions(of, until, RULE.watch.recent_school_days)
    days = np.array([day.toordinal() for day in DAYS[-10:]], np.int32)
    door: Any = SimpleNamespace(name=lambda level, place: f"School {place}")
    registers: Any = SimpleNamespace(book=BOOK)
    return falls(door, registers, of, sessions, recent, RULE, days)


def ill(pupils: list[Pupil], share: float, code: str = "I") -> None:
    draw = np.random.default_rng(5)
    for pupil in pupils:
        for day in DAYS[-10:]:
            for session in ("AM", "PM"):
                if draw.random() < share:
                    pupil.marks[(day, session)] = code


def test_an_outbreak_in_one_year_group_is_found_with_what_the_marks_show() -> None:
    pupils = school(1)
    ill([one for one in pupils if one.year_group == "5"], 0.3)
    told = found(pupils)
    assert told.looked_at == len(GROUPS)
    (fall,) = told.found
    assert (fall.year_group, fall.pupils, fall.marks[0][0]) == ("5", SIZE, "illness")
    assert fall.recent_rate < fall.before_rate - 15


def test_one_pupil_who_stopped_coming_is_no_fall_of_a_group() -> None:
    pupils = school(2)
    ill([one for one in pupils if one.number == "5-0"], 1.0)
    assert found(pupils).found == ()


def test_a_bad_fortnight_for_everybody_is_the_season() -> None:
    pupils = school(3)
    ill(pupils, 0.2)
    told = found(pupils)
    assert told.found == ()
    assert told.season < -15


@pytest.mark.parametrize("seed", range(4, 10))
def test_luck_alone_shows_next_to_nothing(seed: int) -> None:
    assert len(found(school(seed)).found) <= 1


def test_fridays_are_named_when_they_have_more_than_their_share() -> None:
    pupils = school(11, away=0.01)
    for pupil in pupils:
        if pupil.year_group == "6":
            pupil.marks |= {(day, session): "O" for day in DAYS[-10:] if day.weekday() == 4 for session in ("AM", "PM")}
    (fall,) = found(pupils).found
    assert fall.weekday == "Fridays"


def test_with_too_few_sessions_nobody_is_looked_at() -> None:
    pupils = school(12)
    for pupil in pupils:
        pupil.marks = {session: code for session, code in pupil.marks.items() if session[0] in DAYS[-12:]}
    assert found(pupils) == Falls((), 0, 0.0)
