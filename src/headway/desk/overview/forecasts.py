"""The pages of forecasts: where a figure of the area may go, and how such forecasts have held. They ask the one door and write nothing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from headway.charts.calibration import came_true, tenths
from headway.charts.fan import fan
from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import viewer_of
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import area_of, framed, kept, nothing_yet, or_404, the_door
from headway.desk.framing.tables import sent
from headway.language import forecasts as words
from headway.readings.door import Door, measure_facts
from headway.readings.forecasting import calibration, outlook

HEAD = ("Measure", "Cut", "Years ahead", "Shown", "Trials", "Forecast", "Last value", "Three years", "Over the better", "80% held", "Slope")


@needs(Permission.VIEW_MEASURES)
@require_GET
def calibration_page(request: HttpRequest) -> HttpResponse:
    door = the_door()
    if door.facts is None:
        return nothing_yet(request, door)
    return framed(request, door, "How forecasts have held", kept(request, door, "calibration", lambda: _calibration(door)))


def _calibration(door: Door) -> Any:
    found = calibration(door)
    pictures = [(one, tenths(one, f"h{one.horizon}"), came_true(one, f"h{one.horizon}")) for one in found.records]
    one_year = [(one, door.library.cut_words(one.cut)) for one in found.measures if one.horizon == 1]
    lines, cuts = ([pair for pair in one_year if (pair[0].cut == "all") == whole] for whole in (True, False))
    return body(
        "calibration.html", "overview", found=found, pictures=pictures, lines=lines, cuts=cuts, words=words,
        levels=words.levels_words(found),
    )  # fmt: skip


@needs(Permission.VIEW_MEASURES)
@require_GET
def calibration_file(request: HttpRequest, form: str) -> HttpResponse:
    rows = [
        (one.title, one.cut, one.horizon, "yes" if one.shown else words.reason_words(one.reason), one.trials, one.model, one.last,
         one.three, one.ratio, next((held.share for held in one.held if held.should == 0.8), None), one.slope)
        for one in calibration(the_door()).measures
    ]  # fmt: skip
    return sent([HEAD, *rows], form, "forecasts")


@needs(Permission.VIEW_MEASURES)
@require_GET
def forecast_page(request: HttpRequest, measure: str) -> HttpResponse:
    door = the_door()
    if door.facts is None:
        return nothing_yet(request, door)
    content = or_404(lambda: kept(request, door, "forecast", lambda: _forecast(request, door, measure)))
    return framed(request, door, f"{door.measure(measure).title}: where it may go", content)


def _forecast(request: HttpRequest, door: Door, measure: str) -> Any:
    definition, cut, gap = door.measure(measure), request.GET.get("cut", "all"), request.GET.get("as", "") == "gap"
    code, _ = area_of(door, request.GET.get("area", ""))
    found = outlook(door, viewer_of(request), place=code, measure=measure, cut=cut, gap=gap)
    said = [words.tried_words(one) for one in found.tested]
    group = door.library.cut_words(cut)
    return body(
        "forecast.html", "overview", definition=measure_facts(definition), found=found, chart=fan(found, "fan"), said=said, group=group,
        cut=cut, gap=gap, answer=words.outlook_words(found), withheld=words.withheld_words(found),
    )  # fmt: skip
