"""Registers as plain Python: random schools, pupils and marks, and the same as a year in memory."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from headway.definitions.loading import library_for
from headway.registers.code_book import CodeBook
from headway.registers.held import EVER, KEY, TEXTS, Calendars, Enrolments, ids
from headway.registers.slots import Slots, year_of
from headway.registers.view import View
from headway.vocabulary.academic_year import AcademicYear

BOOK = CodeBook(library_for().attendance.codes)
BYTES = {code: byte for byte, (code, _) in BOOK.by_byte.items()}
Key = tuple[date, str]


@dataclass
class Pupil:
    """One enrolment: `marks` are by day and session."""

    urn: int
    number: str
    person: str
    year_group: str = "5"
    fsm: str = ""
    birth_month: str = ""
    boarder: str = ""
    spells: list[tuple[date, date]] = field(default_factory=lambda: [(date(1990, 1, 1), date(2090, 1, 1))])
    marks: dict[Key, str] = field(default_factory=dict)

    def on_roll(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.spells)


def key(text: str) -> bytes:
    return text.encode().rjust(KEY, b"0")[:KEY]


def view(pupils: list[Pupil], year: AcademicYear, calendar: dict[int, dict[Key, bool]] | None = None) -> View:
    """A year of registers in memory that holds what the pupils have in it."""
    inside = [pupil for pupil in pupils if any(year_of(day) == year for day, _ in pupil.marks)]
    told = {urn: {at: open_ for at, open_ in days.items() if year_of(at[0]) == year} for urn, days in (calendar or {}).items()}
    days = {day for pupil in inside for day, _ in pupil.marks if year_of(day) == year} | {day for one in told.values() for day, _ in one}
    slots = Slots(year).holding(np.array(sorted(day.toordinal() for day in days), np.int32))
    inside.sort(key=lambda one: ids(np.array([one.urn], np.int32), np.frombuffer(key(one.number), np.uint8)).tobytes())
    marks = np.zeros((len(inside), slots.width), np.uint8)
    for row, pupil in enumerate(inside):
        for (day, session), code in pupil.marks.items():
            if year_of(day) == year:
                marks[row, slot(slots, day, session)] = BYTES[code]
    most = max((len(pupil.spells) for pupil in inside), default=1)
    spells = np.tile(np.array([1, 0], np.int32), (len(inside), most))
    for row, pupil in enumerate(inside):
        for at, (first, last) in enumerate(pupil.spells):
            spells[row, 2 * at : 2 * at + 2] = first.toordinal(), min(last.toordinal(), EVER)
    urns = np.array(sorted(told), np.int32)
    state = np.zeros((len(urns), slots.width), np.uint8)
    for row, urn in enumerate(urns.tolist()):
        for (day, session), open_ in told[urn].items():
            state[row, slot(slots, day, session)] = 1 if open_ else 2
    texts = {name: np.array([getattr(pupil, name, "") for pupil in inside], np.str_) for name in TEXTS}
    rows = Enrolments(
        np.array([pupil.urn for pupil in inside], np.int32), _keys([pupil.number for pupil in inside]),
        _keys([pupil.person for pupil in inside]), np.ones(len(inside), np.bool_), spells, marks, texts,
    )  # fmt: skip
    return View(slots, rows, Calendars(urns, state, np.zeros(state.shape, np.int32)), BOOK)


def _keys(texts: list[str]) -> "np.typing.NDArray[np.uint8]":
    return np.frombuffer(b"".join(key(text) for text in texts), np.uint8).reshape(-1, KEY)


def slot(slots: Slots, day: date, session: str) -> int:
    return int(slots.at(np.array([day.toordinal()], np.int32), np.array([session == "PM"], np.int8))[0])


def weekdays(first: date, weeks: int, *, sundays: bool = False) -> list[date]:
    days = [first + timedelta(at) for at in range(7 * weeks)]
    return [day for day in days if day.weekday() < 5 or (sundays and day.weekday() == 6)]


def random_pupils(draw: random.Random, days: list[date], *, schools: int = 3, pupils: int = 8, away: float = 0.3) -> list[Pupil]:
    """Pupils of several schools; some move, some have two spells, some miss much."""
    found = []
    codes = ["G", "N", "O", "U"] * 6
    codes += [code for code, byte in BYTES.items() if byte and BOOK.regime(days[0]) and code in BOOK.regime(days[0]).codes]  # type: ignore[union-attr]
    for number in range(pupils):
        person = f"c{number // 2 if draw.random() < 0.3 else number}"
        pupil = Pupil(900000 + draw.randrange(schools), f"p{number}", person, draw.choice(["R", "3", "6", "11", "12", ""]))
        pupil.fsm, pupil.boarder = draw.choice(["yes", "no", ""]), draw.choice(["", "", "yes"])
        if draw.random() < 0.4:
            cut = sorted(draw.sample(range(len(days)), 2))
            pupil.spells = [(days[0], days[cut[0]]), (days[cut[1]] + timedelta(1), days[-1])][: draw.randint(1, 2)]
        rate = draw.choice([0.02, away, 0.7])
        for day in days:
            for session in ("AM", "PM"):
                if draw.random() < 0.97:
                    pupil.marks[(day, session)] = draw.choice(codes) if draw.random() < rate else "/"
        found.append(pupil)
    return found
