"""The threshold against a slow, obvious twin on random registers, and the shared and the worked cases."""

import random
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.definitions.absence_rules import in_force
from headway.definitions.loading import library_for
from headway.registers.ages import begins
from headway.registers.slots import year_of
from headway.registers.thresholds import Met, absences, met
from headway.vocabulary.academic_year import AcademicYear
from tests.factories.registers import BOOK, Pupil, random_pupils, view, weekdays

RULE = in_force(library_for().attendance.penalty_notices, date(2025, 9, 1))
COUNTED = "GNOU"
FAR = date(2040, 1, 1)
Sessions = list[tuple[date, str]]


def found(pupils: list[Pupil], until: date = FAR, calendar: dict | None = None, notices: dict | None = None) -> list[Met]:
    years = sorted({year_of(day).start for pupil in pupils for day, _ in pupil.marks})
    views = [view(pupils, AcademicYear(start), calendar) for start in years]
    return met(absences(views, RULE, until), RULE, views, notices)


def slow(pupils: list[Pupil], until: date = FAR) -> dict[str, list[Sessions]]:
    """Person → the tens of sessions that met the threshold, by going through every session and every week."""
    listed: dict[str, list[Sessions]] = {}
    open_days = {
        (pupil.urn, day)
        for pupil in pupils
        for (day, _), code in pupil.marks.items()
        if pupil.on_roll(day) and BOOK.regime(day).codes[code].means != "not_possible"  # type: ignore[union-attr]
    }
    for person in {pupil.person for pupil in pupils}:
        own = [pupil for pupil in pupils if pupil.person == person]
        weeks = {day - timedelta(day.weekday()) for urn, day in open_days for pupil in own if pupil.urn == urn and pupil.on_roll(day)}
        order = sorted(weeks)
        away = sorted(
            {
                at
                for pupil in own
                for at, code in pupil.marks.items()
                if code in COUNTED and pupil.on_roll(at[0]) and _counts(pupil, at[0], until)
            }
        )
        used = 0
        for at in range(len(away)):
            window = [one for one in away[used : at + 1] if _apart(order, one[0], away[at][0]) < RULE.school_weeks]
            if len(window) >= RULE.sessions:
                listed.setdefault(person, []).append(window[-RULE.sessions :])
                used = at + 1
    return listed


def _counts(pupil: Pupil, day: date, until: date) -> bool:
    return date(2024, 8, 19) <= day <= until and pupil.year_group != "12"


def _apart(weeks: Sequence[date], first: date, last: date) -> int:
    monday = [day - timedelta(day.weekday()) for day in (first, last)]
    return sum(monday[0] < week <= monday[1] for week in weeks)


@pytest.mark.slow
@given(seed=st.integers(0, 10**6), sundays=st.booleans())
def test_the_threshold_is_that_of_the_slow_twin(seed: int, sundays: bool) -> None:
    draw = random.Random(seed)
    starts = [date(2024, 9, 2), date(2025, 6, 30), date(2025, 9, 1), date(2026, 6, 22)]
    days = [day for start in draw.sample(starts, draw.randint(1, 3)) for day in weekdays(start, draw.randint(1, 14), sundays=sundays)]
    days = sorted(day for day in set(days) if day >= date(2024, 8, 19))
    if not days:
        return
    pupils = [_no_eleven(pupil) for pupil in random_pupils(draw, days, away=0.12)]
    until = draw.choice(days)
    wanted = {(person, tuple(ten)) for person, tens in slow(pupils, until).items() for ten in tens}
    mine = {(one.person.decode().lstrip("0"), tuple((item.day, item.session) for item in one.sessions)) for one in found(pupils, until)}
    assert mine == wanted


def _no_eleven(pupil: Pupil) -> Pupil:
    pupil.year_group = {"11": "6", "R": "3"}.get(pupil.year_group, pupil.year_group)  # their ages have their own test
    return pupil


def at_school(days: list[date], urn: int = 900000, number: str = "p1", person: str = "c1") -> Pupil:
    pupil = Pupil(urn, number, person)
    pupil.marks = {(day, session): "/" for day in days for session in ("AM", "PM")}
    return pupil


def put(pupil: Pupil, codes: str, *days: date) -> None:
    """Codes at the sessions of days in order."""
    for code, at in zip(codes, [(day, session) for day in days for session in ("AM", "PM")], strict=False):
        pupil.marks[at] = code


TERM = weekdays(date(2025, 9, 1), 15)


def test_six_in_one_week_and_one_a_week_for_four_is_met_in_the_fifth() -> None:
    pupil = at_school(TERM)
    put(pupil, "OOOOOO", *TERM[:3])
    for week in range(1, 5):
        put(pupil, "U", TERM[5 * week])
    (one,) = found([pupil])
    assert (one.first_met, len(one.sessions), one.provisional) == (TERM[20], 10, False)


@pytest.mark.parametrize(("gap", "is_met"), [(9, True), (10, False)])
def test_ten_school_weeks_and_not_eleven(gap: int, is_met: bool) -> None:
    pupil = at_school(TERM)
    put(pupil, "O", TERM[0])
    put(pupil, "OOOOOOOOO", *TERM[5 * gap : 5 * gap + 5])
    assert bool(found([pupil])) is is_met


def test_holidays_are_no_school_weeks_across_the_summer_and_schools() -> None:
    """Four O in July at one school and six U in September at another: met; an N that proves an illness: not."""
    july, september = weekdays(date(2025, 7, 7), 2), weekdays(date(2025, 9, 1), 4)
    first, second = at_school(july), at_school(september, 900001, "p2")
    put(first, "OOOO", *july[-2:])
    put(second, "UUUUUN", *september[:3])
    (one,) = found([first, second])
    assert (one.urn, one.first_met) == (900001, september[2])
    assert {session.urn for session in one.sessions} == {900000, 900001}
    second.marks[(september[2], "PM")] = "I"
    assert not found([first, second])


