"""Returns of other services: sent, read, put aside."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from headway.desk.accounts.access import needs
from headway.desk.accounts.addresses import number_in
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, names_of
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.desk.tiers import actions, queries
from headway.desk.tiers.forms import NOTHING, AsideForm, ReturnForm
from headway.desk.tiers.models import ASKED, Return, Service
from headway.vocabulary import clock

P = Permission
SHOWN = 200


@needs(P.GIVE_RETURNS)
@require_GET
def returns(request: HttpRequest) -> HttpResponse:
    """What services have said, the newest first; whoever does not sort schools reads their own lines only."""
    door, given = the_door(), {name: request.GET.get(name, "").strip()[:80] for name in ("text", "service")}
    found = queries.returns_for(request.user).filter(archived=None)
    if not may(request.user, P.SEE_TIERS):
        found = found.filter(by=request.user.label)
    if given["text"]:
        found = found.filter(school__name__icontains=given["text"])
    if given["service"] in Service.values:
        found = found.filter(service=given["service"])
    listed = list(found[:SHOWN])
    names = names_of({one.by for one in listed})
    kinds = door.library.soft_signals
    rows = [(one, queries.line_of(one), kinds[one.kind].title if one.kind in kinds else "", names.get(one.by, "")) for one in listed]
    told: dict[str, Any] = {"rows": rows, "total": found.count(), "given": given, "services": Service.choices}
    told |= {"all": bool(may(request.user, P.SEE_TIERS)), "mine": request.user.label, "asked": [one.label for one in ASKED]}
    own = queries.services_of(request.user)
    told["wanted"] = [(one.meeting, [each.label for each in one.missing if told["all"] or not own or each in own])
                      for one in queries.wanted(clock.today())]  # fmt: skip
    return framed(request, door, "Returns from services", body("returns.html", "tiers", **told))


@needs(P.GIVE_RETURNS)
@require_http_methods(["GET", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """One line on one school; then the form for the next, with the same service and day."""
    before = _replaced(request)
    start = {"service": request.GET.get("service", ""), "school": request.GET.get("urn", ""), "on": clock.today(), "found": "found"}
    form = ReturnForm(
        request.POST or None, initial=start | {"once": secrets.token_hex(8)}, user=request.user, kinds=the_door().library.soft_signals
    )
    if form.is_valid():
        told = {name: value for name, value in form.cleaned_data.items() if name != "found"}
        one = actions.give(by=request.user, clear=form.cleaned_data["found"] == NOTHING, replaces=before, **told)
        messages.success(request, f"Kept: {one.school.name}. Here is the form for the next.")
        return redirect(f"{request.path}?service={one.service}")
    told = {"form": form, "title": "One line on a school", "button": "Send it", "before": before}
    return render(request, "tiers/give.html", told, status=422 if form.is_bound else 200)


def _replaced(request: HttpRequest) -> Return | None:
    given = number_in(request.GET.get("replaces", ""))
    return None if given is None else return_or_404(request, given)


def return_or_404(request: HttpRequest, pk: int) -> Return:
    """A return that the person wrote, or any of their schools' for those who sort schools."""
    one = queries.returns_for(request.user).filter(pk=pk, archived=None).first()
    if one is None or not (one.by == request.user.label or may(request.user, P.SEE_TIERS, one.school_id)):
        raise Http404
    return one


@needs(P.GIVE_RETURNS)
@require_http_methods(["GET", "POST"])
def aside(request: HttpRequest, pk: int) -> HttpResponse:
    one = return_or_404(request, pk)
    form = AsideForm(request.POST or None)
    if form.is_valid():
        actions.put_aside(by=request.user, one=one, because=form.cleaned_data["because"])
        messages.success(request, "Put aside. It stays with its reason and no longer counts.")
        return redirect("tiers:returns")
    told = {"form": form, "title": f"Put aside: {one.school.name}", "button": "Put it aside", "said": queries.line_of(one)}
    return render(request, "tiers/form.html", told, status=422 if form.is_bound else 200)
