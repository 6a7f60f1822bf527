"""From what a network is made: a family of the comparison engine, a trust, a locality; and which terms a cycle may be in."""

from dataclasses import dataclass
from typing import Any

from headway.desk.accounts.addresses import number_in
from headway.desk.establishments.models import Establishment
from headway.readings.door import Door
from headway.readings.groups import of_locality, of_trust
from headway.readings.schools import school_filters
from headway.readings.strengths import apart
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.clock import today
from headway.vocabulary.viewer import Viewer

FEWEST = 3  # schools of a trust or locality
NEAREST = 8  # a working group that fits round a table, with the school itself nine


@dataclass(frozen=True)
class Start:
    """What the form of a new network begins with."""

    name: str = ""
    kind: str = "consortium"
    schools: str = ""
    note: str = ""
    known: dict[str, Any] | None = None


def started(door: Door, area: str, family: str = "", trust: str = "", locality: str = "") -> Start:
    if family:
        return _family(door, number_in(family))
    if trust:
        return Start(trust, "trust", _lines(of_trust(door, trust)), "The open schools of the trust, those elsewhere left out.")
    if locality:
        return Start(locality, "district", _lines(of_locality(door, area, locality)), f"The open schools of {locality}.")
    return Start()


def beginnings(door: Door, viewer: Viewer, area: str) -> dict[str, list[tuple[str, int]]]:
    """The trusts and localities of the area that a network may begin from, with how many schools each has."""
    if door.facts is None:
        return {}
    found = school_filters(door, viewer, area)
    return {kind: [(value, many) for value, _, many in found[kind] if many >= FEWEST] for kind in ("trust", "locality")}


def nearest(door: Door, school: Establishment, many: int = NEAREST) -> list[tuple[Establishment, float]]:
    """The schools here most like one in intake, with how far each is, by the weights of the comparison engine; the nearest first."""
    others = Establishment.objects.filter(listed=True, status="open", phase=school.phase).exclude(pk=school.pk)
    far = [(one, apart(door, school.pk, one.pk).intake) for one in others]
    return sorted(((one, there) for one, there in far if there is not None), key=lambda pair: (pair[1], pair[0].pk))[:many]


def _family(door: Door, urn: int | None) -> Start:
    school = Establishment.objects.filter(pk=urn, listed=True).first() if urn is not None else None
    if school is None or door.facts is None:
        return Start()
    near = nearest(door, school)
    if not near:
        return Start(note=f"The comparison engine has no family of {school.name}.")
    known = {"of": school.pk, "snapshot": door.snapshot, "apart": {str(one.pk): round(far, 3) for one, far in near}}
    alike = f"{school.name} and the {len(near)} schools here most like it in intake, by the comparison engine."
    note = f"{alike} Change the list as people know better."
    return Start(f"Family of {school.name}"[:100], "family", _lines((school.pk, *(one.pk for one, _ in near))), note, known)


def _lines(urns: tuple[int, ...]) -> str:
    there = Establishment.objects.filter(pk__in=urns, listed=True, status="open")
    return "\n".join(str(one.pk) for one in there)


def terms(door: Door) -> list[str]:
    """The terms of this school year and the next, those that are over left out."""
    calendar, day = door.library.calendar, today()
    year = AcademicYear.of(day)
    found = []
    for one in (year, AcademicYear(year.start + 1)):
        held = calendar.years.get(str(one)) if calendar else None
        if held is not None:
            found += [f"{term.name} {one}" for term in held.terms if term.until >= day]
        elif calendar is None or one == year:
            found += [f"{name} term {one}" for name in ("Autumn", "Spring", "Summer")]
    return found
