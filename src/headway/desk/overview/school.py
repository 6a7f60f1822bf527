"""A school's page: its lines with their drawings and sentences, made once for all who may see the same."""

from dataclasses import dataclass

from markupsafe import Markup

from headway.charts.drawing import Chart
from headway.charts.lanes import lanes
from headway.charts.side_by_side import side_by_side
from headway.charts.trend import trend
from headway.desk.overview.drawing import body
from headway.desk.overview.queries import holds_early
from headway.language import basis
from headway.language.sentences import gap_sentence, line_sentence
from headway.readings.answers import MeasureLine, Profile
from headway.readings.door import Door
from headway.vocabulary import clock
from headway.vocabulary.viewer import Viewer

NOUNS = {
    "ks2": "Key stage 2", "ks4": "Key stage 4", "ks5": "Sixth form", "attendance": "Attendance", "eyfs": "Early years",
    "phonics": "Phonics", "ks1": "Key stage 1", "destinations": "Destinations", "exclusions": "Suspensions and exclusions",
}  # fmt: skip
PAIRS = (("disadvantage=yes", "disadvantage=no", "Disadvantaged pupils and the others"), ("sex=girls", "sex=boys", "Girls and boys"))


@dataclass(frozen=True)
class Drawn:
    line: MeasureLine
    sentence: str
    trend: Chart
    beside: Chart


def school_body(door: Door, found: Profile, viewer: Viewer, answer: tuple[str, ...], export: bool) -> Markup:
    drawn: dict[str, list[Drawn]] = {}
    for number, line in enumerate(found.lines):
        noun = line.own.measure.id.split(".")[0]
        drawn.setdefault(NOUNS.get(noun, noun.replace("_", " ").capitalize()), []).append(_drawn(line, f"m{number}"))
    tables = [("Context", "context", found.context), ("Staff", "workforce", found.workforce), ("Money", "finance", found.finance)]
    scales = {name: scale["title"] for name, scale in (door.library.lists.get("inspection_scales") or {}).items()}
    chart = lanes(found.inspections, scales, "inspection", clock.today())
    every = (*found.lines, *found.cuts)
    return body("school.html", found=found, school=found.establishment, answer=answer, basis=basis(found.lines, found.snapshot),
                drawn=drawn, tables=tables, inspection=chart, gaps=_gaps(found), groups=_groups(found), early=holds_early(every),
                patch=viewer.urns, export=export)  # fmt: skip


def _drawn(line: MeasureLine, key: str) -> Drawn:
    return Drawn(line, line_sentence(line), trend(line, key), side_by_side(line, key))


def _gaps(found: Profile) -> list[tuple[str, str, str]]:
    """(measure, groups, sentence) for each pair of groups that both have a figure."""
    kept = {(line.own.measure.id, line.own.cut): line.own for line in found.cuts}
    told = []
    for (measure, cut), own in kept.items():
        for one, other, words in PAIRS:
            if cut == one and (measure, other) in kept:
                sentence = gap_sentence(own, kept[(measure, other)])
                if sentence:
                    told.append((own.measure.short, words, sentence))
    return told


def _groups(found: Profile) -> list[tuple[str, list[MeasureLine]]]:
    """The cuts by measure."""
    by: dict[str, list[MeasureLine]] = {}
    for line in found.cuts:
        by.setdefault(line.own.measure.title, []).append(line)
    return list(by.items())
