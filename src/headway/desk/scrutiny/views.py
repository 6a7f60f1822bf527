"""The report of a strategy to scrutiny: as a page, and to take away as Word, PDF and workbook."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from headway.desk.accounts.access import needs, public
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import area_of, framed, nothing_yet, the_door
from headway.desk.scrutiny import queries
from headway.desk.scrutiny.writing import paper
from headway.desk.strategy.models import Strategy
from headway.desk.strategy.queries import find
from headway.papers.annex import xlsx
from headway.papers.blocks import Paper
from headway.papers.html import fragment
from headway.papers.typesetting import pdf
from headway.papers.word import docx
from headway.readings.door import Door
from headway.vocabulary import clock

WRITERS = {
    "docx": (docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (pdf, "application/pdf"),
    "xlsx": (xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def _written(door: Door, one: Strategy) -> Paper:
    today = clock.today()
    about = queries.about(door, one, area_of(door)[1], today)
    return paper(about, queries.answers(door, one), queries.consulted(one))


def _found(request: HttpRequest, pk: int) -> Strategy:
    one = find(request.user, pk)
    if one is None:
        raise Http404
    return one


@public
@require_GET
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever may read the strategy may read the report on it; in it are published figures only."""
    door, one = the_door(), _found(request, pk)
    if door.facts is None:
        return nothing_yet(request, door)
    written = mark_safe(fragment(_written(door, one)))  # noqa: S308 - every text in it was escaped by its writer
    content = body(
        "report.html", "scrutiny", one=one, written=written, export=bool(may(request.user, Permission.EXPORT)), forms=list(WRITERS)
    )
    return framed(request, door, f"Report to scrutiny: {one}", content)


@needs(Permission.EXPORT, recently=True)
@require_GET
@exported
def report_file(request: HttpRequest, pk: str, form: str) -> HttpResponse:
    door, one = the_door(), _found(request, int(pk))
    if door.facts is None:
        raise Http404
    write, kind = WRITERS[form]
    answer = HttpResponse(write(_written(door, one)), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="scrutiny-report-{one.pk}.{form}"'
    return answer
