"""The page on which a service sends lines on many schools at once."""

import secrets
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.day_one import returns
from headway.desk.framing.doing import form_on
from headway.desk.framing.fields import Plain, choice, lines
from headway.desk.framing.pages import the_door
from headway.desk.tiers.models import Service
from headway.readings.spreadsheets import sheets_of
from headway.vocabulary.errors import HeadwayError

P = Permission
SHOWN = 30


class ManyForm(Plain):
    """Lines on many schools: pasted, or in a file."""

    service = forms.ChoiceField(label="Your service", choices=[one for one in Service.choices if one[0] != Service.SCHOOL], widget=choice())
    text = forms.CharField(
        label="Paste them from your spreadsheet", required=False, strip=False, max_length=400_000, widget=lines(10),
        help_text="With the row that names the columns: school and line, and if you have them kind, found, on, counts until, restricted.",
    )  # fmt: skip
    file = forms.FileField(
        label="Or choose the file", required=False, help_text="xlsx or csv. Its first sheet with rows is put into the field above.",
        widget=forms.FileInput(attrs={"class": "govuk-file-upload"}),
    )  # fmt: skip
    once = forms.CharField(widget=forms.HiddenInput, max_length=32)

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if kept.get("file"):
            try:
                sheets = sheets_of(kept["file"].chunks(), kept["file"].name)
            except HeadwayError as fault:
                self.add_error("file", f"{fault.what} {fault.why} {fault.remedy}")
                return kept
            kept["text"] = returns.as_text(sheets[0]) if sheets else ""
        if not (kept.get("text") or "").strip() and "file" not in self.errors:
            self.add_error("text", "Paste the rows, or choose a file with some.")
        return kept


@needs(P.GIVE_RETURNS)
@require_http_methods(["GET", "POST"])
def several(request: HttpRequest) -> HttpResponse:
    """Looked at first; sent when every row can be, all or none."""
    library = the_door().library
    start = {"service": request.GET.get("service", ""), "once": secrets.token_hex(8)}
    form = ManyForm(request.POST or None, request.FILES or None, initial=start)
    looked = None
    if form.is_valid():
        given = form.cleaned_data
        looked = returns.look(request.user, library, given["text"])
        if "send" in request.POST and not given["file"] and looked.found.rows and not looked.found.faults:
            many = returns.send(by=request.user, library=library, service=given["service"], rows=looked.found.rows, once=given["once"])
            messages.success(request, f"{many} {'line is' if many == 1 else 'lines are'} kept.")
            return redirect("tiers:returns")
        form = ManyForm(initial={"service": given["service"], "text": given["text"], "once": given["once"]})
    told: dict[str, Any] = {"looked": looked, "kinds": returns.offered(request.user, library)}
    told["titles"] = {name: field.title for name, field in returns.RETURNS.fields.items()}
    told["rows"] = _shown(looked, library) if looked else []
    return form_on("day_one/several.html", request, form, "Lines on several schools", "Look at them", **told)


def _shown(looked: returns.Looked, library: Any) -> list[tuple[int, str, str, str, Any]]:
    """(row, school, line, what it is about, as known on)."""
    names = dict(returns.Establishment.objects.filter(pk__in=[one["school"] for _, one in looked.found.rows]).values_list("pk", "name"))
    found = []
    for number, one in looked.found.rows[:SHOWN]:
        kind = library.soft_signals[one["kind"]].title if one["kind"] else ""
        about = f"Looked into, not so: {kind}" if one["clear"] else kind or "for the meeting to read"
        found.append((number, names.get(one["school"], ""), one["line"], about, one["on"]))
    return found
