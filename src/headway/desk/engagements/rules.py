"""How an engagement moves, where a step stands, which rung may be taken, what is out of order. No database here."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from headway.definitions.workflows import ENTRY, Clock, Ladder, Rung, Step

OPEN, PAUSED, STOPPED, CLOSED = "open", "paused", "stopped", "closed"
MOVES: dict[str, frozenset[str]] = {
    OPEN: frozenset({PAUSED, STOPPED, CLOSED}),
    PAUSED: frozenset({OPEN, STOPPED, CLOSED}),
    STOPPED: frozenset({OPEN}),
    CLOSED: frozenset({OPEN}),  # opened again, with all that it holds
}
VERBS = {OPEN: "Go on with it", PAUSED: "Pause it", STOPPED: "Stop it", CLOSED: "Close it"}

PREPARED, ISSUED, ENDED, WITHDRAWN = "prepared", "issued", "ended", "withdrawn"
LADDER_MOVES: dict[str, frozenset[str]] = {
    PREPARED: frozenset({ISSUED, WITHDRAWN}),
    ISSUED: frozenset({ENDED, WITHDRAWN}),
    ENDED: frozenset(),
    WITHDRAWN: frozenset(),
}

DONE, STARTED, NOT_STARTED, NOT_NEEDED, CANNOT_START = "done", "in progress", "not started", "not needed", "cannot start yet"
OVER = (DONE, NOT_NEEDED)
ENTRIES_THAT_FLAG = 3
REGISTER_YEAR = timedelta(365)
DECLARED_FOR = timedelta(365)  # an interest is declared once a year, and for each school where there is one
DaysAfter = Callable[[date, int, str], date]


def may_move(state: str, to: str) -> bool:
    return to in MOVES[state]


def frozen(state: str) -> bool:
    """Whether nothing but the state itself may change: paused, stopped and closed work keeps what it holds."""
    return state != OPEN


@dataclass(frozen=True)
class Entered:
    """What the newest entry of a step says."""

    done: date | None = None
    not_needed: bool = False
    choice: str = ""
    ticks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Course:
    """All that is known of an engagement's steps: what was entered, and since when each fact holds."""

    entered: Mapping[str, Entered]
    facts: Mapping[str, date] = field(default_factory=dict)


def status(step: Step, steps: Mapping[str, Step], course: Course) -> str:
    """Where a step stands: worked out from what was entered, never kept.

    What is done stays done when a step before it is taken up again.
    """
    own = course.entered.get(step.id)
    if step.only is not None:
        other = course.entered.get(step.only.step)
        if other is not None and other.done and other.choice != step.only.choice:
            return NOT_NEEDED
    if step.fact is not None:
        if step.fact in course.facts:
            return DONE
    elif own is not None and own.not_needed:
        return NOT_NEEDED
    elif own is not None and own.done:
        return DONE
    if waits_for(step, steps, course):
        return CANNOT_START
    return STARTED if own is not None else NOT_STARTED


def waits_for(step: Step, steps: Mapping[str, Step], course: Course) -> list[str]:
    """The steps above that must be over first, by id. One that the engagement does not hold is waited for by nobody."""
    named = [*step.after, *([step.only.step] if step.only else [])]
    return [name for name in dict.fromkeys(named) if name in steps and status(steps[name], steps, course) not in OVER]


def faults_of_entry(step: Step, done: date | None, choice: str, ticks: Collection[str], today: date, entered_on: date) -> dict[str, str]:
    """What is wrong with calling a step done, by field: nothing is, while it is only being worked on."""
    faults: dict[str, str] = {}
    if done is None:
        return faults
    if done > today:
        faults["done"] = "It cannot be done on a day to come."
    elif done < entered_on:
        faults["done"] = f"The engagement was entered on {spoken(entered_on)}; the step cannot be done before it."
    if step.choices and choice not in {one.id for one in step.choices}:
        faults["choice"] = "Say how it came out."
    missing = [one.title for one in step.ticks if one.id not in ticks]
    if missing:
        faults["ticks"] = "Not yet: " + "; ".join(missing) + "."
    return faults


def day_of(name: str, steps: Mapping[str, Step], course: Course) -> date | None:
    """The day on which a step was done; of a fact, since when it holds."""
    step = steps.get(name)
    if step is not None and step.fact is not None:
        return course.facts.get(step.fact)
    own = course.entered.get(name)
    return own.done if own else None


