"""The pages of groups: those that a person made or others share, and the trusts and localities that need no making."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, viewer_of
from headway.desk.establishments.staying import days_of_change
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import area_of, framed, nothing_yet, the_door
from headway.desk.framing.tables import Cell, sent
from headway.desk.groups import actions, pages
from headway.desk.groups.forms import GroupForm
from headway.desk.groups.models import Group
from headway.desk.groups.queries import find, members, visible_to
from headway.language.groups import WHY
from headway.readings.door import Door
from headway.readings.groups import FEWEST, MOST, of_locality, of_trust
from headway.readings.schools import school_filters
from headway.vocabulary import clock

KINDS = {"trust": "trust", "locality": "locality"}


@needs(Permission.MAKE_GROUPS)
@require_GET
def groups(request: HttpRequest) -> HttpResponse:
    door, today = the_door(), clock.today()
    if door.facts is None:
        return nothing_yet(request, door)
    code, name = area_of(door)
    filters = school_filters(door, viewer_of(request), code)
    ready = {kind: [(value, many) for value, _, many in filters[kind] if many >= FEWEST] for kind in KINDS}
    listed = [(one, len(members(one, today))) for one in visible_to(request.user)]
    return framed(request, door, "Groups of schools", body("groups.html", "groups", listed=listed, ready=ready, me=request.user, area=name))


@needs(Permission.MAKE_GROUPS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new group; `?urns=` gives its schools, as another page or another's group may."""
    door = the_door()
    start = {"since": clock.today(), "urns": " ".join(request.GET.get("urns", "").replace("+", " ").split())}
    form = GroupForm(request.POST or None, initial=start, door=door, owner=request.user)
    if form.is_valid():
        made = actions.make(by=request.user.label, owner=request.user, **form.cleaned_data)
        messages.success(request, f"The group {made} is made.")
        return redirect("groups:group", pk=made.pk)
    return render(request, "groups/form.html", {"form": form, "title": "Make a group of schools"}, status=422 if form.is_bound else 200)


@needs(Permission.MAKE_GROUPS)
@require_http_methods(["GET", "POST"])
def changed(request: HttpRequest, pk: int) -> HttpResponse:
    """Only its owner changes a group; others make their own from its schools."""
    one = _own(request, pk)
    start = {"name": one.name, "purpose": one.purpose, "shared": one.shared, "since": clock.today()}
    start["urns"] = " ".join(map(str, members(one, clock.today())))
    form = GroupForm(request.POST or None, initial=start, door=the_door(), owner=request.user, group=one)
    if form.is_valid():
        given = form.cleaned_data
        actions.describe(by=request.user.label, group=one, name=given["name"], purpose=given["purpose"], shared=given["shared"])
        actions.set_members(by=request.user.label, group=one, urns=given["urns"], since=given["since"])
        messages.success(request, "The group is changed. Who was in it before stays in its history.")
        return redirect("groups:group", pk=pk)
    return render(request, "groups/form.html", {"form": form, "title": f"Change {one}", "group": one}, status=422 if form.is_bound else 200)


@needs(Permission.MAKE_GROUPS)
@require_POST
def opened(request: HttpRequest, pk: int) -> HttpResponse:
    one, wanted = _own(request, pk), request.POST.get("open") == "yes"
    actions.set_open(by=request.user.label, group=one, is_open=wanted)
    messages.success(request, f"{one} is open again." if wanted else f"{one} is closed. You can open it again on its page.")
    return redirect("groups:group", pk=pk)


def _own(request: HttpRequest, pk: int) -> Group:
    one = find(request.user, pk)
    if one is None or one.owner != request.user:
        raise Http404
    return one


@needs(Permission.MAKE_GROUPS)
@require_GET
def group(request: HttpRequest, pk: int) -> HttpResponse:
    door, one = the_door(), find(request.user, pk)
    if one is None:
        raise Http404
    if door.facts is None:
        return nothing_yet(request, door)
    told = {"group": one, "own": one.owner == request.user, "history": _history(door, one)}
    files = [(form, reverse("groups:group_file", args=[pk, form])) for form in ("xlsx", "csv")]
    return _page(request, door, one.name, members(one, clock.today()), files if may(request.user, Permission.EXPORT) else [], **told)


@needs(Permission.VIEW_MEASURES)
@require_GET
def ready_made(request: HttpRequest, kind: str) -> HttpResponse:
    """The open schools of a trust, wherever they are, or of a locality of the area."""
    door, name = the_door(), request.GET.get("name", "")
    if door.facts is None:
        return nothing_yet(request, door)
    urns = of_trust(door, name) if kind == "trust" else of_locality(door, area_of(door, request.GET.get("area", ""))[0], name)
    if not FEWEST <= len(urns) <= MOST:
        raise Http404
    return _page(request, door, name, urns, [], group=None, own=False, history=[])


def _page(request: HttpRequest, door: Door, name: str, urns: tuple[int, ...], files: list[Any], **told: Any) -> HttpResponse:
    found = pages.shown(door, name, urns)
    viewer = viewer_of(request)
    mine = {school.urn for school in found.schools if viewer.urns is None or school.urn in viewer.urns}
    return framed(request, door, name, body("group.html", "groups", found=found, files=files, mine=mine, why=WHY, **told))


def _history(door: Door, one: Group) -> list[tuple[Any, list[str], list[str]]]:
    """(day, who joined, who left), newest first, by name."""

    def named(urns: tuple[int, ...]) -> list[str]:
        return [f"{door.school_names.get(str(urn), 'a school no list holds')} ({urn})" for urn in urns]

    return [(day, named(joined), named(left)) for day, joined, left in days_of_change(one.memberships.all())]


@needs(Permission.EXPORT, recently=True)
@require_GET
@exported
def group_file(request: HttpRequest, pk: str, form: str) -> HttpResponse:
    """Every year of every measure of the page: the mean, and how many schools are in it or left out of it."""
    one = find(request.user, int(pk))
    if one is None:
        raise Http404
    found = pages.shown(the_door(), one.name, members(one, clock.today()))
    table: list[list[Cell]] = [
        ["Measure", "Year", "Mean of schools", "Unit", "Schools in the mean", "Left out", "Schools", "Schools by URN"]
    ]
    urns = " ".join(str(school.urn) for school in found.schools)
    for line in found.lines:
        for year in line.series.years:
            value: Cell = year.reading.value if year.reading.value is not None else "too few schools to show"
            counts: list[Cell] = [len(year.members), len(year.left_out), len(found.schools)]
            table.append([line.series.measure.title, str(year.reading.year), value, year.reading.unit, *counts, urns])
    return sent(table, form, f"group-{one.name.lower()}")
