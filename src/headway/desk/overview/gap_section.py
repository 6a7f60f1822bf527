"""The part of a measure's page about groups: how far each is behind, and in which schools an area's gap lies."""

from dataclasses import dataclass

from headway.language.gap_views import concentration_words, gap_words, limits_words
from headway.readings.door import Door
from headway.readings.gaps import Concentration, Gap, concentration, gaps
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.place import Level
from headway.vocabulary.viewer import Viewer

LISTED = 12  # schools in the table of where the gap lies


@dataclass(frozen=True)
class GapRow:
    gap: Gap
    name: str
    other: str
    said: str
    margin: str
    here: str


@dataclass(frozen=True)
class Lies:
    of: Concentration
    said: str
    listed: int


def gap_rows(door: Door, viewer: Viewer, measure: str, authority: str) -> list[GapRow]:
    found = []
    for gap in gaps(door, viewer, measure=measure, level=Level.AUTHORITY, place=authority):
        group, other = door.library.cut_words(gap.group), door.library.cut_words(gap.other) or "all pupils"
        newest = gap.newest
        unit = gap.measure.unit
        found.append(
            GapRow(
                gap, group, other, gap_words(gap, group, other), limits_words(newest.national_limits if newest else None, unit),
                limits_words(newest.here_limits, unit) if newest and newest.behind_here is not None else "not shown here",
            )
        )  # fmt: skip
    return found


def where_it_lies(door: Door, viewer: Viewer, measure: str, authority: str, year: AcademicYear) -> Lies | None:
    found = concentration(door, viewer, measure=measure, authority=authority, year=year)
    return Lies(found, concentration_words(found), max(LISTED, min(found.enough, len(found.shares)))) if found else None
