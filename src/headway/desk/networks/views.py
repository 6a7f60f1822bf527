"""The pages of networks: which there are, one of them, its members, and the schools that are in none."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, viewer_of
from headway.desk.establishments.models import Establishment
from headway.desk.establishments.queries import in_patch
from headway.desk.establishments.staying import days_of_change
from headway.desk.framing.doing import done
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import area_of, framed, the_door
from headway.desk.framing.tables import Cell, sent
from headway.desk.networks import actions, queries, rules
from headway.desk.networks.forms import AboutForm, MembersForm, NewForm, WhyForm
from headway.desk.networks.making import beginnings, started
from headway.desk.networks.models import Kind, Network
from headway.desk.networks.opening import asked, network_or_404
from headway.vocabulary import clock

P = Permission


def narrowed(request: HttpRequest) -> tuple[list[Network], dict[str, str]]:
    """The networks that fit what the address asks for: text, kind, closed ones too."""
    given = {name: request.GET.get(name, "").strip()[:100] for name in ("text", "kind", "closed")}
    found = queries.networks_for(request.user, clock.today())
    if given["text"]:
        found = found.filter(name__icontains=given["text"])
    if given["kind"] in Kind.values:
        found = found.filter(kind=given["kind"])
    return list(found if given["closed"] else found.filter(closed=None)), given


@needs(P.SEE_LEARNING)
@require_GET
def networks(request: HttpRequest) -> HttpResponse:
    user, day = request.user, clock.today()
    found, given = narrowed(request)
    rows = [(one, len(queries.members(one, day)), queries.next_meeting(one, day), queries.runs(user, one)) for one in found]
    told: dict[str, Any] = {"rows": rows, "given": given, "kinds": Kind.choices, "makes": bool(may(user, P.RUN_LEARNING)), "today": day}
    told |= {"export": bool(may(user, P.EXPORT)), "query": request.GET.urlencode(), "keeps": queries.keeps_all(user)}
    told |= {"promises": [(one, queries.closes(user, one)) for one in queries.open_promises(user, day)[:20]]}
    placed = in_patch(user).filter(status="open") if told["keeps"] else []
    door = the_door()
    told["ready"] = beginnings(door, viewer_of(request), area_of(door)[0]) if told["makes"] and door.facts else {}
    told["without"] = len(queries.unplaced(placed, "", day))
    return framed(request, door, "Networks", body("networks.html", "networks", **told))


@needs(P.SEE_LEARNING, recently=True)
@require_GET
@exported
def networks_file(request: HttpRequest, form: str) -> HttpResponse:
    """The list as seen, a row for each school in each network, with its dates."""
    if not may(request.user, P.EXPORT):
        raise Http404
    table: list[list[Cell]] = [["Network", "Kind", "Convenor", "URN", "School", "Member since", "Member until", "Network closed"]]
    for one in narrowed(request)[0]:
        for stay in one.memberships.all():
            dates = [str(stay.since), str(stay.until or ""), str(one.closed or "")]
            who = str(one.convenor or "")
            table.append([one.name, one.get_kind_display(), who, stay.school_id, stay.school.name, dates[0], dates[1], dates[2]])
    return sent(table, form, "networks")


@needs(P.ADD_LEARNING)
@require_GET
def unplaced(request: HttpRequest) -> HttpResponse:
    """Every school in a family: which are in none."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in Kind.values else ""
    every = list(in_patch(request.user).filter(status="open"))
    left = queries.unplaced(every, kind, clock.today())
    told = {"left": left[:300], "many": len(left), "every": len(every), "kind": kind, "kinds": Kind.choices}
    told |= {"makes": bool(may(request.user, P.RUN_LEARNING))}
    return framed(request, the_door(), "Schools in no network", body("unplaced.html", "networks", **told))


