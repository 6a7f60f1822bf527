"""Readings of one measure, as asked for by place, level, years and cut."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from headway.readings.door import Door
from headway.store.lookups import Row
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.cut import ALL
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.place import ENGLAND, Level, Urn, authority_code
from headway.vocabulary.reading import Reading
from headway.vocabulary.status import Release
from headway.vocabulary.viewer import Viewer

NAMED = {"school": "a URN", "authority": "an authority", "england": "England"}


@dataclass(frozen=True)
class Asked:
    """What is asked. With an authority and level school: each of its schools. With no place: all at that level."""

    measure: str
    urns: tuple[int, ...] = ()
    authority: str = ""
    level: Level | None = None
    first: AcademicYear | None = None
    last: AcademicYear | None = None
    cut: str | None = ALL  # None: every cut
    region: str = ""
    release: Release | None = None  # as that release had it; None: the newest that the viewer may see

    @property
    def at(self) -> Level:
        if self.level:
            return self.level
        return Level.SCHOOL if self.urns else Level.AUTHORITY if self.authority else Level.REGION if self.region else Level.ENGLAND


def readings(door: Door, asked: Asked, viewer: Viewer) -> list[Reading]:
    """The readings asked for, by place and year. Raises H-USAGE-05 (no such measure), H-VALIDITY-02 (one year
    asked in which the measure has no definition), H-USAGE-01 or -02 (not a place), H-USAGE-03 (a span that ends before
    it starts), H-USAGE-06 (a place nobody knows).
    """
    door.measure(asked.measure)
    if asked.first and asked.last and asked.last < asked.first:
        raise HeadwayError("H-USAGE-03", f"{asked.first} to {asked.last} ends before it starts.", remedy="Write the earlier year first.")
    if asked.first and asked.first == asked.last:
        door.library.period(asked.measure, asked.first)
    check_known(door, asked.urns, asked.authority)
    where, values = _condition(door, asked)
    early = viewer.sees_early
    if asked.release:
        return door.see(_of_release(door, asked, where, values), viewer)
    if asked.at is Level.SCHOOL and asked.authority and not asked.urns:
        code = authority_code(asked.authority)
        return door.see(door.lookup.of_authority(early=early, authority=code, where=where, values=values), viewer)
    places = _places(asked)
    if places:
        where += f" AND place IN ({', '.join('?' * len(places))})"
        values += places
    return door.see(door.lookup.readings(early=early, level=asked.at.value, where=where, values=values), viewer)


def _of_release(door: Door, asked: Asked, where: str, values: list[Any]) -> list[Row]:
    if asked.at is Level.SCHOOL and asked.authority and not asked.urns:
        where += " AND place IN (SELECT urn::VARCHAR FROM establishment WHERE authority = ?)"
        values = [*values, authority_code(asked.authority)]
    elif places := _places(asked):
        where += f" AND place IN ({', '.join('?' * len(places))})"
        values = [*values, *places]
    return door.lookup.of_release(str(asked.release), level=asked.at.value, where=where, values=values)


def each(
    asked: Asked, *, urns: Sequence[int | str] = (), authorities: Sequence[str] = (), england: bool = False, level: Level | None = None
) -> list[Asked]:
    """What is asked, place by place: schools, authorities and England may stand beside each other.

    At level school an authority stands for each of its schools. Raises H-USAGE-01 (not a URN), H-USAGE-13 (places that
    the level cannot have).
    """
    schools = tuple(Urn.parse(text).number for text in urns)
    places = {Level.SCHOOL: bool(schools), Level.AUTHORITY: bool(authorities), Level.ENGLAND: england}
    mixed = [place.value for place, given in places.items() if given and level and place is not level]
    if mixed and not (level is Level.SCHOOL and mixed == ["authority"]):
        raise HeadwayError(
            "H-USAGE-13",
            f"Level {level} cannot stand beside {' and '.join(NAMED[place] for place in mixed)}.",
            "What is named has a level of its own; only an authority may be asked for each of its schools.",
            "Leave the level out, or leave the places out to have everything at that level.",
        )
    found = [replace(asked, urns=schools, level=Level.SCHOOL)] if schools else []
    found += [replace(asked, authority=code, level=level or Level.AUTHORITY) for code in authorities]
    found += [replace(asked, level=Level.ENGLAND)] if england else []
    return found or [replace(asked, level=level)]


def check_known(door: Door, urns: Iterable[int], authority: str = "") -> None:
    """A place that no list holds is a slip of the pen, not an empty answer. Without lists nothing can be said.

    Raises H-USAGE-06, with every such place.
    """
    unknown = [f"URN {urn}" for urn in urns if door.authorities_of_schools and urn not in door.authorities_of_schools]
    if authority and ("authority", authority_code(authority)) not in door.names and "authority" in door.lookup.tables:
        unknown.append(f"authority {authority}")
    if unknown:
        raise HeadwayError(
            "H-USAGE-06",
            f"No list that was loaded holds {', '.join(unknown)}.",
            remedy="Check the number, or load a newer list of schools.",
        )


def _condition(door: Door, asked: Asked) -> tuple[str, list[Any]]:
    where = "measure = ?"
    values: list[Any] = [asked.measure]
    if asked.cut is not None:
        where += " AND cut = ?"
        values.append(door.library.check_cut(asked.cut))
    if asked.first:
        where += " AND year >= ?"
        values.append(asked.first.start)
    if asked.last:
        where += " AND year <= ?"
        values.append(asked.last.start)
    return where, values


def _places(asked: Asked) -> list[str]:
    if asked.at is Level.SCHOOL:
        return [str(Urn.parse(urn)) for urn in asked.urns]
    if asked.at is Level.AUTHORITY and asked.authority:
        return [authority_code(asked.authority)]
    if asked.at is Level.REGION and asked.region:
        return [asked.region]
    return [ENGLAND] if asked.at is Level.ENGLAND else []
