"""Whether results changed where attendance changed, beside a strategy that is about attendance: an association, and no cause."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import area_of, framed, the_door
from headway.desk.strategy import queries
from headway.desk.strategy.keeping import Kept
from headway.desk.strategy.models import Strategy
from headway.language.attendance_results import LOUD, link_lines
from headway.readings.attendance_results import ABSENCE, kept_link
from headway.vocabulary.errors import HeadwayError

PACKAGE = "Working together to improve school attendance"  # the blueprint of the library
OUTCOMES = {"ks2.rwm_expected": "Reading, writing and maths at 11", "ks4.attainment8": "Attainment 8 at 16"}


def attends(one: Strategy, promises: Iterable[Kept]) -> bool:
    """Whether a strategy is about attendance: it began from that blueprint, or promises something of it."""
    measures = [each.answer.measure.id for each in promises if each.answer.measure]
    return one.source.startswith(PACKAGE) or any(name.startswith("attendance.") for name in measures)


@needs(Permission.VIEW_AREA)
@require_GET
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """Every school of England, published figures; one result at a time and not for the street, for it takes seconds the first time."""
    one, door = queries.find(request.user, pk), the_door()
    outcome = request.GET.get("measure", "ks2.rwm_expected")
    if one is None or outcome not in OUTCOMES:
        raise Http404
    told: dict[str, Any] = {"strategy": one, "outcome": outcome, "outcomes": OUTCOMES, "absence": ABSENCE, "found": None, "fault": None,
                            "loud": LOUD}  # fmt: skip
    try:
        code, name = area_of(door)
        told["found"] = found = kept_link(door, outcome, code)
        told["lines"] = [line.removeprefix(LOUD).strip() for line in link_lines(found, name)]
        asked = (("Intake held", found.controlled), ("Without intake", found.raw), ("Placebo: the change before", found.placebo),
                 (f"{name} alone", found.own))  # fmt: skip
        told["slopes"] = [row for row in asked if row[1]]
    except HeadwayError as fault:
        told["fault"] = fault
    return framed(request, door, "Did results change where attendance changed?", body("attendance_results.html", "strategy", **told))
