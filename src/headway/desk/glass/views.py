"""The pages of break-glass: breaking it, the notes of the one school, one note, ending it; the register for the officer."""

import secrets
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import names_of
from headway.desk.framing.doing import form_on, tried
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.desk.glass import actions, queries, rules
from headway.desk.glass.forms import BreakForm, LookForm
from headway.desk.glass.models import Breaking
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError

P = Permission


def broken_or_404(request: HttpRequest, pk: int) -> Breaking:
    """One's own, while it is broken: else there is nothing here."""
    found = queries.broken_for(request.user, pk)
    if found is None:
        raise Http404
    return found


@needs(P.BREAK_GLASS, recently=True)
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Break it for one school, with a reason; and one's own uses."""
    if request.user.looked_at_by is not None:
        raise Http404
    form = BreakForm(request.POST or None, initial={"once": secrets.token_hex(8)})
    given = form.cleaned_data if form.is_valid() else {}
    said = "The glass is broken for an hour. The data protection officer has been told."
    if given and tried(request, form, lambda: actions.break_glass(by=request.user, **given), said):
        one = queries.broken_by(request.user)
        return redirect("glass:notes", pk=one.pk) if one else redirect("glass:start")
    own = [(one, _state(one)) for one in queries.uses().filter(by=request.user)]
    told = {"own": own, "minutes": int(rules.LASTS.total_seconds() // 60), "officer": bool(queries.officers() or queries.named_address())}
    return form_on("glass/start.html", request, form, "Read restricted notes in an emergency", "Break the glass", **told)


@needs(P.BREAK_GLASS)
@require_GET
def notes(request: HttpRequest, pk: int) -> HttpResponse:
    """What there is to read: kind, day, author, no word of it."""
    one = broken_or_404(request, pk)
    listed = queries.restricted_of(one.school_id)
    told: dict[str, Any] = {"one": one, "listed": listed, "names": names_of({each.by for each in listed}), "csrf": get_token(request)}
    told["read"] = {(event.target, event.target_id) for event in queries.reads_of(one)}
    return framed(request, the_door(), f"Restricted notes: {one.school.name}", body("notes.html", "glass", **told))


@needs(P.BREAK_GLASS)
@require_GET
def note(request: HttpRequest, pk: int, kind: str, number: int) -> HttpResponse:
    """One note. That it is read is in the audit before it is shown."""
    one = broken_or_404(request, pk)
    found = next((each for each in queries.restricted_of(one.school_id) if (each.kind, each.number) == (kind, number)), None)
    try:
        text = actions.read(by=request.user, one=one, kind=kind, number=number) if found else None
    except HeadwayError:
        text = None
    if found is None or text is None:
        raise Http404
    told = {"one": one, "found": found, "text": text, "names": names_of({found.by})}
    return framed(request, the_door(), f"{found.title}: {one.school.name}", body("note.html", "glass", **told))


@needs(P.BREAK_GLASS)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    actions.end(by=request.user, one=broken_or_404(request, pk))
    return redirect("glass:start")


@needs(P.SEE_GLASS)
@require_GET
def uses(request: HttpRequest) -> HttpResponse:
    """Every use: who, which school, why, how long, what was read."""
    found = list(queries.uses())
    names = names_of({one.looked_by for one in found if one.looked_by} | {label for one in found for label in one.told})
    rows = [
        (one, localtime(one.opened), _state(one), queries.reason_of(one), queries.remark_of(one), len(queries.reads_of(one)))
        for one in found
    ]
    told = {"rows": rows, "names": names, "waits": sum(one.looked is None for one in found)}
    return framed(request, the_door(), "Broken glass", body("uses.html", "glass", **told))


@needs(P.SEE_GLASS)
@require_http_methods(["GET", "POST"])
def use(request: HttpRequest, pk: int) -> HttpResponse:
    """One use with each note that was read under it; the officer looks at it."""
    one = queries.uses().filter(pk=pk).first()
    if one is None:
        raise Http404
    form = LookForm(request.POST or None)
    if form.is_valid() and tried(
        request, form, lambda: actions.look_at(by=request.user, one=one, remark=form.cleaned_data["remark"]), "It is written down."
    ):
        return redirect("glass:uses")
    told: dict[str, Any] = {"one": one, "state": _state(one), "reason": queries.reason_of(one), "remark": queries.remark_of(one)}
    told |= {
        "reads": [(localtime(datetime.fromisoformat(event.at)), event.target) for event in queries.reads_of(one)],
        "back": reverse("glass:uses"),
    }
    return form_on("glass/use.html", request, form, f"{one.by}: {one.school.name}", "I have looked at it", **told)


def _state(one: Breaking) -> str:
    if rules.open_at(one.until, one.ended, clock.now()):
        return "broken now"
    return "ended by hand" if one.ended else "ended by itself"
