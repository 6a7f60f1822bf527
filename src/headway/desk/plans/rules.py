"""Colours and what they mean, the path to an aim, when reviews and boards are due, what is out of order. No database here."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

GREEN, AMBER, RED = "green", "amber", "red"
MEANS = {
    GREEN: "On track: what was to be reached by now is reached, and what comes next is in hand.",
    AMBER: "At risk, but can be recovered with what is already planned or with small changes.",
    RED: "Off track: without a major change the objective will not be met.",
}
WEEK = 5  # school days
BOARD_WEEKS = (4, 8)  # a board meets about every six weeks
PAPERS_AHEAD = 5  # working days
SchoolDays = Callable[[date, date], int]


def path(start: float, aim: float, ends: Sequence[date]) -> list[float]:
    """Where a measure is to be at the end of each term: even steps from the start to the aim, which is reached with the last."""
    return [start + (aim - start) * (number + 1) / len(ends) for number in range(len(ends))]


def expected(points: Iterable[tuple[date, float]], day: date) -> float | None:
    """What the path asks for by a day: the newest point that has come; None before the first."""
    return max(((due, value) for due, value in points if due <= day), default=(day, None), key=lambda one: one[0])[1]


def on_path(value: float | None, wanted: float | None, better: str) -> bool | None:
    """Whether a figure is where the path asks for; None where either is not known. Neither better nor worse is never on it."""
    if value is None or wanted is None or better == "neither":
        return None
    return value >= wanted if better == "higher" else value <= wanted


def interval(weeks: tuple[int, int], colours: Collection[str]) -> int:
    """School weeks until the next review: the longest when all is green, the shortest when anything is red, else the middle."""
    if not colours or RED in colours:
        return weeks[0]
    return weeks[1] if set(colours) == {GREEN} else (weeks[0] + weeks[1]) // 2


def faults_of_review(day: date, before: date | None, begins: date, today: date) -> list[str]:
    """Reviews go forward in time, within the plan, and are of a day that has come."""
    said = []
    if before is not None and day <= before:
        said.append(f"The review before it was on {spoken(before)}; this one is later.")
    if day < begins:
        said.append(f"The plan begins on {spoken(begins)}.")
    if day > today:
        said.append("That day has not come.")
    return said


def fault_of_next(day: date, following: date | None, weeks: tuple[int, int], because: str, school_days: SchoolDays) -> str:
    """A next review outside its interval needs a reason."""
    if following is None:
        return ""
    if following <= day:
        return "The next review is after this one."
    apart = school_days(day, following)
    if weeks[0] * WEEK <= apart <= weeks[1] * WEEK or because.strip():
        return ""
    return f"That is {apart // WEEK} school weeks on; the interval is {weeks[0]} to {weeks[1]}. Say why, or choose another day."


def overall(colours: Collection[str]) -> str:
    """The one word of a review: the worst of its colours; a review that looked at nothing is red, never green."""
    return RED if RED in colours or not colours else AMBER if AMBER in colours else GREEN


def worsening(reviews: Iterable[Mapping[int, str]]) -> set[int]:
    """Objectives that the last two reviews both found amber or red, by number: a reason to look whether support is enough."""
    last = list(reviews)[-2:]
    if len(last) < 2:
        return set()
    return {number for number in last[0].keys() & last[1].keys() if GREEN not in (last[0][number], last[1][number])}


def papers_by(day: date, working_days_before: Callable[[date, int], date]) -> date:
    return working_days_before(day, PAPERS_AHEAD)


def faults_of_sitting(earlier: Sequence[date], exit_criteria: str, held: bool, minutes: str, day: date, today: date) -> dict[str, str]:
    """What is wrong with calling a meeting held, by field. The first sets the exit criteria."""
    faults: dict[str, str] = {}
    if not held:
        return faults
    if day > today:
        faults["held"] = "That day has not come."
    if not minutes.strip():
        faults["minutes"] = "A meeting that was held has its minutes."
    if not exit_criteria.strip():
        faults["exit_criteria"] = (
            "The first meeting sets what must be true for the board to end." if not earlier else "They were never set."
        )
    return faults


@dataclass(frozen=True)
class Days:
    """The days of a school's plan and board, to be looked through for what cannot be right."""

    begins: date
    plan_due: date | None = None  # by when the plan was wanted
    reviews: tuple[date, ...] = ()
    next_days: tuple[date | None, ...] = ()
    actions: tuple[tuple[str, date, date | None], ...] = ()  # (what, due, done)
    closed: date | None = None


def breaches_of_plan(days: Days, today: date) -> list[str]:
    """What is out of order in a plan, in words."""
    said = []
    if days.plan_due and days.begins > days.plan_due:
        said.append(f"The plan begins on {spoken(days.begins)}; it was wanted by {spoken(days.plan_due)}.")
    if any(day < days.begins for day in days.reviews):
        said.append(f"A review lies before the plan begins on {spoken(days.begins)}.")
    said += [
        f"Reviews of {spoken(later)} and {spoken(first)} are not in order." for first, later in pairwise(days.reviews) if later <= first
    ]
    for promised, held in zip(days.next_days, (*days.reviews[1:], None), strict=False):
        if promised and held and held > promised + timedelta(14):
            said.append(f"The review promised for {spoken(promised)} was on {spoken(held)}.")
        elif promised and held is None and promised < today and days.closed is None:
            said.append(f"The review promised for {spoken(promised)} has not been written.")
    said += [
        f"“{what}” was done on {spoken(done)}, before the plan began." for what, _, done in days.actions if done and done < days.begins
    ]
    if days.closed and any(day > days.closed for day in days.reviews):
        said.append(f"A review lies after the plan was closed on {spoken(days.closed)}.")
    return said


@dataclass(frozen=True)
class Met:
    """One meeting of a board."""

    day: date
    papers_by: date
    papers_sent: date | None
    held: bool


def breaches_of_board(sittings: Sequence[Met], exit_criteria: str, school_days: SchoolDays, today: date) -> list[str]:
    """Late papers, meetings too far apart or never minuted, no exit criteria after the first, in words."""
    said = []
    for one in sittings:
        if one.papers_sent is None and one.papers_by < today:
            said.append(f"No papers went out for {spoken(one.day)}; they were due by {spoken(one.papers_by)}.")
        elif one.papers_sent and one.papers_sent > one.papers_by:
            said.append(
                f"The papers for {spoken(one.day)} went out on {spoken(one.papers_sent)}; they were due by {spoken(one.papers_by)}."
            )
        if not one.held and one.day < today:
            said.append(f"The meeting of {spoken(one.day)} has no minutes.")
    for first, later in pairwise(one.day for one in sittings):
        apart = school_days(first, later)
        if apart > BOARD_WEEKS[1] * WEEK:
            said.append(f"The meetings of {spoken(first)} and {spoken(later)} lie {apart // WEEK} school weeks apart; six is usual.")
    if any(one.held for one in sittings) and not exit_criteria.strip():
        said.append("The board has met without setting its exit criteria.")
    return said


def spoken(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
