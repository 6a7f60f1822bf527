"""What a group's page holds, made of what the one door answers. Only published figures are in it, whoever asks."""

from dataclasses import dataclass

from headway.charts.drawing import Chart
from headway.charts.sparkline import sparkline
from headway.language.groups import group_answer, in_the_mean
from headway.language.sentences import line_sentence
from headway.readings.answers import Establishment, MeasureLine
from headway.readings.comparators import kept_beside
from headway.readings.door import Door
from headway.readings.groups import GroupSeries, LeftOut, group_series, schools_of
from headway.readings.profile import PAGE_PHASES
from headway.vocabulary.viewer import PUBLIC

MEASURES = (
    "ks2.rwm_expected", "ks2.rwm_higher", "phonics.year1", "eyfs.gld", "ks4.attainment8", "ks4.progress8", "ks4.basics_95",
    "attendance.overall_absence", "attendance.persistent_absence", "exclusions.suspension_rate", "context.fsm6", "context.eal",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One measure of a group: its years, England's and the authority's beside them, a picture and a sentence."""

    series: GroupSeries
    beside: MeasureLine
    spark: Chart
    sentence: str
    rests_on: str  # how many of its schools the newest mean is of
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True)
class Shown:
    """A group as its page shows it."""

    name: str
    schools: list[Establishment]
    lines: list[Line]
    answer: str
    authority: str  # the name of the one that all its schools are of; empty where they are of several


def shown(door: Door, name: str, urns: tuple[int, ...]) -> Shown:
    """Raises H-USAGE-06 for a school that no list holds."""
    schools = schools_of(door, urns)
    made = [_line(door, name, schools, measure, f"g{place}") for place, measure in enumerate(MEASURES) if measure in door.library.measures]
    lines = [line for line in made if line is not None]
    of = {school.authority_name for school in schools}
    answer = group_answer(name, len(urns), [line.beside for line in lines])
    return Shown(name, schools, lines, answer, of.pop() if len(of) == 1 else "")


def _line(door: Door, name: str, schools: list[Establishment], measure: str, key: str) -> Line | None:
    """Nothing for a measure that has no mean in any year."""
    series = group_series(door, tuple(school.urn for school in schools), name, measure=measure)
    latest = series.latest
    if latest is None or latest.reading.value is None:
        return None
    phases = {PAGE_PHASES.get(school.phase, "") for school in schools}
    phase = phases.pop() if len(phases) == 1 else ""
    trends, cuts = kept_beside(door, schools[0].authority, schools[0].region, PUBLIC, measure, "all", phase)
    wanted = ("authority", "england") if len({school.authority for school in schools}) == 1 else ("england",)
    beside = MeasureLine(series.trend, {one: trends[one] for one in wanted if one in trends}, cuts)
    return Line(series, beside, sparkline(series.trend, key), line_sentence(beside), in_the_mean(latest, len(schools)), latest.left_out)
