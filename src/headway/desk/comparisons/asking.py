"""What an address asks to be set side by side, and what in it cannot be: said beside the field, and the rest is shown."""

import re
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from headway.desk.accounts.addresses import year_in
from headway.readings.door import Door
from headway.readings.families import family
from headway.readings.side_by_side import BESIDE, MOST, SideBySide, side_by_side
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.viewer import Viewer

USUALLY_BESIDE = ("family", "authority", "england")
NONE = "none"  # a form in which no comparator is ticked says so, or it would be taken for one that does not ask
NEAREST = 3
PASSING = ("find", "was", "phase", "do", "with")  # what helps to choose and has no place in an address to keep


@dataclass(frozen=True)
class Asked:
    """`find` is text that is still to be looked for; `adding`: the person is still choosing."""

    urns: tuple[int, ...]
    measures: tuple[str, ...]
    beside: tuple[str, ...]
    year: AcademicYear | None
    find: str
    adding: bool
    faults: tuple[str, ...]  # about the schools
    of_measures: tuple[str, ...]

    @property
    def kept(self) -> str:
        """The address of the comparison alone, to keep and to send."""
        query = QueryDict(mutable=True)
        query.setlist("urn", [str(urn) for urn in self.urns])
        query.setlist("measure", list(self.measures))
        if self.beside != USUALLY_BESIDE:
            query.setlist("beside", list(self.beside) or [NONE])
        if self.year:
            query["year"] = str(self.year.start)
        return query.urlencode()


def asked(request: HttpRequest, door: Door, viewer: Viewer) -> Asked:
    find = " ".join(request.GET.get("find", "").split())[:80]
    typed = _numbers(find)
    given = [part for text in request.GET.getlist("urn") for part in re.split(r"[,\s]+", text) if part]
    urns, faults = _known(door, [*given, *typed])
    urns, nearest = _with_nearest(request, door, viewer, urns)
    urns, many = urns[:MOST], _too_many([door.school_names.get(str(urn), str(urn)) for urn in urns[MOST:]], "schools")
    names = list(dict.fromkeys(request.GET.getlist("measure")))
    known = [name for name in names if name in door.library.measures]
    unknown = [f"There is no measure “{name[:60]}”." for name in names if name not in known]
    others = _too_many([door.measure(name).short for name in known[MOST:]], "measures")
    still = bool(find) and not typed and find != request.GET.get("was")
    return Asked(
        tuple(urns), tuple(known[:MOST]), _beside(request), _year(request), "" if typed and not faults else find,
        still or bool(faults) or request.GET.get("do") == "find", (*faults, *nearest, *many), (*unknown, *others),
    )  # fmt: skip


def found(door: Door, viewer: Viewer, what: Asked) -> SideBySide:
    return side_by_side(door, viewer, urns=what.urns, measures=what.measures, beside=what.beside, year=what.year)


def _numbers(find: str) -> list[str]:
    """The URNs that were typed; nothing where anything else was."""
    parts = [part for part in re.split(r"[,\s]+", find) if part]
    return parts if parts and all(re.fullmatch(r"[0-9]{5,7}", part) for part in parts) else []


def _known(door: Door, given: list[str]) -> tuple[list[int], tuple[str, ...]]:
    urns, faults = [], []
    for text in dict.fromkeys(given):
        if not re.fullmatch(r"[0-9]{6}", text):
            faults.append(f"“{text[:20]}” is no URN: a URN has six digits.")
        elif int(text) not in door.authorities_of_schools:
            faults.append(f"No list of schools that was loaded holds URN {text}.")
        else:
            urns.append(int(text))
    return urns, tuple(faults)


def _with_nearest(request: HttpRequest, door: Door, viewer: Viewer, urns: list[int]) -> tuple[list[int], tuple[str, ...]]:
    """`with=nearest` after one school: the schools of its family that are most like it."""
    if request.GET.get("with") != "nearest" or len(urns) != 1:
        return urns, ()
    try:
        of = family(door, urns[0], viewer)
    except HeadwayError as fault:
        return urns, (fault.what,)
    if not of.members:
        return urns, (f"{of.establishment.name} has no family of similar schools to add. Choose schools by name.",)
    return [*urns, *(member.establishment.urn for member in of.members[:NEAREST])], ()


def _too_many(left: list[str], what: str) -> tuple[str, ...]:
    return (f"At most {MOST} {what} can be read side by side. Left out: {', '.join(left)}.",) if left else ()


def _beside(request: HttpRequest) -> tuple[str, ...]:
    ticked = request.GET.getlist("beside")
    return tuple(kind for kind in BESIDE if kind in ticked) if ticked else USUALLY_BESIDE


def _year(request: HttpRequest) -> AcademicYear | None:
    return year_in(request.GET.get("year", ""))
