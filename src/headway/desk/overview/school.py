"""A school's page: its lines with their drawings and sentences, made once for all who may see the same."""

from dataclasses import dataclass
from itertools import count

from django.urls import reverse
from markupsafe import Markup

from headway.charts.drawing import Chart
from headway.charts.lanes import lanes
from headway.charts.side_by_side import side_by_side
from headway.charts.trend import trend
from headway.desk.framing.drawing import body
from headway.desk.overview import sections
from headway.desk.overview.queries import BESIDE_VALUE_ADDED, holds_early
from headway.language import basis, gaps_sentence, group_gaps
from headway.language.ranks import place_words
from headway.language.sentences import line_sentence
from headway.readings.answers import MeasureLine, Profile
from headway.readings.door import Door
from headway.readings.positions import place
from headway.vocabulary import clock
from headway.vocabulary.viewer import Viewer

NEWEST = 3  # years in which a place is looked for


@dataclass(frozen=True)
class Drawn:
    line: MeasureLine
    sentence: str
    trend: Chart
    beside: Chart
    years: dict[str, str]  # each year with a reading → how it was worked out
    place: str = ""  # among the schools of its phase in England, with its margin


@dataclass(frozen=True)
class Section:
    id: str
    title: str
    current: list[Drawn]
    earlier: list[Drawn]


def school_body(door: Door, found: Profile, viewer: Viewer, answer: tuple[str, ...], export: bool, support: bool, comes: bool) -> Markup:
    tables = [("Context", "context", found.context), ("Staff", "workforce", found.workforce), ("Money", "finance", found.finance)]
    scales = door.library.scale_titles
    gaps = group_gaps(found.cuts)
    return body(
        "school.html",
        "overview",
        found=found,
        school=found.establishment,
        answer=answer,
        basis=basis(found.lines, found.snapshot),
        sections=_sections(door, found),
        tables=[table for table in tables if table[2]],
        inspection=lanes(found.inspections, scales, "inspection", clock.today()),
        grade_words=door.library.grade_words,
        grades=[line for line in found.lines if sections.of_inspection(line)],
        said=[gaps_sentence(pair) for pair in gaps],
        gaps=[gap for pair in gaps for gap in pair],
        groups=_groups(found),
        small=[line for line in found.lines if line.small_cohort],
        timeline=sections.timeline(found),
        early=holds_early((*found.lines, *found.cuts)),
        patch=viewer.urns,
        value_added=viewer.sees_early and any(line.own.measure.id in BESIDE_VALUE_ADDED for line in found.lines),
        export=export,
        support=support,
        comes=comes,
        cut_words=door.library.cut_words,
        inherits=sections.inherits,
        link_name=sections.link_name,
    )


def _sections(door: Door, found: Profile) -> list[Section]:
    newest, keys = sections.newest_year(found.lines), count()
    made = []
    for name, lines in sections.sections(found.lines).items():
        drawn = [
            [_drawn(door, line, found.establishment.phase, f"m{next(keys)}") for line in part] for part in sections.earlier(lines, newest)
        ]
        made.append(Section(name, sections.TITLES[name], *drawn))
    return made


def _drawn(door: Door, line: MeasureLine, phase: str, key: str) -> Drawn:
    sentence, measure = line_sentence(line), line.own.measure
    years = {str(one.year): reverse("explain_school", args=[int(one.place), measure.id, one.year.start]) for one in line.own.readings}
    stands = _stands(door, line, phase)
    return Drawn(line, sentence, trend(line, key, f"{measure.title}: {sentence}"), side_by_side(line, key), years, stands)


def _stands(door: Door, line: MeasureLine, phase: str) -> str:
    """The place in the newest year that England's schools have figures of; of a small cohort that of three years together."""
    measure = line.own.measure
    for shown in [line.pooled] if line.small_cohort else list(reversed(line.own.readings))[:NEWEST]:
        found = place(door, shown, measure, phase) if shown else None
        if found and shown:
            when = "" if shown is line.own.latest or shown is line.pooled else f" in {shown.year}"
            return f"{place_words(found, measure.better)}{when}"
    return ""


def _groups(found: Profile) -> list[tuple[str, list[MeasureLine]]]:
    """The cuts by measure."""
    by: dict[str, list[MeasureLine]] = {}
    for line in found.cuts:
        by.setdefault(line.own.measure.title, []).append(line)
    return list(by.items())
