"""The pages on which strategies are written: their words, their pieces, the steps of their life, and how actions are going."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.strategy import actions, evidence, queries
from headway.desk.strategy.forms import FORMS, MoveForm, StrategyForm, UpdateForm, WithdrawForm
from headway.desk.strategy.models import Milestone, Piece, Strategy
from headway.desk.strategy.views import action_of, found_for
from headway.vocabulary import clock

PARENTS = {"priority": "strand", "action": "priority", "milestone": "action"}


def form_page(request: HttpRequest, form: Any, title: str, one: Strategy | None, **told: Any) -> HttpResponse:
    """A form in the frame, with every fault beside its field."""
    given = {"form": form, "title": title, "strategy": one, **told}
    return render(request, "strategy/form.html", given, status=422 if form.is_bound else 200)


@needs(Permission.WRITE_STRATEGY)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = StrategyForm(request.POST or None)
    if form.is_valid():
        made = actions.begin(by=request.user.label, **form.words)
        messages.success(request, f"{made} is begun, as a draft. Give it its first strand.")
        return redirect("strategy:strategy", pk=made.pk)
    return form_page(request, form, "Begin a strategy", None, button="Begin")


@needs(Permission.WRITE_STRATEGY)
@require_http_methods(["GET", "POST"])
def changed(request: HttpRequest, pk: int) -> HttpResponse:
    one = found_for(request, pk)
    form = StrategyForm(request.POST or None, instance=Strategy.objects.get(pk=pk), strategy=one)
    if form.is_valid():
        actions.describe(by=request.user.label, strategy=one, reason=form.cleaned_data["reason"], **form.words)
        messages.success(request, "Saved. The version before is kept.")
        return redirect("strategy:strategy", pk=pk)
    return form_page(request, form, f"Change {one}", one)


@needs(Permission.WRITE_STRATEGY)
@require_http_methods(["GET", "POST"])
def added(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A new piece; `?under=` says what it stands under."""
    one = found_for(request, pk)
    made = queries.KINDS[kind]()
    start: dict[str, Any] = {PARENTS[kind]: request.GET.get("under")} if kind in PARENTS else {"starts": one.starts, "due": one.ends}
    start |= {"starts": one.starts, "due": one.ends}
    if kind in ("strand", "partner", "risk"):
        made.strategy = one
    return _written(request, one, kind, FORMS[kind](request.POST or None, instance=made, initial=start, strategy=one), f"Add {_a(kind)}")


@needs(Permission.WRITE_STRATEGY)
@require_http_methods(["GET", "POST"])
def rewritten(request: HttpRequest, pk: int, kind: str, piece: int) -> HttpResponse:
    one = found_for(request, pk)
    each = piece_of(one, kind, piece)
    form = FORMS[kind](request.POST or None, instance=each, strategy=one)
    return _written(request, one, kind, form, f"Change the {kind}", withdraw=reverse("strategy:withdraw", args=[pk, kind, piece]))


def _written(request: HttpRequest, one: Strategy, kind: str, form: Any, title: str, **told: Any) -> HttpResponse:
    if form.is_valid():
        each = form.save(commit=False)
        actions.put(by=request.user.label, strategy=one, one=each, reason=form.cleaned_data["reason"])
        messages.success(request, f"The {kind} is saved.")
        if kind in ("action", "milestone"):
            return redirect("strategy:action", pk=one.pk, action=each.pk if kind == "action" else each.action_id)
        return redirect(f"{reverse('strategy:strategy', args=[one.pk])}#{kind}-{each.pk}")
    return form_page(request, form, title, one, **told)


@needs(Permission.WRITE_STRATEGY)
@require_http_methods(["GET", "POST"])
def withdrawn(request: HttpRequest, pk: int, kind: str, piece: int) -> HttpResponse:
    """Take a piece out of the strategy, with a reason."""
    one = found_for(request, pk)
    each, form = piece_of(one, kind, piece), WithdrawForm(request.POST or None, state=one.state)
    if form.is_valid():
        actions.withdraw(by=request.user.label, strategy=one, one=each, reason=form.cleaned_data["reason"])
        messages.success(request, f"The {kind} is taken out. It stays in the versions before.")
        return redirect("strategy:strategy", pk=pk)
    note = "It leaves the page with all that stands under it, and stays in the versions before. Nothing is deleted."
    return form_page(request, form, f"Take out the {kind} “{each}”", one, button="Take it out", note=note)


def piece_of(one: Strategy, kind: str, pk: int) -> Piece:
    each = queries.piece(one, kind, pk)
    if each is None:
        raise Http404
    return each


@needs(Permission.WRITE_STRATEGY)
@require_http_methods(["GET", "POST"])
def moved(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a step of the strategy's life. What was known then is kept with it."""
    one = found_for(request, pk)
    form = MoveForm(request.POST or None, strategy=one)
    if form.is_valid():
        actions.move(by=request.user.label, strategy=one, evidence=evidence.of_strategy(one), **form.cleaned_data)
        messages.success(request, f"{one} is now {queries.state_of(pk).label.lower()}.")
        return redirect("strategy:strategy", pk=pk)
    return form_page(request, form, "What happens next", one, button="Record it")


@needs(Permission.VIEW_STRATEGY)
@require_http_methods(["GET", "POST"])
def told(request: HttpRequest, pk: int, action: int) -> HttpResponse:
    """How an action is going: for those whose role may tell it, and for whose list it stands on."""
    one = found_for(request, pk)
    each = action_of(one, action)
    if not queries.tells(request.user, each):
        raise PermissionDenied("How an action is going is told by the adviser team and by the person on whose list it stands.")
    form = UpdateForm(request.POST or None, action=each)
    if form.is_valid():
        actions.tell(by=request.user.label, action=each, **form.cleaned_data)
        messages.success(request, "Your word on it is kept.")
        return redirect("strategy:action", pk=pk, action=action)
    return form_page(request, form, f"How it is going: {each}", one, button="Keep it")


@needs(Permission.VIEW_STRATEGY)
@require_POST
def reached(request: HttpRequest, pk: int, milestone: int) -> HttpResponse:
    """A milestone was reached today, or was not after all."""
    one = found_for(request, pk)
    each = queries.piece(one, "milestone", milestone)
    if not isinstance(each, Milestone):
        raise Http404
    if not queries.tells(request.user, each.action):
        raise PermissionDenied("Milestones are ticked by the adviser team and by the person on whose list the action stands.")
    actions.reach(by=request.user.label, milestone=each, on=clock.today() if request.POST.get("reached") == "yes" else None)
    return redirect("strategy:action", pk=pk, action=each.action_id)


def _a(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
