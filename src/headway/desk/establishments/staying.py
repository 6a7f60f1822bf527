"""Which schools belong together from a day until a day: members of a group or a network, and what a change comes to. No database here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol


class Stay(Protocol):
    """One school in a group or a network, from a day until a day; the last day is not within it."""

    @property
    def urn(self) -> int: ...

    since: date
    until: date | None


@dataclass(frozen=True)
class Change:
    """What a new list of members does."""

    joined: tuple[int, ...]
    left: tuple[int, ...]


def members_on(stays: Iterable[Stay], day: date) -> tuple[int, ...]:
    """The URNs of its schools on a day, by URN."""
    return tuple(sorted(one.urn for one in stays if one.since <= day and (one.until is None or one.until > day)))


def change(current: Iterable[int], wanted: Iterable[int]) -> Change:
    now, then = set(current), set(wanted)
    return Change(tuple(sorted(then - now)), tuple(sorted(now - then)))


def days_of_change(stays: Iterable[Stay]) -> list[tuple[date, tuple[int, ...], tuple[int, ...]]]:
    """(day, who joined, who left), newest first."""
    listed = list(stays)
    days = {one.since for one in listed} | {one.until for one in listed if one.until}
    return [
        (day, tuple(sorted(one.urn for one in listed if one.since == day)), tuple(sorted(one.urn for one in listed if one.until == day)))
        for day in sorted(days, reverse=True)
    ]


def faults_of_day(day: date, today: date, newest: date | None) -> list[str]:
    """What is wrong with the day from which a list of members is to hold."""
    faults = []
    if day > today:
        faults.append("Give today or an earlier day.")
    if newest and day < newest:
        faults.append(f"The members were changed on {newest.day} {newest:%B %Y} already. Give that day or a later one.")
    return faults
