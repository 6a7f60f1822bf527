"""The threshold on registers of several years with calendars and reasons not yet known, against a twin that goes by the rule's words."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.definitions.absence_rules import in_force
from headway.definitions.loading import library_for
from headway.registers.slots import year_of
from headway.registers.thresholds import absences, met
from headway.vocabulary.academic_year import AcademicYear
from tests.factories.registers import BOOK, Pupil, view, weekdays

RULE = in_force(library_for().attendance.penalty_notices, date(2025, 9, 1))
SPANS = [(2024, 8, 19), (2024, 11, 4), (2025, 6, 23), (2025, 9, 1), (2025, 12, 29), (2026, 7, 6), (2026, 8, 31)]
SCHOOLS = (900000, 900001, 900002)
At = tuple[date, str]
Calendar = dict[int, dict[At, bool]]


def drawn(draw: random.Random) -> tuple[list[date], Calendar, list[Pupil]]:
    """Days of some spans of two years, what calendars say of some sessions and days after them, and pupils who move and miss much."""
    sundays = draw.random() < 0.4
    spans = draw.sample(SPANS, draw.randint(2, 5))
    days = sorted({day for one in spans for day in weekdays(date(*one), draw.randint(1, 6), sundays=sundays)})
    later = [days[-1] + timedelta(at) for at in range(1, 20)]
    calendar: Calendar = {}
    for urn in draw.sample(SCHOOLS, draw.randint(0, 3)):
        told = {at: draw.random() for at in _sessions([*days, *later])}
        calendar[urn] = {at: chance < 0.5 for at, chance in told.items() if chance < 0.6}
    return days, calendar, [_pupil(draw, number, days, calendar) for number in range(7)]


def _sessions(days: list[date]) -> list[At]:
    return [(day, session) for day in days for session in ("AM", "PM")]


def _pupil(draw: random.Random, number: int, days: list[date], calendar: Calendar) -> Pupil:
    pupil = Pupil(draw.choice(SCHOOLS), f"p{number}", f"c{number // 2 if draw.random() < 0.5 else number}")
    if draw.random() < 0.4:
        cut = sorted(draw.sample(range(len(days)), 2))
        pupil.spells = [(days[0], days[cut[0]]), (days[cut[1]] + timedelta(1), days[-1])][: draw.randint(1, 2)]
    away = draw.choice([0.05, 0.2, 0.6])
    for at in _sessions(days):
        if calendar.get(pupil.urn, {}).get(at, True) and draw.random() < 0.95:  # what is closed has no marks
            pupil.marks[at] = draw.choice("GNNNOUID#") if draw.random() < away else "/"
    return pupil


class Twin:
    """Slow and obvious: every session and every week is gone through."""

    def __init__(self, pupils: list[Pupil], calendar: Calendar, until: date) -> None:
        self.pupils, self.until = pupils, until
        years = {year_of(day) for pupil in pupils for day, _ in pupil.marks}
        self.open = {(pupil.urn, day) for pupil in pupils for (day, _), code in pupil.marks.items() if _possible(pupil, day, code)}
        self.open |= {
            (urn, day) for urn, told in calendar.items() for (day, _), is_open in told.items() if is_open and year_of(day) in years
        }

    def met(self) -> set[tuple[str, tuple[At, ...], bool]]:
        found = set()
        for person in {pupil.person for pupil in self.pupils}:
            own = [pupil for pupil in self.pupils if pupil.person == person]
            weeks = {_monday(day) for urn, day in self.open for pupil in own if pupil.urn == urn and pupil.on_roll(day)}
            young = self._away(own)
            sure = len(_tens(sorted(at for at in young if not young[at]), weeks))
            tens = _tens(sorted(young), weeks)
            found |= {(person, ten, number >= sure and any(young[at] for at in ten)) for number, ten in enumerate(tens)}
        return found

    def _away(self, own: list[Pupil]) -> dict[At, bool]:
        """Session without permission → whether its reason may yet be established, at every school that marked it."""
        young: dict[At, bool] = {}
        for pupil in own:
            days = {day for urn, day in self.open if urn == pupil.urn and day <= self.until}
            for (day, session), code in pupil.marks.items():
                if code in "GNOU" and pupil.on_roll(day) and date(2024, 8, 19) <= day <= self.until:
                    open_ = code == "N" and sum(later > day for later in days) < 5
                    young[day, session] = young.get((day, session), True) and open_
        return young


def _possible(pupil: Pupil, day: date, code: str) -> bool:
    regime = BOOK.regime(day)
    return pupil.on_roll(day) and regime is not None and regime.codes[code].means != "not_possible"


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


def _tens(away: list[At], weeks: set[date]) -> list[tuple[At, ...]]:
    found, used = [], 0
    for at in range(len(away)):
        last = _monday(away[at][0])
        near = [one for one in away[used : at + 1] if sum(_monday(one[0]) < week <= last for week in weeks) < 10]
        if len(near) >= 10:
            found.append(tuple(near[-10:]))
            used = at + 1
    return found


@pytest.mark.slow
@given(seed=st.integers(0, 10**6))
def test_who_met_it_with_which_sessions_and_whether_it_is_provisional(seed: int) -> None:
    draw = random.Random(seed)
    days, calendar, pupils = drawn(draw)
    until = draw.choice(days[len(days) // 3 :])
    years = sorted({year_of(day).start for pupil in pupils for day, _ in pupil.marks})
    views = [view(pupils, AcademicYear(start), calendar) for start in years]
    found = met(absences(views, RULE, until), RULE, views)
    mine = {(one.person.decode().lstrip("0"), tuple((at.day, at.session) for at in one.sessions), one.provisional) for one in found}
    assert mine == Twin(pupils, calendar, until).met()
