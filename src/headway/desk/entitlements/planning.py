"""By when things are due: a tier's lines laid over a school year. Pure: no database, no clock."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from headway.definitions.entitlements import Conditional, Entitlement, Fixed, Line, Triggered
from headway.vocabulary.school_days import OpenYear, SchoolDays

FEWEST_DAYS = 15  # school days that are left at least to do what is due by a day of the year; who comes into a tier later has other days
EVERYBODY = ""  # the tier of what is given in every tier
# The items that other nouns write down; every other one that takes an adviser's time is given by a kind of visit.
COUNTED = frozenset({
    "desktop", "self_evaluation", "plan", "programme", "project_board", "governance_review", "attendance_meeting", "governors_copy",
    "brokered_support",
})  # fmt: skip


@dataclass(frozen=True)
class Stay:
    """A school in one tier: since when, and the first day on which it no longer was."""

    tier: str
    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Happening:
    """Something that brings an entitlement about: an event on a day, or a condition that holds from a day, and until when."""

    kind: str
    since: date
    until: date | None = None
    number: int = 0


@dataclass(frozen=True)
class Due:
    """One thing owed: what is done from `opens` on counts for it. `replaced_by` is an item given in its place."""

    item: str
    due: date
    opens: date
    tier: str
    why: str
    until: date | None = None  # the day from which it is no longer owed, where that is known
    replaced_by: str = ""


@dataclass(frozen=True)
class Over:
    """What lines are laid over: the school year and its days, and the part of it that the school is in the tier."""

    year: OpenYear
    days: SchoolDays
    tier: str = EVERYBODY
    since: date | None = None
    until: date | None = None

    @property
    def start(self) -> date:
        return max(self.since or self.year.first, self.year.first)

    @property
    def late(self) -> bool:
        """Whether the school came into the tier when the year had begun."""
        return self.start > self.year.first

    def in_time(self, day: date) -> bool:
        """Whether something due by a day can fairly be asked of a school that came in late."""
        return not self.late or self.days.between(self.start, day) >= FEWEST_DAYS

    def holds(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)

    def due(self, line: Line, due: date, opens: date, why: str) -> Due:
        return Due(line.item, due, opens, self.tier, why, self.until)


def merged(stays: Iterable[Stay]) -> tuple[Stay, ...]:
    """Stays in order; a decision that leaves the tier as it was does not begin a new one."""
    found: list[Stay] = []
    for stay in sorted(stays, key=lambda one: one.since):
        if found and found[-1].tier == stay.tier and found[-1].until in (None, stay.since):
            found[-1] = replace(found[-1], until=stay.until)
        else:
            if found and (found[-1].until is None or found[-1].until > stay.since):
                found[-1] = replace(found[-1], until=stay.since)
            found.append(stay)
    return tuple(found)


def parts(entitlement: Entitlement, stays: Iterable[Stay], year: OpenYear, days: SchoolDays) -> Iterator[tuple[Over, tuple[Line, ...]]]:
    """Each stretch of the year with the lines that it gives: those for everybody over the whole of it, then those of each tier."""
    yield Over(year, days), entitlement.everybody
    for stay in stays:
        if stay.since <= year.last and (stay.until is None or stay.until > year.opens) and stay.tier in entitlement.tiers:
            yield Over(year, days, stay.tier, stay.since, stay.until), entitlement.tiers[stay.tier].lines


def dues(line: Line, over: Over, happenings: Iterable[Happening]) -> list[Due]:
    """What one line asks for in a stretch of the year; intervals, which follow from what was done, are the ledger's."""
    if isinstance(line, Fixed):
        return [over.due(line, due, opens, fixed_words(line)) for opens, due in fixed_days(line, over)]
    if isinstance(line, Conditional):
        return [one for happening in happenings if happening.kind == line.when for one in _conditional(line, happening, over)]
    if isinstance(line, Triggered):
        found = [one for one in happenings if one.kind == line.on and over.year.holds(one.since) and over.holds(one.since)]
        if line.on == "tier_entered" and over.since and over.year.holds(over.since):
            found.append(Happening("tier_entered", over.since))
        return [over.due(line, within(line.due, one.since, over.days), one.since, line.on) for one in found]
    return []


def fixed_days(line: Fixed, over: Over) -> list[tuple[date, date]]:
    """(opens, due) of each time. Who comes late has as many school days from then on as others had from the start of the year."""
    year, start = over.year, over.start
    if line.due.startswith("each"):
        return _each(over, over.year.parts if "half" in line.due else None)
    if line.due.startswith("week") or line.due.endswith("school days"):
        due = within(line.due, start, over.days)
        return [(start, due)] * line.times if due <= year.last else []
    if not line.due:
        return [(year.opens, due) for due in _spread(line.times, over) if over.in_time(due)]
    day = year.parts[0].last if "October" in line.due else year.term_ends(line.due.removeprefix("end of ").split()[0])[-1]
    if over.in_time(day):
        return [(year.opens, day)] * line.times
    moved = over.days.after(start, over.days.between(year.first, day))
    return [(start, moved)] * line.times if moved <= year.last else []


def _each(over: Over, halves: tuple[object, ...] | None) -> list[tuple[date, date]]:
    year = over.year
    ends = [part.last for part in year.parts] if halves else list(year.term_ends())
    opens = [year.opens, *(over.days.after(end, 1) for end in ends[:-1])]
    return [(begins, end) for begins, end in zip(opens, ends, strict=True) if over.in_time(end)]


def _spread(times: int, over: Over) -> list[date]:
    """Evenly over the open days of the year: the last by its last day."""
    first, many = over.days.after(over.year.first, 0), over.days.between(over.year.first, over.year.last) + 1
    return [over.days.after(first, -(-number * many // times) - 1) if number < times else over.year.last for number in range(1, times + 1)]


def within(words: str, start: date, days: SchoolDays) -> date:
    """“week 4”, counted from the week of the start; “30 school days”, counted from the day after it."""
    number = int("".join(mark for mark in words if mark.isdigit()))
    return days.week(start, number) if words.startswith("week") else days.after(start, number)


def _conditional(line: Conditional, one: Happening, over: Over) -> Iterator[Due]:
    """Within so long of the day from which it holds here; no longer owed from the day on which it stops."""
    start = max(one.since, over.start)
    ends = min((day for day in (one.until, over.until) if day), default=None)
    if start > over.year.last or (ends is not None and ends <= start):
        return
    due = start
    for _ in range(line.times):
        due = within(line.due, due, over.days)
        yield Due(line.item, due, start, over.tier, line.when, ends)


def fixed_words(line: Fixed) -> str:
    if not line.due:
        return "once a year" if line.times == 1 else f"{line.times} times a year"
    return f"within {line.due}" if line.due[0].isdigit() else f"by {line.due}" if line.due.startswith("week") else line.due
