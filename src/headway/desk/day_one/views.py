"""The pages of day one: bring a sheet, match its columns, look at every row, load all of it, take it back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.day_one import actions, queries, rules
from headway.desk.day_one.forms import BringForm, MatchForm
from headway.desk.day_one.models import Batch
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.desk.framing.tables import sent
from headway.readings.spreadsheets import sheets_of
from headway.vocabulary.errors import HeadwayError

P = Permission
SHOWN = 30


def batch_or_404(pk: int) -> Batch:
    found = queries.batches().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@needs(P.BRING_IN)
@require_http_methods(["GET", "POST"])
def batches(request: HttpRequest) -> HttpResponse:
    """What was brought so far, and a file to bring: each of its sheets becomes one to match."""
    form = BringForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        given, file = form.cleaned_data, form.cleaned_data["file"]
        try:
            sheets = sheets_of(file.chunks(), file.name)
        except HeadwayError as fault:
            form.add_error("file", f"{fault.what} {fault.why} {fault.remedy}")
        else:
            kind = rules.KINDS[given["kind"]]
            made = [actions.bring(by=request.user, kind=given["kind"], file=file.name, sheet=one, columns=rules.matched(kind, one.heads))
                    for one in sheets]  # fmt: skip
            if len(made) == 1:
                return redirect("day_one:match", pk=made[0].pk)
            messages.success(request, f"{len(made)} sheets with rows are in it. Open the one that you want; the others can be left.")
            return redirect("day_one:batches")
    told = {"form": form, "batches": list(queries.batches()[:50]), "kinds": rules.KINDS.values()}
    return render(request, "day_one/batches.html", told, status=422 if form.is_bound else 200)


@needs(P.BRING_IN)
@require_http_methods(["GET", "POST"])
def match(request: HttpRequest, pk: int) -> HttpResponse:
    """Which column is which; what is likely is chosen already."""
    batch = batch_or_404(pk)
    if batch.loaded:
        return redirect("day_one:batch", pk=pk)
    first = queries.rows_of(batch)[:3]
    samples = {
        place: " · ".join(cells[place] for _, cells in first if place < len(cells) and cells[place]) for place in range(len(batch.heads))
    }
    form = MatchForm(request.POST or None, batch=batch, samples=samples)
    if form.is_valid():
        actions.match(by=request.user, batch=batch, columns=form.columns)
        return redirect("day_one:batch", pk=pk)
    told = {"form": form, "batch": batch, "kind": rules.KINDS[batch.kind]}
    return render(request, "day_one/match.html", told, status=422 if form.is_bound else 200)


def _read(request: HttpRequest, batch: Batch) -> rules.Read:
    return rules.read(rules.KINDS[batch.kind], queries.rows_of(batch), batch.columns, queries.readers(request.user, the_door().library))


@needs(P.BRING_IN)
@require_GET
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Every row as it would be brought in, and every fault of every other; before anything is."""
    one = batch_or_404(pk)
    kind = rules.KINDS[one.kind]
    if not one.loaded and rules.faults_of_columns(kind, one.columns, one.heads):
        return redirect("day_one:match", pk=pk)
    found = _read(request, one) if not one.loaded else rules.Read((), ())
    cells = dict(queries.rows_of(one))
    rows = [(number, [cells[number][one.columns[name]] if name in one.columns else "" for name in kind.fields]) for number, _ in found.rows]
    told: dict[str, Any] = {
        "batch": one, "kind": kind, "found": found, "rows": rows[:SHOWN], "csrf": get_token(request), "total": len(cells),
        "bad": len({fault.row for fault in found.faults}), "faults": found.faults[:200],
        "titles": {n: f.title for n, f in kind.fields.items()},
    }  # fmt: skip
    return framed(request, the_door(), str(one), body("batch.html", "day_one", **told))


@needs(P.BRING_IN)
@require_GET
def faults_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Every fault as a table, to mend the spreadsheet by."""
    one = batch_or_404(pk)
    titles = {name: field.title for name, field in rules.KINDS[one.kind].fields.items()}
    table = [["Row", "Column", "What is wrong"], *([f.row, titles.get(f.field, ""), f.words] for f in _read(request, one).faults)]
    return sent(table, "csv", f"faults-{one.sheet}")


@needs(P.BRING_IN)
@require_POST
def load(request: HttpRequest, pk: int) -> HttpResponse:
    one = batch_or_404(pk)
    try:
        many = actions.load(by=request.user, batch=one, found=_read(request, one))
        messages.success(request, f"{many} row{' is' if many == 1 else 's are'} in. You can take all of it back.")
    except HeadwayError as fault:
        messages.error(request, f"{fault.what} {fault.why} {fault.remedy}")
    return redirect("day_one:batch", pk=pk)


@needs(P.BRING_IN)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        actions.undo(by=request.user, batch=batch_or_404(pk))
        messages.success(request, "Taken back: what it made has ended, and the history says why.")
    except HeadwayError as fault:
        messages.error(request, f"{fault.what} {fault.why} {fault.remedy}")
    return redirect("day_one:batch", pk=pk)


@needs(P.BRING_IN)
@require_GET
def categories(request: HttpRequest) -> HttpResponse:
    """The categories that schools had before Headway."""
    found = list(queries.categories())
    return framed(request, the_door(), "Categories before Headway", body("categories.html", "day_one", found=found))
