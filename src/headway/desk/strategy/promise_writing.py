"""The pages on which promises are written, adopted from the library, changed and given up."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from headway.desk.accounts.access import needs
from headway.desk.accounts.addresses import number_in
from headway.desk.accounts.permissions import Permission
from headway.desk.framing.pages import area_of, the_door
from headway.desk.strategy import actions, adopting, queries
from headway.desk.strategy.forms import WithdrawForm
from headway.desk.strategy.models import Promise, Strategy
from headway.desk.strategy.promise_form import AREA, PromiseForm
from headway.desk.strategy.rules import AGREED
from headway.desk.strategy.views import found_for
from headway.desk.strategy.writing import form_page
from headway.readings.door import Door
from headway.vocabulary.errors import HeadwayError


@needs(Permission.WRITE_STRATEGY)
@require_http_methods(["GET", "POST"])
def written(request: HttpRequest, pk: int) -> HttpResponse:
    """A new promise; `?proposal=` fills the form from one that came with the blueprint."""
    door, one = the_door(), found_for(request, pk)
    form = PromiseForm(
        request.POST or None, door=door, name=f"{adopting.set_of(one)}.new", start=_proposal(one, request), reasoned=_agreed(one)
    )
    if form.is_valid() and _open(one, form):
        made = adopting.write(by=request.user.label, door=door, strategy=one, text=form.text, **_told(form))
        messages.success(request, "The promise is made. From now on it keeps its score.")
        return redirect("strategy:promise", pk=pk, ambition=made.ambition)
    return form_page(request, form, "Write a promise", one, button="Make the promise")


def _proposal(one: Strategy, request: HttpRequest) -> dict[str, Any]:
    asked = number_in(request.GET.get("proposal", ""))
    return adopting.start_of(one.proposals[asked]) if asked is not None and asked < len(one.proposals) else {}


@needs(Permission.WRITE_STRATEGY)
@require_http_methods(["GET", "POST"])
def changed(request: HttpRequest, pk: int, ambition: str) -> HttpResponse:
    """Another version of a promise, with a reason: the one before stays with its verdicts."""
    door, one = the_door(), found_for(request, pk)
    before = _promise(one, ambition)
    form = PromiseForm(request.POST or None, door=door, name=ambition, before=before.definition)
    if form.is_valid() and _open(one, form):
        adopting.write(by=request.user.label, door=door, strategy=one, text=form.text, ambition=ambition, **_told(form))
        messages.success(request, "The promise has another version. The one before stays, with the verdicts that were given on it.")
        return redirect("strategy:promise", pk=pk, ambition=ambition)
    return form_page(request, form, "Change a promise", one)


def _told(form: PromiseForm) -> dict[str, str]:
    return {name: form.cleaned_data.get(name, "") for name in ("title", "owner", "reason")}


def _agreed(one: Strategy) -> bool:
    return one.state in AGREED


def _open(one: Strategy, form: forms.Form) -> bool:
    """Whether the strategy may still be changed; what was decided takes a promise only with a reason, which a new one is in itself."""
    if one.state == "closed":
        form.add_error(None, "This strategy is closed. It stays as it was.")
        return False
    return True


def _promise(one: Strategy, ambition: str) -> Promise:
    found = queries.promise(one, ambition)
    if found is None:
        raise Http404
    return found


@needs(Permission.WRITE_STRATEGY)
@require_http_methods(["GET", "POST"])
def given_up(request: HttpRequest, pk: int, ambition: str) -> HttpResponse:
    one = found_for(request, pk)
    each, form = _promise(one, ambition), WithdrawForm(request.POST or None, state=one.state)
    if form.is_valid():
        actions.give_up(by=request.user.label, strategy=one, promise=each, reason=form.cleaned_data["reason"])
        messages.success(request, "The promise is given up. It stays in the versions before, with its verdicts.")
        return redirect("strategy:strategy", pk=pk)
    return form_page(
        request, form, f"Give up the promise “{each}”", one, button="Give it up", note="It leaves the page and stays in the history."
    )


class AdoptForm(forms.Form):
    """Which of the library's ambitions become promises of a strategy."""

    ambitions = forms.MultipleChoiceField(label="Promises in the library", widget=forms.CheckboxSelectMultiple)
    owner = forms.CharField(
        max_length=120, required=False, label="Who answers for them", widget=forms.TextInput(attrs={"class": "govuk-input"}),
        help_text="A post or a body. Empty for whom each names itself.",
    )  # fmt: skip

    reason = forms.CharField(max_length=500, label="Why", widget=AREA)

    def __init__(self, *given: Any, door: Door, strategy: Strategy, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)
        if not _agreed(strategy):
            self.fields.pop("reason")
        self.fields["ambitions"].choices = adopting.choices(door, strategy, area_of(door)[0])


@needs(Permission.WRITE_STRATEGY)
@require_http_methods(["GET", "POST"])
def adopted(request: HttpRequest, pk: int) -> HttpResponse:
    """Make ambitions of the library promises of this strategy, each with what is known today."""
    door, one = the_door(), found_for(request, pk)
    form = AdoptForm(request.POST or None, door=door, strategy=one)
    note = "" if form.fields["ambitions"].choices else "The library holds none for this area that the strategy has not adopted. Write one."
    if form.is_valid() and _open(one, form):
        try:
            adopting.from_library(
                by=request.user.label, door=door, strategy=one, names=form.cleaned_data["ambitions"], owner=form.cleaned_data["owner"],
                reason=form.cleaned_data.get("reason", ""),
            )  # fmt: skip
        except HeadwayError as fault:
            form.add_error(None, fault.what)
        else:
            messages.success(request, "Adopted, with what is known today.")
            return redirect("strategy:strategy", pk=pk)
    return form_page(request, form, "Adopt promises from the library", one, button="Adopt", note=note)
