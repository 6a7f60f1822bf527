"""What the pages of brokerage share: doing an act and saying so, a form with its faults, what a person may open."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from headway.readings.door import Door

BACK = (("brokerage:home", "Brokerage"),)


def titles(door: Door) -> dict[str, str]:
    return {name: area.title for name, area in door.library.support_areas.items()}


def one_of(found: "QuerySet[Any]", pk: int) -> Any:
    """One that the person may see; any other is as one that does not exist."""
    one = found.filter(pk=pk).first()
    if one is None:
        raise Http404
    return one


def asked(request: HttpRequest, form: forms.Form, title: str, button: str, note: str = "", visible: str = "") -> HttpResponse:
    """A form on a page of its own; what was typed comes back with its faults."""
    told = {"form": form, "title": title, "button": button, "note": note, "visible": visible}
    return render(request, "brokerage/form.html", told, status=422 if form.is_bound else 200)


def then(where: str, **named: Any) -> HttpResponse:
    return redirect(where, **named)
