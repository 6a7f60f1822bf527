"""The desk-top analysis of one school: what the rules say and on what, its figures, inspections, visits, and what services returned."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from headway.charts.drawing import Chart
from headway.charts.trend import trend
from headway.desk.accounts.models import User
from headway.desk.accounts.queries import names_of
from headway.desk.tiers import queries
from headway.desk.tiers.models import ASKED, Service
from headway.desk.visits.models import State, Visit
from headway.desk.visits.pages import profile_of, titles
from headway.desk.visits.queries import visits_for
from headway.language.answer import profile_answer
from headway.language.sentences import line_sentence
from headway.readings.answers import InspectionEvent, MeasureLine, Profile
from headway.readings.door import Door
from headway.vocabulary.viewer import Viewer

HEADLINES = ("ks2.rwm_expected", "ks4.attainment8", "attendance.overall_absence", "eyfs.good_level")
SHOWN_CONTEXT = 4
LAST = 3


@dataclass(frozen=True)
class Said:
    """A service's line on a school; `line` empty where none was sent."""

    service: str
    line: str
    kind: str = ""
    clear: bool = False
    on: Any = None
    by: str = ""


@dataclass(frozen=True)
class Analysis:
    """Everything on the right of the meeting's page but what is decided."""

    profile: Profile | None
    answer: tuple[str, ...]
    pictures: tuple[tuple[MeasureLine, str, Chart], ...]  # a headline measure, its sentence, its years
    context: tuple[MeasureLine, ...]
    inspections: tuple[tuple[Any, str, tuple[InspectionEvent, ...]], ...]  # (day, scale, judgements), the newest first
    visits: tuple[tuple[Visit, str], ...]
    returns: tuple[Said, ...]
    sent: int

    @property
    def asked(self) -> int:
        return len(ASKED)


def analysis(door: Door, user: User, viewer: Viewer, urn: int) -> Analysis:
    found = profile_of(door, urn, viewer)
    lines = {line.own.measure.id: line for line in found.lines} if found else {}
    pictures = [(lines[name], line_sentence(lines[name])) for name in HEADLINES if name in lines and lines[name].own.readings]
    drawn = tuple((line, said, trend(line, f"t{at}", f"{line.own.measure.title}: {said}")) for at, (line, said) in enumerate(pictures[:2]))
    returns = said_of(door, user, urn)
    done = visits_for(user).filter(school_id=urn).exclude(state__in=(State.BOOKED, State.CANCELLED)).order_by("-day")[:LAST]
    named = titles(door)
    return Analysis(
        found, tuple(profile_answer(found)) if found else (), drawn, found.context[:SHOWN_CONTEXT] if found else (),
        _visits_of_inspectors(door, found.inspections if found else ()), tuple((one, named.get(one.kind, one.kind)) for one in done),
        returns, len({one.service for one in returns if one.line} & {one.label for one in ASKED}),
    )  # fmt: skip


def _visits_of_inspectors(door: Door, found: Iterable[InspectionEvent]) -> tuple[tuple[Any, str, tuple[InspectionEvent, ...]], ...]:
    """The two newest inspections, each with its judgements on its own scale."""
    by_day: dict[tuple[Any, str], list[InspectionEvent]] = {}
    for event in found:
        by_day.setdefault((event.inspected, event.scale), []).append(event)
    newest = sorted(by_day.items(), key=lambda one: str(one[0][0]), reverse=True)[:2]
    scales = door.library.scale_titles
    return tuple((day, scales.get(scale, scale), tuple(events)) for (day, scale), events in newest)


def said_of(door: Door, user: User, urn: int) -> tuple[Said, ...]:
    """What services returned, the newest of each kind first; services that were asked and have not sent anything, at the end."""
    kinds = door.library.soft_signals
    found = list(queries.returns_for(user).filter(school_id=urn, archived=None))
    names = names_of({one.by for one in found})
    said = [
        Said(one.get_service_display(), queries.line_of(one), kinds[one.kind].title if one.kind in kinds else "", one.clear, one.on,
             names.get(one.by, ""))
        for one in found
    ]  # fmt: skip
    there = {one.service for one in found}
    return (*said, *(Said(Service(one).label, "") for one in ASKED if one not in there))
