"""The page that sets schools side by side. It asks the one door and writes nothing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, viewer_of
from headway.desk.comparisons import asking, showing
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import area_of, framed, kept, nothing_yet, the_door
from headway.desk.overview import queries
from headway.readings import schools as lists
from headway.readings.answers import Establishment
from headway.readings.door import Door
from headway.readings.search import search
from headway.vocabulary.viewer import Viewer

LISTED = 40  # schools to tick from at once


@needs(Permission.VIEW_SCHOOL)
@require_GET
def compare_page(request: HttpRequest) -> HttpResponse:
    door, viewer = the_door(), viewer_of(request)
    if door.facts is None:
        return nothing_yet(request, door)
    what = asking.asked(request, door, viewer)
    if not (what.adding or what.faults or what.of_measures) and any(name in request.GET for name in asking.PASSING):
        return redirect(f"{reverse('compare')}?{what.kept}")

    def make() -> Any:
        found = asking.found(door, viewer, what)
        choices, more = _choices(request, door, viewer, what, found.schools)
        return body(
            "compare.html",
            noun="comparisons",
            what=what,
            groups_of=bool(may(request.user, Permission.MAKE_GROUPS)),
            export=bool(may(request.user, Permission.EXPORT)),
            phases=_phases(door, request),
            phase=_phase(request, found.schools),
            choices=choices,
            more=more,
            mine=viewer.urns,
            **showing.shown(found, what.beside),
        )

    # a step of choosing is asked for once: only what may be asked for again is kept
    return framed(request, door, "Compare schools", make() if what.adding else kept(request, door, "compare", make))


def _choices(
    request: HttpRequest, door: Door, viewer: Viewer, what: asking.Asked, chosen: tuple[Establishment, ...]
) -> tuple[list[Establishment], int]:
    """(schools to tick from, how many more there are): those a text finds, else those that the person works with."""
    if what.find and what.adding:
        listed = [hit.establishment for hit in search(door, what.find, viewer, LISTED + len(chosen) + 1)]
    else:
        code, _ = area_of(door, request.GET.get("area", ""))
        given = dict.fromkeys((*queries.FILTERS, "text"), "") | {"phase": _phase(request, chosen), "status": "open", "sort": "name"}
        listed = [row.establishment for row in queries.listed(door, viewer, code, given, (), down=False)]
    left = [school for school in listed if school not in chosen]
    return left[:LISTED], len(left[LISTED:])


def _phase(request: HttpRequest, chosen: tuple[Establishment, ...]) -> str:
    """That of the first school, unless another is asked for."""
    return request.GET.get("phase", chosen[0].phase if chosen else "")[:40]


def _phases(door: Door, request: HttpRequest) -> list[str]:
    code, _ = area_of(door, request.GET.get("area", ""))
    return sorted({school.phase for school in lists.establishments(door, code) if school.status == "open"})
