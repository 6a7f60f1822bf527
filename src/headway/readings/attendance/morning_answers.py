"""What an attendance officer's Monday is made of: frozen shapes of plain values, and the thresholds as records. Kept protected."""

from dataclasses import dataclass, field
from datetime import date

from headway.readings.attendance.answers import Sending, Watched
from headway.readings.attendance.early.answers import Ahead
from headway.readings.attendance.mets import Mets
from headway.registers.counts import Counts


@dataclass(frozen=True)
class SchoolCounts:
    """A school's year to date. `before` are the same weeks of term a year earlier, None where they are not held or not comparable."""

    urn: int
    counts: Counts
    before: Counts | None
    settled: bool


@dataclass(frozen=True)
class GroupFall:
    """A year group of a school whose attendance fell sharply in the last school days: more than the season, and beyond chance.

    Rates in per cent, of `pupils` with sessions enough; `q` is the share of false ones expected among all that are shown up to it.
    `marks` are the commonest reasons of the absences, with their sessions; `weekday` names the day with more than its share, if any.
    """

    urn: int
    school: str
    year_group: str
    pupils: int
    before_rate: float
    recent_rate: float
    q: float
    marks: tuple[tuple[str, int], ...]
    weekday: str


@dataclass(frozen=True)
class Written:
    """All but the thresholds. `since` is the first day of the last week of marks, `recent` the last school days looked at."""

    year: str
    data_to: date
    since: date
    recent: tuple[date, ...]
    sending: tuple[Sending, ...]
    watched: tuple[Watched, ...]
    schools: tuple[SchoolCounts, ...]
    falls: tuple[GroupFall, ...]
    looked_at: int  # groups
    season: float  # points by which everybody's attendance changed in the same days
    notes: tuple[str, ...]
    ahead: Ahead


@dataclass(frozen=True)
class Morning(Written):
    """Everything, of the whole area. `met` are the thresholds met, which are too many to be put into words before somebody looks."""

    met: Mets
    parts: dict[frozenset[int], "Morning"] = field(default_factory=dict, init=False, repr=False, compare=False)  # of patches
    tables: dict[bool, tuple[object, object]] = field(default_factory=dict, init=False, repr=False, compare=False)  # of schools
    # by the rights that stand: who is in nothing foreseen, and who in no list
    obeying: dict[tuple[frozenset[str], frozenset[str]], "Morning"] = field(default_factory=dict, init=False, repr=False, compare=False)
