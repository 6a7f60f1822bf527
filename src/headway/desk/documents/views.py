"""Documents: listed, taken in, given out as attachments."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.documents import actions, queries
from headway.desk.documents.forms import DocumentForm
from headway.vocabulary.errors import HeadwayError


@needs(Permission.KEEP_DOCUMENTS)
@require_http_methods(["GET", "POST"])
def documents(request: HttpRequest) -> HttpResponse:
    form = DocumentForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.keep(by=request.user.label, title=given["title"], chunks=given["file"].chunks(), retention=given["retention"])
        except HeadwayError as fault:
            form.add_error("file", f"{fault.what} {fault.why} {fault.remedy}")
        else:
            messages.success(request, f"{made} is kept until {made.keep_until:%d %B %Y}. It was not scanned for malware.")
            return redirect("documents:documents")
    given = {"form": form, "listed": queries.listed()}
    return render(request, "documents/documents.html", given, status=422 if form.is_bound else 200)


@needs(Permission.KEEP_DOCUMENTS, recently=True)
@require_GET
@exported
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """Always as an attachment, never shown within our pages."""
    one = queries.find(pk)
    path = queries.file_of(one) if one else None
    if one is None or path is None:
        raise Http404
    name = "".join(mark if mark.isalnum() else "-" for mark in one.title)
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"{name}.{one.ending}", content_type=one.media)


@needs(Permission.KEEP_DOCUMENTS)
@require_POST
def archived(request: HttpRequest, pk: int) -> HttpResponse:
    one, reason = queries.find(pk), request.POST.get("reason", "").strip()[:300]
    if one is None:
        raise Http404
    if reason:
        actions.archive(by=request.user.label, document=one, reason=reason)
        messages.success(request, f"{one} is archived.")
    else:
        messages.error(request, "Say why it is archived.")
    return redirect("documents:documents")
