"""What stands under an item: files for whoever may read them, the parts of the council’s report, votes."""

from functools import partial

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.boards import actions, attaching, evidence, pages, queries, reporting, voting
from headway.desk.boards.forms import WhyForm
from headway.desk.boards.models import Item, ItemFile
from headway.desk.boards.paper_forms import FileForm, ReportForm, VoteForm
from headway.desk.boards.rules import State
from headway.desk.boards.views import item_or_404
from headway.desk.documents.queries import file_of
from headway.desk.framing.doing import done, form_on, tried
from headway.desk.framing.pages import the_door
from headway.vocabulary.errors import HeadwayError

P = Permission
BOTH = ["GET", "POST"]
_form = partial(form_on, "boards/form.html")


def _kept_item(request: HttpRequest, pk: int) -> Item:
    """An item whose papers its clerk may write: a clerk with an interest in it may not."""
    one = item_or_404(pk)
    if not queries.seen(one, request.user).shown.papers:
        raise Http404
    return one


@needs(P.KEEP_BOARDS)
@require_http_methods(BOTH)
def file_new(request: HttpRequest, pk: int) -> HttpResponse:
    one = _kept_item(request, pk)
    start = {"edition": one.edition, "grounds": one.grounds}
    grounds = the_door().library.exempt_grounds
    form = FileForm(request.POST or None, request.FILES or None, item=one, grounds=grounds, initial=start)
    if form.is_valid():
        given = dict(form.cleaned_data)
        try:
            attaching.attach(by=request.user.label, item=one, chunks=given.pop("file").chunks(), **given)
        except HeadwayError as fault:
            form.add_error("file", fault.sentence)
        else:
            messages.success(request, "The file is under the item. It was not scanned for malware.")
            return redirect("boards:item", pk=pk)
    return _form(request, form, f"A file for: {one}", "Put it there", meeting=one.meeting)


@needs(P.SEE_BOARDS, recently=True)
@require_GET
@exported
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Always as an attachment. One that a person may not read is as one that is not there; that it was opened is written down."""
    one = queries.file(pk)
    if one is None:
        raise Http404
    found = queries.seen(one.item, request.user)
    shown = next((shown for each, shown in queries.files_seen(found, request.user) if each.pk == pk), None)
    path = file_of(one.document)
    if path is None or shown is None or not shown.papers:
        raise Http404
    seat = queries.seat_of(request.user, one.item.meeting.board)
    if seat and one.edition != "public":
        actions.opened(by=request.user.label, item=one.item, member=seat)
    name = "".join(mark if mark.isalnum() else "-" for mark in one.document.title)
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"{name}.{one.document.ending}", content_type=one.document.media)


@needs(P.KEEP_BOARDS)
@require_http_methods(BOTH)
def file_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    one: ItemFile | None = queries.file(pk)
    if one is None:
        raise Http404
    _kept_item(request, one.item_id)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["because"]
        if done(request, lambda: attaching.take_off(by=request.user.label, file=one, reason=reason), "The file is off the item."):
            return redirect("boards:item", pk=one.item_id)
    return _form(request, form, f"Take off: {one.document}", "Take it off", meeting=one.item.meeting)


@needs(P.KEEP_BOARDS)
@require_http_methods(BOTH)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Options, finance, legal, equality and risk, under the council’s headings. Each saving is a version."""
    one = _kept_item(request, pk)
    versions = list(one.reports.all())
    form = ReportForm(request.POST or None, before=versions[-1] if versions else None)
    if form.is_valid():
        given = form.cleaned_data
        act = partial(reporting.write, by=request.user.label, item=one, officer=given["officer"], parts=form.parts(), ready=given["ready"])
        said = (
            "Kept as ready: it goes into the papers." if given["ready"] else "The draft is kept. It goes into the papers once it is ready."
        )
        if tried(request, form, act, said):
            return redirect("boards:item", pk=pk)
    return _form(request, form, f"Report on: {one}", "Keep this version", meeting=one.meeting, versions=versions[::-1])


@needs(P.KEEP_BOARDS)
@require_http_methods(BOTH)
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    """A vote by those who may vote on it. What came of it is a decision, with what was known."""
    one, door, phase = _kept_item(request, pk), the_door(), request.GET.get("phase", "")
    kind = pages.kind_of(door, one.meeting.board)
    phases = kind.voters(one.standing)
    if one.meeting.state != State.HELD or (phase not in phases if phases else phase):
        raise Http404
    members = voting.able(kind, one, phase)
    form = VoteForm(request.POST or None, members=members, initial={"motion": pages.motion(one, phase)})
    if form.is_valid():
        known = evidence.of_rate(door, one, phase)
        act = partial(
            voting.vote, by=request.user.label, item=one, kind=kind, phase=phase, motion=form.cleaned_data["motion"], voices=form.voices(),
            evidence=known,
        )  # fmt: skip
        if tried(request, form, act, "The vote is written down as a decision, with what was known."):
            return redirect("boards:item", pk=pk)
    note = pages.voters_words(kind, one, phase, members)
    return _form(request, form, f"A vote on: {one}{f', {phase}' if phase else ''}", "Write it down", meeting=one.meeting, note=note)
