"""What came after meetings and plans: attendance before and after beside comparable schools and pupils that had none."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from headway.desk.accounts.access import needs
from headway.desk.accounts.permissions import Permission
from headway.desk.accounts.queries import viewer_of
from headway.desk.attendance import actions
from headway.desk.attendance.models import Meeting, MeetingState, Plan
from headway.desk.framing.drawing import body
from headway.desk.framing.pages import framed, the_door
from headway.language.attendance import effect_words, recovery_sentence
from headway.readings.attendance.recovery import After, pupils_after, schools_after
from headway.readings.door import Door
from headway.vocabulary.errors import HeadwayError

P = Permission


@needs(P.SEE_ATTENDANCE)
@require_GET
def recovery(request: HttpRequest) -> HttpResponse:
    """Schools one by one and together; pupils only together, and only for who may see pupils."""
    door, told = the_door(), dict[str, Any]()
    sees = viewer_of(request).sees_pupils
    try:
        actions.look(by=request.user, at="recovery")
        told["schools"] = found = schools_after(door, viewer_of(request), met())
        told["said"] = recovery_sentence(found, "schools that had a targeting support meeting")
        told["pupils"] = pupils = pupils_after(door, viewer_of(request), planned()) if sees else None
        told["pupils_said"] = recovery_sentence(pupils, "pupils with a plan") if pupils else ""
        told["fault"] = None
    except HeadwayError as fault:
        told |= {"schools": None, "pupils": None, "said": "", "pupils_said": "", "fault": fault}
    told |= {"effect": effect_words, "sees": sees}
    return framed(request, door, "What came after support?", body("recovery.html", "attendance", **told))


def met() -> dict[int, date]:
    """URN → the day of the last meeting that was held, of every school: none of them is compared with."""
    held = Meeting.objects.filter(state=MeetingState.HELD, day__isnull=False).order_by("day", "pk")
    return {one.school_id: one.day for one in held if one.day}


def planned() -> dict[tuple[int, str], date]:
    """(URN, key) → the day on which the last plan began."""
    return {(one.school_id, one.pupil): one.begins for one in Plan.objects.exclude(outcome="wrong").order_by("begins", "pk")}


def of_school(door: Door, request: HttpRequest, urn: int) -> After | None:
    """A school after its last meeting, for the meeting's page; None where its registers are not held, or it is too early."""
    try:
        return next(iter(schools_after(door, viewer_of(request), met(), only=urn).schools), None)
    except HeadwayError:
        return None
