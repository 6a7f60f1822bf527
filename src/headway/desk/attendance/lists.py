"""An officer's lists: found out once of each morning and state of the desk, for each person. A city's are long; a page shows the first few.

What is kept are the rows, not a page: a page is made for whoever asks, and each look is written down (`actions.look`).
"""

from dataclasses import dataclass
from datetime import date

from headway.desk.accounts.models import User
from headway.desk.attendance import ahead, pages, queries
from headway.desk.attendance.models import Lead, Return
from headway.desk.framing.keeping import for_person
from headway.desk.strategy.attendance_results import PACKAGE
from headway.desk.strategy.models import Strategy
from headway.desk.strategy.queries import visible_to
from headway.readings.attendance.mets import Mets
from headway.readings.attendance.morning_answers import Morning
from headway.readings.attendance.schools import Schools
from headway.readings.door import Door

MET = 10  # thresholds before “show all”


@dataclass(frozen=True)
class Lists:
    """Of pupils and year groups: `week` are the thresholds met since a week before the last marks, `recent` the first of them in words."""

    severe: list[pages.PupilRow]
    severe_of: int
    falls: list[pages.FallRow]
    early: ahead.Early
    drops: list[pages.PupilRow]
    drifts: list[ahead.EarlyRow]
    patterns: list[ahead.EarlyRow]
    clusters: list[ahead.SchoolRow]  # year groups that are not among the falls
    week: Mets
    recent: list[pages.MetRow]
    undecided: int
    dues: list[pages.Due]
    returns: list[Return]


@dataclass(frozen=True)
class Beside:
    """What goes with the schools of a table."""

    leads: dict[int, Lead]
    meetings: pages.Meetings
    strategies: list[Strategy]


def early_of(door: Door, found: Morning, user: User, today: date) -> ahead.Early:
    """Of a morning that is the user's own already."""
    kept: ahead.Early = for_person(door, user, today, "early warning", lambda: ahead.early(door, found, user, today), of=found)
    return kept


def lists_of(door: Door, found: Morning, user: User, today: date) -> Lists:
    kept: Lists = for_person(door, user, today, "lists of Monday", lambda: _lists(door, found, user, today), of=found)
    return kept


def _lists(door: Door, found: Morning, user: User, today: date) -> Lists:
    severe, of = pages.severe(found, user, today)
    falls, told = pages.falls(found, user, today), early_of(door, found, user, today)
    standing = {(row.one.urn, row.one.key) for row in told.of(("drop",))} | pages.of_figures(found, user, today)
    drops, week = pages.drops(found, queries.open_plans(user), standing), found.met.since(found.since)
    drifts, patterns = (told.of(kinds) for kinds in (ahead.DRIFTS, ahead.PATTERNS))
    fallen = {(row.fall.urn, f"Year {row.fall.year_group}") for row in falls}
    clusters = [row for row in told.groups if (row.urn, row.what) not in fallen]
    return Lists(
        severe, of, falls, told, drops, drifts, patterns, clusters, week, pages.met(week[:MET], user),
        len(pages.undecided(found.met, user)), pages.dues(user, today), pages.returns(user),
    )  # fmt: skip


def beside(door: Door, table: Schools, user: User, today: date) -> Beside:
    kept: Beside = for_person(door, user, today, "beside Monday's schools", lambda: _beside(table, user, today), of=table)
    return kept


def _beside(table: Schools, user: User, today: date) -> Beside:
    strategies = [one for one in visible_to(user) if one.source.startswith(PACKAGE)]
    return Beside(queries.leads(user), pages.meetings(user, table.lines, today), strategies)
