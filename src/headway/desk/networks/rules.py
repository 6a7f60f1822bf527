"""Who reviews whom in a network, what may be done next. No database here."""

from collections.abc import Collection, Sequence
from datetime import date

Pair = tuple[int, int]  # (who reviews, who is reviewed)


def ring(schools: Sequence[int], past: Collection[Pair] = (), *, both_ways: bool = False) -> tuple[Pair, ...]:
    """Who reviews whom: each school reviews one and is reviewed by one.

    The schools stand in a ring, and each reviews the one that stands a number of steps on. Of the numbers that make no two schools
    review one another (unless `both_ways` was chosen) the one is taken that repeats the fewest pairs of earlier cycles, then the smallest.
    Empty where no number will do: fewer than three schools, or two that may not review one another.
    """
    order = sorted(set(schools))
    many = len(order)
    steps = [step for step in range(1, many) if both_ways or 2 * step % many]
    if not steps:
        return ()
    made = [tuple((order[at], order[(at + step) % many]) for at in range(many)) for step in steps]
    return min(made, key=lambda pairs: (sum(pair in past for pair in pairs), made.index(pairs)))


def faults_of_pair(reviewer: int, host: int, pairs: Collection[Pair], *, both_ways: bool) -> list[str]:
    """What is wrong with one pair beside those of the cycle that stand already."""
    if reviewer == host:
        return ["A school does not review itself."]
    faults = []
    if (reviewer, host) in pairs:
        faults.append("This pair is in the cycle already.")
    if not both_ways and (host, reviewer) in pairs:
        faults.append("These two would review one another, which was not chosen for this cycle.")
    return faults


def review_stands(day: date | None, found: bool, agreed: bool, called_off: bool, today: date) -> str:
    """Where a peer review stands, in words."""
    if called_off:
        return "called off"
    if agreed:
        return "findings agreed"
    if found:
        return "findings with the host"
    if day is None:
        return "no day yet"
    return "findings to be written" if day < today else "booked"


def meeting_stands(day: date, held: bool, agreed: bool, called_off: bool, today: date) -> str:
    if called_off:
        return "called off"
    if agreed:
        return "minutes agreed"
    if held:
        return "held"
    return "to be written up" if day < today else "to come"


def summary(members: int, meetings: int, late: int, next_day: date | None) -> str:
    """A network in a sentence or two."""
    said = f"{members} {'school is' if members == 1 else 'schools are'} in it"
    said += f"; it has met {'once' if meetings == 1 else f'{meetings} times'}" if meetings else "; it has not met yet"
    said += f" and meets next on {next_day.day} {next_day:%B %Y}." if next_day else "."
    if late:
        said += f" {late} {'promise is' if late == 1 else 'promises are'} overdue."
    return said
