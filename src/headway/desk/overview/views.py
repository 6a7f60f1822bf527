"""The pages about an area, its schools and its measures. Each asks the one door and writes nothing."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from headway.charts.area_map import area_map, placing_words
from headway.charts.distribution import distribution as distribution_chart
from headway.charts.funnel import funnel as funnel_chart
from headway.charts.measure_map import measure_map
from headway.desk.accounts.access import needs
from headway.desk.accounts.addresses import number_in, year_in
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import may, viewer_of
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import area_of, framed, kept, nothing_yet, or_404, the_door
from headway.desk.overview import gap_section, queries
from headway.desk.overview.school import school_body
from headway.desk.strategy.strip import PROMISES, carried_strip, promises_strip
from headway.language import area_answer, basis, distribution_sentence, gap_sentence, moved_scope_sentence, moved_sentence, profile_answer
from headway.language.funnels import funnel_sentence, limits_words
from headway.language.gap_views import REACHING_CARE
from headway.language.maps import map_sentence
from headway.language.sentences import line_sentence
from headway.language.values import level_with, size_words
from headway.readings import area as areas
from headway.readings import boundary, calendar, explain, measures, reports, schools
from headway.readings import files as sources
from headway.readings.answers import Area, Distribution, MeasureLine
from headway.readings.door import Door
from headway.readings.profile import profile
from headway.readings.ranking.funnel import funnel
from headway.readings.search import search as find
from headway.vocabulary import clock
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.place import Level
from headway.vocabulary.reading import Reading
from headway.vocabulary.status import Release

PAGE = 50
HREF = "/schools/{urn}/"  # a school's address, for drawings


@needs(Permission.VIEW_AREA)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    door, viewer = the_door(), viewer_of(request)
    if door.facts is None:
        return nothing_yet(request, door)
    code, name = area_of(door, request.GET.get("area", ""))

    def make() -> Any:
        found = areas.area(door, code, viewer)
        moved = [(item, moved_sentence(item), viewer.urns is None or item.establishment.urn in viewer.urns) for item in found.moved]
        ways = [[row for row in moved if areas.is_better(row[0]) is way] for way in (True, False)]
        early = queries.holds_early(found.lines) or any(item.after.release is Release.EARLY for item in found.moved)
        loads = reports.load_reports(door, viewer) if may(request.user, Permission.VIEW_DATA) else []
        return body(
            "overview.html",
            "overview",
            area=found,
            rows=_rows(found),
            regional=any("region" in line.comparators for line in found.lines),
            answer=area_answer(found),
            basis=basis(found.lines, found.snapshot),
            ways=ways,
            scope=moved_scope_sentence(*found.compared),
            load=loads[0] if loads else None,
            calendar=calendar.calendar_line(door, viewer, clock.today()),
            early=early,
            others=[a for a in door.published.areas if a[0] != code],
        )

    promised = promises_strip(door, request.user) if code == area_of(door)[0] else ""
    return framed(request, door, f"Where {name} stands", kept(request, door, "overview", make).replace(PROMISES, promised))


def _rows(found: Area) -> list[tuple[MeasureLine, str, str]]:
    """(line, its name, its sentence): each key measure, and under it disadvantaged pupils where they have figures."""
    rows = []
    groups = {line.own.measure.id: line for line in found.cuts if line.own.cut == "disadvantage=yes"}
    others = {line.own.measure.id: line for line in found.cuts if line.own.cut == "disadvantage=no"}
    for line in found.lines:
        name = line.own.measure.id
        rows.append((line, line.own.measure.short, line_sentence(line)))
        if name in groups and name in others:
            rows.append(
                (groups[name], "disadvantaged pupils", gap_sentence(groups[name].own, others[name].own) or line_sentence(groups[name]))
            )
    return rows


@needs(Permission.VIEW_SCHOOL)
@require_GET
def school_list(request: HttpRequest) -> HttpResponse:
    door, viewer = the_door(), viewer_of(request)
    if door.facts is None:
        return nothing_yet(request, door)
    code, name = area_of(door, request.GET.get("area", ""))
    given, columns, down = queries.asked(request), queries.chosen(request, door), request.GET.get("down") == "1"

    def make() -> Any:
        rows = queries.listed(door, viewer, code, given, columns, down)
        everything = request.GET.get("all") == "1"
        page = max(1, number_in(request.GET.get("page", "")) or 1)
        shown = rows if everything else rows[(page - 1) * PAGE : page * PAGE]
        return body(
            "schools.html",
            "overview",
            rows=shown,
            total=len(rows),
            first=0 if everything else (page - 1) * PAGE,
            page=page,
            pages=1 if everything else -(-len(rows) // PAGE),
            numbers=queries.page_numbers(page, -(-len(rows) // PAGE)),
            name=name,
            given=given,
            filtered=queries.filter_words(given),
            columns=columns,
            down=down,
            early=any(reading.release is Release.EARLY for row in shown for reading in row.readings.values()),
            facts={m.id: m for m in measures.measures(door, viewer)},
            choices=queries.CHOICES,
            filters=schools.school_filters(door, viewer, code),
            link=_link(request),
            query=request.GET.urlencode(),
            patch=viewer.urns is not None,
            export=bool(may(request.user, Permission.EXPORT)),
        )

    return framed(request, door, "Schools", kept(request, door, "schools", make))


def _link(request: HttpRequest) -> Any:
    """A link to this list with some of the address changed; the page number goes unless it is what changes."""

    def changed(**wanted: str) -> str:
        query = request.GET.copy()
        query.pop("page", None)
        for name, value in wanted.items():
            query[name] = value
            if not value:
                del query[name]
        return f"?{query.urlencode()}"

    return changed


@needs(Permission.VIEW_SCHOOL)
@require_GET
def school_page(request: HttpRequest, urn: int) -> HttpResponse:
    door, viewer = the_door(), viewer_of(request)
    if door.facts is None:
        return nothing_yet(request, door)
    asked = (Permission.EXPORT, Permission.SEE_SUPPORT, Permission.COME_TO_SCHOOLS)
    export, support, comes = (bool(may(request.user, one, urn)) for one in asked)

    def make() -> Any:
        found = or_404(lambda: profile(door, urn, viewer))
        return found.establishment.name, school_body(door, found, viewer, profile_answer(found), export, support, comes)

    name, content = kept(request, door, "school", make)
    return framed(request, door, name, content.replace(PROMISES, carried_strip(door, request.user, urn)))


@needs(Permission.VIEW_SCHOOL)
@require_GET
def explain_school(request: HttpRequest, urn: int, measure: str, start: int) -> HttpResponse:
    return _explained(request, "school", str(urn), measure, start)


@needs(Permission.VIEW_MEASURES)
@require_GET
def explain_place(request: HttpRequest, level: str, place: str, measure: str, start: str) -> HttpResponse:
    return _explained(request, level, place, measure, int(start))


def _explained(request: HttpRequest, level: str, place: str, measure: str, start: int) -> HttpResponse:
    door, viewer = the_door(), viewer_of(request)
    if door.facts is None:
        return nothing_yet(request, door)
    year, cut = AcademicYear(start), request.GET.get("cut", "all")
    found = or_404(lambda: explain.explain(door, viewer, place=place, level=level, measure=measure, year=year, cut=cut))
    name = found.reading.place_name if found.reading else place
    content = body("explain.html", "overview", found=found, name=name, year=year, cut=cut, level=level, place=place,
                   cut_title=door.library.cut_words(cut, heading=True))  # fmt: skip
    return framed(request, door, f"How this was worked out: {found.measure.short}, {name}", content)


@needs(Permission.VIEW_MEASURES)
@require_GET
def measure_list(request: HttpRequest) -> HttpResponse:
    door, viewer = the_door(), viewer_of(request)
    if door.facts is None:
        return nothing_yet(request, door)

    def make() -> Any:
        counts = measures.coverage(door)
        nouns: dict[str, list[Any]] = {}
        for facts in measures.measures(door, viewer):
            years = sorted({year for level in counts.get(facts.id, {}).values() for year in level})
            span = f"{AcademicYear(years[0])} to {AcademicYear(years[-1])}" if years else ""
            nouns.setdefault(facts.id.split(".")[0], []).append((facts, span))
        early = may(request.user, Permission.VIEW_EARLY_RESULTS)
        return body("measures.html", "overview", nouns=nouns, area_wide=may(request.user, Permission.VIEW_AREA), early=early)

    return framed(request, door, "Measures", kept(request, door, "measures", make))


@needs(Permission.VIEW_MEASURES)
@require_GET
def measure_page(request: HttpRequest, measure: str) -> HttpResponse:
    door, viewer = the_door(), viewer_of(request)
    if door.facts is None:
        return nothing_yet(request, door)
    definition = or_404(lambda: measures.measure(door, measure))
    code, name = area_of(door, request.GET.get("area", ""))
    year = year_in(request.GET.get("year", ""))
    phase = request.GET.get("phase", "")
    spread = or_404(lambda: measures.distribution(door, viewer, measure=measure, authority=code, year=year, phase=phase))
    if viewer.urns is not None and not may(request.user, Permission.VIEW_AREA):
        spread = None  # a school's own people see the measure, not the other schools

    def make() -> Any:
        chart = distribution_chart(spread, "spread", href="" if viewer.urns is not None else HREF) if spread and spread.rows else None
        said = distribution_sentence(spread) if spread else ""
        by_size = funnel(door, spread, phase) if spread else None
        years = measures.years_with_schools(door, viewer, measure, code) if spread else []
        beside = queries.places_at(door, viewer, measure, code, spread.year) if spread else []
        phases = sorted({school.phase for school in schools.establishments(door, code) if school.status == "open"})
        return body(
            "measure.html",
            "overview",
            definition=definition,
            counted=door.library.cohort_words(definition),
            spread=spread,
            beside=beside,
            phases=phases,
            phase=phase,
            chart=chart,
            said=said,
            years=years,
            name=name,
            mine=viewer.urns,
            area_wide=may(request.user, Permission.VIEW_AREA),
            value_added=viewer.sees_early and definition.id in queries.BESIDE_VALUE_ADDED,
            by_size=by_size,
            gaps=gap_section.gap_rows(door, viewer, measure, code) if spread else [],
            lies=gap_section.where_it_lies(door, viewer, measure, code, spread.year) if spread else None,
            reach=gap_section.if_each_reached(door, viewer, measure, code, spread.year) if spread else None,
            parted=gap_section.by_parts(door, viewer, measure, code, spread.year, request.GET.get("by", ""), phase) if spread else None,
            export=bool(may(request.user, Permission.EXPORT)),
            code=code,
            care=REACHING_CARE,
            **(_mapped(door, code, spread, beside, "" if viewer.urns is not None else HREF) if spread else {"on_map": None}),
            funnel_chart=funnel_chart(by_size, "funnel", href="" if viewer.urns is not None else HREF) if by_size else None,
            funnel_words=(funnel_sentence(by_size), limits_words(by_size)) if by_size else (),
        )

    return framed(request, door, definition.title, kept(request, door, "measure", make))


def _mapped(door: Door, code: str, spread: Distribution, beside: list[Reading], href: str) -> dict[str, Any]:
    """The measure on the area's outline, beside England's figure; nothing without one, and where high is neither better nor worse."""
    england = next((one.value for one in beside if one.level is Level.ENGLAND), None)
    if england is None or spread.measure.better == "neither":
        return {"on_map": None}
    chart = measure_map(spread, england, boundary.boundary(door, code), "where", href)
    return {"on_map": chart if chart.svg else None, "map_said": map_sentence(spread, england)}


@needs(Permission.VIEW_AREA)
@require_GET
def map_page(request: HttpRequest) -> HttpResponse:
    door = the_door()
    if door.facts is None:
        return nothing_yet(request, door)
    code, name = area_of(door, request.GET.get("area", ""))
    viewer = viewer_of(request)

    def make() -> Any:
        listed = [school for school in schools.establishments(door, code) if school.status == "open"]
        phase = request.GET.get("phase", "")
        phases = sorted({school.phase for school in listed})
        listed = [school for school in listed if not phase or school.phase == phase]
        chart = area_map(listed, boundary.boundary(door, code), "map", name, "" if viewer.urns is not None else HREF)
        return body("map.html", "overview", chart=chart, words=placing_words(listed), listed=listed, name=name, phases=phases, phase=phase,
                    mine=viewer.urns)  # fmt: skip

    return framed(request, door, f"Map of {name}", kept(request, door, "map", make))


@needs(Permission.VIEW_DATA)
@require_GET
def data_page(request: HttpRequest) -> HttpResponse:
    door, viewer = the_door(), viewer_of(request)
    if door.facts is None:
        return nothing_yet(request, door)

    def make() -> Any:
        counts = measures.coverage(door)
        years = sorted({year for levels in counts.values() for level in levels.values() for year in level})[-12:]
        facts = {one.id: one for one in measures.measures(door, viewer)}
        code, name = area_of(door, request.GET.get("area", ""))
        compared = sources.reconciliation(door, authority=code)
        listed = sources.files(door, viewer)
        loads = reports.load_reports(door, viewer)[:20]
        return body(
            "data.html",
            "overview",
            loads=loads,
            files=listed,
            kinds=queries.by_source(listed),
            counts=counts,
            years=years,
            facts=facts,
            compared=compared,
            totals=sources.by_measure(compared),
            outside=[row for row in compared if not row["within"]],
            place=lambda row: door.name(Level(row["level"]), row["place"]),
            size=lambda widest, unit: f"{widest:.3f}" if level_with(widest, unit) else size_words(widest, unit),
            cut_words=door.library.cut_words,
            name=name,
            snapshot=door.published,
            coming=calendar.coming(clock.today(), door.library)[:14],
            year_words=lambda start: str(AcademicYear(start)),
        )

    return framed(request, door, "Data", kept(request, door, "data", make))


@needs(Permission.VIEW_DATA)
@require_GET
def report_page(request: HttpRequest, name: str) -> HttpResponse:
    """What one load did, file by file."""
    door, viewer = the_door(), viewer_of(request)
    if door.facts is None:
        return nothing_yet(request, door)
    found = reports.load_report(door, viewer, name)
    if found is None:
        raise Http404
    titles = {table: kind.title for table, kind in door.library.tables.items()}
    return framed(request, door, f"Load of {found.at:%d %B %Y}", body("report.html", "overview", report=found, titles=titles))


@needs(Permission.VIEW_SCHOOL)
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    door, viewer = the_door(), viewer_of(request)
    if door.facts is None:
        return nothing_yet(request, door)
    text = request.GET.get("q", "")[:120]
    hits = [hit for hit in find(door, text, viewer, 50) if viewer.urns is None or hit.establishment.urn in viewer.urns]
    if len(hits) == 1 and hits[0].matched == "urn" and text.strip() == str(hits[0].establishment.urn):
        return redirect("school", urn=hits[0].establishment.urn)
    return framed(
        request, door, f"Schools found for “{text}”" if text else "Find a school", body("search.html", "overview", hits=hits, text=text)
    )
