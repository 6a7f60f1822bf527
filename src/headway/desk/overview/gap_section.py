"""The part of a measure's page about gaps: between groups, between schools and England or their families, between parts of the area."""

from dataclasses import dataclass

from headway.language.gap_views import PARTS, concentration_words, gap_words, limits_words, parts_words, reaching_words
from headway.readings.districts import By, Parts, parts, ways
from headway.readings.door import Door
from headway.readings.gaps import Concentration, Gap, concentration, gaps
from headway.readings.reaching import Reaching, reaching
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


@dataclass(frozen=True)
class Reach:
    of: Reaching
    said: str
    listed: int


def if_each_reached(door: Door, viewer: Viewer, measure: str, authority: str, year: AcademicYear) -> Reach | None:
    found = reaching(door, viewer, measure=measure, authority=authority, year=year)
    return Reach(found, reaching_words(found), max(LISTED, sum(step.beyond_chance for step in found.steps))) if found else None


@dataclass(frozen=True)
class Parted:
    """The area by parts, and the other ways it could be parted."""

    of: Parts
    said: str
    margins: list[str]
    name: str
    ways: list[tuple[By, str]]


def by_parts(
    door: Door, viewer: Viewer, measure: str, authority: str, year: AcademicYear, asked: str, phase: str = ""
) -> Parted | None:  # fmt: skip
    """By the way asked for, else the first that the area has."""
    there = ways(door, authority)
    by = next((way for way in there if way == asked), there[0] if there else None)
    found = parts(door, viewer, measure=measure, authority=authority, year=year, by=by, phase=phase) if by else None
    if found is None or by is None:
        return None
    margins = [limits_words(one.limits, "points") if one.limits else "too few schools or pupils" for one in found.parts]
    return Parted(found, parts_words(found), margins, PARTS[by], [(way, PARTS[way]) for way in there])
