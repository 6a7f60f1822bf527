"""Writing a note and the school's part: kept while it is typed, saved as versions, nothing lost when two write at once."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from headway.definitions.visits import VisitKind
from headway.desk.accounts.access import needs
from headway.desk.accounts.addresses import number_in
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, viewer_of
from headway.desk.accounts.sealing import opened
from headway.desk.framing.pages import the_door
from headway.desk.visits import actions, pages, queries
from headway.desk.visits.forms import AnswerForm, WritingForm
from headway.desk.visits.models import State, Visit
from headway.desk.visits.views import visit_or_404
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError

P = Permission
LONGEST = 20_000
NOTE, SCHOOL = "note", "school"


@needs(P.WRITE_SUPPORT)
@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, pk: int) -> HttpResponse:
    one, door = visit_or_404(request, pk, P.WRITE_SUPPORT), the_door()
    if one.state not in (State.BOOKED, State.DRAFT):
        return redirect("visits:visit", pk=pk)
    kind, restricted = pages.kind_of(door, one.kind), bool(may(request.user, P.SEE_RESTRICTED, one.school_id))
    texts = queries.note_of(one)
    kept = {f"{'restricted' if hidden else 'open'}-{heading}": text for (heading, hidden), text in texts.items()}
    form = WritingForm(request.POST or None, initial=kept | _typed(one, request, NOTE), headings=kind.headings, restricted=restricted)
    if form.is_valid():
        try:
            known = pages.evidence(door, one.school_id, viewer_of(request))
            actions.write(by=request.user, visit=one, texts=form.texts(), began_from=_number(request), known=known)
        except HeadwayError as fault:
            return _page(request, one, kind, form, NOTE, fault=fault, theirs=pages.shown(door, one, request.user, clock.today()).note)
        messages.success(request, "The note is saved.")
        return redirect("visits:visit", pk=pk)
    return _page(request, one, kind, form, NOTE)


@needs(P.ANSWER_FOR_SCHOOL)
@require_http_methods(["GET", "POST"])
def school_part(request: HttpRequest, pk: int) -> HttpResponse:
    """What the school writes before the visit."""
    one, door = visit_or_404(request, pk, P.ANSWER_FOR_SCHOOL), the_door()
    kind = pages.kind_of(door, one.kind)
    if not kind.school_writes or one.state not in (State.BOOKED, State.DRAFT):
        return redirect("visits:visit", pk=pk)
    kept = {f"open-{heading}": text for heading, text in queries.school_part_of(one).items()}
    form = WritingForm(request.POST or None, initial=kept | _typed(one, request, SCHOOL), headings=kind.school_writes, restricted=False)
    if form.is_valid():
        actions.write_school_part(by=request.user, visit=one, texts={heading: text for (heading, _), text in form.texts().items()})
        messages.success(request, "Your part is saved. The adviser reads it before the visit.")
        return redirect("visits:visit", pk=pk)
    return _page(request, one, kind, form, SCHOOL)


def _page(request: HttpRequest, one: Visit, kind: VisitKind, form: WritingForm, part: str, **told: Any) -> HttpResponse:
    draft = queries.draft_of(one, request.user, part)
    told |= {"form": form, "visit": one, "kind": kind, "part": part, "began_from": queries.newest_passage(one), "draft": draft}
    return render(request, "visits/write.html", told, status=409 if told.get("fault") else 422 if form.is_bound else 200)


def _typed(one: Visit, request: HttpRequest, part: str) -> dict[str, str]:
    """What this person typed and did not save."""
    draft = queries.draft_of(one, request.user, part)
    return dict(json.loads(opened(draft.sealed, "draft"))) if draft else {}


def _number(request: HttpRequest) -> int:
    given = number_in(request.POST.get("began_from", ""))
    return -1 if given is None else given


@needs(P.SEE_SUPPORT)
@require_POST
def autosave(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """What is being typed, every few seconds. Answers with the hour at which it was kept."""
    one = visit_or_404(request, pk, P.WRITE_SUPPORT if part == NOTE else P.ANSWER_FOR_SCHOOL)
    typed = {name: text[:LONGEST] for name, text in request.POST.items() if name.startswith(("open-", "restricted-"))}
    draft = actions.keep_draft(by=request.user, visit=one, part=part, typed=typed)
    return JsonResponse({"saved": clock.in_london(draft.at).strftime("%H:%M")})


@needs(P.ANSWER_FOR_SCHOOL)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The school's word on the note."""
    one = visit_or_404(request, pk, P.ANSWER_FOR_SCHOOL)
    if one.state != State.SHARED:
        return redirect("visits:visit", pk=pk)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        actions.answer(by=request.user, visit=one, accurate=form.cleaned_data["accurate"] == "yes", comment=form.cleaned_data["comment"])
        messages.success(request, "Thank you. The adviser has your answer.")
        return redirect("visits:visit", pk=pk)
    told = {"form": form, "title": f"Is the note accurate? {one}", "button": "Send the answer", "visit": one, "answers": True}
    return render(request, "visits/form.html", told, status=422 if form.is_bound else 200)
