"""How a visit moves from booked to agreed, by when things are due, and how a person's day is put in order. No database here."""

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from headway.vocabulary.working_days import working_days_after

BOOKED, DRAFT, SHARED, AGREED, HELD, CANCELLED = "booked", "draft", "shared", "agreed", "held", "cancelled"
MOVES: dict[str, frozenset[str]] = {
    BOOKED: frozenset({DRAFT, HELD, CANCELLED}),
    DRAFT: frozenset({SHARED, HELD}),
    SHARED: frozenset({DRAFT, AGREED}),  # back to the desk when the school says what is not accurate
    AGREED: frozenset(),
    HELD: frozenset(),
    CANCELLED: frozenset(),
}
UNSHARED = ("call", "desk")  # ways whose note needs no agreement
ANSWER_WITHIN = 5  # working days
PARTS_WITHIN = 3  # days before a visit by which the school's part is wanted
FORTNIGHT = 14


def may_move(state: str, to: str, by: str) -> bool:
    """Whether a visit done in the way `by` may go from one state to another."""
    if to not in MOVES[state]:
        return False
    return (to == HELD) is (by in UNSHARED) if to in (HELD, SHARED) else True


def answer_by(shared: date, holidays: Container[date]) -> date:
    """The last day on which the school may say what is not accurate."""
    return working_days_after(shared, ANSWER_WITHIN, holidays)


def may_agree(state: str, answered: bool | None, due: date | None, today: date) -> str:
    """Why a note may not be agreed yet; empty when it may. `answered` is whether the school called it accurate; None: no answer."""
    if state != SHARED:
        return "Only a note that the school has can be agreed."
    if answered is False:
        return "The school says that something is not accurate. Take the note back, mend it or say why not, and share it again."
    if answered is None and due is not None and today <= due:
        return f"The school has until {due.day} {due:%B} to answer."
    return ""


def faults_of_follow_up(what: str, owner: str, due: date | None) -> list[str]:
    """A promise has somebody who keeps it and a day; all three are given, or none."""
    given = (bool(what.strip()), bool(owner), due is not None)
    if not any(given) or (not given[0] and not given[2]):
        return []
    return [
        words
        for there, words in zip(given, ("Say what is to be done.", "Say who does it.", "Give the day by which it is done."), strict=True)
        if not there
    ]


@dataclass(frozen=True)
class Owed:
    """One thing that a person has to do: when, with which school, what, why now, what was last, and where to do it."""

    due: date
    school: str
    urn: int
    what: str
    why: str = ""
    last: str = ""
    acts: tuple[tuple[str, str], ...] = ()  # (words, address)
    at: str = ""  # the hour, where there is one


@dataclass(frozen=True)
class Day:
    """What is owed, by when: late and today's together first, then this week's, then until the half-term ends."""

    late: tuple[Owed, ...]
    today: tuple[Owed, ...]
    week: tuple[Owed, ...]
    later: tuple[Owed, ...]

    @property
    def now(self) -> tuple[Owed, ...]:
        return self.late + self.today


def in_order(owed: Iterable[Owed], today: date, until: date) -> Day:
    """What falls due by the end of `until`, the longest overdue first. A week ends with its Sunday."""
    listed = sorted((one for one in owed if one.due <= max(until, today)), key=lambda one: (one.due, one.at or "24", one.school, one.what))
    sunday = today + timedelta(6 - today.weekday())
    return Day(
        tuple(one for one in listed if one.due < today),
        tuple(one for one in listed if one.due == today),
        tuple(one for one in listed if today < one.due <= sunday),
        tuple(one for one in listed if one.due > max(sunday, today)),
    )


NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def count_words(many: int) -> str:
    return NUMBERS[many] if many < len(NUMBERS) else str(many)


def day_sentence(day: Day) -> str:
    """“Three things today, one of them overdue. Four more this week.”"""
    many, late, week = len(day.now), len(day.late), len(day.week)
    if not many and not week and not day.later:
        return "Nothing is due from you before the end of this half-term."
    things = f"{count_words(many)} thing{'' if many == 1 else 's'}".capitalize()
    overdue = (
        "" if not late else ", overdue" if many == 1 else ", all overdue" if late == many else f", {count_words(late)} of them overdue"
    )
    first = f"{things} today{overdue}." if many else "Nothing is due today."
    more = "more " if many else ""
    return f"{first} {count_words(week).capitalize()} {more}this week." if week else first


MANY = 3  # visitors in one week from which somebody asks whether two might come together


def full_weeks(days: Iterable[date]) -> list[tuple[date, str]]:
    """The Mondays of weeks in which many come, with how many, in words."""
    weeks = Counter(week_of(day)[0] for day in days)
    return [(monday, count_words(many)) for monday, many in sorted(weeks.items()) if many >= MANY]


def coming_sentence(days: Iterable[date]) -> str:
    """“Three visits are down; the first is on Thursday 3 December.”"""
    listed = sorted(days)
    if not listed:
        return "Nobody is down to come."
    first = f"{listed[0]:%A} {listed[0].day} {listed[0]:%B}"
    many = len(listed)
    return f"One visit is down, on {first}." if many == 1 else f"{count_words(many).capitalize()} visits are down; the first is on {first}."


def due_words(due: date, today: date, at: str = "") -> str:
    """“Overdue by 4 days”, “09:30 today”, “Thursday 29 January”."""
    late = (today - due).days
    if late > 0:
        return f"Overdue by {late} day{'' if late == 1 else 's'}"
    if late == 0:
        return f"{at} today" if at else "By the end of today"
    return f"{due:%A} {due.day} {due:%B}{f', {at}' if at else ''}"


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week that a day lies in."""
    monday = day - timedelta(day.weekday())
    return monday, monday + timedelta(6)
