"""What a page does and says of it: done, or why not, with nothing lost that a person typed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from headway.vocabulary.errors import HeadwayError


def done(request: HttpRequest, act: Callable[[], Any], said: str) -> Any:
    """Do it and say so; what cannot be done is said with its reason. What was made, or True, when it was done; else None."""
    try:
        made = act()
    except HeadwayError as fault:
        messages.error(request, fault.sentence)
        return None
    messages.success(request, said)
    return made if made is not None else True


def tried(request: HttpRequest, form: Any, act: Callable[[], Any], said: str) -> bool:
    """Do it and say so. What cannot be done is said in the form, with what was typed."""
    try:
        act()
    except HeadwayError as fault:
        form.add_error(None, fault.sentence)
        return False
    messages.success(request, said)
    return True


def form_on(template: str, request: HttpRequest, form: Any, title: str, button: str = "Save", **told: Any) -> HttpResponse:
    """A page with one form (form_page.html). Shown again with its faults it is 422: nothing was done."""
    given = {"form": form, "title": title, "button": button, **told}
    return render(request, template, given, status=422 if form.is_bound else 200)
