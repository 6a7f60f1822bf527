"""Writing notes on an engagement: kept while they are typed, revised by versions."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, names_of
from headway.desk.accounts.sealing import opened
from headway.desk.engagements import noting, queries
from headway.desk.engagements.forms import LONGEST, NoteForm
from headway.desk.engagements.models import Engagement, Note
from headway.desk.engagements.views import engagement_or_404, form_page
from headway.desk.framing.doing import tried
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.vocabulary import clock

P = Permission


def note_or_404(request: HttpRequest, pk: int, permission: Permission) -> tuple[Engagement, Note]:
    """A note that this person may read: a restricted one only with the right to."""
    found = Note.objects.select_related("engagement").filter(pk=pk).first()
    if found is None:
        raise Http404
    one = engagement_or_404(request, found.engagement_id, permission)
    if found.restricted and not may(request.user, P.SEE_RESTRICTED, one.school_id):
        raise Http404
    return one, found


def _typed(one: Engagement, request: HttpRequest, of: str) -> dict[str, str]:
    draft = queries.draft_of(one, request.user, of)
    return {"text": opened(draft.sealed, queries.DRAFT)} if draft else {}


@needs(P.WRITE_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, pk: int) -> HttpResponse:
    one = engagement_or_404(request, pk, P.WRITE_ENGAGEMENTS)
    form = NoteForm(request.POST or None, initial=_typed(one, request, "new"))
    if form.is_valid() and tried(
        request, form, lambda: noting.write(by=request.user, engagement=one, **form.cleaned_data), "The note is saved."
    ):
        return redirect("engagements:engagement", pk=pk)
    keep = reverse("engagements:autosave", args=[pk, "new"])
    return form_page(request, form, "Write a note", "Save the note", engagement=one, keep=keep)


@needs(P.WRITE_ENGAGEMENTS)
@require_http_methods(["GET", "POST"])
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    one, note = note_or_404(request, pk, P.WRITE_ENGAGEMENTS)
    newest = queries.text_of(note, note.versions.last().text)
    form = NoteForm(request.POST or None, initial={"text": newest} | _typed(one, request, str(pk)))
    form.fields.pop("restricted")
    if form.is_valid() and tried(
        request,
        form,
        lambda: noting.revise(by=request.user, note=note, text=form.cleaned_data["text"]),
        "Revised; what stood before is kept.",
    ):
        return redirect("engagements:engagement", pk=one.pk)
    keep = reverse("engagements:autosave", args=[one.pk, str(pk)])
    return form_page(request, form, "Revise the note", "Save the note", engagement=one, keep=keep)


@needs(P.SEE_ENGAGEMENTS)
@require_GET
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version of a note, the newest first."""
    one, note = note_or_404(request, pk, P.SEE_ENGAGEMENTS)
    found = [(version, queries.text_of(note, version.text)) for version in note.versions.all()][::-1]
    told = {"engagement": one, "note": note, "versions": found, "names": names_of({version.by for version, _ in found})}
    return framed(request, the_door(), "Versions of a note", body("versions.html", "engagements", **told))


@needs(P.WRITE_ENGAGEMENTS)
@require_POST
def autosave(request: HttpRequest, pk: int, of: str) -> HttpResponse:
    """What is being typed, every few seconds. Answers with the hour at which it was kept."""
    one = engagement_or_404(request, pk, P.WRITE_ENGAGEMENTS)
    if of != "new":
        note_or_404(request, int(of), P.WRITE_ENGAGEMENTS)
    draft = noting.keep_draft(by=request.user, engagement=one, of=of, text=request.POST.get("text", "")[:LONGEST])
    return JsonResponse({"saved": clock.in_london(draft.at).strftime("%H:%M")})
