"""The pages of the confidential route: a head's own conversations, and those that a listener receives."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import permissions_of
from headway.desk.wellbeing import actions, queries
from headway.desk.wellbeing.forms import LineForm
from headway.desk.wellbeing.models import Talk
from headway.desk.wellbeing.rules import may_listen

P = Permission


@needs(P.ASK_WELLBEING)
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """A head's own page: who listens, and what was said."""
    form = LineForm(request.POST or None)
    if form.is_valid():
        talk = actions.begin(by=request.user, text=form.cleaned_data["text"])
        messages.success(request, "It is with those who listen. They answer within two working days.")
        return redirect("wellbeing:talk", pk=talk.pk)
    told = {"form": form, "talks": list(queries.own(request.user))}
    return render(request, "wellbeing/mine.html", told, status=422 if form.is_bound else 200)


@needs(P.ASK_WELLBEING)
@require_http_methods(["GET", "POST"])
def talk(request: HttpRequest, pk: int) -> HttpResponse:
    found = queries.own(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return _said(request, found, "wellbeing:talk", listens=False)


def listener_or_404(request: HttpRequest) -> None:
    """Somebody who also decides about schools is answered as if there were no such page."""
    if not may_listen(permissions_of(request.user)):
        raise Http404


@needs(P.SEE_WELLBEING)
@require_GET
def received(request: HttpRequest) -> HttpResponse:
    listener_or_404(request)
    talks = [(one, queries.waiting(one)) for one in queries.received(request.user)]
    return render(request, "wellbeing/received.html", {"talks": talks, "many": sum(waits for _, waits in talks)})


@needs(P.SEE_WELLBEING)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    listener_or_404(request)
    found = queries.received(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return _said(request, found, "wellbeing:answer", listens=True)


@needs(P.SEE_WELLBEING)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    listener_or_404(request)
    found = queries.received(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    actions.end(by=request.user, talk=found)
    return redirect("wellbeing:received")


def _said(request: HttpRequest, found: Talk, where: str, *, listens: bool) -> HttpResponse:
    form = LineForm(request.POST or None)
    if form.is_valid():
        actions.say(by=request.user, talk=found, text=form.cleaned_data["text"])
        return redirect(where, pk=found.pk)
    told: dict[str, Any] = {"form": form, "talk": found, "lines": queries.lines_of(found), "listens": listens}
    return render(request, "wellbeing/talk.html", told, status=422 if form.is_bound else 200)
