"""What an attendance officer, or anybody, is told at the end of a week."""

from dataclasses import dataclass
from datetime import date

from headway.readings.attendance.answers import Line
from headway.readings.attendance.early.asking import Asked as EarlyAsked
from headway.readings.attendance.early.done import Done
from headway.readings.attendance.early.pupils import flags
from headway.readings.attendance.opening import day_or_today
from headway.readings.attendance.public import Public, public_figures
from headway.readings.attendance.summary import Asked, summary, week_span
from headway.readings.attendance.thresholds import thresholds
from headway.readings.attendance.watch import sending, watch
from headway.readings.door import Door
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import Viewer

BEHIND = 2  # school days without marks from which a school is told of as not sending


@dataclass(frozen=True)
class Week:
    """Monday to Sunday of the newest week up to a day. `year` and `week` are lines of everybody in the patch; `behind` are schools.

    `kinds` are how many pupils are watched or flagged, by kind; flags that something cleared are not among them.
    """

    first: date
    last: date
    data_to: date | None
    year: Line | None
    week: Line | None
    met: int
    provisional: int
    kinds: dict[str, int]
    behind: tuple[str, ...]
    nothing_sent: int


def week(door: Door, viewer: Viewer | None, until: date | None = None, done: tuple[Done, ...] = ()) -> Week:
    """Raises H-ACCESS-40, 41, 45 and 47, H-DATA-73."""
    day = day_or_today(until)
    whole = _line(door, viewer, Asked(last=day, last_year=True, across_regimes=True))
    data_to = whole.last if whole else None
    first, last = week_span(data_to or day)
    own = _line(door, viewer, Asked(first=first, last=min(last, day), last_year=True, across_regimes=True)) if whole else None
    met = thresholds(door, viewer, since=first, until=min(last, day))
    flagged = [(one.kind, one.urn, one.key) for one in flags(door, viewer, EarlyAsked(until=day, done=done)).flags if one.stands]
    watched = [(one.kind, one.urn, one.key) for one in watch(door, viewer, until=day, kinds=("severe", "persistent"))]
    every = sending(door, viewer, until=day)
    kinds: dict[str, int] = {}
    for kind, *_ in dict.fromkeys([*watched, *flagged]):
        kinds[kind] = kinds.get(kind, 0) + 1
    return Week(
        first, last, data_to, whole, own, len(met), sum(one.provisional for one in met), kinds,
        tuple(one.school for one in every if one.last and one.behind >= BEHIND), sum(one.last is None for one in every),
    )  # fmt: skip


def _line(door: Door, viewer: Viewer | None, asked: Asked) -> Line | None:
    lines = summary(door, viewer, asked).lines
    return lines[0] if lines else None


def public_week(door: Door, viewer: Viewer | None, until: date | None = None) -> Public:
    """The same for anybody: to date only, since a week's count less the last one's must never be a small number. Raises H-DATA-73."""
    found = public_figures(door, viewer, until)
    if not found.figures:
        raise HeadwayError("H-DATA-73", "No school is large enough to say anything of in public.", remedy="Load more registers.")
    return found
