"""What the council has already, brought through a page: a file, its columns matched once where they are another system's, a report."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import patch_of, viewer_of
from headway.desk.attendance import actions
from headway.desk.establishments.models import Establishment
from headway.desk.establishments.queries import open_schools
from headway.desk.framing.doing import form_on
from headway.desk.framing.drawing import body
from headway.desk.framing.fields import Plain, choice, line
from headway.desk.framing.pages import framed, the_door
from headway.desk.framing.tables import Cell, sent
from headway.language.attendance import SHAPES as WORDS
from headway.readings.attendance import bringing
from headway.vocabulary.errors import HeadwayError

P = Permission
TOLD = 50  # faults on a page; the file has all
NAMED = 10  # schools of a file that are named


SHORT = {"class": "govuk-input govuk-input--width-5"}


class BringForm(Plain):
    file = forms.FileField(
        label="The file",
        help_text="csv or xlsx, up to 100 MB, as your system writes it.",
        widget=forms.FileInput(attrs={"class": "govuk-file-upload"}),
    )
    urn = forms.RegexField(
        r"^[0-9]{6}$",
        label="School, by URN, if the file does not say it",
        required=False,
        widget=line(**SHORT),
        error_messages={"invalid": "A URN has six digits."},
    )
    year = forms.RegexField(
        r"^20[0-9]{2}/[0-9]{2}$",
        label="Year, of a list of pupils that comes alone",
        required=False,
        help_text="As 2026/27.",
        widget=line(**SHORT),
        error_messages={"invalid": "Write it as 2026/27."},
    )


def school_field(*, required: bool) -> forms.ChoiceField:
    """By name: a number that is typed wrong would be another school's, and what is taken in is not taken back."""
    label = "The school" if required else "Or the school of the whole file"
    return forms.ChoiceField(label=label, required=required, widget=choice(), choices=open_schools)


class SchoolForm(Plain):
    """Of a file that is known but for its school."""

    school = school_field(required=True)


class MatchForm(Plain):
    """Which heading is which of ours. Of the file nothing but its headings is shown."""

    def __init__(self, *given: Any, found: bringing.Waiting, urn: bool, **named: Any) -> None:
        super().__init__(*given, **named)
        self.found, self.urn = found, urn
        needed, optional = bringing.SHAPES[found.shape]
        if not urn and found.shape in OF_ONE_SCHOOL:
            self.fields["school"] = school_field(required=False)
        for name in (*needed, *optional):
            nothing = "Choose its column" if name in needed else "Not in this file"
            label = TITLED.get(name, name.replace("_", " ").capitalize())
            self.fields[name] = forms.ChoiceField(
                label=label, required=False, widget=choice(), initial=found.likely.get(name, ""), help_text=MEANS.get(name, ""),
                choices=[("", nothing), *((head, head) for head in found.headings)],
            )  # fmt: skip

    @property
    def columns(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if value and name != "school"}

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        for name, said in bringing.faults_of(
            self.found.shape, self.columns, self.found.headings, urn=self.urn or bool(kept.get("school"))
        ).items():
            self.add_error(name, said)
        return kept


OF_ONE_SCHOOL = frozenset({"wide", "strings", "marks", "pupils", "pupil_totals"})  # files that one school exports and that may not say it
TITLED = {"urn": "School", "fsm": "FSM", "sen": "SEN", "eal": "EAL"}
MEANS = {
    "urn": "The school’s six-digit number.",
    "date": "The day up to which the figures count.",
    "persistent": "Number of pupils. It shows where that of severely absent pupils is told too.",
    "severe": "Number of pupils. It shows where that of persistently absent pupils is told too.",
    "possible": "Sessions possible, from September on.",
    "authorised": "Sessions of authorised absence.",
    "unauthorised": "Sessions of unauthorised absence.",
    "pupil": "The pupil’s number, never a name.",
}


def _whole_area(request: HttpRequest) -> None:
    if patch_of(request.user) is not None:
        raise Http404


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def load(request: HttpRequest) -> HttpResponse:
    """Bring a file; what came before; the shapes, each with an empty table to fill."""
    _whole_area(request)
    door, viewer = the_door(), viewer_of(request)
    form = BringForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            token = bringing.bring(door, viewer, file.name, file.chunks())
            actions.brought(by=request.user, size=file.size)
            return _next(request, token, form.cleaned_data["urn"], form.cleaned_data["year"])
        except HeadwayError as fault:
            form.add_error("file", fault.sentence)
    before, fault_words = _before(request)
    shapes = [(name, WORDS[name], ", ".join(needed), ", ".join(more)) for name, (needed, more) in bringing.TEMPLATES.items()]
    told = {
        "before_now": [(one, WORDS.get(one.shape, one.shape)) for one in before[:12]],
        "fault": fault_words,
        "shapes": sorted(shapes, key=lambda one: "totals" not in one[0]),
    }
    return form_on("attendance/load.html", request, form, "Bring figures or registers", "Bring it", **told)


