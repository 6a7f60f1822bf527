"""Meetings of a network with their minutes, what was promised, and the documents it shares."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.desk.accounts.access import needs
from headway.desk.accounts.addresses import number_in
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import names_of
from headway.desk.documents import actions as documents
from headway.desk.documents.queries import file_of
from headway.desk.establishments.models import Establishment
from headway.desk.framing.doing import done
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.desk.networks import actions, queries, rules
from headway.desk.networks.forms import MeetingForm, MinutesForm, OutcomeForm, PaperForm, PromiseForm, TextForm, WhyForm
from headway.desk.networks.models import Paper, Promise
from headway.desk.networks.opening import asked, found, meeting_or_404, network_or_404
from headway.vocabulary import clock
from headway.vocabulary.errors import HeadwayError

P = Permission


@needs(P.SEE_LEARNING)
@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, pk: int) -> HttpResponse:
    one = network_or_404(request, pk, runs=True)
    form = MeetingForm(request.POST or None)
    if form.is_valid():
        made = done(request, lambda: actions.call(by=request.user, network=one, **form.cleaned_data), "The meeting is called.")
        return redirect("networks:meeting", pk=made.pk) if made else redirect("networks:network", pk=pk)
    return asked(request, form, f"Call a meeting of {one.name}", "Call it", one)


@needs(P.SEE_LEARNING)
@require_GET
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    one, user, day = meeting_or_404(request, pk), request.user, clock.today()
    versions = list(one.minutes.all())
    told: dict[str, Any] = {"one": one, "runs": queries.runs(user, one.network), "csrf": get_token(request), "today": day}
    told |= {"stands": rules.meeting_stands(one.day, one.held, bool(one.agreed), one.called_off, day)}
    told |= {"minutes": queries.minutes_of(one), "versions": [each for each in versions if not each.correction]}
    told |= {"corrections": [each for each in versions if each.correction], "names": names_of({each.by for each in versions})}
    told |= {"present": list(Establishment.objects.filter(pk__in=one.present)), "of": len(queries.members(one.network, one.day))}
    told |= {"promises": [(each, queries.closes(user, each)) for each in one.promises.select_related("school", "network")]}
    title = f"{one.network.name}, {one.day.day} {one.day:%B %Y}"
    return framed(request, the_door(), title, body("meeting.html", "networks", **told))


@needs(P.SEE_LEARNING)
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    one = meeting_or_404(request, pk, runs=True)
    form = MeetingForm(request.POST or None, initial={"day": one.day, "begins": one.begins, "place": one.place, "agenda": one.agenda})
    if form.is_valid():
        done(request, lambda: actions.move(by=request.user, meeting=one, **form.cleaned_data), "Changed.")
        return redirect("networks:meeting", pk=pk)
    return asked(request, form, f"Change the meeting of {one.network.name}", "Save", one.network)


@needs(P.SEE_LEARNING)
@require_http_methods(["GET", "POST"])
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    one = meeting_or_404(request, pk, runs=True)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        done(request, lambda: actions.call_off(by=request.user, meeting=one, **form.cleaned_data), "Called off.")
        return redirect("networks:meeting", pk=pk)
    return asked(request, form, f"Call off the meeting of {one.day.day} {one.day:%B %Y}", "Call it off", one.network)


@needs(P.SEE_LEARNING)
@require_http_methods(["GET", "POST"])
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the minutes and who came; each save is a version. Text that lost to another's stays in the form."""
    one = meeting_or_404(request, pk, runs=True)
    newest = queries.minutes_of(one)
    start = {"present": one.present, "text": newest.text if newest else one.agenda, "began_from": newest.pk if newest else 0}
    form = MinutesForm(request.POST or None, initial=start, schools=queries.schools(one.network, one.day))
    if form.is_valid():
        try:
            actions.minute(by=request.user, meeting=one, **form.cleaned_data)
        except HeadwayError as fault:
            form.add_error(None, fault.sentence)
        else:
            messages.success(request, "The minutes are kept. The network agrees to them at its next meeting.")
            return redirect("networks:meeting", pk=pk)
    return asked(request, form, f"Minutes of {one.day.day} {one.day:%B %Y}", "Save", one.network)


