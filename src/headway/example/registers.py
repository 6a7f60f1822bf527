"""Made-up registers: marks of made-up pupils with spells of absence, and the files in which schools would send them.

A pupil has a tendency to be away, and once away tends to stay away; Mondays and Fridays are a little worse. About seven sessions in a
hundred are missed, and most of them by few. Nothing in it is anybody's.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from headway.definitions.vocabularies import Calendar
from headway.example.seeds import stream
from headway.registers.slots import year_of
from headway.vocabulary.academic_year import AcademicYear

Bytes = NDArray[np.uint8]
AWAY = np.array([ord(byte) for byte in "IMCGOREd"], np.uint8)  # as the registers store them; d is C2
SHARES = np.array([0.56, 0.05, 0.05, 0.08, 0.19, 0.02, 0.03, 0.02])
STAYS, HARDER = 0.80, (1.25, 0.95, 0.92, 0.95, 1.15)  # from one session to the next; by weekday
TENDENCY = 0.6, 40.0  # of a beta distribution: of beginning to be away at a session
LATE, TRULY_LATE, VISITS = 0.018, 0.004, 0.006
SPELT = {"d": "C2"}
SETTLE = 6  # sessions at the end in which some reasons are not established yet


@dataclass(frozen=True)
class MadeSchool:
    urn: int
    primary: bool
    pupils: int


def marks(draw: Generator, pupils: int, weekdays: Sequence[int]) -> Bytes:
    """A byte for each of the pupils' sessions, shape (pupils, sessions): two a day, `weekdays` that of each session."""
    start = draw.beta(*TENDENCY, pupils)
    unauthorised = draw.beta(0.8, 3.0, pupils)
    found = np.empty((pupils, len(weekdays)), np.uint8)
    away = draw.random(pupils) < start * 3
    reason = _reasons(draw, unauthorised)
    for session, weekday in enumerate(weekdays):
        chance = draw.random(pupils)
        begins = ~away & (chance < start * HARDER[weekday])
        away = np.where(away, chance < STAYS, begins)
        reason = np.where(begins, _reasons(draw, unauthorised), reason)
        here = np.where(chance > 1 - LATE, ord("L"), np.where(chance > 1 - LATE - VISITS, ord("V"), ord("/\\"[session % 2])))
        here = np.where(chance > 1 - TRULY_LATE, ord("U"), here)
        found[:, session] = np.where(away, reason, here)
    return found


def _reasons(draw: Generator, unauthorised: NDArray[np.float64]) -> Bytes:
    drawn = AWAY[np.searchsorted(np.cumsum(SHARES), draw.random(len(unauthorised)) * SHARES.sum() * 0.999999)]
    return np.where(draw.random(len(unauthorised)) < unauthorised * 0.35, np.uint8(ord("O")), drawn)


def school_days(calendar: Calendar, year: AcademicYear, until: date) -> list[date]:
    """The days of terms up to a day, without half terms, weekends and the first of the year, which is for training."""
    told = calendar.years.get(str(year))
    if told is None:
        return []
    spans = [(term.from_, min(term.until, until)) for term in told.terms]
    every = [first + timedelta(at) for first, last in spans for at in range((last - first).days + 1)]
    return [day for day in every if day.weekday() < 5 and not any(half.holds(day) for half in told.half_terms)][1:]


