"""What a measure's pages show, to take away: its schools, its groups, the parts of the area, and who stands where."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from headway.desk.accounts.access import needs
from headway.desk.accounts.addresses import year_in
from headway.desk.accounts.exporting import exported
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, viewer_of
from headway.desk.framing.pages import area_of, or_404, the_door
from headway.desk.framing.tables import Cell, sent
from headway.desk.overview import gap_section, queries, ranking
from headway.language.values import status_words
from headway.readings import measures
from headway.readings.answers import Distribution
from headway.readings.door import Door
from headway.readings.margins import Source, against, margin, source
from headway.readings.ranking.funnel import Point, funnel
from headway.readings.ranking.standing import standing
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.place import Level
from headway.vocabulary.viewer import Viewer

HAD: dict[Source, str] = {
    "published": "published", "wilson": "number of pupils (Wilson)", "byar": "number of events (Byar)",
    "national_spread": "national spread of scores", "": "",
}  # fmt: skip
BESIDE = {"better": "better beyond its margin", "behind": "behind beyond its margin", "level": "within its margin", "unknown": ""}
SIDES = {"high": "above the limits", "low": "below the limits", "": "within the limits"}


@needs(Permission.EXPORT, recently=True)
@require_GET
@exported
def schools(request: HttpRequest, measure: str, form: str) -> HttpResponse:
    """Each school of the distribution with its margin, where it stands beside England, and in the funnel."""
    door, viewer, code, spread = _asked(request, measure)
    england = next((one.value for one in queries.places_at(door, viewer, measure, code, spread.year) if one.level is Level.ENGLAND), None)
    by_size = funnel(door, spread, request.GET.get("phase", ""))
    points = {point.establishment.urn: point for point in by_size.points} if by_size else {}
    table: list[list[Cell]] = [
        ["URN", "School", "Phase", "Year", "Value", "Of how many", "95% margin from", "95% margin to", "Margin by", "Beside England",
         "Among schools of its size", "Stands out when all are looked at", "Release"]
    ]  # fmt: skip
    for school, one in spread.rows:
        limits = margin(one, spread.measure) or (None, None)
        beside = BESIDE[against(one, spread.measure, england)] if england is not None else ""
        value: Cell = one.value if one.value is not None else status_words(one.status, spread.measure)
        counted: list[Cell] = [one.denominator, *limits, HAD[source(one, spread.measure)], beside, *_in_funnel(points.get(school.urn))]
        table.append([school.urn, school.name, school.phase, str(one.year), value, *counted, one.release.words])
    return sent(table, form, f"schools-{measure}")


@needs(Permission.EXPORT, recently=True)
@require_GET
@exported
def groups(request: HttpRequest, measure: str, form: str) -> HttpResponse:
    """Each group's gap, to others nationally and here, with its margins and in words."""
    door, viewer, code, _ = _asked(request, measure)
    table: list[list[Cell]] = [
        ["Group", "Beside", "Year", "Years together", "Here", "Others in England", "Behind", "95% margin from", "95% margin to",
         "Others here", "Behind others here", "95% margin from (here)", "95% margin to (here)", "In words"]
    ]  # fmt: skip
    for row in gap_section.gap_rows(door, viewer, measure, code):
        one = row.gap.newest
        if one is None:
            table.append([row.name, row.other, *[""] * 11, row.said])
            continue
        nation, here = ((*(limits or (None, None)),) for limits in (one.national_limits, one.here_limits))
        values = (one.group.value, one.national.value if one.national else None)
        ours = one.here.value if one.here else None
        numbers: list[Cell] = [*values, one.behind_national, *nation, ours, one.behind_here, *here]
        table.append([row.name, row.other, str(one.year), one.pooled, *numbers, row.said])
    return sent(table, form, f"groups-{measure}")


@needs(Permission.EXPORT, recently=True)
@require_GET
@exported
def parts(request: HttpRequest, measure: str, form: str) -> HttpResponse:
    """The area by constituency, ward, locality or town, each beside the rest of it."""
    door, viewer, code, spread = _asked(request, measure)
    phase, by = request.GET.get("phase", ""), request.GET.get("by", "")
    found = gap_section.by_parts(door, viewer, measure, code, spread.year, by, phase)
    if found is None:
        raise Http404
    table: list[list[Cell]] = [
        [found.of.by.capitalize(), "Year", "Schools", "Pupils", "Value", "Behind the rest", "95% margin from", "95% margin to",
         "Beyond chance"]
    ]  # fmt: skip
    for one in found.of.parts:
        limits = one.limits or (None, None)
        shown: list[Cell] = [one.pupils, one.value, one.behind, *limits, "yes" if one.beyond_chance else "no"]
        table.append([one.name, str(spread.year), one.schools, *(shown if one.value is not None else ["too few"])])
    return sent(table, form, f"parts-{measure}")


@needs(Permission.EXPORT, recently=True)
@require_GET
@exported
def places(request: HttpRequest, measure: str, form: str) -> HttpResponse:
    """Everybody on the page of who stands where, and who was not ranked with the reason."""
    if not may(request.user, Permission.VIEW_AREA):
        raise PermissionDenied
    door, viewer = the_door(), viewer_of(request)
    or_404(lambda: measures.measure(door, measure))
    asked = ranking.what_is_asked(request, door, measure)
    code = asked.code if asked.level is Level.SCHOOL else ""
    try:
        found = standing(door, viewer, measure=measure, level=asked.level, year=asked.last, authority=code, phase=asked.phase)
    except HeadwayError as error:
        raise Http404(error.what) from None
    rows = [line.as_dict(found.top) for line in found.lines]
    table: list[list[Cell]] = [list(rows[0]), *([_plain(value) for value in row.values()] for row in rows)]
    table += [[one.place, one.name, "not ranked", one.why] for one in found.not_ranked]
    return sent(table, form, f"places-{measure}")


def _asked(request: HttpRequest, measure: str) -> tuple[Door, Viewer, str, Distribution]:
    """What the measure's page shows at the same address."""
    if not may(request.user, Permission.VIEW_AREA):
        raise PermissionDenied
    door, viewer = the_door(), viewer_of(request)
    code, _ = area_of(door, request.GET.get("area", ""))
    year, phase = year_in(request.GET.get("year", "")), request.GET.get("phase", "")
    return door, viewer, code, or_404(lambda: measures.distribution(door, viewer, measure=measure, authority=code, year=year, phase=phase))


def _in_funnel(point: Point | None) -> list[Cell]:
    if point is None:
        return ["", ""]
    return [SIDES[point.side], "yes" if point.stands_out else "no"]


def _plain(value: object) -> Cell:
    return value if isinstance(value, (str, int, float)) else "" if value is None else str(value)
