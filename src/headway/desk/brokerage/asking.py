"""What the pages of brokerage share: doing an act and saying so, a form with its faults, what a person may open."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from headway.readings.door import Door
from headway.vocabulary.clock import today

BACK = (("brokerage:home", "Brokerage"),)


def titles(door: Door) -> dict[str, str]:
    return {name: area.title for name, area in door.library.support_areas.items()}


def past_day(request: HttpRequest) -> tuple[date | None, str]:
    """The past day of which strengths are asked about, and what is wrong with what was typed; neither for today."""
    text = request.GET.get("as-of", "").strip()
    if not text or text == str(today()):
        return None, ""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None, f"“{text[:20]}” is no day: give one as 2024-08-31."
    return (day, "") if day < today() else (None, f"{day.day} {day:%B %Y} has not come yet: give a day before today.")


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
