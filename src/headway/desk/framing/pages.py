"""The frame of a page and what is in it: the open door, whose area it is, bodies that are kept with the snapshot."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from headway.desk.accounts.queries import viewer_of
from headway.desk.framing.drawing import body
from headway.readings.door import Door, open_door
from headway.vocabulary.errors import HeadwayError

MOST_KEPT = 600


def the_door() -> Door:
    return open_door(settings.HEADWAY.home)


def area_of(door: Door, asked: str = "") -> tuple[str, str]:
    """The area asked for, or the workspace's first. Raises Http404 for one that is not the workspace's."""
    areas = dict(door.published.areas)
    code = asked or next(iter(areas), "")
    if code not in areas:
        raise Http404
    return code, areas[code]


def framed(request: HttpRequest, door: Door, title: str, content: str, status: int = 200) -> HttpResponse:
    return render(request, "framed.html", {"title": title, "body": content, "snapshot": door.facts}, status=status)


def nothing_yet(request: HttpRequest, door: Door) -> HttpResponse:
    """Before the first publication: what to do."""
    return framed(request, door, "Nothing is published yet", body("nothing.html", "framing"))


def kept(request: HttpRequest, door: Door, name: str, make: Callable[[], Any]) -> Any:
    """A page's body, kept with the snapshot for everybody who may see the same. Whoever has another patch has another body."""
    viewer = viewer_of(request)
    pages = door.kept.setdefault("pages", {})
    key = (name, viewer.sees_early, viewer.urns, viewer.roles, request.get_full_path())
    if key in pages:
        return pages[key]
    made = make()
    if len(pages) < MOST_KEPT:
        pages[key] = made
    return made


def or_404(make: Callable[[], Any]) -> Any:
    """An answer; what does not exist is not found."""
    try:
        return make()
    except HeadwayError as fault:
        if fault.code.startswith(("H-USAGE", "H-VALIDITY")):
            raise Http404(fault.what) from fault
        raise
