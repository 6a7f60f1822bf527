"""Tables as seen, to take away: csv and xlsx. Cells that a spreadsheet would run as a formula are escaped."""

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
from headway.desk.overview import queries, ranking
from headway.language.changes import same_year
from headway.language.values import status_words
from headway.readings import measures
from headway.readings.answers import MeasureLine, Profile
from headway.readings.door import Door
from headway.readings.gaps import concentration
from headway.readings.margins import margin
from headway.readings.profile import profile
from headway.readings.ranking import series
from headway.readings.reaching import reaching
from headway.vocabulary.reading import Reading

OF_A_SCHOOL = (
    "Measure", "Group", "Year", "Value", "Unit", "Of how many", "95% margin from", "95% margin to", "Similar schools", "Similar areas",
    "Authority", "Region", "England", "Release", "Source file",
)  # fmt: skip


@needs(Permission.EXPORT, recently=True)
@require_GET
@exported
def schools(request: HttpRequest, form: str) -> HttpResponse:
    """The list of schools with the filters, columns and order of the address; every page of it."""
    door, viewer = the_door(), viewer_of(request)
    code, name = area_of(door, request.GET.get("area", ""))
    columns = queries.chosen(request, door)
    rows = queries.listed(door, viewer, code, queries.asked(request), columns, request.GET.get("down") == "1")
    head: list[Cell] = ["URN", "School", "Phase", "Type", "Trust", "Locality", "Postcode", "Pupils"]
    for measure in columns:
        short = door.measure(measure).short
        head += [short, f"{short}: year", f"{short}: release"]
    table: list[list[Cell]] = [head]
    for row in rows:
        school = row.establishment
        cells: list[Cell] = [school.urn, school.name, school.phase, school.type, school.trust, school.locality, school.postcode]
        cells.append(school.pupils if school.pupils is not None else "no figure")
        for measure in columns:
            cells += _reading(row.readings.get(measure))
        table.append(cells)
    return sent(table, form, f"schools-{name.lower()}")


def _reading(reading: Reading | None) -> list[Cell]:
    if reading is None:
        return ["no figure", "", ""]
    return [reading.value if reading.value is not None else status_words(reading.status), str(reading.year), reading.release.words]


@needs(Permission.EXPORT, recently=True)
@require_GET
@exported
def school(request: HttpRequest, urn: str, form: str) -> HttpResponse:
    """Every reading of a school's page, a row each, with its release and source."""
    door, viewer = the_door(), viewer_of(request)
    return sent(readings_of(door, or_404(lambda: profile(door, urn, viewer))), form, f"school-{urn}")


def readings_of(door: Door, found: Profile) -> list[list[Cell]]:
    """Every reading of a school's page with a head, a row each."""
    table: list[list[Cell]] = [list(OF_A_SCHOOL)]
    for line in (*found.lines, *found.context, *found.workforce, *found.finance, *found.cuts):
        for one in line.own.readings:
            value: Cell = one.value if one.value is not None else status_words(one.status, line.own.measure)
            counted = (one.unit, one.denominator, *(margin(one, line.own.measure) or (None, None)))
            beside = _beside(line, one)
            groups = door.library.cut_words(one.cut, heading=True) or "All"
            table.append([line.own.measure.title, groups, str(one.year), value, *counted, *beside, one.release.words, one.source_file])
    return table


@needs(Permission.EXPORT, recently=True)
@require_GET
@exported
def improved(request: HttpRequest, measure: str, form: str) -> HttpResponse:
    """Everybody ranked on the page of who improved most, and who was not ranked with the reason."""
    door, viewer = the_door(), viewer_of(request)
    if not may(request.user, Permission.VIEW_AREA):
        raise PermissionDenied
    or_404(lambda: measures.measure(door, measure))
    asked = ranking.what_is_asked(request, door, measure)
    found, fault = ranking.result(door, viewer, asked, series.spans(door, viewer, measure, asked.level, asked.code))
    if found is None:
        raise Http404(fault.what if fault else "")
    rows = [line.as_dict(found.top) for line in found.lines]
    table: list[list[Cell]] = [list(rows[0]), *([_plain(value) for value in row.values()] for row in rows)]
    table += [[one.place, one.name, "not ranked", one.why] for one in found.not_ranked]
    return sent(table, form, f"most-improved-{measure.replace('.', '-')}")


@needs(Permission.EXPORT, recently=True)
@require_GET
@exported
def gaps(request: HttpRequest, measure: str, form: str) -> HttpResponse:
    """Each school's part in the area's gaps to England and to its family, in one year."""
    door, viewer = the_door(), viewer_of(request)
    if not may(request.user, Permission.VIEW_AREA):
        raise PermissionDenied
    definition = or_404(lambda: measures.measure(door, measure))
    code, _ = area_of(door, request.GET.get("area", ""))
    year = year_in(request.GET.get("year", ""))
    spread = measures.distribution(door, viewer, measure=measure, authority=code, year=year)
    lies = concentration(door, viewer, measure=measure, authority=code, year=spread.year)
    if not lies:
        raise Http404
    reach = reaching(door, viewer, measure=measure, authority=code, year=spread.year)
    steps = {step.establishment.urn: step for step in reach.steps} if reach else {}
    more = "fewer" if definition.better == "lower" else "more"
    table: list[list[Cell]] = [
        ["URN", "School", "Year", "Value", "Of how many", f"Pupils {more} at England's figure", "Family's mean, where behind it",
         f"Pupils {more} at its family's mean", "Behind its family beyond chance"]
    ]  # fmt: skip
    for share in lies.shares:
        step, one = steps.get(share.establishment.urn), share.reading
        family: list[Cell] = [step.family, step.pupils, "yes" if step.beyond_chance else "no"] if step else ["", "", ""]
        table.append([share.establishment.urn, share.establishment.name, str(one.year), one.value, one.denominator, share.pupils, *family])
    return sent(table, form, f"gaps-{measure.replace('.', '-')}")


def _plain(value: object) -> Cell:
    return value if isinstance(value, (str, int, float)) else "" if value is None else str(value)


def _beside(line: MeasureLine, reading: Reading) -> list[Cell]:
    """Each comparator's value in the same year, in the page's order."""
    found = [same_year(line.comparators.get(name), reading) for name in ("family", "neighbours", "authority", "region", "england")]
    return [round(other.value, 4) if other and other.value is not None else "no figure" for other in found]