def write(folder: Path, schools: Sequence[MadeSchool], calendar: Calendar, today: date, *, seed: int = 1, years: int = 2) -> list[Path]:
    """Files of the year that `today` lies in and of those before it, up to yesterday: calendars, lists of pupils, marks."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    newest = year_of(today)
    for year in (newest + (at - years + 1) for at in range(years)):
        days = school_days(calendar, year, today - timedelta(1))
        if days:
            written += _year(folder / str(year).replace("/", "-"), schools, days, year, seed, settled=year != newest)
    return written


def _year(folder: Path, schools: Sequence[MadeSchool], days: list[date], year: AcademicYear, seed: int, *, settled: bool) -> list[Path]:
    folder.mkdir(exist_ok=True)
    sessions = [(day, name) for day in days for name in ("AM", "PM")]
    calendar = [(school.urn, day.isoformat(), name, "yes") for school in schools for day, name in sessions]
    pupils: list[tuple[object, ...]] = []
    strings: list[tuple[object, ...]] = []
    for at, school in enumerate(schools):
        draw = stream(seed, f"registers {school.urn}", year.start)
        made = marks(draw, school.pupils, [day.weekday() for day, _ in sessions])
        if not settled:
            made[:, -SETTLE:] = np.where(np.isin(made[:, -SETTLE:], [ord("O"), ord("C")]), ord("N"), made[:, -SETTLE:])
            _planted(stream(seed, f"planted {school.urn}", year.start), made, [day.weekday() for day, _ in sessions], at)
            if school is schools[min(1, len(schools) - 1)]:
                _outbreak(draw, made, 6 if school.primary else 5)
        for number, row in enumerate(made):
            pupils.append((*_pupil(draw, school, year, number), _family(at, number)))
            strings.append((school.urn, pupils[-1][1], days[0].isoformat(), " ".join(SPELT.get(chr(byte), chr(byte)) for byte in row)))
    return [
        _csv(folder / "calendar.csv", ("urn", "date", "session", "open"), calendar),
        _csv(folder / "pupils.csv", PUPILS, pupils),
        _csv(folder / "marks.csv", ("urn", "pupil", "from", "marks"), strings),
    ]


OUTBREAK, CAUGHT = 16, 0.4  # sessions up to the newest but four, and how likely each child of the group is ill in one


def _outbreak(draw: Generator, made: Bytes, groups: int) -> None:
    """One year group of one school has been ill of late, so that there is something to see: its fourth."""
    part = made[3::groups, -OUTBREAK - 4 : -4]
    part[:] = np.where(draw.random(part.shape) < CAUGHT, np.uint8(ord("I")), part)


DRIFTS, MONDAYS, FRIDAYS = (9, 21), (16,), (23,)  # pupils of each second school who do so, by their place in its list
SLOW, OF_LATE, OPEN = 3, 60, 0.45  # the school that leaves reasons open, in how many last sessions, and of what share of its absences
FAMILIES = 6  # each so many-th pupil has a brother or sister at the school next in the list


def _planted(draw: Generator, made: Bytes, weekdays: Sequence[int], at: int) -> None:
    """What early warning is to find: two who drift, one away on Mondays, one on Fridays; a school that leaves reasons open."""
    day, late = np.array(weekdays), made.shape[1] - 20
    if at % 2 == 0 and late > 80:
        present = np.where(np.arange(made.shape[1]) % 2 == 0, np.uint8(ord("/")), np.uint8(ord("\\")))
        for number in DRIFTS:
            made[number] = present
            made[number, [late + one for one in (2, 3, 4, 5, 10, 11, 14, 15)]] = ord("I")
        for number, weekday in (*((one, 0) for one in MONDAYS), *((one, 4) for one in FRIDAYS)):
            made[number] = np.where((day == weekday) & (np.arange(len(day)) // 10 % 4 != 3), np.uint8(ord("I")), present)
    if at == SLOW:
        part = made[:, -OF_LATE:]
        part[:] = np.where(np.isin(part, [ord("O"), ord("M"), ord("I")]) & (draw.random(part.shape) < OPEN), np.uint8(ord("N")), part)


def _family(at: int, number: int) -> str:
    """Brothers and sisters at two schools, some at one; most have none."""
    if number in DRIFTS:
        return f"F{at // 2}-drift"
    return f"F{at // 2}-{number}" if number % FAMILIES == 0 else ""


PUPILS = ("urn", "pupil", "year_group", "sex", "fsm", "disadvantaged", "sen", "eal", "looked_after", "social_worker", "admitted", "left",
          "siblings")  # fmt: skip


def _pupil(draw: Generator, school: MadeSchool, year: AcademicYear, number: int) -> tuple[object, ...]:
    """Who entered a school in the same year keep their numbers, so that a pupil is the same from one year to the next."""
    groups = list(range(1, 7)) if school.primary else list(range(7, 12))
    group = groups[number % len(groups)]
    entered = year.start - (group - groups[0])
    poor = draw.random() < 0.3
    flags = ["NY"[int(poor)], "NY"[int(poor or draw.random() < 0.08)], str(draw.choice(["N", "K", "E"], p=[0.81, 0.14, 0.05]))]
    flags += ["NY"[int(draw.random() < share)] for share in (0.25, 0.008, 0.03)]
    pupil = f"M{school.urn}{entered % 100:02d}{number // len(groups):03d}"
    return (school.urn, pupil, group, "FM"[int(draw.integers(2))], *flags, f"{entered}-09-01", "")


def _csv(path: Path, header: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> Path:
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
    return path