def due(clock: Clock | None, steps: Mapping[str, Step], course: Course, entered_on: date, after: DaysAfter) -> date | None:
    """By when a step is wanted; None while it has no clock, or its clock has not begun."""
    if clock is None:
        return None
    begins = entered_on if clock.after == ENTRY else day_of(clock.after, steps, course)
    return after(begins, clock.count, clock.unit) if begins else None


def out_of_order(steps: Mapping[str, Step], course: Course, entered_on: date) -> list[str]:
    """Steps done before one that they follow, or before the engagement began, in words."""
    said = []
    for step in steps.values():
        day = day_of(step.id, steps, course)
        if day is None:
            continue
        if day < entered_on and step.fact is None:
            said.append(f"{step.title}: {spoken(day)}, before the engagement was entered on {spoken(entered_on)}")
        for name in step.after:
            first = day_of(name, steps, course)
            if first is not None and day < first:
                said.append(f"{step.title}: {spoken(day)}, before “{steps[name].title}” on {spoken(first)}")
    return said


def spoken(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def flagged(raised: Iterable[tuple[date, bool | None]], today: date) -> bool:
    """Whether a school has three entries on the register within a year. One that was looked into and not upheld does not count."""
    return sum(day > today - REGISTER_YEAR and upheld is not False for day, upheld in raised) >= ENTRIES_THAT_FLAG


@dataclass(frozen=True)
class Taken:
    """A rung that was taken, where it stands and how it ended."""

    rung: str
    standing: str
    outcome: str = ""
    issued: date | None = None


def why_not(rung: Rung, ladder: Ladder, route: str, taken: Collection[Taken]) -> list[str]:
    """Why a rung may not be taken, in words: the school's route has no such power, or what must come before has not."""
    if ladder.route != route:
        whom = "an academy" if route == "academy" else "a maintained school"
        return [f"The school is {whom}: this is for {'academies' if ladder.route == 'academy' else 'maintained schools'}."]
    said = []
    for gate in rung.after:
        before = ladder.rung(gate.rung)
        there = [one for one in taken if one.rung == gate.rung and one.standing in (ISSUED, ENDED)]
        if not there:
            said.append(f"“{before.title if before else gate.rung}” comes before it.")
        elif gate.outcome and not any(one.outcome == gate.outcome for one in there):
            wanted = next((one.title for one in before.outcomes if one.id == gate.outcome), gate.outcome) if before else gate.outcome
            said.append(f"“{before.title if before else gate.rung}” must have ended with: {wanted}.")
    return said


def passed_over(rung: Rung, ladder: Ladder, taken: Collection[Taken]) -> list[str]:
    """The local rungs below one that were not taken, by title: they may be passed over, with a reason."""
    had = {one.rung for one in taken if one.standing in (ISSUED, ENDED)}
    below = ladder.rungs[: [one.id for one in ladder.rungs].index(rung.id)] if rung.id in {one.id for one in ladder.rungs} else ()
    return [one.title for one in below if one.basis == "local" and one.id not in had]


def faults_of_issue(rung: Rung, ticks: Collection[str], parts: Mapping[str, str], issued: date, today: date) -> dict[str, str]:
    """What is missing before an action can be issued, by field: every condition ticked, every part written, a day that has come."""
    faults: dict[str, str] = {}
    missing = [one.title for one in rung.conditions if one.id not in ticks]
    if missing:
        faults["ticks"] = "Every condition must hold. Not ticked: " + "; ".join(missing) + "."
    for part in rung.parts:
        if not parts.get(part.id, "").strip():
            faults[f"part-{part.id}"] = "The paper must hold this."
    if issued > today:
        faults["issued"] = "It is issued on the day it goes out; that has not come."
    return faults


def declared_lately(days: Iterable[date], today: date) -> bool:
    return any(today - DECLARED_FOR < day <= today for day in days)


WAYS = {"up": "moving up", "level": "level", "down": "moving down", "early": "too early to tell"}


def travelled(ways: list[str]) -> str:
    """The direction and how it got there: “moving up, after level and moving down”."""
    if not ways:
        return "no direction has been judged yet"
    before = [WAYS[way] for way in reversed(ways[:-1])][:2]
    return WAYS[ways[-1]] + (f", after {' and '.join(before)}" if before else "")
