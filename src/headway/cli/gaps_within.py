"""The gaps inside an area, for the gaps command: school by school to England or to their families, or part by part to the rest."""

from typing import Any

from headway.language import gap_views as words
from headway.readings import districts, measures
from headway.readings.door import Door
from headway.readings.gaps import concentration
from headway.readings.reaching import reaching
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.place import Level
from headway.vocabulary.viewer import Viewer

Rows = list[dict[str, Any]]


def gaps_within(
    door: Door, who: Viewer, measure: str, level: Level, code: str, to: str, year: AcademicYear | None
) -> tuple[str, Rows]:  # fmt: skip
    """What is said of it, and a row each. Raises H-USAGE-53 for a place that is no area, or a gap that nobody knows."""
    if level is not Level.AUTHORITY or to not in ("england", "family", *districts.WAYS):
        raise HeadwayError(
            "H-USAGE-53", f"There is no gap of {code} to {to!r}.", "Schools and parts are those of an authority.",
            f"Give an authority, and --to england, family, {', '.join(districts.WAYS)}.",
        )  # fmt: skip
    spread = measures.distribution(door, who, measure=measure, authority=code, year=year)
    asked: Any = {"measure": measure, "authority": code, "year": spread.year}
    if to == "england":
        lies = concentration(door, who, **asked)
        rows = [_school(one) | {"england": lies.england} for one in lies.shares] if lies else []
        return words.concentration_words(lies) if lies else "", rows
    if to == "family":
        reach = reaching(door, who, **asked)
        rows = [_school(one) | {"family": one.family, "beyond_chance": one.beyond_chance} for one in reach.steps] if reach else []
        return words.reaching_words(reach) if reach else "", rows
    found = districts.parts(door, who, by=next(way for way in districts.WAYS if way == to), **asked)
    return words.parts_words(found) if found else "", [one.as_dict() | {"year": str(spread.year)} for one in (found.parts if found else ())]


def _school(part: Any) -> dict[str, Any]:
    school, reading = part.establishment, part.reading
    return {
        "urn": school.urn, "name": school.name, "year": str(reading.year), "value": reading.value, "of": reading.denominator,
        "pupils": part.pupils,
    }  # fmt: skip
