"""Which measure stands in which section of a school's page, and in which order; the timeline at its end."""

from collections.abc import Iterable, Sequence
from datetime import date

from headway.readings.answers import Establishment, InspectionEvent, Link, MeasureLine, Profile
from headway.vocabulary.academic_year import AcademicYear

NOUNS = {
    "attendance": "attendance", "exclusions": "attendance", "ks1": "attainment", "ks2": "attainment", "ks4": "attainment",
    "ks5": "attainment", "eyfs": "attainment", "phonics": "attainment", "destinations": "after", "post16": "after",
}  # fmt: skip
TITLES = {
    "attendance": "Attendance", "attainment": "Attainment", "progress": "Progress", "after": "After sixteen", "other": "Other measures",
}  # fmt: skip
FIRST = (
    "attendance.overall_absence", "attendance.persistent_absence", "attendance.severe_absence", "ks2.rwm_expected", "ks2.rwm_higher",
    "ks4.attainment8", "ks4.basics_94", "ks4.basics_95", "ks5.alevel_points_per_entry", "phonics.year1", "eyfs.gld",
)  # fmt: skip
STALE = 4  # years behind the page's newest figure: an earlier series, told apart from what is current


def sections(lines: Sequence[MeasureLine]) -> dict[str, list[MeasureLine]]:
    """Section → its lines in the order of reading. Grades of inspection have a place of their own."""
    found: dict[str, list[MeasureLine]] = {name: [] for name in TITLES}
    for line in sorted(lines, key=_rank):
        if not of_inspection(line):
            found[section_of(line.own.measure.id)].append(line)
    return {name: kept for name, kept in found.items() if kept}


def section_of(measure: str) -> str:
    return "progress" if "progress" in measure else NOUNS.get(measure.split(".")[0], "other")


def _rank(line: MeasureLine) -> int:
    """Those that matter most first; the others stay as they come."""
    return FIRST.index(line.own.measure.id) if line.own.measure.id in FIRST else len(FIRST)


def earlier(lines: Iterable[MeasureLine], newest: AcademicYear | None) -> tuple[list[MeasureLine], list[MeasureLine]]:
    """(current, earlier series): a measure that ended long before the page's newest figure is not where the school stands."""
    current: list[MeasureLine] = []
    old: list[MeasureLine] = []
    for line in lines:
        latest = line.own.latest
        (old if newest and latest and newest - latest.year >= STALE else current).append(line)
    return current, old


def newest_year(lines: Sequence[MeasureLine]) -> AcademicYear | None:
    """Of the school's results; a grade of inspection stands for years and says nothing of how new they are."""
    return max((line.own.latest.year for line in lines if line.own.latest and not of_inspection(line)), default=None)


def of_inspection(line: MeasureLine) -> bool:
    return line.own.measure.id.startswith("inspection.")


def timeline(found: Profile) -> list[tuple[date, str, str]]:
    """(day, kind, words) of what is known by its date, newest first."""
    events = [*_opened(found.establishment), *_linked(found.links), *_inspected(found.inspections)]
    return sorted(events, key=lambda event: (event[0], event[1]), reverse=True)


def _opened(school: Establishment) -> list[tuple[date, str, str]]:
    told = [(school.opened, "School", "Opened under this URN."), (school.closed, "School", "Closed.")]
    return [(day, kind, words) for day, kind, words in told if day]


def _linked(links: Sequence[Link]) -> list[tuple[date, str, str]]:
    own = "Its results are shown as this school’s own past."
    return [
        (link.on, link.kind.replace("_", " ").capitalize(), f"{link_name(link)}.{f' {own}' if inherits(link) else ''}")
        for link in links
        if link.on
    ]


def inherits(link: Link) -> bool:
    return link.chained and link.kind == "predecessor"


def link_name(link: Link) -> str:
    return f"{link.name} (URN {link.urn})" if link.name else f"URN {link.urn}, which no list loaded names"


def _inspected(events: Sequence[InspectionEvent]) -> list[tuple[date, str, str]]:
    """One line an inspection: its overall grade where there is one, else how many areas were judged."""
    days: dict[tuple[date, str], list[InspectionEvent]] = {}
    for event in events:
        if event.inspected:
            days.setdefault((event.inspected, event.scale), []).append(event)
    return [(day, "Inspection", _judged(found)) for (day, _), found in days.items()]


def _judged(found: Sequence[InspectionEvent]) -> str:
    overall = next((event for event in found if event.judgement == "overall_effectiveness"), None)
    of = " (of a predecessor)" if found[0].of_predecessor else ""
    if overall:
        return f"Overall effectiveness: {overall.words}{of}."
    return f"{len(found)} {'judgement' if len(found) == 1 else 'judgements'} on areas, no overall grade{of}."
