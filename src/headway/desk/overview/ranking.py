"""The page of who improved most, where a claim can be tried. It asks the one door and writes nothing."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from headway.charts.ranks import ranks, signed, standings
from headway.desk.accounts.access import needs
from headway.desk.accounts.addresses import year_in
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import viewer_of
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import area_of, framed, kept, nothing_yet, or_404, the_door
from headway.language import claims as claim_words
from headway.language import ranks as words
from headway.readings import measures
from headway.readings.door import Door
from headway.readings.ranking import series
from headway.readings.ranking.answers import Improved, Standing
from headway.readings.ranking.claims import Verdict, weigh
from headway.readings.ranking.improved import improved
from headway.readings.ranking.standing import standing
from headway.vocabulary.academic_year import AcademicYear
from headway.vocabulary.errors import HeadwayError
from headway.vocabulary.place import Level
from headway.vocabulary.status import Release
from headway.vocabulary.viewer import Viewer

FIRST_SHOWN = "ks2.rwm_expected"
EXAMPLES = ("top ten most improved at key stage 2 since 2017", "top quarter for attendance", "above similar areas at GCSE")
PHASES = ("primary", "secondary", "middle", "all_through", "special", "nursery", "post16")
MOST_CLAIM = 200  # characters


@dataclass(frozen=True)
class Asked:
    """What the address asks for. The years are None where it names none, or none that can be read."""

    measure: str
    code: str
    name: str
    level: Level
    first: AcademicYear | None
    last: AcademicYear | None
    phase: str  # of schools; empty: that of most of them


@needs(Permission.VIEW_AREA)
@require_GET
def most_improved(request: HttpRequest) -> HttpResponse:
    """The address without a measure leads to the usual one, with whatever else was asked."""
    query = request.GET.urlencode()
    return redirect(f"/measures/{FIRST_SHOWN}/improved/{'?' + query if query else ''}")


@needs(Permission.VIEW_AREA)
@require_GET
def improved_page(request: HttpRequest, measure: str) -> HttpResponse:
    door, viewer = the_door(), viewer_of(request)
    if door.facts is None:
        return nothing_yet(request, door)
    definition = or_404(lambda: measures.measure(door, measure))
    asked = what_is_asked(request, door, measure)
    own = asked.code if asked.level is Level.AUTHORITY else ""

    def make() -> Any:
        spans = series.spans(door, viewer, measure, asked.level, asked.code)
        found, fault = result(door, viewer, asked, spans)
        return body(
            "improved.html",
            "overview",
            definition=definition,
            asked=asked,
            phases=PHASES,
            spans=spans,
            found=found,
            fault=fault,
            answer=_answer(found, asked) if found else "",
            line=found.line(own) if found else None,
            chart=ranks(found, own, "ranks") if found and found.lines else None,
            words=words,
            signed=signed,
            mine=viewer.urns,
            early=bool(found) and any(one.last.release is Release.EARLY for one in found.lines),
            measures=[(name, one.title) for name, one in sorted(door.library.measures.items()) if one.better != "neither" and one.phases],
            **_claim(request, door, viewer, asked),
        )

    title = words.improved_title_of(definition.short)
    return framed(request, door, title, kept(request, door, "improved", make))


@needs(Permission.VIEW_AREA)
@require_GET
def standing_page(request: HttpRequest, measure: str) -> HttpResponse:
    """Where each authority, or each school of the area, stands in one year."""
    door, viewer = the_door(), viewer_of(request)
    if door.facts is None:
        return nothing_yet(request, door)
    definition = or_404(lambda: measures.measure(door, measure))
    asked = what_is_asked(request, door, measure)
    own = asked.code if asked.level is Level.AUTHORITY else ""

    def make() -> Any:
        spans = series.spans(door, viewer, measure, asked.level, asked.code)
        found: Standing | None = None
        fault: HeadwayError | None = None
        try:
            code = asked.code if asked.level is Level.SCHOOL else ""
            found = standing(door, viewer, measure=measure, level=asked.level, year=asked.last, authority=code, phase=asked.phase)
        except HeadwayError as error:
            fault = error
        return body(
            "standing.html", "overview", definition=definition, asked=asked, phases=PHASES, years=spans.years if spans else (), found=found,
            fault=fault,
            line=found.line(own) if found else None, chart=standings(found, own, "ranks") if found else None, words=words,
            mine=viewer.urns, early=bool(found) and any(one.reading.release is Release.EARLY for one in found.lines),
        )  # fmt: skip

    return framed(request, door, f"Who stands where: {definition.short}", kept(request, door, "standing", make))


def _answer(found: Improved, asked: Asked) -> str:
    if asked.level is Level.AUTHORITY:
        return words.improved_answer(found, found.line(asked.code), asked.name)
    return words.schools_answer(found, asked.name)


def what_is_asked(request: HttpRequest, door: Door, measure: str) -> Asked:
    code, name = area_of(door, request.GET.get("area", ""))
    level = Level.SCHOOL if request.GET.get("level") == "school" else Level.AUTHORITY
    first, last = (year_in(request.GET.get(key, "")) for key in ("from", "to"))
    return Asked(measure, code, name, level, first, last, request.GET.get("phase", "") if level is Level.SCHOOL else "")


def result(door: Door, viewer: Viewer, asked: Asked, spans: series.Spans | None) -> tuple[Improved | None, HeadwayError | None]:
    """The ranking, or why there is none."""
    if spans is None:
        return None, None
    try:
        found = improved(
            door, viewer, measure=asked.measure, level=asked.level, first=asked.first or spans.first, last=asked.last or spans.last,
            authority=asked.code if asked.level is Level.SCHOOL else "", phase=asked.phase,
        )  # fmt: skip
    except HeadwayError as error:
        return None, error
    return found, None


def _claim(request: HttpRequest, door: Door, viewer: Viewer, asked: Asked) -> dict[str, Any]:
    text = request.GET.get("claim", "").strip()[:MOST_CLAIM]
    verdict: Verdict | None = None
    fault: HeadwayError | None = None
    if text:
        try:
            verdict = weigh(door, replace(viewer, sees_early=False), text, asked.code)  # what is not for publication bears no claim
        except HeadwayError as error:
            fault = error
    return {"claim": text, "verdict": verdict, "claim_fault": fault, "claims": claim_words, "examples": EXAMPLES}
