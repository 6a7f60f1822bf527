"""Every visit of the area in a list to narrow and take away, and a person's own as a calendar."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from headway.desk.accounts.access import needs
from headway.desk.accounts.addresses import number_in
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.desk.framing.tables import Cell, sent
from headway.desk.visits import actions, pages, queries
from headway.desk.visits.forms import advisers
from headway.desk.visits.models import CalendarFeed, State, Visit

P = Permission
SHOWN = 200


def narrowed(request: HttpRequest) -> tuple["QuerySet[Visit]", dict[str, str]]:
    """The visits that fit what the address asks for: text, whose, where they stand; the newest day first."""
    given = {name: request.GET.get(name, "").strip()[:120] for name in ("text", "adviser", "state", "sort")}
    found = queries.visits_for(request.user)
    if given["text"]:
        urn = number_in(given["text"])
        found = found.filter(school__name__icontains=given["text"]) if urn is None else found.filter(school_id=urn)
    if (adviser := number_in(given["adviser"])) is not None:
        found = found.filter(adviser_id=adviser)
    if given["state"] in State.values:
        found = found.filter(state=given["state"])
    order = {"day": "day", "school": "school__name", "adviser": "adviser__name", "state": "state"}.get(given["sort"], "-day")
    return found.order_by(order, "-pk"), given


@needs(P.SEE_SUPPORT)
@require_GET
def visits(request: HttpRequest) -> HttpResponse:
    door, named = the_door(), pages.titles(the_door())
    found, given = narrowed(request)
    rows = [(one, named.get(one.kind, one.kind)) for one in found[:SHOWN]]
    who = advisers() if may(request.user, P.WRITE_SUPPORT) else []
    told: dict[str, Any] = {"rows": rows, "total": found.count(), "given": given, "advisers": who, "states": State.choices}
    told |= {"query": request.GET.urlencode(), "export": bool(may(request.user, P.EXPORT)), "writes": bool(who)}
    return framed(request, door, "Visits", body("visits.html", "visits", **told))


@needs(P.SEE_SUPPORT, recently=True)
@require_GET
@exported
def visits_file(request: HttpRequest, form: str) -> HttpResponse:
    """The list as seen, every page of it."""
    if not may(request.user, P.EXPORT):
        raise Http404
    named = pages.titles(the_door())
    table: list[list[Cell]] = [["URN", "School", "Kind", "Day", "Who goes", "Where it stands", "Shared", "Answer by", "Agreed"]]
    for one in narrowed(request)[0]:
        days = [str(moment.date()) if moment else "" for moment in (one.shared, one.agreed)]
        by = str(one.answer_by or "")
        table.append([one.school_id, one.school.name, named.get(one.kind, one.kind), str(one.day), str(one.adviser),
                      State(one.state).label, days[0], by, days[1]])  # fmt: skip
    return sent(table, form, "visits")


@needs(P.KEEP_CALENDAR)
@require_GET
def feed_page(request: HttpRequest) -> HttpResponse:
    there = CalendarFeed.objects.filter(user=request.user).first()
    shown = request.session.pop("calendar_address", "")
    told = {"there": there, "address": shown, "csrf": get_token(request), "supports": bool(may(request.user, P.SEE_SUPPORT))}
    told["comes"] = bool(may(request.user, P.COME_TO_SCHOOLS))
    return framed(request, the_door(), "Visits in my calendar", body("feed.html", "visits", **told))


@needs(P.KEEP_CALENDAR)
@require_POST
def feed_change(request: HttpRequest) -> HttpResponse:
    """A new secret address, or none."""
    if request.POST.get("end") == "yes":
        actions.end_feed(by=request.user)
        messages.success(request, "The address no longer answers.")
    else:
        token = actions.make_feed(by=request.user)
        request.session["calendar_address"] = request.build_absolute_uri(reverse("feed", args=[token]))
    return redirect("visits:feed_page")
