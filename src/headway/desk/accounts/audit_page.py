"""The page of the audit, for those who may read it: find, page through, take away, check the chain."""

import csv
import io

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import labelled, names_of
from headway.desk.audit import queries

PAGE = 50
COLUMNS = ("seq", "at", "actor", "verb", "target", "target_id", "before", "after", "previous", "hash")


@needs(Permission.VIEW_AUDIT)
@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """What is sealed stays sealed here: who did what to what, not the names and addresses that were set."""
    wanted = _wanted(request)
    page = Paginator(queries.found(*wanted, labelled(wanted[0])), PAGE).get_page(request.GET.get("page"))
    faults = queries.verify() if request.GET.get("check") == "1" else None
    names = names_of({event.actor for event in page} | {f"{event.target}:{event.target_id}" for event in page})
    rows = [(event, names.get(event.actor, event.actor), names.get(f"{event.target}:{event.target_id}", event.target_id)) for event in page]
    query = request.GET.copy()
    for passing in ("page", "check"):
        query.pop(passing, None)
    return render(request, "accounts/audit.html", {"rows": rows, "page": page, "text": wanted[0], "verb": wanted[1],
                  "verbs": queries.verbs(), "query": query.urlencode(), "faults": faults, "checked": faults is not None})  # fmt: skip


@needs(Permission.VIEW_AUDIT, recently=True)
@require_GET
@exported
def audit_file(request: HttpRequest) -> HttpResponse:
    """The events found, as they are stored, hashes included, so that another program can check the chain."""
    wanted = _wanted(request)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for event in queries.found(*wanted, labelled(wanted[0])).values_list(*COLUMNS).iterator():
        writer.writerow([_cell(value) for value in event])
    answer = HttpResponse(text.getvalue().encode(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return answer


def _cell(value: object) -> object:
    """A text that a spreadsheet would run as a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@")) else value


def _wanted(request: HttpRequest) -> tuple[str, str]:
    return request.GET.get("q", "").strip()[:80], request.GET.get("verb", "")[:60]
