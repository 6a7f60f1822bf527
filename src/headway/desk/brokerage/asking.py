"""What the pages of brokerage share: doing an act and saying so, a form with its faults, what a person may open."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from headway.readings.door import Door
from headway.vocabulary.errors import HeadwayError

BACK = (("brokerage:home", "Brokerage"),)


def titles(door: Door) -> dict[str, str]:
    return {name: area.title for name, area in door.library.support_areas.items()}


def one_of(found: "QuerySet[Any]", pk: int) -> Any:
    """One that the person may see; any other is as one that does not exist."""
    one = found.filter(pk=pk).first()
    if one is None:
        raise Http404
    return one


def done(request: HttpRequest, act: Callable[[], Any], said: str) -> Any:
    """Do it and say so; what cannot be done is said with its reason. True, or what was made, when it was done."""
    try:
        made = act()
    except HeadwayError as fault:
        messages.error(request, " ".join(part for part in (fault.what, fault.why, fault.remedy) if part))
        return None
    messages.success(request, said)
    return made if made is not None else True


def asked(request: HttpRequest, form: forms.Form, title: str, button: str, note: str = "", visible: str = "") -> HttpResponse:
    """A form on a page of its own; what was typed comes back with its faults."""
    told = {"form": form, "title": title, "button": button, "note": note, "visible": visible}
    return render(request, "brokerage/form.html", told, status=422 if form.is_bound else 200)


def then(where: str, **named: Any) -> HttpResponse:
    return redirect(where, **named)