@needs(P.SEE_LEARNING)
@require_POST
def agree_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    one = meeting_or_404(request, pk, runs=True)
    done(
        request,
        lambda: actions.agree_minutes(by=request.user, meeting=one),
        "The minutes are agreed. From now on only corrections are added.",
    )
    return redirect("networks:meeting", pk=pk)


@needs(P.SEE_LEARNING)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    one = meeting_or_404(request, pk, runs=True)
    form = TextForm(request.POST or None, label="Correction", help_text="It stands beside the minutes, which are not changed.")
    if form.is_valid():
        done(
            request, lambda: actions.correct(by=request.user, meeting=one, **form.cleaned_data), "The correction stands beside the minutes."
        )
        return redirect("networks:meeting", pk=pk)
    return asked(request, form, f"Correct the minutes of {one.day.day} {one.day:%B %Y}", "Add it", one.network)


@needs(P.SEE_LEARNING)
@require_http_methods(["GET", "POST"])
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    """Something promised; `?meeting=` or `?review=` says where."""
    one = network_or_404(request, pk, runs=True)
    form = PromiseForm(request.POST or None, schools=queries.schools(one, clock.today()))
    at = one.meetings.filter(pk=_number(request, "meeting")).first()
    if form.is_valid() and done(
        request,
        lambda: actions.promise(by=request.user, network=one, meeting=at, **form.cleaned_data),
        "It is followed until it is closed.",
    ):
        return redirect("networks:meeting", pk=at.pk) if at else redirect("networks:network", pk=pk)
    return asked(request, form, f"Something promised in {one.name}", "Keep it", one)


def _number(request: HttpRequest, name: str) -> int:
    return number_in(request.GET.get(name, "")) or 0


@needs(P.SEE_LEARNING)
@require_http_methods(["GET", "POST"])
def keep_promise(request: HttpRequest, pk: int) -> HttpResponse:
    one: Promise = found(Promise.objects.select_related("network", "school").filter(closed=None), pk)
    network_or_404(request, one.network_id, inside=True)
    if not queries.closes(request.user, one):
        raise Http404
    form = OutcomeForm(request.POST or None)
    if form.is_valid():
        actions.keep_promise(by=request.user, promise=one, **form.cleaned_data)
        messages.success(request, "Closed, with what came of it.")
        return redirect("networks:network", pk=one.network_id)
    return asked(request, form, f"Close: {one.what}", "Close it", one.network)


@needs(P.SEE_LEARNING)
@require_http_methods(["GET", "POST"])
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """A file for the members to read."""
    one = network_or_404(request, pk, runs=True)
    form = PaperForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            kept = documents.keep(by=request.user.label, title=given["title"], chunks=given["file"].chunks(), retention=given["retention"])
            actions.share(by=request.user, network=one, document=kept, meeting=None)
        except HeadwayError as fault:
            form.add_error("file", fault.sentence)
        else:
            messages.success(request, f"{kept} is shared with the network’s schools. It was not scanned for malware.")
            return redirect("networks:network", pk=pk)
    return asked(request, form, f"Share a document with {one.name}", "Share it", one)


def _paper(request: HttpRequest, pk: int, *, runs: bool) -> Paper:
    one: Paper = found(Paper.objects.select_related("network", "document").filter(taken_down=None, document__erased=None), pk)
    network_or_404(request, one.network_id, runs=runs, inside=True)
    return one


@needs(P.SEE_LEARNING, recently=True)
@require_GET
@exported
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Always as an attachment, never shown within our pages."""
    one = _paper(request, pk, runs=False).document
    path = file_of(one)
    if path is None:
        raise Http404
    name = "".join(mark if mark.isalnum() else "-" for mark in one.title)
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"{name}.{one.ending}", content_type=one.media)


@needs(P.SEE_LEARNING)
@require_POST
def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    one = _paper(request, pk, runs=True)
    actions.take_down(by=request.user, paper=one)
    messages.success(request, "It is off the network’s page.")
    return redirect("networks:network", pk=one.network_id)
