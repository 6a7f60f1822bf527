"""What the pages of learning share: what an address names, a form on a page of its own."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from headway.desk.framing.doing import form_on
from headway.desk.learning import queries
from headway.desk.learning.models import Session
from headway.readings.door import Door


def titles(door: Door) -> dict[str, str]:
    return {name: area.title for name, area in door.library.support_areas.items()}


def one_of(among: "QuerySet[Any]", pk: int) -> Any:
    one = among.filter(pk=pk).first()
    if one is None:
        raise Http404
    return one


def session_or_404(pk: int) -> Session:
    one = queries.find_session(pk)
    if one is None:
        raise Http404
    return one


def asked(
    request: HttpRequest, form: Any, title: str, button: str, back: tuple[str, str] | None = None, note: str = "", visible: str = ""
) -> HttpResponse:
    """A form on a page of its own; `back`: (address, words) of the page it belongs to."""
    return form_on("learning/form.html", request, form, title, button, back=back, note=note, visible=visible)
