"""The papers of a meeting by edition, as pages and as files; built once when they go out, then read from what was kept."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_POST

from headway.definitions.boards import Edition
from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.boards import packing, queries
from headway.desk.boards.models import Meeting
from headway.desk.boards.packs.building import as_file
from headway.desk.boards.packs.building import build as built
from headway.desk.boards.packs.writing import Written
from headway.desk.boards.rules import Reader
from headway.desk.boards.views import meeting_or_404
from headway.desk.framing.doing import done
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, nothing_yet, the_door
from headway.papers.annex import xlsx
from headway.papers.blocks import Paper
from headway.papers.html import document, fragment
from headway.papers.typesetting import pdf
from headway.papers.word import docx

P = Permission
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS: dict[str, tuple[Callable[[Paper], bytes], str]] = {
    "pdf": (pdf, "application/pdf"), "docx": (lambda paper: docx(paper, packing.council_template(settings.HEADWAY.home)), WORD),
    "xlsx": (xlsx, SHEET), "html": (document, "text/html; charset=utf-8"),
}  # fmt: skip


def _written(request: HttpRequest, one: Meeting, edition: str, whole: bool) -> Written:
    """The edition as this person may have it. 404 for one that they may not: it is as one that is not there."""
    who = queries.reader(request.user, one.board)
    if edition not in tuple(Edition) or (edition != Edition.PUBLIC and who < Reader.MEMBER):
        raise Http404
    if one.state not in queries.OUT and who < Reader.CLERK:
        raise Http404
    without = tuple(each.item.pk for each in queries.agenda(one, request.user) if not each.shown.papers)
    return packing.written(the_door(), one, Edition(edition), whole=whole, without=without)


@needs(P.SEE_BOARDS)
@require_GET
def pack(request: HttpRequest, pk: int, edition: str) -> HttpResponse:
    """An edition to read. Opening what is not public is written down, as opening its items is."""
    door, one, whole = the_door(), meeting_or_404(pk), request.GET.get("whole") == "yes"
    if door.facts is None:
        return nothing_yet(request, door)
    found = _written(request, one, edition, whole)
    if edition != Edition.PUBLIC:
        packing.note_opened(request.user, one, Edition(edition))
    who = queries.reader(request.user, one.board)
    editions = [each for each in Edition if each is Edition.PUBLIC or who >= Reader.MEMBER]
    told = {
        "one": one,
        "edition": Edition(edition),
        "editions": editions,
        "whole": whole,
        "kept": one.packs.last(),
        "export": bool(may(request.user, P.EXPORT)),
    }
    told |= {"written": mark_safe(fragment(found.paper)), "keeps": who is Reader.CLERK, "forms": list(KINDS)}  # noqa: S308 - escaped by its writer
    return framed(request, door, f"{Edition(edition).words}: {one}", body("pack.html", "boards", **told))


@needs(P.SEE_BOARDS)
@require_GET
def own(request: HttpRequest, pk: int, urn: int) -> HttpResponse:
    """A school’s own edition: the public one, and what is said of that school. For its head and governors, and clerks."""
    door, one = the_door(), meeting_or_404(pk)
    if door.facts is None:
        return nothing_yet(request, door)
    if one.state not in queries.OUT or not (may(request.user, P.ANSWER_FOR_SCHOOL, urn) or may(request.user, P.KEEP_BOARDS)):
        raise Http404
    found = packing.written(door, one, Edition.PUBLIC, whole=False, own=urn)
    told: dict[str, Any] = {
        "one": one,
        "edition": Edition.PUBLIC,
        "editions": [],
        "whole": False,
        "kept": one.packs.last(),
        "export": False,
    }
    told |= {"written": mark_safe(fragment(found.paper)), "keeps": False, "forms": []}  # noqa: S308 - escaped by its writer
    return framed(request, door, f"For the school: {one}", body("pack.html", "boards", **told))


@needs(P.KEEP_BOARDS)
@require_POST
def build(request: HttpRequest, pk: int) -> HttpResponse:
    """Build the papers again, from what is known now. What was built before stays kept."""
    one, door = meeting_or_404(pk), the_door()
    if door.facts is None:
        messages.error(request, "Nothing is published yet, so there are no figures for papers.")
    else:
        done(request, lambda: packing.keep(by=request.user.label, door=door, meeting=one), "The papers are built and kept.")
    return redirect("boards:meeting", pk=pk)


@needs(P.EXPORT, recently=True)
@require_GET
@exported
def pack_file(request: HttpRequest, pk: str, edition: str, form: str, whole: str | None = None) -> HttpResponse:
    one = meeting_or_404(int(pk))
    if the_door().facts is None or not may(request.user, P.SEE_BOARDS):
        raise Http404
    found = _written(request, one, edition, bool(whole))
    if edition != Edition.PUBLIC:
        packing.note_opened(request.user, one, Edition(edition))
    write_it, kind = KINDS[form]
    answer = HttpResponse(write_it(found.paper), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="board-{one.day}-{edition}{whole or ""}.{form}"'
    return answer


@needs(P.KEEP_BOARDS, recently=True)
@require_GET
@exported
def pack_json(request: HttpRequest, pk: int) -> HttpResponse:
    """The file that `headway pack verify` reads: every edition is in it, so it is for clerks."""
    one = meeting_or_404(pk)
    if the_door().facts is None:
        raise Http404
    door, spec = packing.source(the_door(), one)
    answer = HttpResponse(as_file(spec, built(door, spec)), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="board-{one.day}-pack.json"'
    return answer