@needs(P.RUN_LEARNING)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new network; `?family=URN`, `?trust=` or `?locality=` begins its list of schools."""
    door, given = the_door(), request.GET
    begun = started(
        door, area_of(door)[0] if door.facts else "", given.get("family", ""), given.get("trust", ""), given.get("locality", "")
    )  # fmt: skip
    start = {"name": begun.name, "kind": begun.kind, "schools": begun.schools, "since": clock.today()}
    form = NewForm(request.POST or None, initial=start)
    if form.is_valid():
        made = actions.make(by=request.user, known=begun.known, **form.cleaned_data)
        messages.success(request, f"{made.name} is made.")
        return redirect("networks:network", pk=made.pk)
    note = (
        begun.note or "A family begins from a school’s page of similar schools; or write down the schools of a group that there is already."
    )
    return asked(request, form, "Make a network", "Make it", None, note)


@needs(P.SEE_LEARNING)
@require_GET
def network(request: HttpRequest, pk: int) -> HttpResponse:
    one, user, day, door = network_or_404(request, pk), request.user, clock.today(), the_door()
    inside, runs = queries.inside(user, one, day), queries.runs(user, one)
    meetings = [(each, rules.meeting_stands(each.day, each.held, bool(each.agreed), each.called_off, day)) for each in one.meetings.all()]
    coming = queries.next_meeting(one, day)
    held = sum(each.held for each, _ in meetings)
    told: dict[str, Any] = {"one": one, "inside": inside, "runs": runs, "makes": bool(may(user, P.RUN_LEARNING)), "today": day}
    told |= {
        "schools": queries.schools(one, day),
        "meetings": meetings,
        "csrf": get_token(request),
        "snapshot": one.known.get("snapshot", ""),
    }
    told["answer"] = rules.summary(len(told["schools"]), held, queries.late(one, day) if inside else 0, coming.day if coming else None)
    told["history"] = _history(one)
    told["mine"] = {school.pk for school in told["schools"] if may(user, P.VIEW_SCHOOL, school.pk)}
    if inside:
        told["promises"] = [(each, queries.closes(user, each)) for each in one.promises.select_related("school")]
        told["papers"] = list(queries.papers_of(one))
        told["cycles"] = list(one.cycles.prefetch_related("reviews"))
    return framed(request, door, one.name, body("network.html", "networks", **told))


def _history(one: Network) -> list[tuple[Any, list[str], list[str]]]:
    names = {stay.school_id: stay.school.name for stay in one.memberships.all()}
    return [
        (day, [names[urn] for urn in joined], [names[urn] for urn in left]) for day, joined, left in days_of_change(one.memberships.all())
    ]


@needs(P.SEE_LEARNING)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    one = network_or_404(request, pk, runs=True)
    start = {"name": one.name, "kind": one.kind, "purpose": one.purpose, "convenor": one.convenor_id}
    form = AboutForm(request.POST or None, initial=start, network=one)
    if form.is_valid():
        actions.describe(by=request.user, network=one, **form.cleaned_data)
        messages.success(request, "Changed.")
        return redirect("networks:network", pk=pk)
    return asked(request, form, f"Change {one.name}", "Save", one)


@needs(P.SEE_LEARNING)
@require_http_methods(["GET", "POST"])
def change_members(request: HttpRequest, pk: int) -> HttpResponse:
    one = network_or_404(request, pk, runs=True)
    start = {"schools": "\n".join(str(urn) for urn in queries.members(one, clock.today())), "since": clock.today()}
    form = MembersForm(request.POST or None, initial=start, network=one)
    said = "The members are changed. Who was in before stays in the history."
    if form.is_valid() and done(request, lambda: actions.set_members(by=request.user, network=one, **form.cleaned_data), said):
        return redirect("networks:network", pk=pk)
    names = Establishment.objects.filter(pk__in=queries.members(one, clock.today()))
    return asked(request, form, f"Members of {one.name}", "Save", one, "Now: " + "; ".join(map(str, names)) if names else "")


@needs(P.RUN_LEARNING)
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    one = network_or_404(request, pk, runs=True)
    form = WhyForm(request.POST or None)
    if form.is_valid() and done(
        request, lambda: actions.close(by=request.user, network=one, **form.cleaned_data), "Closed. What it wrote stays to be read."
    ):
        return redirect("networks:network", pk=pk)
    return asked(request, form, f"Close {one.name}", "Close it", one)


@needs(P.RUN_LEARNING)
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    one = network_or_404(request, pk, runs=True)
    actions.reopen(by=request.user, network=one)
    messages.success(request, f"{one.name} is open again.")
    return redirect(reverse("networks:network", args=[pk]))
