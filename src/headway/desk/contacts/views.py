"""The pages of contacts: whom to speak to about a school."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.contacts import actions, queries, rules
from headway.desk.contacts.forms import ContactForm, EndForm
from headway.desk.contacts.models import Contact
from headway.desk.establishments.finding import known_or_404
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.readings.establishment import establishment
from headway.vocabulary.errors import HeadwayError

P = Permission


def _lacking(urn: int, places: set[str]) -> list[str]:
    """By what the lists that were loaded say of the school; nothing is asked for where they do not hold it."""
    try:
        known = establishment(the_door(), urn)
    except HeadwayError:
        return []
    return rules.lacking(places, "academy" if known.governance == "academy" else "maintained", known.religious_character)


@needs(P.WRITE_SUPPORT)
@require_GET
def contacts(request: HttpRequest, urn: int) -> HttpResponse:
    school, standing = known_or_404(urn), list(queries.standing(urn))
    told: dict[str, Any] = {"school": school, "contacts": standing, "ended": list(queries.ended(urn)),
                            "lacking": _lacking(urn, {one.place for one in standing})}  # fmt: skip
    return framed(request, the_door(), f"Contacts: {school.name}", body("contacts.html", "contacts", **told))


@needs(P.WRITE_SUPPORT)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, urn: int) -> HttpResponse:
    school = known_or_404(urn)
    form = ContactForm(request.POST or None)
    if form.is_valid():
        actions.add(by=request.user, school=school, **form.cleaned_data)
        messages.success(request, "Kept.")
        return redirect("contacts:contacts", urn=urn)
    told = {"form": form, "title": f"A contact of {school.name}", "button": "Keep it", "school": school}
    return render(request, "contacts/form.html", told, status=422 if form.is_bound else 200)


@needs(P.WRITE_SUPPORT)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    found = Contact.objects.select_related("school").filter(pk=pk, until=None).first()
    if found is None or not may(request.user, P.WRITE_SUPPORT, found.school_id):
        raise Http404
    form = EndForm(request.POST or None)
    if form.is_valid():
        actions.end(by=request.user, contact=found, because=form.cleaned_data["because"])
        messages.success(request, "Ended; it stays in the history.")
        return redirect("contacts:contacts", urn=found.school_id)
    told = {"form": form, "title": f"No longer: {found}", "button": "End it", "school": found.school}
    return render(request, "contacts/form.html", told, status=422 if form.is_bound else 200)