def _before(request: HttpRequest) -> tuple[Sequence[bringing.Loaded], str]:
    try:
        return bringing.loaded(the_door(), viewer_of(request)), ""
    except HeadwayError as fault:
        return (), fault.sentence


def _next(request: HttpRequest, token: str, urn: str, year: str) -> HttpResponse:
    """Taken in at once where its columns are known; else which is which. Raises what the door raises."""
    door, viewer = the_door(), viewer_of(request)
    found = bringing.waiting(door, viewer, token, urn=bool(urn))
    if found.headings:
        answer = redirect("attendance:match", token=token)
        answer["Location"] += f"?urn={urn}&year={year}" if urn or year else ""
        return answer
    _take(request, token, urn, year)
    return redirect("attendance:load_report", token=token)


def _take(request: HttpRequest, token: str, urn: str, year: str) -> None:
    done = bringing.take(the_door(), viewer_of(request), token, urn=int(urn or 0), year=year)
    actions.took_in(by=request.user, state=done.state, shape=done.shape, rows=done.rows)


def _given(given: Mapping[str, str]) -> tuple[str, str]:
    urn, year = given.get("urn", ""), given.get("year", "")
    return (urn if urn.isdecimal() and len(urn) == 6 else ""), (year if len(year) == 7 and year[4] == "/" else "")


@needs(P.WORK_ATTENDANCE)
@require_http_methods(["GET", "POST"])
def match(request: HttpRequest, token: str) -> HttpResponse:
    """Which of another system's columns is which of ours: written down once, for every later file like it."""
    _whole_area(request)
    door, viewer, (urn, year) = the_door(), viewer_of(request), _given(request.GET)
    shape = request.GET.get("shape", "")
    try:
        found = bringing.waiting(door, viewer, token, shape=shape if shape in bringing.SHAPES else "", urn=bool(urn))
    except HeadwayError as fault:
        raise Http404(fault.what) from fault
    if not found.headings:
        return redirect("attendance:load")
    if not (urn or shape) and not bringing.waiting(door, viewer, token, urn=True).headings:
        return _of_which_school(request, token, found.name, year)
    form = MatchForm(request.POST or None, found=found, urn=bool(urn))
    if form.is_valid():
        urn = urn or form.cleaned_data.get("school", "")
        try:
            bringing.match(door, viewer, token, found.shape, form.columns)
            actions.matched(by=request.user, shape=found.shape, columns=form.columns)
            _take(request, token, urn, year)
            return redirect("attendance:load_report", token=token)
        except HeadwayError as fault:
            form.add_error(None, fault.sentence)
    shapes = [(name, WORDS[name], name == found.shape) for name in bringing.SHAPES]
    return form_on("attendance/match.html", request, form, f"Which column is which: {found.name}", "Keep this and take the file in",
                   shapes=shapes, urn=urn, year=year)  # fmt: skip


def _of_which_school(request: HttpRequest, token: str, name: str, year: str) -> HttpResponse:
    """All is known but the school: a register export of one school seldom says it."""
    form = SchoolForm(request.POST or None)
    if form.is_valid():
        try:
            _take(request, token, form.cleaned_data["school"], year)
            return redirect("attendance:load_report", token=token)
        except HeadwayError as fault:
            form.add_error("school", fault.sentence)
    return form_on("attendance/match.html", request, form, f"Which school is it of: {name}", "Take the file in", known=True)


@needs(P.WORK_ATTENDANCE)
@require_GET
def load_report(request: HttpRequest, token: str) -> HttpResponse:
    """What became of a file, by row and column; nothing of a cell."""
    _whole_area(request)
    found = _report(request, token)
    told = {"found": found, "token": token, "told": found.faults[:TOLD], "words": WORDS,
            "schools": Establishment.objects.filter(pk__in=found.urns[:NAMED]), "more": max(0, found.schools - NAMED)}  # fmt: skip
    return framed(request, the_door(), f"What became of {found.name}", body("load_report.html", "attendance", **told))


@needs(P.WORK_ATTENDANCE)
@require_GET
def load_faults(request: HttpRequest, token: str) -> HttpResponse:
    """Every fault as a table, to mend the file by."""
    _whole_area(request)
    found = _report(request, token)
    return sent([["Row under the header", "Column", "What is wrong"], *found.faults], "csv", "faults")


def _report(request: HttpRequest, token: str) -> bringing.Report:
    try:
        return bringing.report(the_door(), viewer_of(request), token)
    except HeadwayError as fault:
        raise Http404(fault.what) from fault


@needs(P.WORK_ATTENDANCE)
@require_GET
def template(request: HttpRequest, shape: str) -> HttpResponse:
    """An empty table of a shape, to fill."""
    if shape not in bringing.TEMPLATES:
        raise Http404
    needed, optional = bringing.TEMPLATES[shape]
    heads: list[Cell] = [*needed, *optional]
    return sent([heads], "csv", f"template-{shape}")
