"""A strategy out as a package, and another area's in as a draft."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from headway.definitions.blueprints import MOST_BYTES, Blueprint, read_blueprint
from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.strategy import blueprints
from headway.desk.strategy.forms import LINE, day
from headway.desk.strategy.views import found_for
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError


class TakeUpForm(forms.Form):
    """Which blueprint, and from which day; a file's faults are told beside it, all at once."""

    shipped = forms.ChoiceField(required=False, label="One that comes with Headway", widget=forms.RadioSelect)
    file = forms.FileField(
        required=False, label="Or a file from another area", help_text=f"A blueprint in YAML, at most {MOST_BYTES // 1000} kB."
    )  # fmt: skip
    title = forms.CharField(
        max_length=150, required=False, label="What it is called here", widget=LINE, help_text="Empty for its own name."
    )
    starts = forms.DateField(label="First day here", widget=day(), help_text="The days of its actions are counted from it.")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, label_suffix="", **named)
        self.known = blueprints.shipped()
        self.fields["shipped"].choices = [(name, f"{one.title} ({one.said_by})") for name, one in self.known.items()]
        today = clock.today()
        self.fields["starts"].initial = date(today.year + (today.month >= 9), 9, 1)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        name, file = given.get("shipped"), given.get("file")
        if bool(name) == bool(file):
            self.add_error("shipped", "Choose one of these, or give a file: one of the two.")
        elif file:
            given["blueprint"] = self._read(file)
        else:
            given["blueprint"] = self.known[str(name)]
        return given

    def _read(self, file: Any) -> Blueprint | None:
        if file.size > MOST_BYTES:
            self.add_error("file", f"The file has {file.size:,} bytes; a blueprint has at most {MOST_BYTES:,}.")
            return None
        try:
            return read_blueprint(file.read(), "the file")
        except HeadwayError as fault:
            self.add_error("file", [line.strip() for line in fault.what.splitlines()[1:] if line.strip()])
            return None


@needs(Permission.WRITE_STRATEGY)
@require_http_methods(["GET", "POST"])
def taken_up(request: HttpRequest) -> HttpResponse:
    """A draft that begins from a blueprint."""
    form = TakeUpForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        given = form.cleaned_data
        made = blueprints.take_up(by=request.user.label, blueprint=given["blueprint"], starts=given["starts"], title=given["title"])
        messages.success(request, f"{made} is begun, as a draft. Its promises wait to be written for here.")
        return redirect("strategy:strategy", pk=made.pk)
    told = {"form": form, "title": "Take up a blueprint", "button": "Begin from it", "strategy": None,
            "note": "A blueprint brings strands, actions, partners, risks and promises in words: no figures, and nobody’s name. "
                    "What you make of it is yours."}  # fmt: skip
    return render(request, "strategy/form.html", told, status=422 if form.is_bound else 200)


@needs(Permission.EXPORT, recently=True)
@require_GET
@exported
def package(request: HttpRequest, pk: int) -> HttpResponse:
    """The strategy as a blueprint for others: YAML, without data, people or addresses."""
    one = found_for(request, pk)
    answer = HttpResponse(blueprints.package(one), content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="blueprint-{one.pk}.yaml"'
    return answer
