"""Every engagement in a list to narrow and take away."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from headway.desk.accounts.access import needs
from headway.desk.accounts.addresses import number_in
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.engagements import pages, queries
from headway.desk.engagements.models import State
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.desk.framing.tables import Cell, sent
from headway.vocabulary import clock

P = Permission
SORTS = {"school": lambda one: one.engagement.school.name, "entered": lambda one: one.engagement.entered,
         "adviser": lambda one: one.adviser,
         "due": lambda one: (one.next_due is None, one.next_due)}  # fmt: skip


def narrowed(request: HttpRequest) -> tuple[list[pages.Row], dict[str, str]]:
    """The engagements that fit what the address asks for; those that are open, unless it asks for others."""
    given = {name: request.GET.get(name, "").strip()[:120] for name in ("text", "adviser", "state", "watched", "sort")}
    found = queries.engagements_for(request.user)
    if given["text"]:
        urn = number_in(given["text"])
        found = found.filter(school__name__icontains=given["text"]) if urn is None else found.filter(school_id=urn)
    if (adviser := number_in(given["adviser"])) is not None:
        found = found.filter(allocations__adviser=adviser, allocations__until=None)
    if given["state"] in State.values:
        found = found.filter(state=given["state"])
    elif given["state"] != "all":
        found = found.filter(state__in=queries.LIVE)
    watched, library, day = queries.watched(request.user), the_door().library, clock.today()
    if given["watched"]:
        found = found.filter(pk__in=watched)
    rows = [pages.row(one, library, day, watched) for one in found]
    return sorted(rows, key=SORTS.get(given["sort"], SORTS["due"])), given


@needs(P.SEE_ENGAGEMENTS)
@require_GET
def engagements(request: HttpRequest) -> HttpResponse:
    rows, given = narrowed(request)
    people = {one.pk: one for row in rows if (now := queries.adviser_of(row.engagement)) for one in (now.adviser,)}
    told: dict[str, Any] = {
        "rows": rows, "given": given, "answer": pages.listing_sentence(rows), "states": State.choices, "today": clock.today(),
        "advisers": sorted(people.values(), key=str), "query": request.GET.urlencode(), "export": bool(may(request.user, P.EXPORT)),
        "holds": bool(may(request.user, P.HOLD_CONCERN_MEETINGS)), "flags": len(queries.flagged(request.user, clock.today())),
    }  # fmt: skip
    return framed(request, the_door(), "Engagements", body("engagements.html", "engagements", **told))


@needs(P.SEE_ENGAGEMENTS, recently=True)
@require_GET
@exported
def engagements_file(request: HttpRequest, form: str) -> HttpResponse:
    """The list as seen."""
    if not may(request.user, P.EXPORT):
        raise Http404
    table: list[list[Cell]] = [
        ["URN", "School", "Support", "Route", "Entered", "State", "Adviser", "Direction", "Late steps", "Next step", "Wanted by"]
    ]
    for one in narrowed(request)[0]:
        e = one.engagement
        table.append([e.school_id, e.school.name, e.title, e.route, str(e.entered), State(e.state).label, one.adviser, one.direction,
                      one.late, one.next_step, str(one.next_due or "")])  # fmt: skip
    return sent(table, form, "engagements")