def test_a_young_n_makes_it_provisional_until_five_school_days_have_passed() -> None:
    pupil = at_school(TERM)
    put(pupil, "OOOOOOOOON", *TERM[:5])
    until = {at: found([pupil], TERM[4 + at]) for at in range(7)}
    assert [until[at][0].provisional for at in range(7)] == [True, True, True, True, True, False, False]


def test_an_n_of_july_is_established_by_the_school_days_of_september() -> None:
    """Years of registers end in the summer; the five school days that an N has do not."""
    july, september = weekdays(date(2025, 7, 7), 2), weekdays(date(2025, 9, 1), 3)
    pupil = at_school(july + september)
    put(pupil, "OOOOOOOOON", *july[-5:])
    until = {at: found([pupil], september[at]) for at in range(6)}
    assert [until[at][0].provisional for at in range(6)] == [True, True, True, True, False, False]


def test_an_n_of_a_school_that_closed_in_the_summer_is_established_by_the_school_days_of_the_area() -> None:
    july, september = weekdays(date(2025, 7, 7), 2), weekdays(date(2025, 9, 1), 3)
    pupil, elsewhere = at_school(july), at_school(september, 900001, "p2", "c2")
    put(pupil, "OOOOOOOOON", *july[-5:])
    assert [found([pupil, elsewhere], september[at])[0].provisional for at in (3, 4)] == [True, False]


def test_an_n_of_one_school_is_not_provisional_where_another_knows_the_reason() -> None:
    main, other = at_school(TERM), at_school(TERM, 900001, "p2")
    put(main, "OOOOOOOOON", *TERM[:5])
    put(other, "O" * 10, *TERM[:5])
    (one,) = found([main, other], TERM[4])
    assert (one.provisional, [session.code for session in one.sessions]) == (False, ["O"] * 10)
    other.marks[(TERM[4], "PM")] = "/"
    assert found([main, other], TERM[4])[0].provisional


def test_a_session_that_two_schools_mark_is_one() -> None:
    main, other = at_school(TERM), at_school(TERM, 900001, "p2")
    put(main, "OOOOO", *TERM[:3])
    put(other, "OOOOO", *TERM[:3])
    assert not found([main, other])


def test_the_weeks_of_a_school_at_which_nothing_was_missed_are_school_weeks_too() -> None:
    """On roll at two schools: the one opens in two weeks only, ten weeks apart; the other is open between them, and the child is there."""
    main, other = at_school(TERM[:5] + TERM[50:55]), at_school(TERM, 900001, "p2")
    put(main, "O", TERM[0])
    put(main, "OOOOOOOOO", *TERM[50:55])
    assert found([main])
    assert not found([main, other])


@pytest.mark.parametrize(
    ("group", "month", "many"), [("12", "", 0), ("N2", "", 0), ("R", "5", 0), ("R", "10", 0), ("R", "", 1), ("", "", 1), ("1", "", 1)]
)
def test_only_children_of_compulsory_school_age(group: str, month: str, many: int) -> None:
    pupil = at_school(TERM)
    pupil.year_group, pupil.birth_month = group, month
    put(pupil, "O" * 10, *TERM[:5])
    result = found([pupil])
    assert len(result) == many
    assert all(one.age_known == (group == "1") for one in result)


def test_a_child_in_reception_born_in_october_is_of_age_after_christmas() -> None:
    january = weekdays(date(2026, 1, 5), 3)
    pupil = at_school(january)
    pupil.year_group, pupil.birth_month = "R", "10"
    put(pupil, "O" * 10, *january[:5])
    assert len(found([pupil])) == 1


@pytest.mark.parametrize(
    ("month", "day"),
    [(9, (2026, 1, 1)), (12, (2026, 1, 1)), (1, (2026, 4, 1)), (3, (2026, 4, 1)), (4, (2026, 9, 1)), (8, (2026, 9, 1))],
)
def test_a_child_is_of_age_from_the_prescribed_day_after_the_fifth_birthday(month: int, day: tuple[int, int, int]) -> None:
    """31 December, 31 March and 31 August are prescribed; a child in reception in 2025/26 is five between September and August."""
    assert begins(month, AcademicYear(2025)) == date(*day)


def test_the_oldest_are_of_age_to_the_last_friday_in_june() -> None:
    summer = weekdays(date(2026, 6, 15), 4)
    pupil = at_school(summer)
    pupil.year_group = "11"
    put(pupil, "O" * 10, *summer[5:10])
    assert found([pupil])[0].first_met == date(2026, 6, 26)
    pupil.marks[(summer[9], "PM")] = "/"
    put(pupil, "OO", summer[10])
    assert not found([pupil])


def test_sessions_before_the_framework_do_not_count() -> None:
    days = weekdays(date(2024, 7, 8), 2) + weekdays(date(2024, 9, 2), 2)
    pupil = at_school(days)
    put(pupil, "O" * 20, *days[:10])
    assert not found([pupil])


def test_what_led_to_a_notice_does_not_count_again() -> None:
    pupil = at_school(TERM)
    put(pupil, "O" * 20, *TERM[:10])
    person = found([pupil])[0].person
    assert len(found([pupil])) == 2
    assert len(found([pupil], notices={person: [TERM[4] + timedelta(1)]})) == 2
    issued = found([pupil], notices={person: [TERM[7]]})
    assert [one.first_met for one in issued] == [TERM[4]]
    twice = RULE.model_copy(update={"reuse_sessions_after_notice": True})
    views = [view([pupil], AcademicYear(2025))]
    assert len(met(absences(views, twice, FAR), twice, views, {person: [TERM[7]]})) == 2
