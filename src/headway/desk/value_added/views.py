"""The page of value added: each look at it is written down, in the protected folder and in the audit."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from headway.charts.caterpillar import NAMED, caterpillar
from headway.desk.accounts.access import needs
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, viewer_of
from headway.desk.audit.actions import record
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, nothing_yet, the_door
from headway.desk.framing.tables import Cell, sent
from headway.language.value_added import answer, finding
from headway.readings.door import Door
from headway.readings.pupil_value_added import PAIR, Z95, Comparison, SchoolValueAdded, value_added, years
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError

SORTS = ("name", "raw", "contextual", "pupils")


@needs(Permission.VIEW_EARLY_RESULTS)
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Never kept: what is kept could be shown to another."""
    door, viewer = the_door(), viewer_of(request)
    if door.facts is None:
        return nothing_yet(request, door)
    there = years(door)
    found, fault = _asked(request, door, there)
    pairs, sort = request.GET.get("limits") == "pairs", request.GET.get("sort", "")
    picked = _picked(request, found.schools if found else [])
    content = body(
        "value_added.html",
        "value_added",
        found=found,
        fault=fault,
        years=there,
        pairs=pairs,
        sort=sort if sort in SORTS else SORTS[0],
        said=answer(found, viewer.urns is None) if found else (),
        chart=caterpillar(found, PAIR if pairs else Z95, "va", finding(found), picked) if found and found.schools else None,
        picked=picked,
        named=NAMED,
        rows=_sorted(found.schools, sort) if found else [],
        patch=viewer.urns is not None,
        export=bool(may(request.user, Permission.EXPORT)),
    )
    return framed(request, door, "Value added", content)


def _picked(request: HttpRequest, schools: list[SchoolValueAdded]) -> set[int]:
    """The schools to be picked out in the picture, of those that the viewer is given."""
    wanted = set(request.GET.getlist("school"))
    return {one.urn for one in schools if str(one.urn) in wanted}


def _asked(request: HttpRequest, door: Door, there: list[AcademicYear]) -> tuple[Comparison | None, HeadwayError | None]:
    """The newest year, or the one asked for. A year that cannot be fitted, or papers that lack, are told on the page."""
    if not there:
        return None, None
    wanted = request.GET.get("year", "")
    year = next((one for one in there if str(one.start) == wanted), there[-1])
    try:
        with transaction.atomic():
            record(by=request.user.label, verb="read", target="results of pupils", target_id=f"ks4 {year}", after={"what": "value added"})
            return value_added(door, viewer_of(request), year=year), None
    except HeadwayError as fault:
        return None, fault


def _sorted(schools: list[SchoolValueAdded], sort: str) -> list[SchoolValueAdded]:
    """The furthest above or the largest first; a school without a number last."""
    if sort not in SORTS[1:]:
        return schools
    return sorted(schools, key=lambda one: (getattr(one, sort) is None, -(getattr(one, sort) or 0.0), one.name))


@needs(Permission.EXPORT, recently=True)
@require_GET
@exported
def file(request: HttpRequest, form: str) -> HttpResponse:
    """As seen: every school that the page shows, raw and contextual side by side."""
    door = the_door()
    if not may(request.user, Permission.VIEW_EARLY_RESULTS):
        raise Http404
    found, fault = _asked(request, door, years(door))
    if found is None:
        raise Http404(fault.what if fault else "")
    rows = [one.as_dict() for one in _sorted(found.schools, request.GET.get("sort", ""))]
    warning: list[Any] = ["Early, unvalidated, not for publication. Neither raw nor contextual value added stands alone."]
    table = [list(rows[0]) if rows else ["No school"], *([_cell(value) for value in row.values()] for row in rows), warning]
    return sent(table, form, f"value-added-{found.year}")


def _cell(value: object) -> Cell:
    return value if isinstance(value, (str, int, float)) else "" if value is None else str(value)
